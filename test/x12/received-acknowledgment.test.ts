import { describe, expect, it } from "vitest";
import { codeWords } from "../../src/x12/acknowledgment/code-words.ts";
import {
  defaultDelimiters,
  functionalAcknowledgment997,
  implementation999,
  implementationAcknowledgment999,
  loadSchemaLibrary,
  type OutSegment,
  readInterchangesSync,
  readTransactionSet,
  receivedAcknowledgment,
  ta1Problems,
  writeTransactionSet,
} from "../../src/x12/index.ts";
import { bytes, gs, isa, order } from "./wire.ts";

const library = loadSchemaLibrary();

function received(type: string, segments: readonly OutSegment[]) {
  const implementation = type === "999" ? implementation999 : undefined;
  const text = writeTransactionSet({ type, control: "0001", implementation, segments }, defaultDelimiters);
  return receivedAcknowledgment(readTransactionSet(bytes(text), defaultDelimiters, library.set("005010", type)));
}

const second = order
  .replaceAll("0001~", "0002~")
  .replace("EA*12.5", "QQ*12,5")
  .replace("CTT", "XYZ*1~CTT")
  .replace("SE*7", "SE*8");
const [group] = readInterchangesSync(bytes(`${isa}${gs}${order}${second}GE*2*1~IEA*1*000000001~`), { library })
  .interchanges[0]!.groups;

describe("receivedAcknowledgment", () => {
  it.each([
    ["997", functionalAcknowledgment997(group!, { version: "005010" })],
    ["999", implementationAcknowledgment999(group!)],
  ])("reads what our own %s says", (type, segments) => {
    expect(received(type, segments)).toEqual({
      groupFunctionalId: "PO",
      groupControl: "1",
      groupVersion: "004010",
      verdict: "P",
      codes: [],
      problems: [],
      counts: { included: 2, received: 2, accepted: 1 },
      sets: [
        { type: "850", control: "0001", implementation: "", verdict: "A", codes: [], problems: [] },
        {
          type: "850",
          control: "0002",
          implementation: "",
          verdict: "R",
          codes: ["5"],
          problems: [
            {
              ...nowhere,
              level: "set",
              code: "5",
              message: "The partner reports transaction set 850 0002: segments of it are wrong (AK502 5).",
            },
            {
              ...at("PO1", 5, "PO1"),
              level: "element",
              code: "7",
              element: 3,
              dataElement: "355",
              value: "QQ",
              message:
                'The partner reports element 3 of PO1, segment 5 from ST ("QQ"): its code is not valid (AK403 7).',
            },
            {
              ...at("PO1", 5, "PO1"),
              level: "element",
              code: "6",
              element: 4,
              dataElement: "212",
              value: "12,5",
              message:
                'The partner reports element 4 of PO1, segment 5 from ST ("12,5"): it holds a character that is not valid (AK403 6).',
            },
            {
              ...at("XYZ", 6, null),
              level: "segment",
              code: "1",
              message: "The partner reports XYZ, segment 6 from ST: its id is not known (AK304 1).",
            },
          ],
        },
      ],
    });
  });

  it("reads component, repetition, group codes, and a set without AK5", () => {
    const answer = received("997", [
      ["AK1", "IN", "000000815"],
      ["AK2", "810", "0007"],
      ["AK3", "REF", "4", "", "8"],
      ["AK4", ["4", "2", "3"], "127", "1"],
      ["AK9", "R", "x", "2", "", "4", "5"],
    ]);
    expect(answer).toMatchObject({ groupControl: "000000815", groupVersion: "", verdict: "R", codes: ["4", "5"] });
    expect(answer!.problems.map(({ level, code }) => `${level} ${code}`)).toEqual(["group 4", "group 5"]);
    expect(answer!.counts).toEqual({ included: null, received: 2, accepted: null });
    expect(answer!.sets).toMatchObject([
      { verdict: null, problems: [{ element: 4, component: 2, repetition: 3, value: null }] },
    ]);
  });

  it("takes AK4s that belong to nothing for nothing", () => {
    const answer = received("997", [
      ["AK1", "PO", "1"],
      ["AK4", "1", "", "7"],
      ["AK5", "A"],
      ["AK2", "850", "0001"],
      ["AK4", "1", "", "7"],
      ["AK5", "A"],
    ]);
    expect(answer).toMatchObject({ verdict: null, sets: [{ verdict: "A", problems: [] }] });
  });

  it("is nothing where there is no AK1", () => {
    expect(received("997", [["AK9", "A", "1", "1", "1"]])).toBeNull();
  });
});

describe("ta1Problems", () => {
  it("says what a TA1 finds wrong, in words where we have them", () => {
    expect(ta1Problems({ control: "000000007", note: "000" })).toEqual([]);
    expect(ta1Problems({ control: "000000007", note: "025" })).toEqual([
      {
        ...nowhere,
        level: "interchange",
        code: "025",
        message: "The partner reports interchange 000000007: ISA13 was used before (TA105 025).",
      },
    ]);
    expect(ta1Problems({ control: "7", note: "constructor" })[0]!.message).toContain("something is wrong with it");
  });
});

describe("codeWords", () => {
  it.each([
    ["segment", "720"],
    ["segment", "620"],
    ["element", "723"],
    ["element", "621"],
  ] as const)("has words for every %s code of element %s", (level, number) => {
    for (const code of library.version("005010")!.codes(number)!.values)
      expect(codeWords(level, code), code).not.toBeNull();
  });
});

const nowhere = {
  segment: null,
  position: null,
  element: null,
  component: null,
  repetition: null,
  offset: null,
  length: null,
  value: null,
  loop: null,
  dataElement: null,
};

function at(segment: string, position: number, loop: string | null) {
  return { ...nowhere, segment, position, loop };
}
