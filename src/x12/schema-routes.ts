import { beginsLoop, type LoopNode, type SegmentNode, type SetStructure, triggerOf } from "./schema-structure.ts";
import { SegmentNumbers, segmentKey } from "./segment-key.ts";

/** One place that a segment can be at, seen from the place before it. */
export interface Route {
  readonly to: SegmentNode;
  /** Mandatory uses that are passed over on the way, in their order. */
  readonly skipped: readonly SegmentNode[];
  /** The next place further on for the same segment id. */
  readonly next: Route | null;
}

/** From one place: segment id to the nearest place for it. */
export type Routes = ReadonlyMap<string, Route>;

/**
 * Where each segment leads from each place of a set. A set is read forward only: from a place one may repeat it, go on in its
 * loop, begin the loop anew, or leave it for what follows in the loops around it; the nearest place wins. Computed when a place
 * is first left, then kept.
 */
export class RouteTable {
  readonly #nodes: readonly SegmentNode[];
  readonly #rows: (Routes | undefined)[] = [];
  /** The same by the numbers of the segment ids. */
  readonly #numberedRows: ((Route | undefined)[] | undefined)[] = [];
  /** The same where the way is short: see {@link stepsFrom}. */
  readonly #steps: (Int32Array | undefined)[] = [];
  /** The segment ids of the set, numbered. */
  readonly numbers: SegmentNumbers;

  private constructor(structure: SetStructure) {
    this.#nodes = structure.nodes;
    this.numbers = new SegmentNumbers([...new Set(structure.nodes.map((node) => node.segment))]);
  }

  static readonly #tables = new WeakMap<readonly SegmentNode[], RouteTable>();

  /** The table of a set, shared by all who walk it. */
  static of(structure: SetStructure): RouteTable {
    let table = RouteTable.#tables.get(structure.nodes);
    if (table === undefined) {
      table = new RouteTable(structure);
      RouteTable.#tables.set(structure.nodes, table);
    }
    return table;
  }

  /** What can follow the segment use with this index. */
  from(index: number): Routes {
    let row = this.#rows[index];
    if (row === undefined) {
      row = routesFrom(this.#nodes[index]!);
      this.#rows[index] = row;
    }
    return row;
  }

  /** The nearest place for a segment id, by its number, after the segment use with this index. */
  nearest(index: number, number: number): Route | undefined {
    const row = this.#numberedRows[index] ?? this.#numberRow(index);
    return row[number];
  }

  /**
   * By the number of a segment id, the index of the nearest place for it after the segment use with this index, if nothing
   * mandatory is passed over on the way; otherwise, and where there is none, -1.
   */
  stepsFrom(index: number): Int32Array {
    let steps = this.#steps[index];
    if (steps === undefined) {
      steps = new Int32Array(this.numbers.count).fill(-1);
      for (const [id, { to, skipped }] of this.from(index)) {
        if (skipped.length === 0) steps[this.numbers.of(segmentKey(id))] = to.index;
      }
      this.#steps[index] = steps;
    }
    return steps;
  }

  #numberRow(index: number): (Route | undefined)[] {
    const row: (Route | undefined)[] = new Array(this.numbers.count).fill(undefined);
    for (const [id, route] of this.from(index)) row[this.numbers.of(segmentKey(id))] = route;
    this.#numberedRows[index] = row;
    return row;
  }
}

/** A route whose `next` is not known yet. */
type OpenRoute = { -readonly [K in keyof Route]: K extends "next" ? OpenRoute | null : Route[K] };

/**
 * LS and LE are printed as optional. But a loop between them can't begin without LS, and once LS is there LE must follow. So a
 * trigger of a bounded loop without LS is taken as one only where nothing else fits (LS is then missing), and LE has a place
 * only after LS.
 */
function routesFrom(from: SegmentNode): Routes {
  const routes = new Map<string, OpenRoute>();
  const withoutLs: OpenRoute[] = [];
  const skipped: SegmentNode[] = [];
  const reach = (to: SegmentNode, passing: readonly SegmentNode[] = skipped) => {
    append(routes, { to, skipped: passing.slice(), next: null });
  };

  if (!beginsLoop(from)) reach(from);
  let loop = from.loop;
  let at = loop.items.indexOf(from);
  /** The bounded loop whose LS is behind and whose LE is ahead. */
  let betweenBounds = boundedLoopAt(loop, at + 1, from.segment === "LS");
  for (;;) {
    for (let i = at + 1; i < loop.items.length; i++) {
      const item = loop.items[i]!;
      if (item.kind === "segment") {
        const bounds = boundedLoopAt(loop, i - 1, item.segment === "LE");
        if (bounds !== null && bounds !== betweenBounds) continue;
        reach(item);
        if (item.mandatory || bounds !== null) skipped.push(item);
        if (bounds !== null) betweenBounds = null;
      } else if (item.bounded && item !== betweenBounds) {
        const ls = loop.items[i - 1] as SegmentNode;
        // Two bounded loops side by side have the same LS: it may have been the later one's all along.
        if (from.segment === "LS" && from.loop === loop)
          reach(
            triggerOf(item),
            skipped.filter((n) => n.segment !== "LE"),
          );
        else withoutLs.push({ to: triggerOf(item), skipped: [...skipped, ls], next: null });
      } else {
        reach(triggerOf(item));
        if (item.mandatory) skipped.push(triggerOf(item));
      }
    }
    if (loop.parent === null) break;
    reach(triggerOf(loop));
    at = loop.parent.items.indexOf(loop);
    if (loop.bounded) betweenBounds = loop;
    loop = loop.parent;
  }
  for (const route of withoutLs) append(routes, route);
  return routes;
}

function boundedLoopAt(loop: LoopNode, index: number, wanted: boolean): LoopNode | null {
  const item = wanted ? loop.items[index] : undefined;
  return item?.kind === "loop" && item.bounded ? item : null;
}

function append(routes: Map<string, OpenRoute>, route: OpenRoute): void {
  let last = routes.get(route.to.segment);
  if (last === undefined) {
    routes.set(route.to.segment, route);
    return;
  }
  while (last.next !== null) last = last.next;
  last.next = route;
}
