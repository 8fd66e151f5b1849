import type { Delimiters } from "../delimiters.ts";
import type { GroupJson, InterchangeJson, LosslessJson, SegmentJson, SetJson, TextJson } from "./form.ts";
import type { LosslessSink } from "./reading.ts";

type Growing<Part> = { -readonly [Key in keyof Part]: Part[Key] extends readonly (infer One)[] ? One[] : Part[Key] };

/** Puts the parts of a file together as one object in memory. */
export class LosslessCollector implements LosslessSink {
  readonly #interchanges: (InterchangeJson | { readonly raw: TextJson })[] = [];
  #interchange: Growing<InterchangeJson> | null = null;
  #group: Growing<GroupJson> | null = null;
  #set: Growing<SetJson> | null = null;

  result(): LosslessJson {
    return { interchanges: this.#interchanges };
  }

  beginInterchange(delimiters: Delimiters, header: SegmentJson): void {
    this.#interchange = { delimiters, header, groups: [] };
    this.#interchanges.push(this.#interchange);
  }

  beginGroup(header: SegmentJson): void {
    this.#group = { header, sets: [] };
    this.#interchange?.groups.push(this.#group);
  }

  beginSet(): void {
    this.#set = { segments: [] };
    this.#group?.sets.push(this.#set);
  }

  segment(segment: SegmentJson): void {
    const within = this.#set?.segments ?? this.#group?.sets ?? this.#interchange?.groups;
    within?.push(segment);
  }

  endSet(): void {
    this.#set = null;
  }

  endGroup(trailer: SegmentJson | null): void {
    if (this.#group !== null && trailer !== null) this.#group.trailer = trailer;
    this.#group = null;
  }

  endInterchange(trailer: SegmentJson | null): void {
    if (this.#interchange !== null && trailer !== null) this.#interchange.trailer = trailer;
    this.#interchange = null;
  }

  outside(raw: TextJson): void {
    this.#interchanges.push({ raw });
  }
}
