import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { AccountFileError, parseAccountFile } from "../../src/accounts/account-file.ts";

const file = `id: north-hardware
name: North Hardware
timeZone: America/Chicago
identities:
  - usage: production
    theirs: { qualifier: "01", id: NORTH }
    ours: { qualifier: ZZ, id: CEDARRIVER }
`;

function complaints(text: string): string[] {
  try {
    parseAccountFile(text, "north.yaml");
  } catch (error) {
    if (error instanceof AccountFileError) return error.message.split("\n");
    throw error;
  }
  return [];
}

describe("an account file", () => {
  it("needs little: everything else has a default", () => {
    expect(parseAccountFile(file, "north.yaml")).toMatchObject({
      id: "north-hardware",
      x12: {
        version: "004010",
        interchangeVersion: "00401",
        delimiters: { element: "*", segment: "~", component: ">", repetition: "^" },
        lineBreaks: "none",
      },
      acknowledgments: { kind: "997", listAccepted: true, interchange: "when-asked" },
      orderResponse: { send: false },
      delivery: { mailbox: {} },
      guides: [],
      duplicateWindowDays: 365,
    });
  });

  it.each([["harbor-retail"], ["summit-industrial"]])("reads the sample account %s", (name) => {
    const text = readFileSync(new URL(`../../samples/accounts/${name}.yaml`, import.meta.url), "utf8");
    expect(parseAccountFile(text, `${name}.yaml`)).toMatchObject({ id: name });
  });

  it("takes the interchange version that goes with the version of the sets", () => {
    expect(parseAccountFile(`${file}x12: { version: "005010" }`, "north.yaml").x12.interchangeVersion).toBe("00501");
    const both = `${file}x12: { version: "005010", interchangeVersion: "00401" }`;
    expect(parseAccountFile(both, "north.yaml").x12.interchangeVersion).toBe("00401");
  });

  it.each<[string, string, string]>([
    [
      "a misspelt setting",
      `${file}timezone: x`,
      "north.yaml:8: timezone: there is no such setting here; check its spelling and its indentation",
    ],
    ["a missing setting", file.replace("name: North Hardware\n", ""), "north.yaml:1: name: is missing"],
    [
      "a number without quotes",
      file.replace('"01"', "01"),
      "north.yaml:6: identities[0].theirs.qualifier: must be a text; put it in quotes",
    ],
    [
      "a word that is none of the choices",
      file.replace("production", "live"),
      "north.yaml:5: identities[0].usage: must be production or test",
    ],
    [
      "a time zone that does not exist",
      file.replace("Chicago", "Gotham"),
      'north.yaml:3: timeZone: "America/Gotham" is no IANA time zone; write for example America/Chicago',
    ],
    [
      "an offset in place of a time zone",
      file.replace("America/Chicago", '"+05:00"'),
      'north.yaml:3: timeZone: "+05:00" is no IANA time zone; write for example America/Chicago',
    ],
    [
      "an id too long for the ISA",
      file.replace("NORTH }", "NORTHNORTHNORTHN }"),
      "north.yaml:6: identities[0].theirs.id: must be 1 to 15 characters with no blank at either end (ISA06, ISA08)",
    ],
    [
      "no identity",
      file.replace(/identities:[\s\S]*/, "identities: []\n"),
      "north.yaml:4: identities: must name at least one identity",
    ],
    [
      "two delimiters alike",
      `${file}x12: { delimiters: { component: "*" } }`,
      "north.yaml:8: x12.delimiters: must be four different characters",
    ],
    [
      "a letter as delimiter",
      `${file}x12: { delimiters: { element: X } }`,
      "north.yaml:8: x12.delimiters.element: must not be a letter, a digit, a blank or part of a number",
    ],
    [
      "a 999 in a version that has none",
      `${file}acknowledgments: { kind: "999" }`,
      "north.yaml:8: acknowledgments.kind: there is no 999 in 004010; use 997, or set x12.version to 005010",
    ],
    [
      "a push without encryption",
      `${file}delivery: { push: { url: "http://north.example" } }`,
      "north.yaml:8: delivery.push.url: must be https; plain http is for localhost only",
    ],
    [
      "a password in an address",
      `${file}delivery: { push: { url: "https://u:p@north.example" } }`,
      "north.yaml:8: delivery.push.url: must not carry a user or password; put them into headers, which are kept out of sight",
    ],
    [
      "a pattern that is none",
      `${file}guides:\n  - name: G\n    set: "850"\n    segments:\n      - segment: REF\n        elements: [{ element: 2, pattern: "(" }]`,
      'north.yaml:13: guides[0].segments[0].elements[0].pattern: "(" is not a regular expression',
    ],
    [
      "a priority rule without a condition",
      `${file}priority: [{ name: all, level: high, when: {} }]`,
      "north.yaml:8: priority[0].when: must name at least one condition; write `always: true` for every order",
    ],
    [
      "a response that promises detail and has none",
      `${file}orderResponse: { send: true, detail: none, acknowledgmentType: AD }`,
      "north.yaml:8: orderResponse.acknowledgmentType: says that there is detail, but `detail: none` leaves the lines out; use AK, AT or AH",
    ],
  ])("names line, path and mend for %s", (_, text, complaint) => {
    expect(complaints(text)).toEqual([complaint]);
  });

  it("names everything that is wrong at once", () => {
    const text = file.replace("Chicago", "Gotham").replace("production", "live");
    expect(complaints(text)).toHaveLength(2);
  });

  it("names the line of text that is no YAML", () => {
    expect(complaints('id: "north\n')[0]).toMatch(/^north\.yaml:\d+: Missing closing/);
  });

  it("does not take a file that is empty or a list", () => {
    expect(complaints("")).toEqual(["north.yaml: must be a group of settings"]);
    expect(complaints("- id: north")).toEqual(["north.yaml:1: must be a group of settings"]);
  });
});
