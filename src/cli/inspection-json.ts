import type { FileReport } from "../x12/index.ts";
import type { SegmentStep, Step, Walker } from "./file-walk.ts";
import { ProblemQueue } from "./problem-queue.ts";
import { partsOf, type SegmentPart } from "./segment-parts.ts";
import { problemJson } from "./validation-json.ts";

type ProblemJson = ReturnType<typeof problemJson>;

interface SegmentJson {
  readonly id: string;
  readonly name: string | null;
  /** Counted from ST = 1; null outside sets. */
  readonly position: number | null;
  readonly loop: string | null;
  readonly beginsLoop: boolean;
  readonly offset: number;
  readonly length: number;
  readonly elements: readonly SegmentPart[];
  readonly problems: readonly ProblemJson[];
}

/** A part of the file: its own segments (those of parts within it are with them). */
interface PartJson {
  readonly segments: SegmentJson[];
}

interface GroupJson extends PartJson {
  readonly transactionSets: PartJson[];
}

interface InterchangeJson extends PartJson {
  readonly groups: GroupJson[];
}

/** Collects what `inspect --json` prints, up to a number of segments. */
export class InspectionCollector implements Walker {
  readonly #problems: ProblemQueue;
  readonly #most: number;
  readonly #interchanges: InterchangeJson[] = [];
  readonly #outside: ProblemJson[] = [];
  #segments = 0;
  #truncated = false;

  constructor(report: FileReport, most: number) {
    this.#problems = new ProblemQueue(report);
    this.#most = most;
  }

  take(step: Step): boolean {
    if (this.#segments >= this.#most) {
      this.#truncated = true;
      return false;
    }
    switch (step.kind) {
      case "interchange": {
        const { header, verdict } = step.report;
        const { control, usage, version } = header;
        const sender = `${header.senderQualifier}/${header.senderId}`;
        const receiver = `${header.receiverQualifier}/${header.receiverId}`;
        const part = {
          control,
          sender,
          receiver,
          usage,
          version,
          delimiters: step.delimiters,
          verdict,
          segments: [],
          groups: [],
        };
        this.#interchanges.push(part);
        return true;
      }
      case "group": {
        const { header, verdict } = step.report;
        const { control, functionalId, version } = header;
        this.#interchanges
          .at(-1)
          ?.groups.push({ control, functionalId, version, verdict, segments: [], transactionSets: [] } as GroupJson);
        return true;
      }
      case "set": {
        const { type, control, implementation, verdict } = step.report;
        const name = step.schema?.name ?? null;
        this.#group?.transactionSets.push({ type, name, control, implementation, verdict, segments: [] } as PartJson);
        return true;
      }
      case "stray":
        this.#outside.push(...this.#problems.upTo(step.offset + step.length - 1).map(problemJson));
        return true;
      case "segment":
        this.#segments++;
        this.#part(step.of)?.segments.push(this.#segment(step));
        return true;
    }
  }

  async rest(): Promise<void> {}

  /** The whole, once the walk is over. `problems` are those that stand in no segment. */
  result() {
    const left = this.#truncated ? [] : this.#problems.rest().map(problemJson);
    return { interchanges: this.#interchanges, problems: [...this.#outside, ...left], truncated: this.#truncated };
  }

  get #group(): GroupJson | undefined {
    return this.#interchanges.at(-1)?.groups.at(-1);
  }

  #part(of: SegmentStep["of"]): PartJson | undefined {
    if (of === "interchange") return this.#interchanges.at(-1);
    return of === "group" ? this.#group : this.#group?.transactionSets.at(-1);
  }

  #segment({ cursor, offset, length, position, place, dictionary }: SegmentStep): SegmentJson {
    return {
      id: cursor.id,
      name: dictionary?.segment(cursor.id)?.name ?? null,
      position,
      loop: place?.loop ?? null,
      beginsLoop: place?.beginsLoop ?? false,
      offset,
      length,
      elements: partsOf(cursor, dictionary),
      problems: this.#problems.upTo(offset + length).map(problemJson),
    };
  }
}
