import Big from "big.js";
import { shipmentStructures } from "./code-words/shipping.ts";
import { withWord } from "./code-words.ts";
import type { OrderReference } from "./order-reference.ts";
import type {
  InnerPack,
  ItemPack,
  PackedOrder,
  Shipment,
  ShipmentItem,
  ShipmentOrder,
  ShipmentPack,
  ShipmentTare,
} from "./shipment.ts";

type Path = readonly (string | number)[];

/** One level of a shipment below the shipment itself: what it is, where in the document, and what it stands under. */
export type ShipmentLevel = { path: Path; above: ShipmentLevel | null } & (
  | { kind: "order"; level: ShipmentOrder | PackedOrder }
  | { kind: "tare"; level: ShipmentTare }
  | { kind: "pack"; level: ShipmentPack | InnerPack | ItemPack }
  | { kind: "item"; level: ShipmentItem }
);

/** An item with everything that its place in the shipment says of it. */
export type ShippedItem = {
  item: ShipmentItem;
  /** Where in the document it stands. */
  path: Path;
  /** The order that it is for, from the level above it or its own; missing where the shipment names none. */
  order?: OrderReference;
  /** What it is packed in, the outermost first. */
  packages: (ShipmentTare | ShipmentPack | InnerPack)[];
};

/** Something about a shipment that can't be, and where. */
export type ShipmentFault = { path: Path; message: string };

type Structure = "0001" | "0002" | "0003" | "0004";

/** In which property each kind of level stands. */
const properties = { orders: "order", tares: "tare", packs: "pack", items: "item" } as const;

/** Every level below the shipment, in the order in which the notice lists them. */
export function levelsOf(shipment: Shipment): ShipmentLevel[] {
  return levelsBelow(shipment, [], null);
}

function levelsBelow(parent: object, path: Path, above: ShipmentLevel | null): ShipmentLevel[] {
  return Object.entries(properties).flatMap(([property, kind]) =>
    ((parent as Record<string, object[] | undefined>)[property] ?? []).flatMap((level, index) => {
      const own = { kind, level, path: [...path, property, index], above } as ShipmentLevel;
      return [own, ...levelsBelow(level, own.path, own)];
    }),
  );
}

/** Every item of a shipment, each with its order and what it is packed in. */
export function shippedItems(shipment: Shipment): ShippedItem[] {
  return levelsOf(shipment).flatMap((level) => {
    if (level.kind !== "item") return [];
    const above = levelsAbove(level);
    const order = above.find((one) => one.kind === "order")?.level.order ?? level.level.order;
    const packages = above.flatMap((one) => (one.kind === "tare" || one.kind === "pack" ? [one.level] : []));
    return [{ item: level.level, path: level.path, ...(order && { order }), packages: packages.reverse() }];
  });
}

/** Those that a level stands under, the nearest first. */
function levelsAbove(level: ShipmentLevel): ShipmentLevel[] {
  return level.above === null ? [] : [level.above, ...levelsAbove(level.above)];
}

/**
 * The code that BSN05 has for a shipment built like this, by which levels there are and which stands under which; missing
 * where it has none, as for items without an order level.
 */
export function structureOf(shipment: Shipment): Structure | undefined {
  const levels = levelsOf(shipment);
  const under = (kind: ShipmentLevel["kind"], ...kinds: ShipmentLevel["kind"][]) =>
    levels.some((level) => level.kind === kind && level.above !== null && kinds.includes(level.above.kind));
  if (!levels.some(({ kind }) => kind === "order")) return undefined;
  if (under("order", "pack", "tare")) return "0003";
  if (under("pack", "item")) return "0002";
  return levels.some(({ kind }) => kind === "pack" || kind === "tare") ? "0001" : "0004";
}

/** How many levels there are, the shipment itself among them: what CTT01 of a ship notice counts. */
export function levelCount(shipment: Shipment): number {
  return 1 + levelsOf(shipment).length;
}

/** What all items come to, in whatever units: what CTT02 of a ship notice adds up. */
export function shippedQuantity(shipment: Shipment): string {
  return shippedItems(shipment)
    .reduce((sum, { item }) => sum.plus(item.quantity), new Big(0))
    .toFixed();
}

/** The shipment with what follows from it: its structure where it says none, and how many levels it has. */
export function completeShipment(shipment: Shipment): Shipment {
  const structure = shipment.structure?.code ?? structureOf(shipment);
  return {
    ...shipment,
    ...(structure !== undefined && { structure: withWord(structure, shipmentStructures) }),
    totals: { ...shipment.totals, levels: levelCount(shipment) },
  };
}

/** What contradicts itself in a shipment: levels, container codes, sums. */
export function shipmentFaults(shipment: Shipment): ShipmentFault[] {
  return [
    ...faultsOfLevels(shipment),
    ...faultsOfItems(shipment),
    ...containersTwice(shipment),
    ...faultsOfTotals(shipment),
  ];
}

function faultsOfLevels(shipment: Shipment): ShipmentFault[] {
  const levels = levelsOf(shipment);
  const faults: ShipmentFault[] = levels.flatMap((level) => {
    const above = levelsAbove(level);
    if (level.kind === "order" && above.some(({ kind }) => kind === "order")) {
      return [{ path: level.path, message: "is an order within an order" }];
    }
    if (level.kind === "pack" && level.above?.kind === "item" && above.some(({ kind }) => kind === "pack")) {
      return [{ path: level.path, message: "is a pack of an item that is packed already" }];
    }
    return [];
  });
  const follows = structureOf(shipment);
  const said = shipment.structure?.code;
  if (follows !== undefined && said !== undefined && Object.hasOwn(shipmentStructures, said) && said !== follows) {
    faults.push({
      path: ["structure", "code"],
      message: `is ${said} (${shipmentStructures[said]}), and the levels are those of ${follows} (${shipmentStructures[follows]})`,
    });
  }
  if (levels.every(({ kind }) => kind !== "item") && shipment.purpose.code !== "01") {
    faults.push({ path: [], message: "has no items" });
  }
  return faults;
}

function faultsOfItems(shipment: Shipment): ShipmentFault[] {
  return shippedItems(shipment).flatMap(({ item, path, order }) => {
    if (order === undefined)
      return [{ path: [...path, "order"], message: "is missing, and no order level is above it" }];
    if (item.order !== undefined && item.order !== order) {
      return [{ path: [...path, "order"], message: `is given, though the item stands under order ${order.number}` }];
    }
    return [];
  });
}

function containersTwice(shipment: Shipment): ShipmentFault[] {
  const seen = new Map<string, Path>();
  return levelsOf(shipment).flatMap(({ kind, level, path }) => {
    if ((kind !== "tare" && kind !== "pack") || level.sscc === undefined) return [];
    const first = seen.get(level.sscc);
    if (first === undefined) {
      seen.set(level.sscc, path);
      return [];
    }
    return [{ path: [...path, "sscc"], message: `is that of ${first.join(".")} too` }];
  });
}

function faultsOfTotals(shipment: Shipment): ShipmentFault[] {
  const { levels, quantity } = shipment.totals ?? {};
  const faults: ShipmentFault[] = [];
  const counted = levelCount(shipment);
  if (levels !== undefined && levels !== counted) {
    faults.push({ path: ["totals", "levels"], message: `is ${levels}, and there are ${counted} levels` });
  }
  const shipped = shippedQuantity(shipment);
  if (quantity !== undefined && !new Big(quantity).eq(shipped)) {
    faults.push({ path: ["totals", "quantity"], message: `is ${quantity}, and the items come to ${shipped}` });
  }
  return faults;
}
