import { hasInnerSeparators, hasUnusualBytes } from "./block-scan.ts";
import { byCode, byLength, type Checklist, notAtAll } from "./checklist.ts";
import type { ScannedSegment } from "./segment-cursor.ts";
import { keepsNotes } from "./syntax-notes.ts";
import { valueFault } from "./value-check.ts";

const blank = 0x20;
/** As many elements as have a bit in the set of those present. */
const mostElements = 31;

/**
 * Whether a segment is plain and nothing is wrong with its elements, which is what most segments of most files are. It looks at
 * each value once and says no at the first doubt: what is not plain (repetitions, components, anything beyond printable ASCII) or
 * not right is for `ElementCheck` to look at, which alone says what is wrong. The two are tested for saying the same.
 */
export function isPlainAndRight(segment: ScannedSegment, list: Checklist): boolean {
  if ((segment.flags & (hasUnusualBytes | hasInnerSeparators)) !== 0) return false;
  const { bytes, origin, ends, first } = segment;
  return areRight(list, bytes, origin, ends, first, segment.endCount - 1);
}

/**
 * The same of a segment that is known to be plain, by where its elements end: `ends[first]` is the end of its id, counted from
 * `origin`, and `written` elements follow.
 */
export function areRight(
  list: Checklist,
  bytes: Uint8Array,
  origin: number,
  ends: Int32Array,
  first: number,
  written: number,
): boolean {
  const { rules, packedRules } = list;
  if (written > rules.length || written > mostElements) return false;
  let present = 0;
  let bit = 1;
  let start = origin + ends[first]! + 1;
  for (let n = 0; n < written; n++) {
    const end = origin + ends[first + 1 + n]!;
    if (end !== start) {
      const packed = n * 3;
      const how = packedRules[packed]!;
      const length = end - start;
      if (how === byLength) {
        if (length < packedRules[packed + 1]! || length > packedRules[packed + 2]!) return false;
        // It may be nothing but blanks.
        if (bytes[start] === blank) return false;
      } else if (how === byCode) {
        if (length > packedRules[packed + 2]! || !rules[n]!.codes!.holds(bytes, start, end)) return false;
      } else if (how === notAtAll || valueFault(rules[n]!, bytes, start, end) !== 0) {
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
