import { expect, test } from "vitest";
import { type AcceptVersions, acceptedVersion } from "../../src/x12/accepted-version.ts";
import { functionalAcknowledgment997 } from "../../src/x12/acknowledgment/functional-997.ts";
import { readInterchangesSync } from "../../src/x12/reader.ts";
import { loadSchemaLibrary } from "../../src/x12/schema-library.ts";
import { bytes, rightFile } from "./wire.ts";

const library = loadSchemaLibrary();

const cases: readonly [gs08: string, accept: AcceptVersions, expected: string | null, because: string][] = [
  ["004030VICS", {}, "004030", "a version that we have is read by itself"],
  ["004030", { "004030": "005010" }, "004030", "whatever else is said"],
  ["004060", {}, null, "one that we don't have is not read"],
  ["004060", { "004060": "004030" }, "004030", "unless it is named"],
  ["004060VICS", { "004060": "004030" }, "004030", "which is for its implementations too"],
  ["004060VICS", { "004060": "004030", "004060VICS": "005010" }, "005010", "if they are not named themselves"],
  ["004050", { "004060": "004030" }, null, "and for no other"],
  ["004060", { "004060": "009999" }, null, "nor by one that we don't have"],
  ["004060", "nearest", "004030", "the nearest is the latest that is not newer"],
  ["004020", "nearest", "004010", "and so it is between others"],
  ["007030", "nearest", "005010", "and beyond the last"],
  ["003040", "nearest", "004010", "and the oldest for what is older"],
  ["VICS", "nearest", null, "what has no version has no nearest"],
  ["constructor", {}, null, "and no name of a property is a version"],
];

test.each(cases)("%s with %j: %s (%s)", (gs08, accept, expected, _because) => {
  expect(acceptedVersion(library, gs08, accept)).toBe(expected);
});

test("a group that was read by another version is accepted, with a warning that its acknowledgment leaves out", () => {
  const report = readInterchangesSync(bytes(rightFile.replace("X*004010", "X*004060")), {
    library,
    acceptVersion: (gs08) => acceptedVersion(library, gs08, "nearest"),
  });
  const group = report.interchanges[0]!.groups[0]!;
  expect(group.problems).toMatchObject([
    { level: "group", code: "2", segment: "GS", element: 8, value: "004060", severity: "warning" },
  ]);
  expect(group.problems[0]!.message).toMatch(/^warning: .* read by 004030/);
  expect(functionalAcknowledgment997(group, { version: "004030" })).toEqual([
    ["AK1", "PO", "1", ""],
    ["AK2", "850", "0001", ""],
    ["AK5", "A"],
    ["AK9", "A", "1", "1", "1"],
  ]);
});
