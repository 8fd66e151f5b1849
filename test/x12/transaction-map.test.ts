import nodeX12 from "node-x12";
import { describe, expect, it } from "vitest";
import { applyTransactionMap, compileTransactionMap, TransactionMapError } from "../../src/x12/index.ts";
import { orderLines, sampleSet, setOf } from "./selector/sets.ts";

const order = setOf("850", orderLines);

/** What node-x12 makes of the same segments. */
function theirs(map: object, lines: readonly string[]): unknown {
  const transaction = new nodeX12.X12Transaction();
  transaction.setHeader(["850", "0001"]);
  for (const line of lines) {
    const [tag = "", ...elements] = line.split("*");
    transaction.addSegment(tag, elements);
  }
  return transaction.toObject(map);
}

describe("a transaction map", () => {
  it("makes an object of selectors", () => {
    const map = { number: "BEG03", department: 'REF02:REF01["DP"]', shipTo: { name: 'N102:N101["ST"]', city: "N401" } };
    expect(applyTransactionMap(map, order)).toEqual({
      number: "PO-1",
      department: "038",
      shipTo: { name: "Store 12", city: "Salem" },
    });
  });

  it.each<[string, object]>([
    ["plain keys", { number: "BEG03", date: "BEG05", nothing: "PR03" }],
    ["qualifiers", { department: 'REF02:REF01["DP"]', id: 'N104:N101["ST"]:N103["92"]' }],
    ["nested objects", { shipTo: { name: 'N102:N101["ST"]', address: { street: 'N1-N301:N101["BT"]' } } }],
    ["FOREACH in a nested object", { items: { quantity: "FOREACH(PO1)=>PO102", sku: "FOREACH(PO1)=>PO107" } }],
    ["FOREACH in a list of objects", { items: [{ quantity: "FOREACH(PO1)=>PO102", sku: "FOREACH(PO1)=>PO107" }] }],
    ["FOREACH at the top", { quantity: "FOREACH(PO1)=>PO102", sku: "FOREACH(PO1)=>PO107" }],
    ["FOREACH before a single value", { sku: "FOREACH(PO1)=>PO107", number: "BEG03" }],
    ["a list of selectors", { both: ["BEG03", "BEG05"] }],
    ["a list of one FOREACH", { skus: ["FOREACH(PO1)=>PO107"] }],
    ["several values in an occurrence", { descriptions: { text: "FOREACH(PO1)=>PID05" } }],
    ["CONCAT", { both: 'CONCAT(REF02:REF01["DP"], & )=>REF02:REF01["IA"]' }],
    ["numbers and booleans", { number: "BEG03", version: 2, isTest: false }],
  ])("makes of %s what node-x12 makes of it", (_, map) => {
    expect(applyTransactionMap(map, order)).toEqual(theirs(map, orderLines));
  });

  it("keeps together what belongs to one line, where node-x12 shifts it", () => {
    const map = {
      line: "FOREACH(PO1)=>PO101",
      contract: 'FOREACH(PO1)=>REF02:REF01["CT"]',
      number: "BEG03",
      none: "PR03",
    };
    const lines = [...orderLines];
    lines.splice(lines.indexOf("N1*ST*Store 13*92*0013"), 0, "REF*CT*C-3");
    expect(applyTransactionMap(map, setOf("850", lines))).toEqual([
      { line: "1", contract: "C-1", number: "PO-1", none: null },
      { line: "2", contract: null, number: "PO-1", none: null },
      { line: "3", contract: "C-3", number: "PO-1", none: null },
    ]);
    const second = (theirs(map, lines) as { contract: string }[])[1];
    expect(second).toMatchObject({ contract: "C-3", none: "PR03" });
  });

  it("repeats the line's value for each of its several", () => {
    const map = { line: "FOREACH(PO1)=>PO101", description: "FOREACH(PO1)=>PID05", kind: "FOREACH(PO1)=>PID02" };
    expect(applyTransactionMap(map, order)).toEqual([
      { line: "1", description: "Brass lamp", kind: "08" },
      { line: "1", description: "Polished", kind: "35" },
      { line: "2", description: null, kind: null },
      { line: "3", description: "Steel lamp", kind: "08" },
    ]);
  });

  it("leaves out occurrences without any value, and gives a list also where the loop is not there", () => {
    const map = { name: 'FOREACH(N1)=>N102:N101["ST"]', street: "FOREACH(N1)=>N301:N101['ST']" };
    expect(applyTransactionMap(map, order)).toEqual([
      { name: "Store 12", street: "12 Quay Street" },
      { name: "Store 13", street: "13 Quay Street" },
    ]);
    expect(applyTransactionMap({ x: "FOREACH(SDQ)=>SDQ01", number: "BEG03" }, order)).toEqual([]);
  });

  it("makes rows of a list with FOREACH", () => {
    expect(applyTransactionMap({ rows: ["FOREACH(PO1)=>PO101", "FOREACH(PO1)=>PO104", "BEG03"] }, order)).toEqual({
      rows: [
        ["1", "7.95", "PO-1"],
        ["2", null, "PO-1"],
        ["3", "3", "PO-1"],
      ],
    });
  });

  it("puts loops of different segments side by side", () => {
    expect(applyTransactionMap({ sku: "FOREACH(PO1)=>PO107", party: "FOREACH(N1)=>N101" }, order)).toEqual([
      { sku: "111", party: "BT" },
      { sku: "222", party: "SN" },
      { sku: "333", party: "ST" },
      { sku: null, party: "ST" },
    ]);
  });

  it("has keys that mean something to JavaScript as any others", () => {
    const mapped = applyTransactionMap(JSON.parse('{"__proto__":"BEG03","constructor":"BEG05"}'), order);
    expect(JSON.stringify(mapped)).toBe('{"__proto__":"PO-1","constructor":"20240115"}');
    expect(Object.getPrototypeOf(mapped)).toBe(Object.prototype);
  });

  it("is compiled once for many sets", () => {
    const apply = compileTransactionMap({ number: "BEG03" });
    expect([apply(order), apply(sampleSet("orders/850-harbor-retail.edi"))]).toEqual([
      { number: "PO-1" },
      { number: "7741093" },
    ]);
  });

  it.each<[unknown, string, RegExp]>([
    ["BEG03", "", /object of keys and selectors/],
    [null, "", /object/],
    [{ a: { b: "BEG" } }, "a.b", /element/],
    [{ a: [{ b: "BEG03" }, { c: "x" }] }, "a[1].c", /no segment id/],
    [{ a: ["BEG03", ""] }, "a[1]", /the end/i],
    [{ a: () => 1 }, "a", /function/],
    [{ header: ["850", "0001"], segments: [{ tag: "BEG", elements: [] }] }, "", /JavaScript/],
  ])("is refused: %j", (map, path, message) => {
    expect(() => compileTransactionMap(map)).toThrow(TransactionMapError);
    expect(() => compileTransactionMap(map)).toThrow(expect.objectContaining({ path }));
    expect(() => compileTransactionMap(map)).toThrow(message);
  });
});
