import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { GuideShelf } from "../../src/accounts/guide-shelf.ts";
import { guide } from "../../src/accounts/rules/guide.ts";
import { type Draft, partiesFor, provisionalNumbers, writeDraft } from "../../src/pipeline/draft.ts";
import { checkOutgoing } from "../../src/pipeline/outgoing-check.ts";
import { openProfileCheck } from "../../src/pipeline/profile-check.ts";
import { loadSchemaLibrary } from "../../src/x12/index.ts";
import { profile } from "../accounts/profiles.ts";

/** A house version of 004010, whose order response knows a purpose of its own. */
const folder = mkdtempSync(join(tmpdir(), "portico-own-version-"));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, "004010NORTH"));
writeFileSync(join(folder, "004010NORTH", "based-on.txt"), "004010\n");
writeFileSync(join(folder, "004010NORTH", "codes.txt"), "353 +\n  ZQ\n");

const installed = loadSchemaLibrary();
const withOwn = loadSchemaLibrary({ folders: [folder] });
const north = profile({ x12: { version: "004010NORTH" } });
const draft: Draft = {
  parties: partiesFor(north, "production").parties,
  usage: "production",
  ta1s: [],
  groups: [
    {
      functionalId: "PR",
      senderCode: "CEDARRIVER",
      receiverCode: "NORTH",
      version: north.x12.version,
      sets: [
        {
          type: "855",
          segments: [
            ["BAK", "ZQ", "AD", "4711", "20250310"],
            ["PO1", "1", "12", "EA", "2.5"],
            ["CTT", "1"],
          ],
        },
      ],
    },
  ],
};

describe("an account with a version of its own", () => {
  test("may be written to in it, where the folder of schemas has it", () => {
    const rule = guide.parse({ name: "North", set: "855", segments: [{ segment: "BAK", max: 1 }] });
    expect(openProfileCheck(withOwn)(north)).toEqual([]);
    expect(openProfileCheck(withOwn)({ ...north, guides: [rule] })).toEqual([]);
  });

  test("is refused with the versions that there are, where it has not", () => {
    expect(openProfileCheck(installed)(north)).toEqual([
      {
        path: "x12.version",
        message:
          "There are no schemas of version 004010NORTH. Use one of 004010, 004030, 005010, or put 004010NORTH into the folder of schemas.",
      },
    ]);
  });

  test("gets the interchange version that goes with it, and no other that X12 never had", () => {
    expect(north.x12.interchangeVersion).toBe("00401");
    expect(profile({ x12: { version: "006020" } }).x12.interchangeVersion).toBe("00602");
    const odd = profile({ x12: { interchangeVersion: "00999" } });
    expect(openProfileCheck(installed)(odd)).toEqual([
      { path: "x12.interchangeVersion", message: expect.stringContaining("00999 is no version") },
    ]);
  });

  test("gets files that are checked by that version, and by no other", async () => {
    const at = new Date("2025-03-10T15:00:00Z");
    const written = Buffer.from(writeDraft(draft, north, provisionalNumbers, at)).toString();
    expect(written).toContain("*U*00401*");
    expect(written).toMatch(/GS\*PR\*CEDARRIVER\*NORTH\*\d{8}\*\d{4}\*1\*X\*004010NORTH~/);
    const guides = GuideShelf.empty;
    expect(await checkOutgoing({ library: withOwn, guides }, north, draft)).toEqual([]);
    expect(await checkOutgoing({ library: installed, guides }, north, draft)).toEqual([
      expect.stringMatching(/^BAK01 .* holds "ZQ", which is not in the code list/),
    ]);
  });
});
