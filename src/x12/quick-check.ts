import type { Checklist } from "./checklist.ts";
import type { ScannedSegment } from "./segment-cursor.ts";
import { keepsNotes } from "./syntax-notes.ts";
import { valueFault } from "./value-check.ts";

/** As many elements as have a bit in the set of those present. */
const mostElements = 31;

/**
 * Whether a segment is plain and nothing is wrong with its elements, which is what most segments of most files are. It looks at
 * each value once, by its position, and says no at the first doubt: what is not plain (repetitions, components, anything beyond
 * printable ASCII) or not right is for `ElementCheck` to look at, which alone says what is wrong. The two are tested for
 * saying the same.
 */
export function isPlainAndRight(segment: ScannedSegment, list: Checklist): boolean {
  const { rules } = list;
  const { bytes, origin, ends, first } = segment;
  const last = first + segment.endCount - 1;
  const written = last - first;
  if (segment.hasInner || !segment.isPrintable || written > rules.length || written > mostElements) return false;
  let present = 0;
  let bit = 1;
  let start = origin + ends[first]! + 1;
  for (let n = 0; n < written; n++) {
    const end = origin + ends[first + 1 + n]!;
    if (end !== start) {
      const rule = rules[n]!;
      if (rule === null) return false;
      if (rule.isFreeText) {
        const length = end - start;
        if (length < rule.min || length > rule.max) return false;
      } else if (rule.isCoded) {
        if (end - start > rule.max || !rule.codes!.holds(bytes, start, end)) return false;
      } else if (valueFault(rule, bytes, start, end) !== 0) {
        return false;
      }
      present |= bit;
    }
    bit <<= 1;
    start = end + 1;
  }
  if (present === list.lastComplete) return true;
  if ((present & list.mandatory) !== list.mandatory || !keepsNotes(list.packedNotes, present)) return false;
  list.lastComplete = present;
  return true;
}
