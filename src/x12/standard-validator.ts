import { RightMarks } from "./block-check.ts";
import { anyFlag, firstField, flagBits, keyField, lastField, longestBlock, perSegment } from "./block-scan.ts";
import { type Checklist, checklistOf } from "./checklist.ts";
import { ElementCheck, elementProblem } from "./element-check.ts";
import { type ExternalLists, externalLists, noExternalLists } from "./external-codes.ts";
import type { Guide } from "./guide.ts";
import { GuideCheck } from "./guide-check.ts";
import { HierarchyCheck } from "./hierarchy-check.ts";
import * as messages from "./messages.ts";
import type { Problem } from "./problem.ts";
import { areRight } from "./quick-check.ts";
import type { SegmentNode, SetSchema } from "./schema.ts";
import type { SegmentCursor } from "./segment.ts";
import { ScannedSegment } from "./segment-cursor.ts";
import { segmentKey } from "./segment-key.ts";
import type { SegmentsAhead } from "./segments-ahead.ts";
import type { Place, SetValidator } from "./set-validator.ts";
import { type Strictness, standardStrictness } from "./strictness.ts";
import { type PlaceFault, StructureWalk } from "./structure-walk.ts";

/**
 * Makes a validator for one transaction set: first the standard's structure and elements, then the account's guides in their
 * order. The codes of its problems are those of elements 720 (AK304) and 723 (AK403) in the version of the schema.
 *
 * @throws if a guide speaks of a segment, element or loop that the set does not have (see `guideFaults`).
 */
export function createSetValidator(
  schema: SetSchema,
  guides: readonly Guide[] = [],
  strictness: Strictness = standardStrictness,
): SetValidator {
  return new StandardValidator(schema, guides, strictness);
}

const noneMarked = new Uint8Array(longestBlock);

const ls = segmentKey("LS");
const le = segmentKey("LE");

/** Segments of envelopes and bounded loops, and those that say what a set's hierarchy must be. */
const seenSingly: ReadonlySet<string> = new Set(["ST", "SE", "LS", "LE", "BSN", "CTT"]);

function keyOf(cursor: SegmentCursor): number {
  return cursor instanceof ScannedSegment ? cursor.key : segmentKey(cursor.id);
}

class StandardValidator implements SetValidator {
  readonly #schema: SetSchema;
  readonly #walk: StructureWalk;
  readonly #elements: ElementCheck;
  readonly #external: ExternalLists;
  readonly #guides: GuideCheck | null;
  readonly #hierarchy: HierarchyCheck | null;
  /** By the number of the segment id; made when the segment is first met. */
  readonly #checklists: (Checklist | undefined)[];

  /** The same, null for those of which more is to be seen than their elements. */
  readonly #passable: (Checklist | null | undefined)[];
  /** Says quickly of most segments that they are right; null where that can't be had. */
  readonly #marks: RightMarks | null;
  /** Number of HL, -1 where the set has none. */
  readonly #hl: number;

  #report: (problem: Problem) => void = () => {};
  /** LS01 of the bounded loop that is open. */
  #boundary: string | null = null;
  /** Where the next segment would be, for what is missing at the end of a set without SE. */
  #nextPosition = 1;
  #nextOffset: number | null = null;

  constructor(schema: SetSchema, guides: readonly Guide[], strictness: Strictness) {
    this.#external = externalLists(strictness.externalCodes);
    this.#schema = schema;
    this.#walk = new StructureWalk(schema);
    this.#checklists = new Array(this.#walk.numbers.count).fill(undefined);
    this.#marks = this.#external === noExternalLists ? RightMarks.by(schema.dictionary) : null;
    this.#hl = this.#walk.numbers.of(segmentKey("HL"));
    this.#passable = new Array(this.#walk.numbers.count).fill(undefined);
    this.#elements = new ElementCheck(schema.dictionary, this.#external, strictness.extraElements);
    this.#guides = guides.length === 0 ? null : new GuideCheck(schema, guides);
    this.#hierarchy = HierarchyCheck.of(schema);
  }

  begin(report: (problem: Problem) => void): void {
    // Guides want to know what the standard has found already, so that nothing is said twice.
    this.#report = this.#guides === null ? report : this.#guides.begin(report);
    this.#elements.begin(this.#report);
    this.#hierarchy?.begin(this.#report);
    this.#walk.start();
    this.#boundary = null;
    this.#nextPosition = 1;
    this.#nextOffset = null;
  }

  segment(cursor: SegmentCursor): Place {
    const key = keyOf(cursor);
    const number = this.#walk.numbers.of(key);
    const place = this.#walk.nextNumbered(number, cursor);
    if (this.#walk.skipped.length !== 0) this.#reportMissing(this.#walk.skipped, cursor);
    if (this.#walk.fault !== null) this.#reportPlace(this.#walk.fault, place, cursor);
    this.#nextPosition = cursor.position + 1;
    this.#nextOffset = cursor.offset + cursor.length + 1;
    if (number >= 0) this.#elements.check(cursor, this.#checklist(number), place.loop);
    if (key === ls || key === le) this.#checkBoundary(place, cursor);
    this.#hierarchy?.segment(cursor, key, place.loop);
    this.#guides?.segment(this.#walk.node, cursor);
    return place;
  }

  passRight(ahead: SegmentsAhead): number {
    if (this.#guides !== null) return 0;
    const { bytes, origin, next } = ahead;
    const { ends, segments, segmentCount } = ahead.positions;
    const walk = this.#walk;
    const { numbers } = walk;
    const levels = this.#hierarchy?.quick;
    const passable = this.#passable;
    const right = this.#marks === null ? noneMarked : this.#marks.of(ahead.positions, next);
    let index = next;
    for (; index < segmentCount; index++) {
      const entry = index * perSegment;
      const last = segments[entry + lastField]!;
      const key = segments[entry + keyField]!;
      const number = numbers.of(key);
      if (number < 0) break;
      const known = passable[number];
      const list = known === undefined ? this.#passableChecklist(number) : known;
      if (list === null) break;
      const first = segments[entry + firstField]!;
      const written = (last >> flagBits) - first;
      if (right[index] === 0) {
        if ((last & anyFlag) !== 0 || !areRight(list, bytes, origin, ends, first, written)) break;
        this.#marks?.learn(key, list);
      }
      if (number !== this.#hl) {
        if (!walk.steps(number)) break;
        continue;
      }
      if (!levels!.isPlain(bytes, origin, ends, first, written) || !walk.steps(number)) break;
      const hl04 = written < 4 ? first + written : first + 3;
      levels!.take(this.#nextPosition + index - next, ahead.base + origin + ends[hl04]! + (written < 4 ? 0 : 1));
    }
    const count = index - next;
    if (count === 0) return 0;
    this.#nextPosition += count;
    this.#nextOffset = ahead.base + ahead.endOf(count);
    return count;
  }

  end(cursor: SegmentCursor | null): void {
    this.#reportMissing(this.#walk.end(), cursor);
    if (cursor !== null) {
      const number = this.#walk.numbers.of(keyOf(cursor));
      if (number >= 0) this.#elements.check(cursor, this.#checklist(number), null);
    }
    this.#hierarchy?.end();
    this.#guides?.end(cursor, this.#nextPosition, this.#nextOffset);
  }

  /** What to check in a segment of this set. One that has no business here has no number, and its elements don't matter. */
  #checklist(number: number): Checklist {
    let checklist = this.#checklists[number];
    if (checklist === undefined) {
      checklist = checklistOf(this.#schema.segment(this.#walk.numbers.ids[number]!)!, this.#external);
      this.#checklists[number] = checklist;
    }
    return checklist;
  }

  #passableChecklist(number: number): Checklist | null {
    const list = seenSingly.has(this.#walk.numbers.ids[number]!) ? null : this.#checklist(number);
    this.#passable[number] = list;
    return list;
  }

  #reportMissing(missing: readonly SegmentNode[], cursor: SegmentCursor | null): void {
    for (const node of missing) {
      this.#report({
        level: "segment",
        code: "3",
        segment: node.segment,
        position: cursor === null ? this.#nextPosition : cursor.position,
        element: null,
        component: null,
        repetition: null,
        offset: cursor === null ? this.#nextOffset : cursor.offset,
        length: 0,
        value: null,
        loop: node.loop.parent === null ? null : node.loop.key,
        message: messages.segmentMissing(this.#schema, node, cursor === null ? null : cursor.id),
        dataElement: null,
      });
    }
  }

  #reportPlace(fault: Exclude<PlaceFault, null>, place: Place, cursor: SegmentCursor): void {
    this.#report({
      level: "segment",
      code: fault,
      segment: cursor.id,
      position: cursor.position,
      element: null,
      component: null,
      repetition: null,
      offset: cursor.offset,
      length: cursor.length,
      value: null,
      loop: place.loop,
      message: this.#placeMessage(fault, cursor.id),
      dataElement: null,
    });
  }

  #placeMessage(fault: Exclude<PlaceFault, null>, id: string): string {
    const { node, at } = this.#walk;
    switch (fault) {
      case "1":
        return messages.segmentUnknown(this.#schema, id);
      case "2":
        return messages.segmentUnexpected(this.#schema, id);
      case "4":
        return messages.loopTooOften(this.#schema, node!.loop);
      case "5":
        return messages.segmentTooOften(this.#schema, node!);
      case "6":
        return messages.segmentNotInSet(this.#schema, id);
      case "7":
        return messages.segmentOutOfOrder(this.#schema, id, at!.segment);
    }
  }

  /** LE must name the same loop as the LS before it. */
  #checkBoundary(place: Place, cursor: SegmentCursor): void {
    const value = cursor.element(1);
    if (cursor.id === "LS") {
      this.#boundary = value;
      return;
    }
    const begun = this.#boundary;
    this.#boundary = null;
    const element = this.#schema.segment("LE")?.elements[0];
    if (element === undefined || begun === null || value === "" || begun === value) return;
    const message = messages.loopIdentifierDiffers(element, value, begun);
    const part = { element: 1, repetition: 0, component: 0 };
    this.#report(elementProblem(cursor, "7", part, element, place.loop, message));
  }
}
