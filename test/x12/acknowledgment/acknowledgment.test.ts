import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  quotableFunctionalId,
  quotableGroupControl,
  quotableReference,
  quotableSegmentId,
  quotableSetControl,
  quotableSetType,
  quotableValue,
} from "../../../src/x12/acknowledgment/bad-value.ts";
import { loopIdentifier } from "../../../src/x12/acknowledgment/segment-errors.ts";
import {
  defaultDelimiters,
  functionalAcknowledgment997,
  type GroupReport,
  implementationAcknowledgment999,
  interchangeAcknowledgment,
  isAcknowledgment,
  loadSchemaLibrary,
  type Problem,
  readInterchangesSync,
  type SetReport,
  writeSegment,
} from "../../../src/x12/index.ts";
import { acceptedSets, owesInterchangeAcknowledgment } from "../../../src/x12/report.ts";
import { bytes, gs, isa, order, rightFile } from "../wire.ts";

const library = loadSchemaLibrary();
const read = (text: string) => readInterchangesSync(bytes(text), { library }).interchanges[0]!;
const [right] = read(rightFile).groups;

const problem: Problem = {
  level: "element",
  code: "7",
  segment: "PO1",
  position: 5,
  element: 3,
  component: null,
  repetition: null,
  offset: 0,
  length: 2,
  value: "QQ",
  loop: "PO1",
  message: "",
  dataElement: "355",
};

/** The right group with a set that has these problems. */
function groupWith(set: Partial<SetReport>, group: Partial<GroupReport> = {}): GroupReport {
  const [only] = right!.transactionSets;
  return { ...right!, verdict: "R", ...group, transactionSets: [{ ...only!, verdict: "R", ...set }] };
}

describe("functionalAcknowledgment997", () => {
  it("leaves accepted sets out where the account wants that", () => {
    const file = `${isa}${gs}${order}${order.replaceAll("0001~", "0002~").replace("BEG*00", "BEG*QQ")}GE*2*1~IEA*1*000000001~`;
    const [group] = read(file).groups;
    const ids = (listAccepted: boolean) =>
      functionalAcknowledgment997(group!, { version: "004010", listAccepted }).map(
        ([id, , control]) => `${id} ${control}`,
      );
    expect(ids(true).filter((id) => id.startsWith("AK2"))).toEqual(["AK2 0001", "AK2 0002"]);
    expect(ids(false).filter((id) => id.startsWith("AK2"))).toEqual(["AK2 0002"]);
    expect(functionalAcknowledgment997(group!, { version: "004010", listAccepted: false }).at(-1)).toEqual([
      "AK9",
      "P",
      "2",
      "2",
      "1",
    ]);
  });

  it("has no more than 99 AK4 in one AK3, and no more than five codes in AK5 and AK9", () => {
    const elements = Array.from({ length: 120 }, (_, i) => ({ ...problem, repetition: i + 1 }));
    const setProblems = ["1", "2", "3", "4", "6", "7", "4"].map((code) => ({
      ...problem,
      level: "set" as const,
      code,
    }));
    const groupProblems = ["1", "2", "3", "4", "5", "6"].map((code) => ({ ...problem, level: "group" as const, code }));
    const group = groupWith({ problems: [...setProblems, ...elements] }, { problems: groupProblems });
    const segments = functionalAcknowledgment997(group, { version: "004010" });
    expect(segments.filter(([id]) => id === "AK4")).toHaveLength(99);
    expect(segments.filter(([id]) => id === "AK3")).toHaveLength(1);
    expect(segments.at(-2)).toEqual(["AK5", "R", "1", "2", "3", "4", "6"]);
    expect(segments.at(-1)).toEqual(["AK9", "R", "1", "1", "0", "1", "2", "3", "4", "5"]);
  });

  it("says that segments are in error where their problems were too many to be kept", () => {
    const segments = functionalAcknowledgment997(groupWith({ problems: [], problemsOmitted: 3 }), {
      version: "004010",
    });
    expect(segments.at(-2)).toEqual(["AK5", "R", "5"]);
    expect(implementationAcknowledgment999(groupWith({ problems: [], problemsOmitted: 3 })).at(-2)).toEqual([
      "IK5",
      "R",
      "5",
    ]);
  });

  it("writes codes that a version lacks as the nearest that it has", () => {
    const problems = [
      { ...problem, code: "12" },
      { ...problem, code: "13", element: 4 },
      { ...problem, level: "set" as const, code: "18" },
    ];
    const codes = (version: string) => {
      const segments = functionalAcknowledgment997(groupWith({ problems }), { version });
      return [...segments.filter(([id]) => id === "AK4").map((ak4) => ak4[3]), segments.at(-2)![2]];
    };
    expect(codes("004010")).toEqual(["3", "3", "6"]);
    expect(codes("004030")).toEqual(["12", "13", "6"]);
    expect(codes("005010")).toEqual(["12", "13", "18"]);
  });

  it("writes the repetition into AK401 from 004030 on, where it is not the first", () => {
    const place = (version: string, repetition: number) => {
      const group = groupWith({ problems: [{ ...problem, repetition, component: 2 }] });
      return functionalAcknowledgment997(group, { version }).find(([id]) => id === "AK4")![1];
    };
    const text = (version: string, repetition: number) =>
      writeSegment(["AK4", place(version, repetition)!], { ...defaultDelimiters, lineBreak: "" });
    expect(text("004010", 3)).toBe("AK4*3>2~");
    expect(text("004030", 3)).toBe("AK4*3>2>3~");
    expect(text("005010", 1)).toBe("AK4*3>2~");
  });

  it("gives the count of GE01, where it is one", () => {
    const ak9 = (includedCount: number | null) =>
      functionalAcknowledgment997({ ...right!, includedCount }, { version: "004010" }).at(-1);
    expect(ak9(7)).toEqual(["AK9", "A", "7", "1", "1"]);
    expect(ak9(null)).toEqual(["AK9", "A", "1", "1", "1"]);
  });
});

describe("what an acknowledgment quotes of a bad file", () => {
  it("cuts a bad value to 99 characters, without what would break the acknowledgment", () => {
    expect(quotableValue("x".repeat(200))).toBe("x".repeat(99));
    expect(quotableValue("a*b~c>d^e\tf\x00gäh")).toBe("a?b?c?d?e?f?g?h");
    expect(
      quotableValue("a*b:c", { element: "|", segment: "!", component: ":", repetition: null, lineBreak: "" }),
    ).toBe("a*b?c");
    expect(quotableValue("   ")).toBe("");
    expect(quotableValue(null)).toBe("");
  });

  it("can be written, whatever stood in the file", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 150 }), (value) => {
        const written = writeSegment(
          [
            "AK4",
            quotableValue(value),
            quotableSegmentId(value),
            quotableFunctionalId(value),
            quotableGroupControl(value),
            quotableSetType(value),
            quotableSetControl(value),
            quotableReference(value, 12),
          ],
          defaultDelimiters,
        );
        expect(written.length).toBeLessThan(200);
        expect(quotableSegmentId(value)).toMatch(/^[A-Z0-9]{2,3}$/);
        expect(quotableGroupControl(value)).toMatch(/^\d{1,9}$/);
        expect(quotableSetControl(value)).toMatch(/^.{4,9}$/);
      }),
    );
  });

  it("names a loop by its last trigger, where there is room", () => {
    expect(loopIdentifier("PO1/N1#2", 4)).toBe("N1");
    expect(loopIdentifier(null, 4)).toBe("");
    expect(loopIdentifier("TOOLONG", 4)).toBe("");
  });
});

describe("interchangeAcknowledgment", () => {
  it("echoes ISA13, ISA09 and ISA10, with the verdict and its first cause", () => {
    expect(interchangeAcknowledgment(read(rightFile))).toEqual(["TA1", "000000001", "240115", "1200", "A", "000"]);
    const twoFaults = read(rightFile.replace("*240115*1200*U", "*241315*1200*U").replace("IEA*1", "IEA*2"));
    expect(twoFaults.problems.map(({ code }) => code)).toEqual(["021", "014"]);
    expect(interchangeAcknowledgment(twoFaults)).toEqual(["TA1", "000000001", "000101", "1200", "R", "021"]);
  });

  it("is owed when it was asked for, or when something is wrong, and never for an answer", () => {
    expect(owesInterchangeAcknowledgment(read(rightFile))).toBe(false);
    expect(owesInterchangeAcknowledgment(read(rightFile.replace("*0*P*:", "*1*P*:")))).toBe(true);
    expect(owesInterchangeAcknowledgment(read(rightFile.replace("IEA*1", "IEA*2")))).toBe(true);
    const ta1 = `${isa.replace("*0*P*:", "*1*P*:")}TA1*000000099*240114*1200*A*000~IEA*0*000000001~`;
    expect(owesInterchangeAcknowledgment(read(ta1))).toBe(false);
  });
});

describe("what counts", () => {
  it("is an accepted set in a group and an interchange that are not rejected", () => {
    const accepted = (file: string) =>
      acceptedSets(read(file)).map(({ group, set }) => `${group.header.control} ${set.control}`);
    expect(accepted(rightFile)).toEqual(["1 0001"]);
    expect(accepted(rightFile.replace("BEG*00", "BEG*QQ"))).toEqual([]);
    expect(accepted(rightFile.replace("GE*1", "GE*2"))).toEqual([]);
    expect(accepted(rightFile.replace("IEA*1", "IEA*2"))).toEqual([]);
  });

  it("knows a group of acknowledgments by its GS01", () => {
    expect(isAcknowledgment(right!)).toBe(false);
    expect(isAcknowledgment({ header: { ...right!.header, functionalId: "FA" } })).toBe(true);
  });
});
