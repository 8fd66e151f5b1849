import { describe, expect, it } from "vitest";
import { checkDocument } from "../../src/documents/document.ts";
import type { Shipment, ShipmentItem } from "../../src/documents/shipment.ts";
import {
  completeShipment,
  levelCount,
  levelsOf,
  shipmentFaults,
  shippedItems,
  shippedQuantity,
  structureOf,
} from "../../src/documents/shipment-levels.ts";
import { ssccFrom } from "../../src/documents/sscc.ts";

const item = (line: string, quantity: string, rest: Partial<ShipmentItem> = {}): ShipmentItem => ({
  line,
  quantity,
  unit: "EA",
  productIds: [{ qualifier: "VN", id: "CR-KET-17" }],
  ...rest,
});
const order = { number: "7741093" };
const code = (serial: number) => ssccFrom(0, "0614141", serial);

const shipment = (levels: Partial<Shipment>): Shipment => ({
  documentType: "shipment",
  account: "harbor-retail",
  usage: "production",
  number: "CR-40081",
  purpose: { code: "00" },
  date: "2025-03-24",
  time: "1530",
  ...levels,
});

const pickAndPack = shipment({
  orders: [
    {
      order,
      tares: [
        {
          sscc: code(1),
          packs: [
            { sscc: code(2), items: [item("1", "6"), item("2", "2.5")] },
            { sscc: code(3), packs: [{ items: [item("1", "4")] }] },
          ],
        },
      ],
    },
    { order: { number: "7741094" }, items: [item("9", "1")] },
  ],
});

describe("the levels of a shipment", () => {
  it("are listed as the notice lists them, and counted with the shipment", () => {
    expect(levelsOf(pickAndPack).map(({ kind, path }) => `${kind} ${path.join(".")}`)).toEqual([
      "order orders.0",
      "tare orders.0.tares.0",
      "pack orders.0.tares.0.packs.0",
      "item orders.0.tares.0.packs.0.items.0",
      "item orders.0.tares.0.packs.0.items.1",
      "pack orders.0.tares.0.packs.1",
      "pack orders.0.tares.0.packs.1.packs.0",
      "item orders.0.tares.0.packs.1.packs.0.items.0",
      "order orders.1",
      "item orders.1.items.0",
    ]);
    expect(levelCount(pickAndPack)).toBe(11);
    expect(shippedQuantity(pickAndPack)).toBe("13.5");
  });

  it("tell of each item which order it is for and what it is packed in, the outermost first", () => {
    expect(
      shippedItems(pickAndPack).map(({ item, order, packages }) => [
        order?.number,
        item.line,
        item.quantity,
        packages.map(({ sscc }) => sscc ?? "no code"),
      ]),
    ).toEqual([
      ["7741093", "1", "6", [code(1), code(2)]],
      ["7741093", "2", "2.5", [code(1), code(2)]],
      ["7741093", "1", "4", [code(1), code(3), "no code"]],
      ["7741094", "9", "1", []],
    ]);
  });

  const structures: [string | undefined, string, Partial<Shipment>][] = [
    ["0001", "orders, packs, items", { orders: [{ order, packs: [{ items: [item("1", "1")] }] }] }],
    ["0001", "orders, pallets, items", { orders: [{ order, tares: [{ items: [item("1", "1")] }] }] }],
    ["0002", "orders, items, packs", { orders: [{ order, items: [item("1", "1", { packs: [{}] })] }] }],
    ["0003", "packs, orders, items", { packs: [{ orders: [{ order, items: [item("1", "1")] }] }] }],
    ["0003", "pallets, orders, items", { tares: [{ orders: [{ order, items: [item("1", "1")] }] }] }],
    ["0004", "orders, items", { orders: [{ order, items: [item("1", "1")] }] }],
    [undefined, "items", { items: [item("1", "1", { order })] }],
  ];

  it.each(structures)("are those of %s: %s", (structure, _levels, levels) => {
    const built = shipment(levels);
    expect(structureOf(built)).toBe(structure);
    expect(completeShipment(built).structure?.code).toBe(structure);
    expect(shipmentFaults(completeShipment(built))).toEqual([]);
  });
});

describe("a shipment", () => {
  const faulty: [string, Shipment, string, string][] = [
    [
      "a container code twice",
      shipment({ orders: [{ order, packs: [1, 2].map(() => ({ sscc: code(7), items: [item("1", "1")] })) }] }),
      "orders.0.packs.1.sscc",
      "is that of orders.0.packs.0 too",
    ],
    [
      "an item for no order",
      shipment({ packs: [{ items: [item("1", "1")] }] }),
      "packs.0.items.0.order",
      "is missing, and no order level is above it",
    ],
    [
      "an item with an order under another",
      shipment({ orders: [{ order, items: [item("1", "1", { order: { number: "8" } })] }] }),
      "orders.0.items.0.order",
      "is given, though the item stands under order 7741093",
    ],
    [
      "an order within an order",
      shipment({ orders: [{ order, packs: [{ orders: [{ order, items: [item("1", "1")] }] }] }] }),
      "orders.0.packs.0.orders.0",
      "is an order within an order",
    ],
    [
      "a packed item that has packs",
      shipment({ orders: [{ order, packs: [{ items: [item("1", "1", { packs: [{}] })] }] }] }),
      "orders.0.packs.0.items.0.packs.0",
      "is a pack of an item that is packed already",
    ],
    [
      "another structure than it says",
      shipment({ structure: { code: "0004" }, orders: [{ order, packs: [{ items: [item("1", "1")] }] }] }),
      "structure.code",
      "is 0004 (order, item), and the levels are those of 0001 (order, pack, item)",
    ],
    ["nothing in it", shipment({ orders: [{ order }] }), "", "has no items"],
    [
      "a wrong count of levels",
      shipment({ orders: [{ order, items: [item("1", "1")] }], totals: { levels: 4 } }),
      "totals.levels",
      "is 4, and there are 3 levels",
    ],
    [
      "a wrong sum of quantities",
      shipment({ orders: [{ order, items: [item("1", "1")] }], totals: { quantity: "2" } }),
      "totals.quantity",
      "is 2, and the items come to 1",
    ],
  ];

  it.each(faulty)("is found out with %s", (_fault, built, path, message) => {
    expect(shipmentFaults(built).map((fault) => [fault.path.join("."), fault.message])).toEqual([[path, message]]);
    expect(checkDocument(built).error?.issues.map((issue) => issue.path.join("."))).toEqual([path]);
  });

  it("that is cancelled has no items to name", () => {
    expect(shipmentFaults(shipment({ purpose: { code: "01" } }))).toEqual([]);
  });

  it("with a container code whose check digit is wrong is refused", () => {
    const wrong = code(1).replace(/\d$/, (digit) => String((Number(digit) + 1) % 10));
    const { error } = checkDocument(
      shipment({ orders: [{ order, packs: [{ sscc: wrong, items: [item("1", "1")] }] }] }),
    );
    expect(error?.issues.map(({ path }) => path.join("."))).toEqual(["orders.0.packs.0.sscc"]);
  });
});
