/** Levels of element 735 that are packaging, from the outermost: shipping tare, pack, subpack. */
const packaging = ["T", "P", "Q"];
/** Levels of element 735 that are items and what they are made of: item, subline item, kit, component. */
const item = ["I", "IA", "K", "F"];
const shipment = ["S"];
const order = ["O"];

/**
 * An order of hierarchical levels that BSN05 can name (element 1005). A level may be passed over, as by an item that is not packed;
 * packaging may stand in packaging and an item be part of an item, each time in the order above.
 */
export interface HierarchicalStructure {
  /** "0001". */
  readonly code: string;
  /** "shipment, order, packaging, item". */
  readonly words: string;
  /** The HL03 codes it has, by rank. */
  readonly levels: readonly string[];
  /** Place of an HL03 code from the top, 0 first; -1 for one that has no place in it. */
  rankOf(level: string): number;
  /** The same of the level that stands in `bytes`. */
  rankAt(bytes: Uint8Array, start: number, end: number): number;
  /** Whether a level may stand at the top, without a parent. */
  isTop(rank: number): boolean;
  mayStandBeneath(rank: number, parent: number): boolean;
}

const structures = new Map<string, HierarchicalStructure>(
  [
    structure("0001", "shipment, order, packaging, item", [shipment, order, packaging, item]),
    structure("0002", "shipment, order, item, packaging", [shipment, order, item, packaging]),
    structure("0003", "shipment, packaging, order, item", [shipment, packaging, order, item]),
    structure("0004", "shipment, order, item", [shipment, order, item]),
  ].map((one) => [one.code, one]),
);

/** The structure that BSN05 names; null where it names none whose order the standard gives. */
export function structureOf(code: string): HierarchicalStructure | null {
  return structures.get(code) ?? null;
}

function structure(code: string, words: string, groups: readonly (readonly string[])[]): HierarchicalStructure {
  const levels = groups.flat();
  const ranks = new Map(levels.map((level, rank) => [level, rank]));
  const keys = levels.map((level) => levelKey(Buffer.from(level), 0, level.length));
  const nests = new Set([...packaging, ...item]);
  return {
    code,
    words,
    levels,
    rankOf: (level) => ranks.get(level) ?? -1,
    rankAt: (bytes, start, end) => keys.indexOf(levelKey(bytes, start, end)),
    isTop: (rank) => groups[0]!.includes(levels[rank]!),
    mayStandBeneath: (rank, parent) => rank > parent || (rank === parent && nests.has(levels[rank]!)),
  };
}

/** A code of one or two characters as an integer, 0 for anything else. */
function levelKey(bytes: Uint8Array, start: number, end: number): number {
  if (end - start === 1) return bytes[start]!;
  return end - start === 2 ? (bytes[start]! << 8) | bytes[start + 1]! : 0;
}
