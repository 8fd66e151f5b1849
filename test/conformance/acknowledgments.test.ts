import { describe, expect, it } from "vitest";
import {
  type GroupHeader,
  type InterchangeHeader,
  readInterchangesSync,
  writeInterchange,
} from "../../src/x12/index.ts";
import { summaryOf } from "./answer-codes.ts";
import { answersTo, delimiters, library, reportOf } from "./answers.ts";
import { allFiles, expectedAnswer, fileOf, names, tableRows } from "./conformance-files.ts";

const kinds = ["ta1", "997", "999"] as const;

/**
 * Answers that must quote what the code lists of their version don't have (a set type or a functional group that nobody knows, or
 * a later version alone): the one problem that our own validator may have with them, by the segments that it is in.
 */
const quotesTheUnknown: Readonly<Record<string, readonly string[]>> = {
  "group-type-in-small-letters": ["AK1"],
  "group-type-missing": ["AK1"],
  "group-type-unknown": ["AK1"],
  "group-type-unknown-in-004030": ["AK1"],
  "group-type-unknown-in-005010": ["AK1"],
  "group-with-three-faults": ["AK1"],
  "set-999-in-004010": ["AK2"],
  "set-type-missing": ["AK2"],
  "set-type-no-identifier-in-004030": ["AK2"],
  "set-type-no-identifier-in-005010": ["AK2"],
  "set-type-not-in-this-version": ["AK1", "AK2"],
  "set-type-unknown": ["AK2"],
  "set-type-unknown-in-004030": ["AK2"],
  "set-type-unknown-in-005010": ["AK2"],
};

describe("acknowledgments of whole files", () => {
  it("has files for more than 150 situations", () => {
    expect(names.length).toBeGreaterThan(150);
  });

  it("has an entry in the table of README.md for each, with what it is answered with", () => {
    const table = tableRows();
    expect(table.map((row) => row.name)).toEqual(names.toSorted());
    for (const { name, answer } of table) {
      expect(answer, name).toBe(summaryOf(expectedAnswer(name, "ta1"), expectedAnswer(name, "997")));
    }
  });

  it("has no answer without its file", () => {
    const files = new Set(names);
    expect(allFiles.filter((file) => !files.has(file.replace(/(\.(ta1|997|999))?\.edi$/, "")))).toEqual([]);
  });

  it.each(names)("%s", (name) => {
    const answers = answersTo(reportOf(fileOf(name)));
    const texts = {
      ta1: answers.ta1.join(""),
      "997": answers["997"].map(({ text }) => text).join(""),
      "999": answers["999"].map(({ text }) => text).join(""),
    };
    for (const kind of kinds) expect(texts[kind] || null, kind).toBe(expectedAnswer(name, kind));
  });

  it.each(names)("%s is answered with what our own validator accepts", (name) => {
    const inbound = reportOf(fileOf(name));
    const answers = answersTo(inbound);
    const [first] = inbound.interchanges;
    const ta1s = answers.ta1.map((line) => line.replace(/~\n$/, "").split("*") as [string, ...string[]]);
    const faulty = new Set<string | null>();
    for (const { version, text } of [...answers["997"], ...answers["999"]]) {
      const written = writeInterchange(
        {
          header: answerHeader(first!.header, version),
          groups: [{ header: groupHeader(version), sets: [text] }],
          ta1s,
        },
        delimiters,
      );
      const report = readInterchangesSync(written, { library });
      const [interchange] = report.interchanges;
      expect(report.problems).toEqual([]);
      expect(interchange).toMatchObject({ verdict: "A", problems: [] });
      expect(interchange!.ta1s).toHaveLength(ta1s.length);
      const { problems, transactionSets } = interchange!.groups[0]!;
      expect(problems).toEqual([]);
      for (const problem of transactionSets.flatMap((set) => set.problems)) faulty.add(problem.segment);
    }
    expect([...faulty]).toEqual(quotesTheUnknown[name] ?? []);
  });
});

/** A right header for the interchange turned round, in a version of the controls that suits the answer's. */
function answerHeader(inbound: InterchangeHeader, version: string): InterchangeHeader {
  return {
    authorizationQualifier: "00",
    authorization: "",
    securityQualifier: "00",
    security: "",
    senderQualifier: "01",
    senderId: "123456789",
    receiverQualifier: inbound.senderQualifier,
    receiverId: inbound.senderId.slice(0, 15),
    version: version.startsWith("005010") ? "00501" : version === "004030" ? "00403" : "00401",
    date: "240116",
    time: "1000",
    control: "1",
    acknowledgmentRequested: false,
    usage: "P",
  };
}

function groupHeader(version: string): GroupHeader {
  return {
    functionalId: "FA",
    senderCode: "SUPPLIER",
    receiverCode: "HARBOR",
    date: "20240116",
    time: "1000",
    control: "1",
    agency: "X",
    version,
  };
}
