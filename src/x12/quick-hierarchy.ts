import { hasChild, isCounted, type KnownLevels, mostRemembered, saysLeaf, saysParent } from "./known-levels.ts";

const zero = 48;
const nine = 57;
const one = 49;

/**
 * Sees of an HL, by its bytes, whether it is as most are: it counts on from the one before, names one that counts too, and stands where
 * the structure has it. Every other HL is for `HierarchyCheck` to look at, which alone says what is wrong. The two are tested for
 * knowing the same of a set afterwards.
 */
export class QuickHierarchy {
  readonly #known: KnownLevels;
  #parent = -1;
  #rank = -1;
  #facts = 0;

  constructor(known: KnownLevels) {
    this.#known = known;
  }

  /** Whether it is; then {@link take} may follow. Its elements are right in themselves, and end as `areRight` has it. */
  isPlain(bytes: Uint8Array, origin: number, ends: Int32Array, first: number, written: number): boolean {
    const known = this.#known;
    const { count, structure } = known;
    if (written < 3 || count >= mostRemembered || known.byId.size > 0) return false;
    const id = numberAt(bytes, origin + ends[first]! + 1, origin + ends[first + 1]!);
    if (id !== count + 1) return false;

    const parentStart = origin + ends[first + 1]! + 1;
    const parentEnd = origin + ends[first + 2]!;
    let parent = -1;
    if (parentEnd > parentStart) {
      parent = numberAt(bytes, parentStart, parentEnd) - 1;
      if (parent < 0 || parent >= count) return false;
      const facts = known.facts[parent]!;
      if ((facts & isCounted) === 0 || (facts & (saysLeaf | hasChild)) === saysLeaf) return false;
    }

    let rank = -1;
    if (structure !== null) {
      rank = structure.rankAt(bytes, parentEnd + 1, origin + ends[first + 3]!);
      if (rank < 0) return false;
      const above = parent < 0 ? -1 : known.ranks[parent]!;
      if (parent < 0 ? !structure.isTop(rank) : above >= 0 && !structure.mayStandBeneath(rank, above)) return false;
    }

    this.#parent = parent;
    this.#rank = rank;
    this.#facts = isCounted;
    if (written >= 4 && ends[first + 4]! - ends[first + 3]! === 2) {
      const code = bytes[origin + ends[first + 4]! - 1];
      this.#facts |= code === zero ? saysLeaf : code === one ? saysParent : 0;
    }
    return true;
  }

  /** Remembers the HL that {@link isPlain} was last asked of. @param offset where its HL04 stands in the file, or would */
  take(position: number, offset: number): void {
    const known = this.#known;
    const at = known.add(position, offset);
    if (this.#parent >= 0) known.facts[this.#parent]! |= hasChild;
    known.ranks[at] = this.#rank;
    known.facts[at] = this.#facts;
  }
}

/** The number that is written there without zeros in front, in at most six digits; -1 where none is. */
function numberAt(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 6 || end === start || bytes[start] === zero) return -1;
  let number = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte < zero || byte > nine) return -1;
    number = number * 10 + byte - zero;
  }
  return number;
}
