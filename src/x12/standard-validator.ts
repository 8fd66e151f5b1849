import { type Checklist, checklistOf } from "./checklist.ts";
import { ElementCheck, elementProblem } from "./element-check.ts";
import { type ExternalLists, externalLists } from "./external-codes.ts";
import type { Guide } from "./guide.ts";
import { GuideCheck } from "./guide-check.ts";
import { HierarchyCheck } from "./hierarchy-check.ts";
import * as messages from "./messages.ts";
import type { Problem } from "./problem.ts";
import type { SegmentNode, SetSchema } from "./schema.ts";
import type { SegmentCursor } from "./segment.ts";
import { ScannedSegment } from "./segment-cursor.ts";
import { segmentKey } from "./segment-key.ts";
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

const ls = segmentKey("LS");
const le = segmentKey("LE");

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
    if (number >= 0) this.#elements.check(cursor, this.#checklist(number, cursor), place.loop);
    if (key === ls || key === le) this.#checkBoundary(place, cursor);
    this.#hierarchy?.segment(cursor, key, place.loop);
    this.#guides?.segment(this.#walk.node, cursor);
    return place;
  }

  end(cursor: SegmentCursor | null): void {
    this.#reportMissing(this.#walk.end(), cursor);
    if (cursor !== null) {
      const number = this.#walk.numbers.of(keyOf(cursor));
      if (number >= 0) this.#elements.check(cursor, this.#checklist(number, cursor), null);
    }
    this.#hierarchy?.end();
    this.#guides?.end(cursor, this.#nextPosition, this.#nextOffset);
  }

  /** What to check in a segment of this set. One that has no business here has no number, and its elements don't matter. */
  #checklist(number: number, cursor: SegmentCursor): Checklist {
    let checklist = this.#checklists[number];
    if (checklist === undefined) {
      checklist = checklistOf(this.#schema.segment(cursor.id)!, this.#external);
      this.#checklists[number] = checklist;
    }
    return checklist;
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
