import type { ElementSchema, LoopNode, SegmentNode, SetSchema, SyntaxNote } from "../../src/x12/schema.ts";

/** Random numbers of a seed (mulberry32), so that a failure can be repeated. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** 0 up to, not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  pick<T>(from: readonly T[]): T {
    return from[this.between(0, from.length - 1)]!;
  }
}

/** One segment of a generated set: the place it was made for, and its elements as text. */
export interface GeneratedSegment {
  readonly node: SegmentNode;
  readonly elements: readonly string[];
}

export interface GenerateOptions {
  /** How likely an optional segment, loop or element is. */
  readonly richness: number;
}

/** Makes a set that keeps every rule of its schema: structure, lengths, codes, types and syntax notes. */
export function generateSet(schema: SetSchema, dice: Dice, { richness }: GenerateOptions): GeneratedSegment[] {
  const segments: GeneratedSegment[] = [];

  const segment = (node: SegmentNode, fixed?: string) => {
    const definition = schema.segment(node.segment)!;
    const elements = fixed === undefined ? fill(definition.elements, definition.notes, dice, richness) : [fixed];
    segments.push({ node, elements });
  };

  const loop = (node: LoopNode) => {
    for (let i = 0; i < node.items.length; i++) {
      const item = node.items[i]!;
      if (item.kind === "segment") {
        // Bounds come and go with the loop between them.
        if (item.segment === "LS" || item.segment === "LE") continue;
        const times = node.parent !== null && i === 0 ? 1 : count(item, dice, richness);
        for (let n = 0; n < times; n++) segment(item);
      } else {
        const times = count(item, dice, richness);
        if (times === 0) continue;
        const [before, after] = [node.items[i - 1], node.items[i + 1]];
        const name = "0300";
        if (item.bounded && before?.kind === "segment") segment(before, name);
        for (let n = 0; n < times; n++) loop(item);
        if (item.bounded && after?.kind === "segment") segment(after, name);
      }
    }
  };

  loop(schema.root);
  return joinLevels(segments, schema, dice);
}

/** Orders of levels that BSN05 names, packaging by the pallet and the carton. */
const levelOrders: Readonly<Record<string, readonly string[]>> = {
  "0001": ["S", "O", "T", "P", "I"],
  "0002": ["S", "O", "I", "T", "P"],
  "0003": ["S", "T", "P", "O", "I"],
  "0004": ["S", "O", "I"],
};

/** Orders of levels of sets that have one only. */
const levelOrderOf: Readonly<Record<string, readonly string[]>> = { "869": ["O", "I"], "870": ["O", "I"] };

/** Numbers the HLs of a set, hangs each beneath an earlier one, and lets HL04 and CTT01 say what is so. */
function joinLevels(segments: readonly GeneratedSegment[], schema: SetSchema, dice: Dice): GeneratedSegment[] {
  const total = segments.filter(({ node }) => node.segment === "HL").length;
  if (total === 0) return [...segments];
  const order =
    levelOrders[segments.find(({ node }) => node.segment === "BSN")?.elements[4] ?? ""] ?? levelOrderOf[schema.type];
  const idOf = dice.chance(0.7) ? (n: number) => String(n + 1) : (n: number) => `L${n + 1}`;
  const levels: { readonly rank: number; readonly parent: number }[] = [];
  for (let n = 0; n < total; n++) {
    const fit = levels.map(({ rank }, i) => ({ rank, i })).filter(({ rank }) => !order || rank < order.length - 1);
    const parent = fit.length === 0 || dice.chance(0.1) ? undefined : dice.pick(fit);
    const rank = parent === undefined || !order ? 0 : dice.between(parent.rank + 1, order.length - 1);
    levels.push({ rank, parent: parent?.i ?? -1 });
  }
  let next = 0;
  return segments.map((segment) => {
    const { node, elements } = segment;
    if (node.segment === "CTT" && schema.type === "856") return { node, elements: elements.with(0, String(total)) };
    if (node.segment !== "HL") return segment;
    const n = next++;
    const { parent, rank } = levels[n]!;
    const joined = [idOf(n), parent < 0 ? "" : idOf(parent), order?.[rank] ?? elements[2]!];
    if (elements[3]) joined.push(levels.some((level) => level.parent === n) ? "1" : "0");
    return { node, elements: joined };
  });
}

function count(item: SegmentNode | LoopNode, dice: Dice, richness: number): number {
  if (!item.mandatory && !dice.chance(richness)) return 0;
  return dice.between(1, Math.min(item.max, 2));
}

/** Elements (or components) of a segment as text, trailing empties cut. */
function fill(
  elements: readonly ElementSchema[],
  notes: readonly SyntaxNote[],
  dice: Dice,
  richness: number,
): string[] {
  const present = new Set<number>();
  for (const element of elements) {
    if (element.requirement === "M" || dice.chance(richness)) present.add(element.position);
  }
  settle(present, elements, notes, dice);
  const values = elements.map((element) => (present.has(element.position) ? valueFor(element, dice, richness) : ""));
  while (values.at(-1) === "") values.pop();
  return values;
}

/** Adds and takes away elements until every note is kept, mandatory ones staying. */
function settle(
  present: Set<number>,
  elements: readonly ElementSchema[],
  notes: readonly SyntaxNote[],
  dice: Dice,
): void {
  const canLeave = (p: number) => elements[p - 1]!.requirement !== "M";
  for (let round = 0; round < 100; round++) {
    let changed = false;
    for (const { kind, positions } of notes) {
      const there = positions.filter((p) => present.has(p));
      const add = (p: number) => {
        present.add(p);
        changed = true;
      };
      const first = positions[0]!;
      if (kind === "P" && there.length > 0 && there.length < positions.length) positions.forEach(add);
      else if (kind === "R" && there.length === 0) add(dice.pick(positions));
      else if (kind === "C" && present.has(first) && there.length < positions.length) positions.forEach(add);
      else if (kind === "L" && present.has(first) && there.length === 1) add(dice.pick(positions.slice(1)));
      else if (kind === "E" && there.length > 1) {
        for (const p of there.slice(1)) if (canLeave(p)) changed = present.delete(p) || changed;
      }
      if (changed) break;
    }
    if (!changed) return;
    // Notes that push against each other settle with fewer elements.
    if (round % 10 === 9) {
      for (const p of [...present]) if (canLeave(p) && dice.chance(0.7)) present.delete(p);
    }
  }
  throw new Error(`No choice of elements found for ${elements[0]!.reference}`);
}

function valueFor(element: ElementSchema, dice: Dice, richness: number): string {
  const times = element.repeat > 1 ? dice.between(1, Math.min(element.repeat, 3)) : 1;
  return Array.from({ length: times }, () => oneValueFor(element, dice, richness)).join("^");
}

function oneValueFor(element: ElementSchema, dice: Dice, richness: number): string {
  if (element.composite !== null) {
    const some = fill(element.components, element.notes, dice, richness);
    // A composite without any component would be an element that is not there.
    return (some.length > 0 ? some : fill(element.components, element.notes, dice, 1)).join(">");
  }
  const length = dice.between(element.min, Math.min(element.max, Math.max(element.min, 12)));
  if (element.codes !== null) {
    if (!element.codes.inParts) return dice.pick(element.codes.values);
    const forms = element.codes.values.filter((code) => code.length === 3);
    const materials = element.codes.values.filter((code) => code.length === 2);
    return dice.chance(0.5) ? dice.pick(forms) : dice.pick(forms) + dice.pick(materials);
  }
  switch (element.type) {
    case "DT":
      return element.max === 6 ? dice.pick(["240229", "991231"]) : dice.pick(["20240229", "19991231", "20000229"]);
    case "TM":
      return dice.pick(["0000", "2359", "123456", "1234567", "12345678"].filter((time) => time.length <= element.max));
    case "R":
      return decimal(digits(dice, length), dice);
    case "AN":
    case "ID":
    case "B":
      return text(dice, length, element.type);
    default:
      return (dice.chance(0.2) ? "-" : "") + digits(dice, length);
  }
}

function decimal(value: string, dice: Dice): string {
  const point = dice.between(0, value.length);
  const sign = dice.chance(0.2) ? "-" : "";
  return sign + (dice.chance(0.5) ? value : `${value.slice(0, point)}.${value.slice(point)}`);
}

function digits(dice: Dice, length: number): string {
  return Array.from({ length }, () => dice.between(0, 9)).join("");
}

/** Characters of one, two, three and four bytes in UTF-8; none that the tests divide by. */
const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 abc.,-/&'()éß漢😀"];
const idLetters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"];

function text(dice: Dice, length: number, type: string): string {
  const made = Array.from({ length }, () => dice.pick(type === "AN" ? letters : idLetters)).join("");
  // Blanks alone are no value.
  return made.trim() === "" ? made.replace(" ", "A") : made;
}

/** The text of a generated set, one segment to a line. */
export function writeSet(segments: readonly Pick<GeneratedSegment, "node" | "elements">[]): string {
  return segments.map(({ node, elements }) => `${[node.segment, ...elements].join("*")}~\n`).join("");
}
