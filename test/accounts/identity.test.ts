import { describe, expect, it } from "vitest";
import type { AccountProfileInput } from "../../src/accounts/account.ts";
import { AccountFileError, parseAccountFile } from "../../src/accounts/account-file.ts";
import { outputFor } from "../../src/accounts/identity.ts";
import { profile } from "./profiles.ts";

const ours = { qualifier: "ZZ", id: "CEDARRIVER" };
const theirs = { qualifier: "01", id: "NORTH" };

/** Production as the account has it, and tests as this says. */
const withTests = (x12: object, more: Partial<AccountProfileInput> = {}): AccountProfileInput => ({
  id: "north-hardware",
  name: "North Hardware",
  timeZone: "America/Chicago",
  identities: [
    { usage: "production", theirs, ours },
    { usage: "test", theirs, ours, x12 },
  ],
  ...more,
});

function complaints(input: object): string[] {
  try {
    parseAccountFile(JSON.stringify(input), "north.json");
  } catch (error) {
    if (error instanceof AccountFileError) return error.issues.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
  return [];
}

describe("an identity with a version of its own", () => {
  const account = profile(withTests({ version: "005010", delimiters: { element: "|" } }));
  const [production, tests] = account.identities;

  it("is written to in that, with the interchange version that goes with it, and the rest as the account has it", () => {
    expect(production && outputFor(account, production)).toBe(account.x12);
    expect(tests && outputFor(account, tests)).toEqual({
      ...account.x12,
      version: "005010",
      interchangeVersion: "00501",
      delimiters: { ...account.x12.delimiters, element: "|" },
    });
  });

  it("keeps the account's interchange version where it names no version of its own", () => {
    const other = profile(withTests({ lineBreaks: "lf" }, { x12: { interchangeVersion: "00400" } }));
    expect(other.identities[1] && outputFor(other, other.identities[1])).toMatchObject({
      interchangeVersion: "00400",
      lineBreaks: "lf",
    });
  });

  it("is refused where it can't be written to, or can't have the acknowledgment agreed on", () => {
    expect(complaints(withTests({ delimiters: { element: "~" } }))).toEqual([
      "identities[1].x12.delimiters: must be four different characters",
    ]);
    const with999 = { acknowledgments: { kind: "999" }, x12: { version: "005010" } } as const;
    expect(complaints(withTests({ version: "004010" }, with999))).toEqual([
      "identities[1].x12.version: there is no 999 in 004010, and the account gets 999s",
    ]);
    expect(complaints(withTests({ version: "4010" }))).toEqual([
      'identities[1].x12.version: must be a version as GS08 has it, for example "004010"',
    ]);
  });
});
