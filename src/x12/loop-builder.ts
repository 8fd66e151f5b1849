import type { Loop, SegmentData } from "./transaction-set.ts";

/** A loop that may still grow. */
interface OpenLoop extends Loop {
  readonly segments: SegmentData[];
  readonly loops: OpenLoop[];
}

/** Puts segments into loops by the keys that the structure walk gives. */
export class LoopBuilder {
  readonly root: OpenLoop = { key: "", segments: [], loops: [] };
  /** The open loops, from the root to the innermost. */
  readonly #open: OpenLoop[] = [this.root];

  place(segment: SegmentData, key: string | null, beginsLoop: boolean): void {
    const loopKey = key ?? "";
    if (!beginsLoop) {
      this.#closeTo(loopKey).segments.push(segment);
      return;
    }
    const parent = this.#closeTo(loopKey.slice(0, Math.max(loopKey.lastIndexOf("/"), 0)));
    const loop: OpenLoop = { key: loopKey, segments: [segment], loops: [] };
    parent.loops.push(loop);
    this.#open.push(loop);
  }

  /** Closes loops until that of `key` is the innermost. */
  #closeTo(key: string): OpenLoop {
    while (this.#open.length > 1 && this.#open.at(-1)!.key !== key) this.#open.pop();
    return this.#open.at(-1)!;
  }
}
