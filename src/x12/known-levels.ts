import type { HierarchicalStructure } from "./hierarchical-structure.ts";

/** HLs of one set that are remembered, which is as many as an 856 may have; those beyond are counted and not checked. */
export const mostRemembered = 200_000;

/** What is known of an HL besides its place, as bits: its HL04 says that it has no child, or one; it has one; */
export const saysLeaf = 1;
export const saysParent = 2;
export const hasChild = 4;
/** its HL01 is its number in the set: it is found without being looked up. */
export const isCounted = 8;

/** The HLs of one set so far, by their order. */
export class KnownLevels {
  /** How many there were, those that are not remembered counted. */
  count = 0;
  /** What BSN05 says of their order; null where it says nothing that we know. */
  structure: HierarchicalStructure | null = null;
  /** By HL01, those that don't count 1, 2, 3. */
  readonly byId = new Map<string, number>();
  /** Rank of HL03 in the structure, -1 for none. */
  ranks = new Int8Array(0);
  facts = new Uint8Array(0);
  positions = new Int32Array(0);
  /** Where HL04 stands in the file. */
  offsets = new Float64Array(0);

  clear(): void {
    this.count = 0;
    this.structure = null;
    this.byId.clear();
  }

  /** Counts another HL, and gives its index; -1 where it is not remembered. @param offset where its HL04 stands */
  add(position: number, offset: number): number {
    const at = this.count++;
    if (at >= mostRemembered) return -1;
    if (at === this.facts.length) this.#grow();
    this.positions[at] = position;
    this.offsets[at] = offset;
    return at;
  }

  #grow(): void {
    const room = Math.max(256, this.facts.length * 2);
    this.ranks = grown(this.ranks, new Int8Array(room));
    this.facts = grown(this.facts, new Uint8Array(room));
    this.positions = grown(this.positions, new Int32Array(room));
    this.offsets = grown(this.offsets, new Float64Array(room));
  }
}

function grown<T extends { set(from: ArrayLike<number>): void } & ArrayLike<number>>(from: T, to: T): T {
  to.set(from);
  return to;
}
