import type { OutSegment } from "../../x12/index.ts";

/** A segment and the loop it stands in, "" for outside loops. */
export interface PlacedSegment {
  readonly loop: string;
  readonly segment: OutSegment;
}

/** A code instead of another, in one direction. */
export interface CodeChange {
  readonly segment: string;
  readonly element: number;
  readonly loop?: string | undefined;
  readonly from: string;
  readonly to: string;
}

/** A value for an element that says nothing. */
export interface Constant {
  readonly segment: string;
  readonly element: number;
  readonly where?: { readonly element: number; readonly value: string } | undefined;
  readonly value: string;
}

/** The segments with codes changed; each segment is changed by the first change that fits, so that two may swap. */
export function withCodesChanged(segments: readonly PlacedSegment[], changes: readonly CodeChange[]): PlacedSegment[] {
  if (changes.length === 0) return [...segments];
  return segments.map((placed) => {
    const { loop, segment } = placed;
    const change = changes.find(
      (one) =>
        one.segment === segment[0] &&
        (one.loop === undefined || one.loop === loop) &&
        segment[one.element] === one.from,
    );
    return change ? { loop, segment: withElement(segment, change.element, change.to) } : placed;
  });
}

/** The segments with constants filled in where they say nothing. */
export function withConstants(segments: readonly PlacedSegment[], constants: readonly Constant[]): PlacedSegment[] {
  return segments.map((placed) => ({
    ...placed,
    segment: constants.reduce(
      (segment, { segment: id, element, where, value }) =>
        segment[0] === id &&
        (segment[element] ?? "") === "" &&
        (where === undefined || segment[where.element] === where.value)
          ? withElement(segment, element, value)
          : segment,
      placed.segment,
    ),
  }));
}

function withElement(segment: OutSegment, element: number, value: string): OutSegment {
  const changed = [...segment] as [string, ...OutSegment[1][]];
  while (changed.length <= element) changed.push("");
  changed[element] = value;
  return changed as OutSegment;
}
