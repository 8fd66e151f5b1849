import nodeX12 from "node-x12";
import { describe, expect, it } from "vitest";
import type { SegmentData, TransactionSet } from "../../../src/x12/index.ts";
import { orderLines, sampleSet, setOf, shipmentLines, values } from "./sets.ts";

const isSimple = ({ elements }: SegmentData) => elements.every((element) => typeof element === "string");

/** node-x12's values of a selector, empty ones left out. It does not divide composites: the sets here are given without. */
function theirs(selector: string, set: TransactionSet): (string | null | undefined)[] {
  const interchange = new nodeX12.X12Interchange();
  interchange.setHeader("00,,00,,ZZ,S,ZZ,R,240115,1200,U,00401,1,0,P,>".split(","));
  const group = interchange.addFunctionalGroup();
  group.setHeader("PO,SENDER,RECEIVER,20240115,1200,1,X,004010".split(","));
  const transaction = group.addTransaction();
  transaction.setHeader([set.type, set.control]);
  for (const { id, elements } of set.segments) {
    if (id !== "ST" && id !== "SE") transaction.addSegment(id, [...(elements as string[])]);
  }
  return new nodeX12.X12QueryEngine()
    .query(interchange, selector)
    .map(({ value }) => value)
    .filter((value) => value !== "");
}

const sets: [string, TransactionSet][] = [
  ["an order", setOf("850", orderLines)],
  ["an order without a schema", setOf("850", orderLines, "")],
  ["a ship notice", setOf("856", shipmentLines)],
  ["a sample", sampleSet("orders/850-harbor-retail.edi")],
];

describe.each(sets)("beside node-x12, in %s", (_, set) => {
  const segments = set.segments.filter(isSimple);

  it("every element gives the same values", () => {
    const references = new Set(
      segments.flatMap(({ id, elements }) => elements.map((_, i) => `${id}${String(i + 1).padStart(2, "0")}`)),
    );
    expect(references.size).toBeGreaterThan(20);
    for (const reference of references)
      expect([reference, values(reference, set)]).toEqual([reference, theirs(reference, set)]);
  });

  it("every element qualified by the first of its segment gives the same values", () => {
    let asked = 0;
    for (const { id, elements } of segments) {
      if (id === "ST" || id === "SE" || !elements[0]) continue;
      // A hyphen in quotes node-x12 takes for a path; see below.
      if (String(elements[0]).includes("-")) continue;
      for (const i of elements.keys()) {
        const selector = `${id}${String(i + 1).padStart(2, "0")}:${id}01["${String(elements[0])}"]`;
        expect([selector, values(selector, set)]).toEqual([selector, theirs(selector, set)]);
        asked++;
      }
    }
    expect(asked).toBeGreaterThan(50);
  });
});

/** Each row of the list of differences: what is right, and what node-x12 gives. */
describe("where node-x12 is wrong", () => {
  const order = setOf("850", orderLines);
  const shipment = setOf("856", shipmentLines);

  it.each<[string, string, TransactionSet, string[], string[]]>([
    [
      "a qualifier leaks from party to party",
      'N1-N301:N101["BT"]',
      order,
      ["1 Main Street"],
      ["1 Main Street", "12 Quay Street", "13 Quay Street"],
    ],
    ["a loop never ends", "PO1-CTT01", order, [], ["3"]],
    ["a qualifier leaks from line to line", 'PO107:REF01["CT"]', order, ["111"], ["222", "333"]],
    ["HL02 is not followed", "HL+S+O-PRF01", shipment, ["PO-A", "PO-B"], ["PO-A"]],
    ["a hyphen in quotes is taken for a path", 'PRF01:PRF01["PO-A"]', shipment, ["PO-A"], []],
    [
      "CONCAT takes the first of the set",
      "CONCAT(REF01,-)=>REF02",
      order,
      ["DP-038", "IA-482136", "CR-DOCK", "CT-C-1"],
      ["DP-038", "DP-482136", "DP-DOCK", "DP-C-1"],
    ],
  ])("%s: %s", (_, selector, set, right, wrong) => {
    expect(values(selector, set)).toEqual(right);
    expect(theirs(selector, set)).toEqual(wrong);
  });
});
