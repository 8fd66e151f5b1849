import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decimal, isoDate, timeOfDay } from "../../src/documents/basic-components.ts";
import { spoken, withWord, wordOf } from "../../src/documents/code-words.ts";
import { parseDocument } from "../../src/documents/document.ts";

const order = JSON.parse(readFileSync(new URL("../../samples/orders/850-harbor-retail.json", import.meta.url), "utf8"));

describe("a decimal", () => {
  it.each([["0"], ["-0.05"], ["12.50"], ["12345678901234567890.123456789"]])("may be %s", (value) => {
    expect(decimal.parse(value)).toBe(value);
  });

  it.each([[12.5], [""], ["."], [".5"], ["5."], ["1e3"], ["1,000"], ["+1"], [" 1"], ["$1"]])(
    "may not be %j",
    (value) => {
      expect(decimal.safeParse(value).success).toBe(false);
    },
  );
});

describe("a date and a time", () => {
  it.each([["2025-02-29"], ["20250310"], ["2025-3-1"], ["2025-03-10T00:00:00Z"]])("a date may not be %s", (value) => {
    expect(isoDate.safeParse(value).success).toBe(false);
  });

  it.each([["8:00"], ["24:00"], ["080"], ["0860"]])("a time may not be %s", (value) => {
    expect(timeOfDay.safeParse(value).success).toBe(false);
  });
});

describe("a document", () => {
  it("is known by its documentType", () => {
    expect(parseDocument(order)).toEqual(order);
    expect(() => parseDocument({ ...order, documentType: "letter" })).toThrow();
  });

  it.each<[string, object]>([
    ["a price that is a number", { lines: [{ ...order.lines[0], price: 21.75 }] }],
    ["a misspelt property", { lines: [{ ...order.lines[0], prise: "21.75" }] }],
    ["no line", { lines: [] }],
    ["no number", { number: "" }],
    ["a date in the form of X12", { date: "20250310" }],
    ["a usage that is neither production nor test", { usage: "P" }],
    ["a priority without its reason", { priority: { level: "high", rule: "rush" } }],
  ])("is refused with %s", (_, change) => {
    expect(() => parseDocument({ ...order, ...change })).toThrow();
  });

  it("takes what the pipeline and the rules add to an order", () => {
    const more = {
      origin: { interchange: "000004417", group: "4417", set: "0001" },
      priority: { level: "urgent", reason: "Rush.", rule: "rush order", evidence: "BEG02 = RO (rush)" },
      contact: { role: "OC", name: "ANNA LINDQVIST" },
    };
    expect(parseDocument({ ...order, ...more })).toMatchObject(more);
  });
});

describe("our words for codes", () => {
  const table = { RO: "rush" };

  it("stand beside the code where we have one", () => {
    expect(withWord("RO", table)).toEqual({ code: "RO", word: "rush" });
    expect(withWord("SA", table)).toEqual({ code: "SA" });
    expect([spoken("RO", table), spoken("SA", table)]).toEqual(["RO (rush)", "SA"]);
  });

  it("are never taken from what every object has", () => {
    expect(wordOf("constructor", table)).toBeUndefined();
  });
});
