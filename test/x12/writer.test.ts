import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  DataHoldsDelimiterError,
  type Delimiters,
  defaultDelimiters,
  type GroupHeader,
  HeaderFieldError,
  type InterchangeHeader,
  loadSchemaLibrary,
  type OutSegment,
  readInterchangesSync,
  readTransactionSet,
  UnwritableError,
  writeInterchange,
  writeSegment,
  writeTransactionSet,
} from "../../src/x12/index.ts";

const library = loadSchemaLibrary();

const header: InterchangeHeader = {
  authorizationQualifier: "00",
  authorization: "",
  securityQualifier: "00",
  security: "",
  senderQualifier: "01",
  senderId: "123456789",
  receiverQualifier: "ZZ",
  receiverId: "HARBORRETAIL",
  date: "240115",
  time: "0930",
  version: "00401",
  control: "4711",
  acknowledgmentRequested: false,
  usage: "P",
};
const group: GroupHeader = {
  functionalId: "PO",
  senderCode: "SUPPLIER",
  receiverCode: "HARBOR",
  date: "20240115",
  time: "0930",
  control: "815",
  agency: "X",
  version: "004010",
};
const plain: Delimiters = { element: "*", segment: "~", component: ">", repetition: null, lineBreak: "" };
const beg: OutSegment = ["BEG", "00", "SA", "PO-1", "", "20240115"];
const po1: OutSegment = ["PO1", "1", "24", "EA", "7.95", "PE", "UP", "012345678905"];
const set = { type: "850", control: "0001", segments: [beg, po1] };

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("utf8");

describe("writeTransactionSet", () => {
  it("adds ST and SE, and counts both", () => {
    expect(writeTransactionSet(set, plain)).toBe(
      "ST*850*0001~BEG*00*SA*PO-1**20240115~PO1*1*24*EA*7.95*PE*UP*012345678905~SE*4*0001~",
    );
  });

  it("names the implementation in ST03 where there is one", () => {
    const written = writeTransactionSet({ ...set, implementation: "005010X231A1", segments: [] }, defaultDelimiters);
    expect(written).toBe("ST*850*0001*005010X231A1~\nSE*2*0001~\n");
  });

  it("leaves out what is empty at the end of a segment, a composite and a repetition", () => {
    const segment: OutSegment = [
      "XX",
      "",
      ["a", "", "b", ""],
      { repetitions: ["c", ["d", ""], ""] },
      ["", ""],
      "",
      { repetitions: [""] },
    ];
    expect(writeSegment(segment, { ...defaultDelimiters, lineBreak: "" })).toBe("XX**a>>b*c^d~");
    expect(writeSegment(["XX", "", ""], plain)).toBe("XX~");
  });

  it.each(["*", "~", ">", "^", "\n", "\r", "\0", "\x1d", "\x7f", "\x85", "\ud800"])(
    "refuses data that hold %j",
    (character) => {
      const value = `a${character}b`;
      const parts: OutSegment[] = [
        ["REF", "DP", value],
        ["REF", "DP", ["x", value]],
        ["REF", "DP", { repetitions: ["x", value] }],
        ["REF", "DP", { repetitions: ["x", ["y", value]] }],
      ];
      for (const segment of parts) {
        const write = () => writeTransactionSet({ ...set, segments: [segment] }, defaultDelimiters);
        expect(write).toThrow(DataHoldsDelimiterError);
        expect(write).toThrow(expect.objectContaining({ segment: "REF", element: 2, value, character }));
      }
    },
  );

  it("lets data hold what is no delimiter in this version", () => {
    expect(writeSegment(["REF", "DP", "a^b"], plain)).toBe("REF*DP*a^b~");
    expect(writeSegment(["N2", "Lampe à laiton"], plain)).toBe("N2*Lampe à laiton~");
  });

  it("refuses repetitions where the version has no separator for them", () => {
    expect(() => writeSegment(["REF", { repetitions: ["a", "b"] }], plain)).toThrow(UnwritableError);
    expect(writeSegment(["REF", { repetitions: ["a"] }], plain)).toBe("REF*a~");
  });

  it("refuses a bad segment id, set type or control number", () => {
    expect(() => writeSegment(["B~", "1"], plain)).toThrow(UnwritableError);
    expect(() => writeTransactionSet({ ...set, type: "85" }, plain)).toThrow(
      expect.objectContaining({ field: "ST01" }),
    );
    expect(() => writeTransactionSet({ ...set, control: "1" }, plain)).toThrow(
      expect.objectContaining({ field: "ST02" }),
    );
    expect(() => writeTransactionSet({ ...set, control: "0001*X" }, plain)).toThrow(DataHoldsDelimiterError);
  });

  it("refuses delimiters that can't be told from data or from one another", () => {
    for (const wrong of [
      { element: "A" },
      { element: "~" },
      { component: " " },
      { segment: "" },
      { repetition: "*" },
      { lineBreak: "x" },
    ]) {
      expect(() => writeTransactionSet(set, { ...plain, ...wrong })).toThrow(UnwritableError);
    }
    expect(() => writeTransactionSet(set, { ...plain, segment: "\n", lineBreak: "\n" })).toThrow(UnwritableError);
  });
});

describe("writeInterchange", () => {
  it("writes an ISA of 106 bytes, and counts groups and sets", () => {
    const written = text(
      writeInterchange(
        { header, groups: [{ header: group, sets: [set, writeTransactionSet({ ...set, control: "0002" }, plain)] }] },
        plain,
      ),
    );
    expect(written.slice(0, 106)).toBe(
      "ISA*00*          *00*          *01*123456789      *ZZ*HARBORRETAIL   *240115*0930*U*00401*000004711*0*P*>~",
    );
    expect(written).toMatch(/^.{106}GS\*PO\*SUPPLIER\*HARBOR\*20240115\*0930\*815\*X\*004010~ST\*850\*0001~/);
    expect(written).toMatch(/SE\*4\*0002~GE\*2\*815~IEA\*1\*000004711~$/);
  });

  it("puts the repetition separator into ISA11 from version 00402 on, and U before", () => {
    const isa11 = (version: string) =>
      text(writeInterchange({ header: { ...header, version }, groups: [] }, defaultDelimiters))[82];
    expect([isa11("00401"), isa11("00402"), isa11("00501")]).toEqual(["U", "^", "^"]);
    expect(() => writeInterchange({ header: { ...header, version: "00501" }, groups: [] }, plain)).toThrow(
      expect.objectContaining({ field: "ISA11" }),
    );
  });

  it("writes TA1 segments between ISA and the first group", () => {
    const ta1: OutSegment = ["TA1", "000000099", "240114", "1200", "A", "000"];
    const written = writeInterchange({ header, groups: [], ta1s: [ta1] }, plain);
    expect(text(written).slice(106)).toBe("TA1*000000099*240114*1200*A*000~IEA*0*000004711~");
    expect(readInterchangesSync(written, { library }).interchanges[0]).toMatchObject({
      verdict: "A",
      ta1s: [{ control: "000000099", date: "240114", time: "1200", status: "A", note: "000" }],
    });
  });

  it.each([
    ["ISA02", { authorization: "elevenchars" }],
    ["ISA01", { authorizationQualifier: "0" }],
    ["ISA05", { senderQualifier: "" }],
    ["ISA06", { senderId: "sixteencharacter" }],
    ["ISA08", { receiverId: "sixteencharacter" }],
    ["ISA06", { senderId: "SÜD" }],
    ["ISA09", { date: "20240115" }],
    ["ISA09", { date: "24O115" }],
    ["ISA10", { time: "" }],
    ["ISA12", { version: "401" }],
    ["ISA13", { control: "1234567890" }],
    ["ISA13", { control: "47A" }],
    ["ISA15", { usage: "" }],
  ])("refuses an ISA whose %s does not fit", (field, wrong) => {
    const write = () => writeInterchange({ header: { ...header, ...wrong }, groups: [] }, plain);
    expect(write).toThrow(HeaderFieldError);
    expect(write).toThrow(expect.objectContaining({ field }));
  });

  it.each([
    ["GS01", { functionalId: "P" }],
    ["GS02", { senderCode: "S" }],
    ["GS03", { receiverCode: "sixteencharacter" }],
    ["GS04", { date: "240115" }],
    ["GS05", { time: "930" }],
    ["GS06", { control: "" }],
    ["GS07", { agency: "" }],
    ["GS08", { version: "0040100000000" }],
  ])("refuses a GS whose %s does not fit", (field, wrong) => {
    const write = () => writeInterchange({ header, groups: [{ header: { ...group, ...wrong }, sets: [] }] }, plain);
    expect(write).toThrow(expect.objectContaining({ name: "HeaderFieldError", field }));
  });

  it("refuses a delimiter inside an ISA or GS field", () => {
    expect(() => writeInterchange({ header: { ...header, senderId: "A*B" }, groups: [] }, plain)).toThrow(
      DataHoldsDelimiterError,
    );
    const wrong = { ...group, senderCode: "A~B" };
    expect(() => writeInterchange({ header, groups: [{ header: wrong, sets: [] }] }, plain)).toThrow(
      DataHoldsDelimiterError,
    );
  });

  it("refuses sets that were written with other delimiters", () => {
    const other = writeTransactionSet(set, { ...plain, element: "|" });
    expect(() => writeInterchange({ header, groups: [{ header: group, sets: [other] }] }, plain)).toThrow(
      UnwritableError,
    );
  });
});

describe("what is written", () => {
  const delimiters = fc
    .tuple(
      fc.shuffledSubarray([..."*~>^|!:+'\x1c\x1d\x1e\x1f"], { minLength: 4, maxLength: 4 }),
      fc.constantFrom("", "\n", "\r\n", "\r"),
    )
    .map(([[element, segment, component, repetition], lineBreak]): Delimiters => {
      return { element: element!, segment: segment!, component: component!, repetition: repetition!, lineBreak };
    });
  const reference = fc.stringMatching(/^[A-Za-z0-9 .,#&()\-/à]{0,29}[A-Za-z0-9]$/);
  const ref = reference.map((value): OutSegment => ["REF", "DP", value]);
  const line = fc
    .tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 0, max: 99999 }))
    .map(([quantity, cents]): OutSegment => {
      return [
        "PO1",
        "",
        String(quantity),
        "EA",
        `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`,
        "PE",
      ];
    });
  const order = fc.tuple(fc.array(ref, { maxLength: 4 }), fc.array(line, { minLength: 1, maxLength: 5 }), reference);
  const orders = fc.array(order, { minLength: 1, maxLength: 4 });

  it("is read without a problem, and comes back as it was given", () => {
    fc.assert(
      fc.property(delimiters, fc.constantFrom("00401", "00501"), orders, (chosen, version, contents) => {
        const inForce = version === "00401" ? { ...chosen, repetition: null } : chosen;
        const sets = contents.map(([refs, lines, number], i) => {
          const segments: OutSegment[] = [["BEG", "00", "SA", number.slice(0, 22), "", "20240115"], ...refs, ...lines];
          return { type: "850", control: String(i + 1).padStart(4, "0"), segments };
        });
        const gs = { ...group, version: version === "00401" ? "004010" : "005010" };
        const written = writeInterchange({ header: { ...header, version }, groups: [{ header: gs, sets }] }, chosen);
        const report = readInterchangesSync(written, { library });
        expect(report.problems).toEqual([]);
        const [interchange] = report.interchanges;
        expect(interchange).toMatchObject({ verdict: "A", problems: [], delimiters: inForce });
        expect(interchange!.header).toEqual({ ...header, version, control: "000004711" });
        expect(interchange!.groups).toMatchObject([{ verdict: "A", header: gs }]);
        const read = interchange!.groups[0]!.transactionSets.map(({ offset, length, problems }) => {
          expect(problems).toEqual([]);
          return readTransactionSet(
            written.subarray(offset, offset + length),
            interchange!.delimiters,
            null,
          ).segments.slice(1, -1);
        });
        expect(read.map((segments) => segments.map(({ id, elements }) => [id, ...elements]))).toEqual(
          sets.map((s) => s.segments),
        );
      }),
      { numRuns: 200 },
    );
  });
});
