import type { ElementSchema, SegmentNode, SetSchema } from "../../src/x12/schema.ts";
import type { Dice, GeneratedSegment } from "./generate-set.ts";

/** A set with one fault in it, and the one problem, in the words of `brief`, that must be found. */
export interface Mutation {
  readonly segments: readonly GeneratedSegment[];
  readonly expected: string;
}

/** Puts one fault into a set that has none; null where the set offers no place for it. */
export type Mutate = (segments: readonly GeneratedSegment[], schema: SetSchema, dice: Dice) => Mutation | null;

/** A simple element that holds a value, somewhere between ST and SE. */
interface Held {
  readonly at: number;
  readonly element: ElementSchema;
  readonly value: string;
}

/** Puts the value that `change` makes into a random element for which it makes one. */
function changeElement(code: string, change: (held: Held, schema: SetSchema) => string | null): Mutate {
  return (segments, schema, dice) => {
    const choices: (Held & { readonly changed: string })[] = [];
    for (let at = 1; at < segments.length - 1; at++) {
      // Bounds must stay alike, and that is a fault of another kind.
      if (["LS", "LE"].includes(segments[at]!.node.segment)) continue;
      for (const element of schema.segment(segments[at]!.node.segment)!.elements) {
        // So must an HL and those that name it.
        if (namesLevel(element)) continue;
        const value = segments[at]!.elements[element.position - 1] ?? "";
        if (element.composite !== null || value === "") continue;
        const changed = change({ at, element, value }, schema);
        if (changed !== null) choices.push({ at, element, value, changed });
      }
    }
    if (choices.length === 0) return null;
    const { at, element, changed } = dice.pick(choices);
    const elements = segments[at]!.elements.with(element.position - 1, changed);
    const expected = `AK403 ${code} ${element.reference} @${at + 1}`;
    return { segments: segments.with(at, { node: segments[at]!.node, elements }), expected };
  };
}

const namesLevel = (element: ElementSchema) => ["HL01", "HL02"].includes(element.reference);
const isNumber = (element: ElementSchema) => element.type === "R" || element.type.startsWith("N");
const isText = (element: ElementSchema) => element.type === "AN" || element.type === "ID";

function insert(segments: readonly GeneratedSegment[], dice: Dice, id: string, code: string): Mutation {
  const at = dice.between(1, segments.length - 2);
  const stranger = { node: { segment: id } as SegmentNode, elements: ["X"] };
  return { segments: segments.toSpliced(at, 0, stranger), expected: `AK304 ${code} ${id} @${at + 1}` };
}

/** Every kind of fault, by what a person would call it. */
export const mutations: Readonly<Record<string, Mutate>> = {
  "a value too short": changeElement("4", ({ element, value }) => {
    const sign = isNumber(element) && value.startsWith("-") ? "-" : "";
    return element.min > 1 ? sign + "1".repeat(element.min - 1) : null;
  }),
  "a value too long": changeElement("5", ({ element, value }) => {
    const sign = isNumber(element) && value.startsWith("-") ? "-" : "";
    return element.max < 200 ? sign + "1".repeat(element.max + 1) : null;
  }),
  "a control character in a text": changeElement("6", ({ element, value }) =>
    isText(element) ? `${[...value].slice(0, -1).join("")}\u0007` : null,
  ),
  "blanks where a value may be left out": changeElement("6", ({ element }) =>
    isText(element) && element.requirement !== "M" ? " ".repeat(element.min) : null,
  ),
  "blanks where a value must be": changeElement("1", ({ element }) =>
    isText(element) && element.requirement === "M" ? " ".repeat(element.min) : null,
  ),
  "a letter in a number": changeElement("6", ({ element, value }) => (isNumber(element) ? `${value}O` : null)),
  "a code of no list": changeElement("7", ({ element }) =>
    element.codes === null ? null : "?".repeat(element.codes.inParts ? 3 : element.min),
  ),
  "a date of no calendar": changeElement("8", ({ element }) =>
    element.type !== "DT" ? null : element.max === 6 ? "230229" : "19000229",
  ),
  "a time of no clock": changeElement("9", ({ element }) => (element.type === "TM" ? "2400" : null)),
  "an element beyond the last": (segments, schema, dice) => {
    const at = dice.between(1, segments.length - 2);
    const { node, elements } = segments[at]!;
    const defined = schema.segment(node.segment)!.elements.length;
    const filled = [...elements, ...Array<string>(defined - elements.length).fill(""), "", "X"];
    const expected = `AK403 3 ${node.segment}${String(defined + 2).padStart(2, "0")} @${at + 1}`;
    return { segments: segments.with(at, { node, elements: filled }), expected };
  },
  "a mandatory element left empty": (segments, schema, dice) => {
    const bound = (id: string, position: number) =>
      schema.segment(id)!.notes.some((note) => note.positions.includes(position));
    const choices = segments.slice(1, -1).flatMap(({ node }, i) =>
      schema
        .segment(node.segment)!
        .elements.filter((e) => e.requirement === "M" && !bound(node.segment, e.position) && !namesLevel(e))
        .map((element) => ({ at: i + 1, element })),
    );
    const usable = choices.filter(({ at }) => !["LS", "LE"].includes(segments[at]!.node.segment));
    if (usable.length === 0) return null;
    const { at, element } = dice.pick(usable);
    const elements = segments[at]!.elements.with(element.position - 1, "");
    const expected = `AK403 1 ${element.reference} @${at + 1}`;
    return { segments: segments.with(at, { node: segments[at]!.node, elements }), expected };
  },
  "half of a pair": (segments, schema, dice) => {
    const choices = segments.slice(1, -1).flatMap(({ node, elements }, i) => {
      const { notes, elements: defined } = schema.segment(node.segment)!;
      const boundElsewhere = (p: number) => notes.filter((note) => note.positions.includes(p)).length > 1;
      return notes
        .filter((note) => note.kind === "P" && note.positions.length === 2)
        .filter((note) => note.positions.every((p) => (elements[p - 1] ?? "") !== "" && !boundElsewhere(p)))
        .flatMap((note) => note.positions)
        .map((position) => ({ at: i + 1, element: defined[position - 1]! }))
        .filter(({ element }) => element.requirement !== "M");
    });
    if (choices.length === 0) return null;
    const { at, element } = dice.pick(choices);
    const elements = segments[at]!.elements.with(element.position - 1, "");
    const expected = `AK403 2 ${element.reference} @${at + 1}`;
    return { segments: segments.with(at, { node: segments[at]!.node, elements }), expected };
  },
  "two that exclude each other": (segments, schema, dice) => {
    const choices = segments.slice(1, -1).flatMap(({ node, elements }, i) => {
      const { notes, elements: defined } = schema.segment(node.segment)!;
      const boundElsewhere = (p: number) => notes.filter((note) => note.positions.includes(p)).length > 1;
      return notes
        .filter((note) => note.kind === "E" && note.positions.length === 2 && !note.positions.some(boundElsewhere))
        .map((note) => note.positions.map((p) => defined[p - 1]!))
        .filter((pair) => pair.every((e) => e.codes === null && e.type === "AN" && e.composite === null))
        .map((pair) => ({ at: i + 1, pair, elements }));
    });
    if (choices.length === 0) return null;
    const { at, pair, elements } = dice.pick(choices);
    const filled = [...elements, ...Array<string>(Math.max(0, pair[1]!.position - elements.length)).fill("")];
    for (const element of pair) filled[element.position - 1] = "X".repeat(element.min);
    const expected = `AK403 10 ${pair[1]!.reference} @${at + 1}`;
    return { segments: segments.with(at, { node: segments[at]!.node, elements: filled }), expected };
  },
  "a segment of no dictionary": (segments, _schema, dice) => insert(segments, dice, "QQQ", "1"),
  "a segment of another set": (segments, _schema, dice) => insert(segments, dice, "ISA", "6"),
  "a mandatory segment left out": (segments, schema, dice) => {
    const choices = segments.flatMap(({ node }, at) => {
      const next = segments[at + 1]?.node;
      const alone = segments[at - 1]?.node !== node && next !== node;
      const isTrigger = node.loop.items[0] === node;
      // What follows must not pass for something that may stand before the gap.
      const isClear = next !== undefined && schema.uses(next.segment).length === 1;
      return at > 0 && isClear && alone && node.mandatory && !isTrigger ? [at] : [];
    });
    if (choices.length === 0) return null;
    const at = dice.pick(choices);
    return { segments: segments.toSpliced(at, 1), expected: `AK304 3 ${segments[at]!.node.segment} @${at + 1}` };
  },
  "a segment too many": (segments, _schema, dice) => {
    const choices = segments.flatMap(({ node }, at) => {
      const last = segments[at + 1]?.node !== node;
      const isTrigger = node.loop.items[0] === node;
      return at > 0 && at < segments.length - 1 && last && !isTrigger && node.max <= 12 ? [at] : [];
    });
    if (choices.length === 0) return null;
    const at = dice.pick(choices);
    const { node } = segments[at]!;
    const held = segments.filter((s, i) => s.node === node && i <= at && isRun(segments, i, at)).length;
    const more = Array.from({ length: node.max - held + 1 }, () => segments[at]!);
    const expected = `AK304 5 ${node.segment} @${at + 1 + more.length}`;
    return { segments: segments.toSpliced(at + 1, 0, ...more), expected };
  },
};

/** Whether all segments from `from` to `to` are of the same use. */
function isRun(segments: readonly GeneratedSegment[], from: number, to: number): boolean {
  return segments.slice(from, to + 1).every(({ node }) => node === segments[to]!.node);
}
