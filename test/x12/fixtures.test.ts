import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type FileReport, loadSchemaLibrary, type Problem, readInterchangesSync } from "../../src/x12/index.ts";

/**
 * Whole files, each named by its fault. The verdicts read interchange(group:sets group:sets); a problem is told by level, code
 * and the segment or element it is about.
 */
const table: readonly (readonly [name: string, verdicts: string, problems: readonly string[]])[] = [
  ["blank", "", ["file empty"]],
  ["cut-within-a-segment", "R(R:R)", ["interchange 023 PO1", "group 3 GE", "set 2 SE"]],
  ["cut-within-isa-broken-into-lines", "R()", ["interchange 023 ISA"]],
  ["cut-within-isa", "R()", ["interchange 023 ISA"]],
  ["element-code-unknown", "A(R:R)", ["element 7 BEG01"]],
  ["empty", "", ["file empty"]],
  ["ge-control-differs", "A(R:A)", ["group 4 GE02"]],
  ["ge-control-with-zeros", "A(A:A)", []],
  ["ge-count-wrong", "A(R:A)", ["group 5 GE01"]],
  ["ge-missing", "A(R:A)", ["group 3 GE"]],
  ["group-empty", "E(A:)", ["interchange 024 GE"]],
  ["gs-control-no-number", "A(R:A)", ["group 6 GS06"]],
  ["gs-control-twice", "A(A:A R:A)", ["group 6 GS06"]],
  ["gs-date-wrong", "E(A:A)", ["interchange 024 GS04"]],
  ["gs-inside-set", "A(R:R A:A)", ["set 2 SE"]],
  ["gs-missing", "R()", ["interchange 022 ST", "interchange 021 IEA01"]],
  ["gs-sender-missing", "E(A:A)", ["interchange 024 GS02"]],
  ["gs-type-unknown", "A(R:A)", ["group 1 GS01"]],
  ["gs-version-unknown", "A(R:A)", ["group 2 GS08"]],
  ["iea-control-differs", "R(A:A)", ["interchange 001 IEA02"]],
  ["iea-count-wrong", "R(A:A)", ["interchange 021 IEA01"]],
  ["iea-missing-before-isa", "R(A:A) A(A:A)", ["interchange 022 IEA"]],
  ["iea-missing", "R(A:A)", ["interchange 023 IEA"]],
  ["iea-without-terminator", "E(A:A)", ["interchange 023 IEA"]],
  ["interchange-empty", "R()", ["interchange 024 IEA"]],
  ["interchange-twice", "A(A:A) R(A:A)", ["interchange 025 ISA13"]],
  ["isa-acknowledgment-requested-wrong", "E(A:A)", ["interchange 019 ISA14"]],
  ["isa-authorization-qualifier-unknown", "E(A:A)", ["interchange 010 ISA01"]],
  ["isa-component-separator-is-a-letter", "R()", ["interchange 027 ISA16"]],
  ["isa-control-no-number", "R(A:A)", ["interchange 018 ISA13", "interchange 001 IEA02"]],
  ["isa-control-trimmed", "E(A:A)", ["interchange 018 ISA13"]],
  ["isa-date-wrong", "E(A:A)", ["interchange 014 ISA09"]],
  ["isa-receiver-missing", "R(A:A)", ["interchange 008 ISA08"]],
  ["isa-receiver-qualifier-unknown", "R(A:A)", ["interchange 007 ISA07"]],
  ["isa-repetition-separator-is-a-letter", "E(A:A)", ["interchange 016 ISA11"]],
  ["isa-security-qualifier-unknown", "E(A:A)", ["interchange 012 ISA03"]],
  ["isa-sender-missing", "R(A:A)", ["interchange 006 ISA06"]],
  ["isa-sender-qualifier-unknown", "R(A:A)", ["interchange 005 ISA05"]],
  ["isa-sender-too-long", "E(A:A)", ["interchange 006 ISA06"]],
  ["isa-standard-not-u", "E(A:A)", ["interchange 016 ISA11"]],
  ["isa-terminator-missing", "R()", ["interchange 004 ISA16"]],
  ["isa-time-wrong", "E(A:A)", ["interchange 015 ISA10"]],
  [
    "isa-trimmed",
    "E(A:A)",
    ["interchange 011 ISA02", "interchange 013 ISA04", "interchange 006 ISA06", "interchange 008 ISA08"],
  ],
  ["isa-usage-wrong", "R(A:A)", ["interchange 020 ISA15"]],
  ["isa-version-wrong", "R(A:A)", ["interchange 017 ISA12"]],
  ["leading-data", "A(A:A)", ["file leading-data"]],
  ["lines-of-80-bytes", "A(A:A)", ["file wrapped-80"]],
  ["right-byte-order-mark", "A(A:A)", []],
  ["right-crlf-terminators", "A(A:A)", []],
  ["right-isa-inside-data", "A(A:A)", []],
  ["right-latin1-text", "A(A:A)", []],
  ["right-newline-terminators", "A(A:A)", []],
  ["right-other-delimiters", "A(A:A)", []],
  ["right-padded-with-1a", "A(A:A)", []],
  ["right-repetition-separator", "A(A:A)", []],
  ["right-ta1-only", "A()", []],
  ["right-terminator-and-crlf", "A(A:A)", []],
  ["right-two-interchanges", "A(A:A) A(A:A)", []],
  ["right-utf8-text", "A(A:A)", []],
  ["right", "A(A:A)", []],
  ["se-control-differs", "A(R:R)", ["set 3 SE02"]],
  ["se-count-no-number", "A(R:R)", ["set 4 SE01"]],
  ["se-count-wrong", "A(R:R)", ["set 4 SE01"]],
  ["se-missing", "A(P:RA)", ["set 2 SE"]],
  ["segment-between-sets", "E(A:AA)", ["interchange 024 NTE"]],
  ["segment-empty", "A(R:R)", ["segment 1 "]],
  ["segment-missing", "A(R:R)", ["segment 3 BEG"]],
  ["segment-outside-groups", "R(A:A)", ["interchange 024 NTE"]],
  ["segment-unknown", "A(R:R)", ["segment 1 XYZ"]],
  ["st-control-missing", "A(R:R)", ["set 7 ST02"]],
  ["st-control-too-short", "A(R:R)", ["set 7 ST02"]],
  ["st-control-twice", "A(P:AR)", ["set 23 ST02"]],
  ["st-missing", "E(R:A)", ["interchange 024 BEG", "group 5 GE01"]],
  ["st-type-no-identifier", "A(R:R)", ["set 6 ST01"]],
  ["st-type-of-another-group", "A(R:R)", ["set 18 ST01"]],
  ["st-type-unknown", "A(R:R)", ["set 1 ST01"]],
  ["ta1-inside-group", "E(A:A)", ["interchange 024 TA1"]],
  ["trailing-data", "A(A:A)", ["file trailing-data"]],
];

const folder = fileURLToPath(new URL("fixtures/", import.meta.url));
const library = loadSchemaLibrary();

function verdictsOf(report: FileReport): string {
  return report.interchanges
    .map(({ verdict, groups }) => {
      const inside = groups.map(
        (group) => `${group.verdict}:${group.transactionSets.map((set) => set.verdict).join("")}`,
      );
      return `${verdict}(${inside.join(" ")})`;
    })
    .join(" ");
}

function problemsOf(report: FileReport): string[] {
  const problems: Problem[] = [...report.problems];
  for (const interchange of report.interchanges) {
    problems.push(...interchange.problems);
    for (const group of interchange.groups) {
      problems.push(...group.problems, ...group.transactionSets.flatMap((set) => set.problems));
    }
  }
  return problems.map(({ level, code, segment, element }) => {
    const place = segment === null ? "" : ` ${segment}${element === null ? "" : String(element).padStart(2, "0")}`;
    return `${level} ${code}${place}`;
  });
}

describe("files named by their fault", () => {
  it.each(table)("%s", (name, verdicts, problems) => {
    const report = readInterchangesSync(readFileSync(`${folder}${name}.edi`), { library });
    expect(problemsOf(report)).toEqual(problems);
    expect(verdictsOf(report)).toBe(verdicts);
  });

  it("leaves no file out", () => {
    const files = readdirSync(folder).map((file) => file.replace(/\.edi$/, ""));
    expect(table.map(([name]) => name).sort()).toEqual(files.sort());
  });
});
