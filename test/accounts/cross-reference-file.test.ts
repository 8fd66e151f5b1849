import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readCrossReferences, writeCrossReferences } from "../../src/accounts/cross-reference-file.ts";

const heading = "kind,theirs,ours";

describe("a file of cross-references", () => {
  it("is read as spreadsheets write it: byte order mark, CRLF, quotes, other columns, any order", () => {
    const { pairs, faults } = readCrossReferences(
      '\uFEFFOurs,note,Kind,Theirs\r\n"CR-KET, 17",kettle,item,1009918\r\n\r\nJOLIET-DC,,location,0318\r\n',
    );
    expect(faults).toEqual([]);
    expect(pairs).toEqual([
      { kind: "item", theirs: "1009918", ours: "CR-KET, 17" },
      { kind: "location", theirs: "0318", ours: "JOLIET-DC" },
    ]);
  });

  it("comes back as it was written", () => {
    const csv = readFileSync(new URL("../../samples/cross-references/harbor-retail.csv", import.meta.url), "utf8");
    const { pairs, faults } = readCrossReferences(csv);
    expect(faults).toEqual([]);
    expect(writeCrossReferences(pairs)).toBe(csv);
  });

  it.each([
    ["", "columns kind, theirs, ours; kind and theirs and ours are missing"],
    ["kind,ours\nitem,A\n", "theirs is missing"],
    [`${heading}\nstore,1,A\n`, 'kind is "store"'],
    [`${heading}\nitem,,A\n`, "theirs is empty"],
    [`${heading}\nitem,1\n`, "ours is empty"],
    [`${heading}\nitem,1,A\nitem,1,B\n`, "stands on line 2 already"],
    [`${heading}\nitem,"1,A\n`, "no CSV"],
    [`${heading}\nitem,1,${"9".repeat(81)}\n`, "longer than 80"],
  ])("that is wrong (%j) says so with the line", (csv, message) => {
    const { faults } = readCrossReferences(csv);
    expect(faults).toHaveLength(1);
    expect(faults[0]?.message).toContain(message);
  });

  it("that is of another kind altogether is told in fifty lines, not a million", () => {
    const { faults } = readCrossReferences(`${heading}\n${"x,y,z\n".repeat(10_000)}`);
    expect(faults).toHaveLength(50);
  });
});
