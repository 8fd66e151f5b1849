import { describe, expect, test } from "vitest";
import { loadSchemaLibrary } from "../../src/x12/schema-library.ts";

const library = loadSchemaLibrary();

test("the package's own schemas are found without being told where", () => {
  expect(library.versions).toEqual(["004010", "004030", "005010"]);
  expect(library.version("004010")!.sets).toHaveLength(32);
  expect(library.version("004030")!.sets).toHaveLength(34);
  expect(library.version("005010")!.sets).toHaveLength(35);
});

test.each([
  ["004010", "004010"],
  ["004010VICS", "004010"],
  ["004030UCS", "004030"],
  ["005010X231A1", "005010"],
  ["003040", null],
  ["00401", null],
  ["", null],
])("GS08 %j is version %j", (gs08, version) => {
  expect(library.versionOf(gs08)).toBe(version);
});

test.each([
  ["850", "PO"],
  ["855", "PR"],
  ["856", "SH"],
  ["810", "IN"],
  ["820", "RA"],
  ["997", "FA"],
  ["999", "FA"],
  ["123", null],
])("set %s travels in groups of GS01 %j", (type, functionalId) => {
  expect(library.functionalId(type)).toBe(functionalId);
});

test("what is not there is null, not an exception", () => {
  expect(library.set("004010", "999")).toBeNull();
  expect(library.set("003040", "850")).toBeNull();
  expect(library.version("004010")!.segment("ZZZ")).toBeNull();
  expect(library.version("004010")!.codes("324")).toBeNull();
});

test("a segment is described element by element", () => {
  const n1 = library.set("004010", "850")!.segment("N1")!;
  expect(n1.name).toBe("Name");
  expect(n1.notes.map((note) => note.text)).toEqual(["R0203", "P0304"]);
  expect(n1.elements[3]).toMatchObject({
    position: 4,
    reference: "N104",
    name: "Identification Code",
    dataElement: "67",
    type: "AN",
    min: 2,
    max: 80,
    requirement: "X",
    repeat: 1,
    codes: null,
  });
  expect(n1.elements.map((element) => element.requirement).join("")).toBe("MXXXOO");
});

test("a composite is described component by component", () => {
  const ref04 = library.set("004010", "850")!.segment("REF")!.elements[3]!;
  expect(ref04).toMatchObject({ composite: "C040", dataElement: null, name: "Reference Identifier" });
  expect(ref04.components.map((component) => component.reference).slice(0, 2)).toEqual(["REF04-1", "REF04-2"]);
  expect(ref04.components[0]).toMatchObject({ dataElement: "128", requirement: "M" });
  expect(ref04.notes.map((note) => note.text)).toEqual(["P0304", "P0506"]);
});

test("an element that may repeat says how often", () => {
  expect(library.version("005010")!.segment("DMG")!.elements[4]!.repeat).toBe(10);
});

test("the control segments are in the dictionary, but in no set", () => {
  expect(library.version("004010")!.segment("ISA")!.elements).toHaveLength(16);
  expect(library.set("004010", "850")!.segment("ISA")).toBeNull();
});

describe("code lists", () => {
  const codes = (element: string) => library.version("004010")!.codes(element)!;

  test("hold their codes and nothing else", () => {
    expect(codes("92").has("SA")).toBe(true);
    expect(codes("92").has("QQ")).toBe(false);
    expect(codes("92").has("")).toBe(false);
    expect(codes("92").has("sa")).toBe(false);
    expect(codes("92").has("S")).toBe(false);
    expect(codes("92").has("SAAAAAAA")).toBe(false);
    expect(codes("333").has("1")).toBe(true);
    expect(codes("333").has("001")).toBe(false);
  });

  test.each(library.versions)("of %s hold every code that they list", (version) => {
    const { sets } = library.version(version)!;
    for (const type of sets) {
      for (const node of library.set(version, type)!.nodes) {
        for (const { codes: list } of library.version(version)!.segment(node.segment)!.elements) {
          if (list === null || list.inParts) continue;
          expect(list.values.filter((code) => !list.has(code) || code.length > 5)).toEqual([]);
        }
      }
    }
  });

  test("leave blanks after a code aside", () => {
    expect(codes("92").has("SA ")).toBe(true);
  });

  test("in parts take a form and, after it, a material", () => {
    const packaging = codes("103");
    expect(packaging.has("CTN")).toBe(true);
    expect(packaging.has("CTN25")).toBe(true);
    expect(packaging.has("25")).toBe(false);
    expect(packaging.has("CTNQQ")).toBe(false);
    expect(packaging.has("CTN2")).toBe(false);
  });

  test("offer the codes that have a label first", () => {
    expect(codes("353").suggestions(2)).toEqual(["00", "01"]);
    expect(codes("353").label("00")).toBe("Original");
    expect(codes("353").label("99")).toBeNull();
    expect(library.version("005010")!.label("366", "OC")).toBe("Order contact");
  });
});

test("a loop is found by its key, with its trigger, limits and printed id", () => {
  const order = library.set("004010", "850")!;
  expect(order.loop("PO1/N1")).toMatchObject({ key: "PO1/N1", id: "N1", max: 200, mandatory: false });
  expect(order.loop("PO1/LDT")).toMatchObject({ bounded: true, max: Number.POSITIVE_INFINITY });
  expect(order.loop("QQ")).toBeNull();
  expect(library.set("004010", "204")!.loop("S5/N1")!.id).toBe("0310");
  expect(library.set("005010", "753")!.loop("N1#2/OID")).not.toBeNull();
  expect(order.uses("N9").map((node) => node.loop.key)).toEqual(["N9", "PO1/N9", "PO1/SLN/N9"]);
});
