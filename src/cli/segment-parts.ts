import type { ElementSchema, SegmentCursor, VersionSchema } from "../x12/index.ts";

/** One value of a segment with the standard's name for it. */
export interface SegmentPart {
  /** "02"; "04-1" for a component. */
  readonly reference: string;
  /** The standard's name; null where the dictionary has none. */
  readonly name: string | null;
  readonly value: string;
  /** Our words for a code; null where it is none, or we have none. */
  readonly label: string | null;
}

/** The values of a segment that are there, in their order; of a composite each component. */
export function partsOf(cursor: SegmentCursor, dictionary: VersionSchema | null): SegmentPart[] {
  const elements = dictionary?.segment(cursor.id)?.elements ?? [];
  const parts: SegmentPart[] = [];
  for (let n = 1; n <= cursor.elementCount; n++) {
    if (!cursor.has(n)) continue;
    const reference = String(n).padStart(2, "0");
    const element = elements[n - 1];
    if (element === undefined || (element.components.length === 0 && cursor.repetitionCount(n) === 1)) {
      parts.push(part(reference, element, cursor.element(n), dictionary));
      continue;
    }
    for (let r = 1; r <= cursor.repetitionCount(n); r++) {
      for (let c = 1; c <= cursor.componentCount(n, r); c++) {
        const value = cursor.component(n, r, c);
        if (value === "") continue;
        if (element.components.length === 0) parts.push(part(reference, element, value, dictionary));
        else parts.push(part(`${reference}-${c}`, element.components[c - 1], value, dictionary));
      }
    }
  }
  return parts;
}

function part(
  reference: string,
  element: ElementSchema | undefined,
  value: string,
  dictionary: VersionSchema | null,
): SegmentPart {
  const number = element?.dataElement ?? null;
  const label = number === null ? null : (dictionary?.label(number, value) ?? null);
  return { reference, name: element?.name ?? null, value, label };
}
