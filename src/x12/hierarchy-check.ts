import { elementProblem } from "./element-check.ts";
import { structureOf } from "./hierarchical-structure.ts";
import { hasChild, isCounted, KnownLevels, mostRemembered, saysLeaf, saysParent } from "./known-levels.ts";
import { nameOf, quote } from "./messages.ts";
import type { Problem } from "./problem.ts";
import { QuickHierarchy } from "./quick-hierarchy.ts";
import type { ElementSchema, SetSchema } from "./schema.ts";
import type { SegmentCursor } from "./segment.ts";
import { segmentKey } from "./segment-key.ts";

const hl = segmentKey("HL");
const bsn = segmentKey("BSN");
const ctt = segmentKey("CTT");

/** AK403: conditional required data element missing; invalid code value. */
const missing = "2";
const invalid = "7";

/**
 * Checks what the HL segments of a set say of one another: HL01 is unique, HL02 names an earlier HL, HL03 goes beneath the level of
 * its parent in the order that BSN05 gives, HL04 agrees with what follows, and CTT01 of an 856 is their number. Sets that have no HL
 * have no such check. What is wrong with a value in itself is for the element check, and is not said again here.
 */
export class HierarchyCheck {
  readonly #elements: readonly ElementSchema[];
  /** CTT01, where the standard has it count HLs: in the 856 (note to its CTT). */
  readonly #total: ElementSchema | null;
  #report: (problem: Problem) => void = () => {};
  readonly #known = new KnownLevels();
  /** An HL came without an HL01: nobody can tell whether it is the parent that a later one means. */
  #hasNameless = false;
  /** Whether HL01 has counted 1, 2, 3 ... so far. */
  #counts = true;
  /** Takes the HLs that are as most are. */
  readonly quick = new QuickHierarchy(this.#known);

  /** The check for sets of this schema; null where they have no HL. */
  static of(schema: SetSchema): HierarchyCheck | null {
    return schema.uses("HL").length === 0 ? null : new HierarchyCheck(schema);
  }

  private constructor(schema: SetSchema) {
    this.#elements = schema.segment("HL")!.elements;
    this.#total = schema.type === "856" ? schema.segment("CTT")!.elements[0]! : null;
  }

  /** Forget the last set; report problems through `report` from now on. */
  begin(report: (problem: Problem) => void): void {
    this.#report = report;
    this.#known.clear();
    this.#hasNameless = false;
    this.#counts = true;
  }

  /** The next segment of the set, told by its key. */
  segment(cursor: SegmentCursor, key: number, loop: string | null): void {
    if (key === hl) this.#level(cursor, loop);
    else if (key === bsn) this.#known.structure = structureOf(cursor.element(5).trimEnd());
    else if (key === ctt) this.#checkTotal(cursor);
  }

  /** The set is over: an HL that announces others and has none is known now. */
  end(): void {
    const remembered = Math.min(this.#known.count, mostRemembered);
    for (let i = 0; i < remembered; i++) {
      if ((this.#known.facts[i]! & (saysParent | hasChild)) !== saysParent) continue;
      const reason = `no later HL names this one in HL02. Write 0, or give the HL that is missing`;
      this.#reportChildCode(i, "1", reason);
    }
  }

  #level(cursor: SegmentCursor, loop: string | null): void {
    const at = this.#known.add(cursor.position, cursor.offsetOf(4));
    if (at < 0) return;
    // The parent is looked for first: no HL is its own.
    const parent = this.#parentOf(cursor, loop);
    this.#known.ranks[at] = this.#rankOf(cursor, parent, loop);
    this.#known.facts[at] = this.#childFact(cursor) | this.#name(cursor, at, loop);
  }

  /** Remembers the HL by its HL01. */
  #name(cursor: SegmentCursor, at: number, loop: string | null): number {
    const id = cursor.element(1).trimEnd();
    if (id === "") {
      this.#hasNameless = true;
      this.#counts = false;
      return 0;
    }
    const earlier = this.#find(id);
    if (earlier >= 0) {
      this.#counts = false;
      const element = this.#elements[0]!;
      const message = `${nameOf(element)} holds ${quote(id)}, which is that of segment ${this.#known.positions[earlier]} already: each HL \
of a set needs a number of its own. Number them 1, 2, 3 and so on.`;
      this.#report(elementProblem(cursor, invalid, part(1), element, loop, message));
      // Its children can't be told from those of the other.
      this.#known.facts[earlier]! |= hasChild;
      return hasChild;
    }
    if (id === String(at + 1)) return isCounted;
    this.#known.byId.set(id, at);
    if (this.#counts && at > 0 && Number(id) !== at + 1) this.#warnOfCount(cursor, id, at + 1, loop);
    // Who does not begin with 1 numbers in a way of his own, which the standard leaves him.
    if (Number(id) !== at + 1) this.#counts = false;
    return 0;
  }

  #warnOfCount(cursor: SegmentCursor, id: string, expected: number, loop: string | null): void {
    const element = this.#elements[0]!;
    const message = `warning: ${nameOf(element)} holds ${quote(id)} in HL number ${expected} of the set, and those before it count \
1, 2, 3 and so on. Is an HL missing? Otherwise write ${expected}.`;
    this.#report({ ...elementProblem(cursor, invalid, part(1), element, loop, message), severity: "warning" });
  }

  /** The HL that HL02 names, by its place among those remembered; -1 where there is none. */
  #parentOf(cursor: SegmentCursor, loop: string | null): number {
    const id = cursor.element(2).trimEnd();
    if (id === "") return -1;
    const parent = this.#find(id);
    if (parent >= 0) {
      if ((this.#known.facts[parent]! & (saysLeaf | hasChild)) === saysLeaf) {
        const child = `segment ${cursor.position} names it as its parent. Write 1, or correct HL02 there`;
        this.#reportChildCode(parent, "0", child);
      }
      this.#known.facts[parent]! |= hasChild;
    } else if (!this.#hasNameless) {
      const element = this.#elements[1]!;
      const message = `${nameOf(element)} holds ${quote(id)}, but no earlier HL of the set has this HL01. Name the HL that this one is \
part of, or move it before this one.`;
      this.#report(elementProblem(cursor, invalid, part(2), element, loop, message));
    }
    return parent;
  }

  /** Rank of HL03 in the structure; -1 where the set names none that we know, or the level has no place in it. */
  #rankOf(cursor: SegmentCursor, parent: number, loop: string | null): number {
    const structure = this.#known.structure;
    const level = cursor.element(3).trimEnd();
    const element = this.#elements[2]!;
    if (structure === null || element.codes?.has(level) !== true) return -1;
    const rank = structure.rankOf(level);
    const report = (code: string, n: number, message: string) =>
      this.#report(elementProblem(cursor, code, part(n), this.#elements[n - 1]!, loop, message));
    const holds = `${nameOf(element)} holds ${quote(level)}`;
    if (rank < 0) {
      const levels = structure.levels.join(", ");
      const message = `${holds}, which is no level of structure ${structure.code}, ${structure.words} (BSN05). Use one of: ${levels}; \
or give the structure that the set has in BSN05.`;
      report(invalid, 3, message);
    } else if (parent >= 0) {
      const above = this.#known.ranks[parent]!;
      if (above < 0 || structure.mayStandBeneath(rank, above)) return rank;
      const message = `${holds} beneath an HL of level "${structure.levels[above]}" (segment ${this.#known.positions[parent]}), but structure \
${structure.code} is ${structure.words} (BSN05), each beneath the one before. Correct HL02, HL03 or BSN05.`;
      report(invalid, 3, message);
    } else if (!structure.isTop(rank) && cursor.element(2).trimEnd() === "") {
      const parentId = this.#elements[1]!;
      const message = `${nameOf(parentId)} is missing: HL03 is given (${quote(level)}), and in structure ${structure.code}, \
${structure.words} (BSN05), this level is part of another. Name the HL that it is part of.`;
      report(missing, 2, message);
    }
    return rank;
  }

  #childFact(cursor: SegmentCursor): number {
    const code = cursor.element(4);
    return code === "0" ? saysLeaf : code === "1" ? saysParent : 0;
  }

  #reportChildCode(at: number, value: string, reason: string): void {
    const element = this.#elements[3]!;
    this.#report({
      level: "element",
      code: invalid,
      segment: "HL",
      position: this.#known.positions[at]!,
      element: 4,
      component: null,
      repetition: null,
      offset: this.#known.offsets[at]!,
      length: value.length,
      value,
      loop: "HL",
      message: `${nameOf(element)} holds "${value}", but ${reason}.`,
      dataElement: element.dataElement,
    });
  }

  #checkTotal(cursor: SegmentCursor): void {
    const total = this.#total;
    const value = cursor.element(1);
    if (total === null || !/^\d{1,6}$/.test(value) || Number(value) === this.#known.count) return;
    const message = `${nameOf(total)} holds ${quote(value)}, but the set has ${this.#known.count} HL segments, which it counts in an 856. \
Write ${this.#known.count}.`;
    this.#report(elementProblem(cursor, invalid, part(1), total, null, message));
  }

  #find(id: string): number {
    // Not Number alone: "01" and "1" are two ids.
    const counted = /^[1-9]\d{0,5}$/.test(id) ? Number(id) - 1 : -1;
    const isKnown = counted >= 0 && counted < this.#known.count - 1 && counted < mostRemembered;
    if (isKnown && (this.#known.facts[counted]! & isCounted) !== 0) return counted;
    return this.#known.byId.get(id) ?? -1;
  }
}

function part(element: number): { element: number; repetition: number; component: number } {
  return { element, repetition: 0, component: 0 };
}
