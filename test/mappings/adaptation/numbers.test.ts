import { describe, expect, it } from "vitest";
import type { Order } from "../../../src/documents/order.ts";
import { type NumberLookup, withOurNumbers, withTheirNumbers } from "../../../src/mappings/adaptation/numbers.ts";
import { order850 } from "../../../src/mappings/order-850.ts";
import { purchaseOrder } from "../sets.ts";

const rule = { items: { theirs: "IN", ours: "VN" }, locations: { theirs: "92" } };
const order = order850.read(
  purchaseOrder(
    "004010",
    "BEG*00*SA*4711**20250310",
    "N1*ST*DC*92*0318",
    "N1*BT*OFFICE*1*123456789",
    "PO1*1*12*EA*2.50**IN*1009918",
    "PO1*2*1*EA*9**IN*1010032*VN*CR-OWN",
    "PO1*3*1*EA*9**UP*612800401156",
  ),
  { account: "harbor-retail", usage: "production" },
);

/** A table that remembers what it was asked for. */
function table(pairs: Record<string, string>): { lookup: NumberLookup; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    lookup: async (wanted) => {
      asked.push(...wanted.map(({ kind, id }) => `${kind} ${id}`));
      return ({ kind, id }) => pairs[`${kind} ${id}`];
    },
  };
}

describe("numbers of both sides", () => {
  it("are ours beside the account's on the way in, asked for once, and none that is there already", async () => {
    const { lookup, asked } = table({ "item 1009918": "CR-KET-17", "location 0318": "JOLIET-DC" });
    const { document, missing } = await withOurNumbers<Order>(order, rule, lookup);
    expect(asked).toEqual(["location 0318", "item 1009918"]);
    expect(document.lines.map(({ productIds }) => productIds.map(({ qualifier, id }) => `${qualifier} ${id}`))).toEqual(
      [["IN 1009918", "VN CR-KET-17"], ["IN 1010032", "VN CR-OWN"], ["UP 612800401156"]],
    );
    expect(document.parties.map(({ ourId }) => ourId)).toEqual(["JOLIET-DC", undefined]);
    expect(document.x12).toEqual(order.x12);
    expect(missing).toEqual([]);
  });

  it("are told where the table does not have them", async () => {
    const { lookup } = table({});
    const { document, missing } = await withOurNumbers<Order>(order, rule, lookup);
    expect(document).toEqual(order);
    expect(missing).toEqual([
      { kind: "location", id: "0318" },
      { kind: "item", id: "1009918" },
    ]);
  });

  it("are the account's beside ours on the way out", async () => {
    const ours: Order = {
      ...order,
      parties: [{ role: "ST", ourId: "JOLIET-DC" }],
      lines: [{ productIds: [{ qualifier: "VN", id: "CR-KET-17" }], descriptions: [] }],
    };
    const { lookup } = table({ "item CR-KET-17": "1009918", "location JOLIET-DC": "0318" });
    const { document } = await withTheirNumbers<Order>(ours, rule, lookup);
    expect(document.parties).toEqual([{ role: "ST", ourId: "JOLIET-DC", idQualifier: "92", id: "0318" }]);
    expect(document.lines[0]?.productIds).toMatchObject([
      { qualifier: "VN", id: "CR-KET-17" },
      { qualifier: "IN", id: "1009918" },
    ]);
  });

  it("are left alone where the account has no such rule", async () => {
    const { lookup, asked } = table({ "item 1009918": "CR-KET-17" });
    expect((await withOurNumbers(order, {}, lookup)).document).toBe(order);
    expect(asked).toEqual([]);
  });
});
