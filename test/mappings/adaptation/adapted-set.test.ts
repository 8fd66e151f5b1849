import { describe, expect, it } from "vitest";
import type { Order } from "../../../src/documents/order.ts";
import {
  adaptedSetFromDocument,
  documentFromAdaptedSet,
  type SetAdaptation,
} from "../../../src/mappings/adaptation/adapted-set.ts";
import { ExpressionError } from "../../../src/mappings/adaptation/expression.ts";
import type { SetSchema } from "../../../src/x12/index.ts";
import { library, purchaseOrder } from "../sets.ts";

const schema = library.set("004010", "850") as SetSchema;
const facts = { account: "harbor-retail", usage: "production" } as const;
const set = purchaseOrder(
  "004010",
  "BEG*00*SA*4711**20250310",
  "REF*19*014",
  "PO1*1*12*EA*2.50**IN*1009918",
  "REF*19*7",
);
const department: SetAdaptation = {
  qualifiers: [{ segment: "REF", element: 1, loop: "", theirs: "19", ours: "DP" }],
  constants: [],
};

describe("a set by its account's own way of writing", () => {
  it("is read with the account's codes for ours, in the loop that was meant, and is kept as it came", async () => {
    const order = (await documentFromAdaptedSet(set, schema, facts, department)) as Order;
    expect(order.references).toEqual([{ qualifier: "DP", word: "department", value: "014" }]);
    expect(order.lines[0]?.references).toMatchObject([{ qualifier: "19", value: "7" }]);
    expect(order.x12?.segments[2]).toEqual({ id: "REF", elements: ["19", "014"] });
    expect(order.x12?.unmapped).toEqual([]);
  });

  it("is written back with the account's own codes", async () => {
    const order = (await documentFromAdaptedSet(set, schema, facts, department)) as Order;
    const written = await adaptedSetFromDocument(order, "004010", schema, department);
    expect(written?.segments.filter(([id]) => id === "REF")).toEqual([
      ["REF", "19", "014"],
      ["REF", "19", "7"],
    ]);
  });

  it("swaps two codes without mixing them up", async () => {
    const swap: SetAdaptation = {
      qualifiers: [
        { segment: "REF", element: 1, theirs: "19", ours: "DP" },
        { segment: "REF", element: 1, theirs: "DP", ours: "19" },
      ],
      constants: [],
    };
    const both = purchaseOrder("004010", "BEG*00*SA*1**20250310", "REF*19*A", "REF*DP*B", "PO1*1*1*EA");
    const order = (await documentFromAdaptedSet(both, schema, facts, swap)) as Order;
    expect(order.references.map(({ qualifier, value }) => `${qualifier}${value}`)).toEqual(["DPA", "19B"]);
  });

  it("has constants where it says nothing, and only there", async () => {
    const adaptation: SetAdaptation = {
      qualifiers: [],
      constants: [
        { segment: "PO1", element: 5, value: "PE" },
        { segment: "BEG", element: 2, value: "RO" },
        { segment: "REF", element: 3, where: { element: 1, value: "19" }, value: "DEPARTMENT" },
      ],
    };
    const order = (await documentFromAdaptedSet(set, schema, facts, adaptation)) as Order;
    expect(order.orderType.code).toBe("SA");
    expect(order.lines[0]?.priceBasis?.code).toBe("PE");
    expect(order.references[0]?.description).toBe("DEPARTMENT");
  });

  it("is what its expression makes of its segments", async () => {
    const adaptation: SetAdaptation = {
      qualifiers: [],
      constants: [],
      segments:
        '$append(segments[id != "REF"][[0..0]], [{"id": "REF", "elements": ["DP", "099"]}, segments[id = "PO1"]])',
    };
    const order = (await documentFromAdaptedSet(set, schema, facts, adaptation)) as Order;
    expect(order.references).toMatchObject([{ qualifier: "DP", value: "099" }]);
    expect(order.lines).toHaveLength(1);
  });

  it("is refused where its expression gives no segments", async () => {
    const adaptation: SetAdaptation = { qualifiers: [], constants: [], segments: '"none"' };
    await expect(documentFromAdaptedSet(set, schema, facts, adaptation)).rejects.toThrow(ExpressionError);
  });
});
