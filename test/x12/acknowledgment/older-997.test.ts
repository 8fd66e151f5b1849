import { describe, expect, test } from "vitest";
import {
  acceptedVersion,
  defaultDelimiters,
  functionalAcknowledgment997,
  type InterchangeHeader,
  loadSchemaLibrary,
  type Problem,
  readInterchangesSync,
  version997,
  writeCheckedInterchange,
} from "../../../src/x12/index.ts";
import { bytes, gs, isa, order, trailers } from "../wire.ts";

const library = loadSchemaLibrary();
const nearest = (gs08: string) => acceptedVersion(library, gs08, "nearest");

test.each([
  ["003040", "003040"],
  ["003060VICS", "003060"],
  ["003072", "003072"],
  ["003030", "004010"],
  ["004010VICS", "004010"],
  ["004060", "004010"],
  ["", "004010"],
])("the 997 of a group in %j is in %s", (gs08, expected) => {
  expect(version997(library, gs08, "004010")).toBe(expected);
});

/** The group of an older version, read by 004010: the second set has a component that is wrong and the first one's number. */
function groupIn(version: string) {
  const wrong = order.replace("REF*DP*038", "REF*DP*038**?X:1");
  const file = `${isa}${gs.replace("20240115", "240115").replace("004010", version)}${order}${wrong}${trailers.replace("GE*1", "GE*2")}`;
  const [interchange] = readInterchangesSync(bytes(file), { library, acceptVersion: nearest }).interchanges;
  expect(interchange!.problems).toEqual([]);
  return interchange!.groups[0]!;
}

describe.each([
  ["003040", "4", "7"],
  ["003050", ["4", "1", ""], "7"],
  ["003070", ["4", "1", ""], "23"],
])("a 997 in %s", (version, place, duplicate) => {
  const group = groupIn(version);
  const segments = functionalAcknowledgment997(group, { version: version997(library, version, "004010") });

  test("has the place and the codes that its version has, and no reference to one", () => {
    expect(segments).toEqual([
      ["AK1", "PO", "1", ""],
      ["AK2", "850", "0001", ""],
      ["AK5", "A"],
      ["AK2", "850", "0001", ""],
      ["AK3", "REF", "3", "", "8"],
      ["AK4", place, "128", "7", "?X"],
      ["AK5", "R", duplicate, "5"],
      ["AK9", "P", "2", "2", "1"],
    ]);
  });

  test("is written with its own GS08 and a date of six digits, and is right by the oldest version that we have", () => {
    const out = { functionalId: "FA", senderCode: "HARBOR", receiverCode: "ACME", control: "1", agency: "X" };
    const written = writeCheckedInterchange(
      {
        header,
        groups: [
          {
            header: { ...out, date: "20240115", time: "1200", version },
            sets: [{ type: "997", control: "0001", segments }],
          },
        ],
      },
      { ...defaultDelimiters, lineBreak: "" },
      { library, acceptVersion: nearest },
    );
    expect(Buffer.from(written).toString()).toContain(`~GS*FA*HARBOR*ACME*240115*1200*1*X*${version}~ST*997*`);
  });
});

test("what is long for an older AK303 is left out", () => {
  const group = groupIn("003040");
  const problem = { ...group.transactionSets[1]!.problems.find(({ level }) => level === "element")! };
  const inLoop: Problem = { ...problem, loop: "0310A" };
  const [set] = group.transactionSets;
  const told = { ...group, transactionSets: [{ ...set!, verdict: "R" as const, problems: [inLoop] }] };
  const ak3 = (version: string) => functionalAcknowledgment997(told, { version }).find(([id]) => id === "AK3");
  expect(ak3("003040")).toEqual(["AK3", "REF", "3", "", "8"]);
  expect(ak3("004010")).toEqual(["AK3", "REF", "3", "0310A", "8"]);
});

const header: InterchangeHeader = {
  authorizationQualifier: "00",
  authorization: "",
  securityQualifier: "00",
  security: "",
  senderQualifier: "ZZ",
  senderId: "HARBOR",
  receiverQualifier: "ZZ",
  receiverId: "ACME",
  date: "240115",
  time: "1200",
  version: "00304",
  control: "7",
  acknowledgmentRequested: false,
  usage: "P",
};
