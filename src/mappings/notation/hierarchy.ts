import type { OutSegment } from "../../x12/index.ts";
import { type Part, partPlaces, readParts, type WriteContext, writeParts } from "./part.ts";
import { type Place, placesWithin } from "./place.ts";
import type { SegmentMapping } from "./segment.ts";
import type { TrackedLoop } from "./tracked-set.ts";
import { within } from "./unmappable.ts";

/** One level of an HL hierarchy as an object: its code (HL03), its parts, and which levels may stand under it. */
export interface Level<T> {
  /** HL03: S shipment, O order, T tare, P pack, I item. */
  readonly code: string;
  readonly parts: readonly Part<T>[];
  /** By the property that holds them, a list each. A function, for levels may stand under each other. */
  readonly children: () => { readonly [Key in keyof T]?: Level<Child<T, Key>> };
  /** Without this segment, or what it must say, the level makes no sense and is not read. */
  readonly must: Pick<SegmentMapping<unknown>, "id" | "fits" | "take"> | undefined;
}
type Child<T, Key extends keyof T> = NonNullable<T[Key]> extends readonly (infer One)[] ? One : never;

export function level<T extends object>(
  code: string,
  parts: readonly Part<T>[],
  children: Level<T>["children"] = () => ({}),
  must?: Level<T>["must"],
): Level<T> {
  return { code, parts, children, must };
}

type AnyLevel = Level<Record<string, unknown>>;

/** One HL loop, and those that name it as their parent (HL02). */
interface Node {
  readonly loop: TrackedLoop;
  readonly code: string;
  readonly children: Node[];
}

/** HL loops of which the first is `root`, and stands for the object itself: the shipment of an 856. */
export function hierarchy<T extends object>(root: Level<T>): Part<T> {
  const top = root as unknown as AnyLevel;
  return {
    read(loop, into) {
      const node = treeOf(loop).find(({ code }) => code === top.code);
      if (node) readNode(top, node, into as Record<string, unknown>);
    },
    write: (value, context) => writeNode(top, value as Record<string, unknown>, context, { count: 0 }, null),
    places: () => levelPlaces(top, "", new Set()),
  };
}

/** HL loops of which those without a parent are lists of the object: the orders of an 870. */
export function hierarchies<T extends object>(roots: ReturnType<Level<T>["children"]>): Part<T> {
  const levels = roots as Record<string, AnyLevel>;
  return {
    read(loop, into) {
      readChildren(levels, treeOf(loop), into as Record<string, unknown>);
    },
    write(value, context) {
      const numbering = { count: 0 };
      return writeChildren(levels, value as Record<string, unknown>, context, numbering, null);
    },
    places: () =>
      Object.entries(levels).flatMap(([key, inner]) => placesWithin(`${key}[]`, levelPlaces(inner, "", new Set()))),
  };
}

/** The HL loops by parent. One whose parent is not there stands at the top, so that nothing of it is lost. */
function treeOf(set: TrackedLoop): Node[] {
  const roots: Node[] = [];
  const byId = new Map<string, Node>();
  for (const loop of set.loops("HL")) {
    const hl = loop.trigger;
    const node: Node = { loop, code: hl.peek(3) ?? "", children: [] };
    const parent = byId.get(hl.peek(2) ?? "");
    (parent?.children ?? roots).push(node);
    byId.set(hl.peek(1) ?? "", node);
  }
  return roots;
}

function readNode(level: AnyLevel, node: Node, into: Record<string, unknown>): void {
  const hl = node.loop.trigger;
  // Numbers and parents are in the shape of the tree; HL04 says only whether there are children.
  for (const n of [1, 2, 3, 4]) hl.take(n, 1, (text) => text);
  readParts(level.parts, node.loop, into);
  readChildren(level.children() as Record<string, AnyLevel>, node.children, into);
}

function readChildren(levels: Record<string, AnyLevel>, nodes: readonly Node[], into: Record<string, unknown>): void {
  for (const [key, level] of Object.entries(levels)) {
    const found = nodes
      .filter(({ code, loop }) => code === level.code && (!level.must || canTake(level.must, loop)))
      .map((node) => {
        const child: Record<string, unknown> = {};
        readNode(level, node, child);
        return child;
      });
    // Added to what the level itself may have said of them: lines under an order, as loops and as levels.
    if (found.length > 0) into[key] = [...((into[key] as unknown[] | undefined) ?? []), ...found];
  }
}

/** Whether the segment is there and says what it must. */
function canTake(mapping: NonNullable<AnyLevel["must"]>, loop: TrackedLoop): boolean {
  const reader = loop.untaken(mapping.id).find(mapping.fits);
  if (!reader) return false;
  const before = reader.marks();
  const found = mapping.take(reader);
  reader.restore(before);
  reader.taken = false;
  return found !== undefined;
}

interface Numbering {
  /** HL01 of the last one written. */
  count: number;
}

function writeNode(
  level: AnyLevel,
  value: Record<string, unknown>,
  context: WriteContext,
  numbering: Numbering,
  parent: number | null,
): OutSegment[] {
  numbering.count += 1;
  const id = numbering.count;
  const own = writeParts(level.parts, value, context);
  const below = writeChildren(level.children() as Record<string, AnyLevel>, value, context, numbering, id);
  const hl: OutSegment = [
    "HL",
    String(id),
    parent === null ? "" : String(parent),
    level.code,
    below.length > 0 ? "1" : "0",
  ];
  return [hl, ...own, ...below];
}

function writeChildren(
  levels: Record<string, AnyLevel>,
  value: Record<string, unknown>,
  context: WriteContext,
  numbering: Numbering,
  parent: number | null,
): OutSegment[] {
  return Object.entries(levels).flatMap(([key, level]) =>
    ((value[key] ?? []) as Record<string, unknown>[]).flatMap((child, index) =>
      within(`${key}[${index}]`, () => writeNode(level, child, context, numbering, parent)),
    ),
  );
}

/** A level that stands under itself is told once. */
function levelPlaces(level: AnyLevel, path: string, told: Set<AnyLevel>): Place[] {
  if (told.has(level)) return [];
  const seen = new Set([...told, level]);
  const own = placesWithin(path, partPlaces(level.parts), `HL ${level.code}`);
  const below = Object.entries(level.children() as Record<string, AnyLevel>).flatMap(([key, inner]) =>
    placesWithin(path, placesWithin(`${key}[]`, levelPlaces(inner, "", seen))),
  );
  return [...own, ...below];
}
