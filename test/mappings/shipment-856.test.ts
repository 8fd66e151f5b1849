import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkDocument } from "../../src/documents/document.ts";
import type { Shipment, ShipmentItem, ShipmentPack } from "../../src/documents/shipment.ts";
import { completeShipment } from "../../src/documents/shipment-levels.ts";
import { ssccFrom } from "../../src/documents/sscc.ts";
import { shipment856 } from "../../src/mappings/shipment-856.ts";
import { problemsOnceWritten, setFrom, setOf } from "./sets.ts";

const facts = { account: "harbor-retail", usage: "production" } as const;
const versions = ["004010", "004030", "005010"];

const shipNotice = (...segments: string[]) => {
  const lines = ["ST*856*0001", "BSN*00*48806*20250324*1530", ...segments, `SE*${segments.length + 3}*0001`];
  return setFrom("004010", lines.map((line) => `${line}~\n`).join(""), "856");
};
const read = (...segments: string[]) => shipment856.read(shipNotice(...segments), facts);

const item = (line: string, rest: Partial<ShipmentItem> = {}): ShipmentItem => ({
  line,
  productIds: [{ qualifier: "VN", word: "vendor's item", id: "CR-KET-17" }],
  quantity: "6",
  unit: "EA",
  ...rest,
});
const shipment = (levels: Partial<Shipment>): Shipment => ({
  documentType: "shipment",
  ...facts,
  number: "48806",
  purpose: { code: "00", word: "original" },
  date: "2025-03-24",
  time: "1530",
  ...levels,
});
const order = { number: "7741093" };
const code = ssccFrom(0, "0612800", 1201);

describe("the marks of a package", () => {
  const pack = (...marks: string[]) => read("HL*1**S", "HL*2*1*P", ...marks).packs?.[0];

  it.each([
    ["GM with the application identifier", `MAN*GM*00${code}`],
    ["GM without it", `MAN*GM*${code}`],
    ["AA", `MAN*AA*${code}`],
  ])("have the container code under %s", (_as, mark) => {
    expect(pack(mark)).toEqual({ sscc: code });
  });

  it("are two in one MAN where there are two", () => {
    expect(pack(`MAN*GM*00${code}**CP*1ZCR48871001`)).toEqual({ sscc: code, trackingNumber: "1ZCR48871001" });
  });

  it("stay marks where the check digit is wrong, where it is a range, or where there is one already", () => {
    const wrong = code.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10));
    expect(pack(`MAN*GM*00${wrong}`, `MAN*GM*00${code}*00${code}`, `MAN*GM*00${code}`, `MAN*GM*00${code}`)).toEqual({
      sscc: code,
      markings: [
        { qualifier: "GM", word: "SSCC-18 with its identifier", number: `00${wrong}` },
        { qualifier: "GM", word: "SSCC-18 with its identifier", number: `00${code}`, lastNumber: `00${code}` },
        { qualifier: "GM", word: "SSCC-18 with its identifier", number: `00${code}` },
      ],
    });
  });

  it("are written with the application identifier", () => {
    const segments = shipment856.write(
      shipment({ orders: [{ order, packs: [{ sscc: code, trackingNumber: "1Z1", items: [item("1")] }] }] }),
      "004010",
    );
    expect(segments.filter(([id]) => id === "MAN")).toEqual([
      ["MAN", "GM", `00${code}`],
      ["MAN", "CP", "1Z1"],
    ]);
  });
});

describe("the levels of a ship notice", () => {
  it("are hung beneath those that they name, in whatever order they come", () => {
    const { orders } = read(
      "HL*1**S",
      "HL*2*1*O",
      "PRF*7741093",
      "HL*3*1*O",
      "PRF*7741094",
      "HL*4*2*I",
      "LIN*1*VN*A",
      "SN1**6*EA",
      "HL*5*3*I",
      "LIN*9*VN*B",
      "SN1**7*EA",
    );
    expect(
      orders?.map(({ order, items }) => [order.number, items?.map(({ line, quantity }) => [line, quantity])]),
    ).toEqual([
      ["7741093", [["1", "6"]]],
      ["7741094", [["9", "7"]]],
    ]);
  });

  it("that say less than they must are left as they are: an order without its number, an item without a quantity", () => {
    const { orders, x12 } = read(
      "HL*1**S",
      "HL*2*1*O",
      "REF*DP*014",
      "HL*3*1*O",
      "PRF*7741094",
      "HL*4*3*I",
      "LIN*9*VN*B",
    );
    expect(orders).toEqual([{ order: { number: "7741094" } }]);
    expect(x12?.unmapped.map(({ segment, value }) => [segment, value])).toEqual([
      ["HL", "2"],
      ["HL", "1"],
      ["HL", "O"],
      ["REF", "DP"],
      ["REF", "014"],
      ["HL", "4"],
      ["HL", "3"],
      ["HL", "I"],
      ["LIN", "9"],
      ["LIN", "VN"],
      ["LIN", "B"],
    ]);
  });

  it("are numbered and counted as they are written, and BSN05 says how they follow each other", () => {
    const segments = shipment856.write(
      shipment({
        orders: [{ order, tares: [{ packs: [{ items: [item("1")] }] }], items: [item("2")] }],
        totals: { levels: 99 },
      }),
      "004010",
    );
    expect(segments.filter(([id]) => ["BSN", "HL", "CTT"].includes(String(id)))).toEqual([
      ["BSN", "00", "48806", "20250324", "1530", "0001"],
      ["HL", "1", "", "S", "1"],
      ["HL", "2", "1", "O", "1"],
      ["HL", "3", "2", "T", "1"],
      ["HL", "4", "3", "P", "1"],
      ["HL", "5", "4", "I", "0"],
      ["HL", "6", "2", "I", "0"],
      ["CTT", "6"],
    ]);
  });

  it("have the equipment as a segment in 004010 and as a loop from 004030 on, written alike and read alike", () => {
    const given = shipment({
      equipment: [{ kind: { code: "TL", word: "trailer" }, initial: "LKFX", number: "53118", seal: "SL0044917" }],
      orders: [{ order, items: [item("1")] }],
    });
    for (const version of versions) {
      const { equipment } = shipment856.read(setOf(version, "856", shipment856.write(given, version)), facts);
      expect(equipment).toEqual(given.equipment);
    }
  });
});

/*
 * Shipments of any shape that we would send: four structures, pallets and cartons with codes, lots, serial numbers.
 */
const name = fc.stringMatching(/^[A-Z0-9]{2,20}$/);
const number = fc.integer({ min: 1, max: 99_999 }).map(String);
const weight = fc.integer({ min: 1, max: 99_999 }).map((grams) => `${Math.floor(grams / 10)}.${grams % 10}`);
const serials = fc.integer({ min: 0, max: 9_999_999 });
const some = <T>(one: fc.Arbitrary<T>, max = 3) => fc.array(one, { minLength: 1, maxLength: max });
const perhaps = <T extends object>(shape: { [Key in keyof T]: fc.Arbitrary<T[Key]> }) =>
  fc.record(shape, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;

const anyLevel = perhaps({
  lading: some(fc.record({ packaging: fc.constant("CTN25"), quantity: number })),
  references: some(fc.record({ qualifier: fc.constant("ZZ"), word: fc.constant("mutually agreed"), value: name })),
  dates: some(
    fc.record({ qualifier: fc.constant("011"), word: fc.constant("shipped"), date: fc.constant("2025-03-24") }),
  ),
  measurements: some(
    fc.record({ reference: fc.constant("PD"), qualifier: fc.constant("G"), value: weight, unit: fc.constant("LB") }),
  ),
  parties: some(
    fc.record({
      role: fc.constant("Z7"),
      word: fc.constant("mark for"),
      name,
      idQualifier: fc.constant("92"),
      id: name,
    }),
  ),
});
const anyItem = fc
  .tuple(
    fc.record({
      line: number,
      productIds: some(fc.record({ qualifier: fc.constant("SK"), word: fc.constant("SKU"), id: name }), 15),
      quantity: weight,
      unit: fc.constant("EA"),
    }),
    perhaps({ lots: some(name), serialNumbers: some(name), quantityToDate: number, shipmentLine: number }),
    anyLevel,
  )
  .map(([item, more, level]) => ({ ...item, ...more, ...level }) as ShipmentItem);
const anyPack = fc
  .tuple(perhaps({ sscc: serials.map((serial) => ssccFrom(0, "0612800", serial)), trackingNumber: name }), anyLevel)
  .map((parts) => Object.assign({}, ...parts) as ShipmentPack);
const anyOrder = fc.record({ order: fc.record({ number: name, release: name }) });
const withItems = <T extends object>(level: fc.Arbitrary<T>) =>
  fc.tuple(level, some(anyItem)).map(([one, items]) => ({ ...one, items }));

const trees: Record<string, fc.Arbitrary<Partial<Shipment>>> = {
  "0001": some(
    fc
      .tuple(anyOrder, some(withItems(anyPack)), some(fc.tuple(anyPack, some(withItems(anyPack)))))
      .map(([one, packs, tares]) => ({ ...one, packs, tares: tares.map(([tare, packs]) => ({ ...tare, packs })) })),
  ).map((orders) => ({ orders })),
  "0002": some(
    fc
      .tuple(anyOrder, some(fc.tuple(anyItem, some(anyPack)).map(([one, packs]) => ({ ...one, packs }))))
      .map(([one, items]) => ({ ...one, items })),
  ).map((orders) => ({ orders })),
  "0003": some(fc.tuple(anyPack, some(withItems(anyOrder))).map(([one, orders]) => ({ ...one, orders }))).map(
    (packs) => ({ packs }),
  ),
  "0004": some(withItems(anyOrder)).map((orders) => ({ orders })),
};

describe.each(Object.keys(trees))("shipments of structure %s", (structure) => {
  it.each(versions)("leave in %s as our own engine wants them, and come back the same", (version) => {
    fc.assert(
      fc.property(trees[structure] as fc.Arbitrary<Partial<Shipment>>, anyLevel, (levels, top) => {
        const given = shipment({ billOfLading: "06128004880600017", trackingNumbers: ["A1", "A2"], ...top, ...levels });
        const segments = shipment856.write(given, version);
        expect(problemsOnceWritten(version, "856", segments)).toEqual([]);
        const { x12, ...again } = shipment856.read(setOf(version, "856", segments), facts);
        expect(again).toEqual(completeShipment(given));
        expect(again.structure?.code).toBe(structure);
        expect(x12?.unmapped).toEqual([]);
        const twice = checkDocument(again).error?.issues.filter(({ message }) => !message.startsWith("is that of"));
        expect(twice ?? []).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });
});
