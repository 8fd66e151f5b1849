import { describe, expect, it } from "vitest";
import { type Delimiters, type Loop, loadSchemaLibrary, readTransactionSet, textOf } from "../../src/x12/index.ts";
import { bytes } from "./wire.ts";

const library = loadSchemaLibrary();
const delimiters: Delimiters = { element: "*", segment: "~", component: ":", repetition: null, lineBreak: "" };

/** The loops as an outline: key and segment ids, inner loops in brackets. */
function outline(loop: Loop): string {
  const inner = loop.loops.map(outline).join(" ");
  return `${loop.key}(${loop.segments.map(({ id }) => id).join(" ")}${inner === "" ? "" : ` ${inner}`})`;
}

const order = [
  "ST*850*0001",
  "BEG*00*SA*PO-1**20240115",
  "REF*DP*038",
  "N1*ST*Store 12*92*0012",
  "N3*12 Quay Street",
  "N1*BT*Head Office*92*0001",
  "PO1*1*24*EA*7.95*PE*UP*012345678905",
  "PID*F****Brass lamp",
  "PO1*2*6*EA*11*PE*UP*012345678912",
  "N1*ST*Store 13*92*0013",
  "N4*Salem*OR*97301",
  "CTT*2",
  "SE*13*0001",
];
const asBytes = (lines: readonly string[]) => bytes(lines.map((line) => `${line}~`).join(""));

describe("readTransactionSet", () => {
  it("puts segments into the loops of the standard, in their order", () => {
    const set = readTransactionSet(asBytes(order), delimiters, library.set("004010", "850"));
    expect(set).toMatchObject({ type: "850", control: "0001", implementation: "", version: "004010" });
    expect(outline(set.root)).toBe("(BEG REF N1(N1 N3) N1(N1) PO1(PO1 PO1/PID(PID)) PO1(PO1 PO1/N1(N1 N4)) CTT(CTT))");
    expect(set.segments.map(({ id }) => id)).toEqual(order.map((line) => line.split("*")[0]));
    expect(set.segments.map(({ position }) => position)).toEqual(order.map((_, i) => i + 1));
  });

  it("keeps all segments in the root where there is no schema", () => {
    const set = readTransactionSet(asBytes(order), delimiters, null);
    expect(set.version).toBe("");
    expect(set.root.loops).toEqual([]);
    expect(set.root.segments).toHaveLength(11);
  });

  it("keeps a segment that fits nowhere out of the loops, not out of the set", () => {
    const lines = [...order.slice(0, 3), "XYZ*1", ...order.slice(3)];
    const set = readTransactionSet(asBytes(lines), delimiters, library.set("004010", "850"));
    expect(set.segments[3]).toMatchObject({ id: "XYZ", position: 4, elements: ["1"] });
    expect(outline(set.root)).not.toContain("XYZ");
    expect(outline(set.root)).toContain("N1(N1 N3)");
  });

  it("divides composites and repetitions, and drops what is empty at their end", () => {
    const text = "ST*999*0001*005010X231A1~IK4*5:3:2*725*7*a^b:c:^~REF**::x*:*~SE*4*0001~";
    const set = readTransactionSet(bytes(text), { ...delimiters, repetition: "^" }, null);
    expect(set.implementation).toBe("005010X231A1");
    expect(set.segments[1]!.elements).toEqual([["5", "3", "2"], "725", "7", { repetitions: ["a", ["b", "c"], ""] }]);
    expect(set.segments[2]!.elements).toEqual(["", ["", "", "x"]]);
    expect(textOf(set.segments[1]!, 1, 2)).toBe("3");
    expect(textOf(set.segments[1]!, 4)).toBe("a");
    expect(textOf(set.segments[1]!, 9)).toBe("");
  });

  it("reads text in UTF-8 and in Latin-1", () => {
    for (const encoding of ["utf8", "latin1"] as const) {
      const set = readTransactionSet(
        Buffer.from("ST*850*0001~N2*Lampe à laiton~SE*3*0001~", encoding),
        delimiters,
        null,
      );
      expect(textOf(set.segments[1]!, 1)).toBe("Lampe à laiton");
    }
  });

  it("holds binary data whole", () => {
    const set = readTransactionSet(bytes("ST*102*0001~BIN*6*a~b*c:~SE*3*0001~"), delimiters, null);
    expect(set.segments.map(({ id }) => id)).toEqual(["ST", "BIN", "SE"]);
    expect(textOf(set.segments[1]!, 2)).toBe("a~b*c:");
  });

  it("reads no further than SE, and no bytes that begin otherwise", () => {
    const set = readTransactionSet(asBytes([...order, "ST*850*0002"]), delimiters, null);
    expect(set.segments.at(-1)!.id).toBe("SE");
    expect(() => readTransactionSet(bytes("BEG*00~"), delimiters, null)).toThrow("no transaction set");
    expect(() => readTransactionSet(new Uint8Array(0), delimiters, null)).toThrow("no transaction set");
  });
});
