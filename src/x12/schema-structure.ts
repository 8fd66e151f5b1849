import type { Area, SetText } from "./schema-text.ts";

/** One use of a segment at one place of a set. */
export interface SegmentNode {
  readonly kind: "segment";
  /** Place among all uses of the set, in the order of the standard; ST is 0. */
  readonly index: number;
  /** Segment id: "REF". */
  readonly segment: string;
  readonly area: Area;
  /** Printed position number ("050"); "" where it is not known. */
  readonly position: string;
  readonly mandatory: boolean;
  /** Most uses in one occurrence of its loop; Infinity where there is no limit. */
  readonly max: number;
  /** The loop it stands in; the set's root for the segments outside all loops. */
  readonly loop: LoopNode;
}

/** A loop of a set, or, with key "", the set itself. */
export interface LoopNode {
  readonly kind: "loop";
  /** Trigger ids from the top ("PO1/N1"), "#2" for a second loop with the same trigger under one parent; "" for the set. */
  readonly key: string;
  /** Loop id as the standard prints it: the trigger's segment id, in some sets a number ("0310"). */
  readonly id: string;
  readonly mandatory: boolean;
  /** Most occurrences in one occurrence of its parent; Infinity where there is no limit. */
  readonly max: number;
  readonly parent: LoopNode | null;
  /** Whether it stands between LS and LE. */
  readonly bounded: boolean;
  /** Segments and inner loops in their order; the first of a loop is its trigger, the first of a set is ST. */
  readonly items: readonly (SegmentNode | LoopNode)[];
  /** Index of its first and last segment use, those of inner loops counted. */
  readonly first: number;
  readonly last: number;
}

/** The structure of a set: its loops, and every use of a segment in the order of the standard. */
export interface SetStructure {
  readonly root: LoopNode;
  readonly nodes: readonly SegmentNode[];
  /** Every loop by its key, the root not counted. */
  readonly loops: ReadonlyMap<string, LoopNode>;
}

/** A loop under construction. */
type OpenLoop = { -readonly [K in keyof LoopNode]: LoopNode[K] } & { items: (SegmentNode | LoopNode)[] };

/** Builds the structure that the indented lines of a set's text describe. */
export function buildStructure(set: SetText): SetStructure {
  const root = openLoop({ key: "", id: "", mandatory: true, max: 1, parent: null });
  const open: OpenLoop[] = [root];
  const nodes: SegmentNode[] = [];
  const loops = new Map<string, LoopNode>();
  const close = (depth: number) => {
    while (open.length > depth + 1) open.pop()!.last = nodes.length - 1;
  };
  for (const line of set.lines) {
    if (line.depth >= open.length)
      throw new Error(`Schema text: ${set.type}: ${line.id} is indented without a loop around it`);
    close(line.depth);
    const parent = open.at(-1)!;
    const max = line.max === ">1" ? Number.POSITIVE_INFINITY : Number(line.max);
    if (line.kind === "loop") {
      const key = unusedKey(parent.key === "" ? line.id : `${parent.key}/${line.id}`, loops);
      const id = line.printedLoopId ?? line.id;
      const loop = openLoop({ key, id, mandatory: line.mandatory, max, parent, first: nodes.length });
      loop.bounded = parent.items.at(-1)?.kind === "segment" && (parent.items.at(-1) as SegmentNode).segment === "LS";
      parent.items.push(loop);
      loops.set(key, loop);
      open.push(loop);
    } else {
      const node: SegmentNode = {
        kind: "segment",
        index: nodes.length,
        segment: line.id,
        area: line.area,
        position: line.position,
        mandatory: line.mandatory,
        max,
        loop: parent,
      };
      parent.items.push(node);
      nodes.push(node);
    }
  }
  close(0);
  root.last = nodes.length - 1;
  return { root, nodes, loops };
}

function openLoop(loop: Pick<OpenLoop, "key" | "id" | "mandatory" | "max" | "parent"> & { first?: number }): OpenLoop {
  return { kind: "loop", bounded: false, items: [], first: 0, last: 0, ...loop };
}

function unusedKey(key: string, loops: ReadonlyMap<string, LoopNode>): string {
  let unused = key;
  for (let n = 2; loops.has(unused); n++) unused = `${key}#${n}`;
  return unused;
}

/** The segment that begins an occurrence of a loop (ST for the set). */
export function triggerOf(loop: LoopNode): SegmentNode {
  return loop.items[0] as SegmentNode;
}

/** Whether a segment use begins an occurrence of a loop. */
export function beginsLoop(node: SegmentNode): boolean {
  return node.loop.parent !== null && node.loop.first === node.index;
}
