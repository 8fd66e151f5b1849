import { expect, test } from "vitest";
import { GuideShelf } from "../../src/accounts/guide-shelf.ts";
import { guide } from "../../src/accounts/rules/guide.ts";
import { NeedsHuman } from "../../src/errors.ts";
import { guidesOf } from "../../src/pipeline/account-directory.ts";
import { openProfileCheck } from "../../src/pipeline/profile-check.ts";
import { loadSchemaLibrary } from "../../src/x12/index.ts";
import { profile } from "../accounts/profiles.ts";

const shelf = new GuideShelf([
  { name: "industry/stores", file: "stores.yaml", guide: guide.parse({ name: "Stores", set: "850" }) },
  {
    name: "industry/packs",
    file: "packs.yaml",
    guide: guide.parse({ name: "Packs", set: "850", segments: [{ segment: "BSN", max: 1 }] }),
  },
]);
const check = openProfileCheck(loadSchemaLibrary(), shelf);

test("a profile may name guides that are there and fit", () => {
  expect(check(profile({ guides: ["industry/stores"] }))).toEqual([]);
});

test("one that is not there, or does not fit, is told with its place in the profile", () => {
  expect(check(profile({ guides: ["industry/stores", "industry/shops", "industry/packs"] }))).toEqual([
    { path: "guides[1]", message: expect.stringContaining('There is no guide "industry/shops"') },
    { path: "guides[2]", message: "Packs: 850 in 004010 has no segment BSN." },
  ]);
});

test("an account whose guide was taken away waits for a person", () => {
  const account = profile({ guides: ["industry/gone"] });
  expect(() => guidesOf(account, "850", shelf)).toThrow(NeedsHuman);
  expect(() => guidesOf(account, "850", shelf)).toThrow("The account north-hardware can't be served");
});
