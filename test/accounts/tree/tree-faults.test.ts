import { describe, expect, it } from "vitest";
import { AccountFileError, parseAccountFile } from "../../../src/accounts/account-file.ts";

const file = `id: north-hardware
name: North Hardware
timeZone: America/Chicago
identities:
  - usage: production
    theirs: { qualifier: "01", id: NORTH }
    ours: { qualifier: ZZ, id: CEDARRIVER }
calendar:
  hours: { from: "08:00", to: "12:00" }
orderResponse: { send: true, acknowledgmentType: AD }
divisions:
  - id: garden
    name: Garden
    recognisedBy: { contracts: [G] }
    rules:
      contact: { name: DESK }
    locations:
      - id: east
        name: East
        recognisedBy: { parties: [{ role: ST, ids: ["0318"] }] }
        rules: {}
  - id: tools
    name: Tools
    recognisedBy: { references: [{ qualifier: DP, values: ["7"] }] }
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

describe("an account file with divisions", () => {
  it("is read, with nothing put in that it does not say", () => {
    const { divisions } = parseAccountFile(file, "north.yaml");
    expect(divisions[0]?.rules).toEqual({ contact: { name: "DESK" } });
    expect(divisions[1]).toMatchObject({ rules: {}, locations: [] });
  });

  it.each<[string, string, string, string]>([
    [
      "a rule that there is none of",
      "contact: { name: DESK }",
      "kontact: { name: DESK }",
      "north.yaml:16: divisions[0].rules.kontact: there is no such setting here; check its spelling and its indentation",
    ],
    [
      "a field that is agreed on for the whole account",
      "contact: { name: DESK }",
      "duplicateWindowDays: 3",
      "north.yaml:16: divisions[0].rules.duplicateWindowDays: there is no such setting here; check its spelling and its indentation",
    ],
    [
      "null, which is no value",
      "contact: { name: DESK }",
      "timeZone: null",
      "north.yaml:16: divisions[0].rules.timeZone: must be a text",
    ],
    [
      "a value that is wrong by itself",
      "rules: {}",
      "rules: { payments: { discountGraceDays: 99 } }",
      "north.yaml:21: divisions[0].locations[0].rules.payments.discountGraceDays: Too big: expected number to be <=60",
    ],
    [
      "a value that is wrong only with what is inherited",
      "contact: { name: DESK }",
      'calendar: { hours: { from: "13:00" } }',
      "north.yaml:16: divisions[0].rules.calendar.hours.to: must be later than `from` (with what is inherited)",
    ],
    [
      "a location's value that is wrong only with the group's",
      "rules: {}",
      "rules: { orderResponse: { detail: none } }",
      "north.yaml:21: divisions[0].locations[0].rules.orderResponse.acknowledgmentType: says that there is detail, but `detail: none` leaves the lines out; use AK, AT or AH (with what is inherited)",
    ],
    [
      "a group of settings that lacks what nobody above says",
      "contact: { name: DESK }",
      'contact: { phone: "1" }',
      "north.yaml:16: divisions[0].rules.contact.name: is missing (with what is inherited)",
    ],
    [
      "two divisions that are known by the same sign",
      'references: [{ qualifier: DP, values: ["7"] }]',
      "contracts: [H, G]",
      "north.yaml:24: divisions[1].recognisedBy.contracts[1]: contract G is a sign of Garden already: a document can be of one only",
    ],
    [
      "two divisions with one id",
      "id: tools",
      "id: garden",
      'north.yaml:22: divisions[1].id: "garden" is the id of Garden already',
    ],
    [
      "a division that nothing tells",
      '\n    recognisedBy: { references: [{ qualifier: DP, values: ["7"] }] }',
      "",
      "north.yaml:22: divisions[1]: must say by what its documents are recognised (recognisedBy), or have locations that do",
    ],
    [
      "a sign that is none",
      "{ contracts: [G] }",
      "{}",
      "north.yaml:14: divisions[0].recognisedBy: must name at least one sign",
    ],
    [
      "a sender that is none of the account's identities",
      "{ contracts: [G] }",
      "{ interchange: [{ id: SOUTH }] }",
      "north.yaml:14: divisions[0].recognisedBy.interchange[0]: is none of the account's identities; add it to `identities`",
    ],
    [
      "a place that two divisions share of which one is known by its places only",
      '\n    recognisedBy: { references: [{ qualifier: DP, values: ["7"] }] }',
      '\n    locations: [{ id: e, name: Tools East, recognisedBy: { parties: [{ role: ST, ids: ["0318"] }] } }]',
      "north.yaml:24: divisions[1].locations[0].recognisedBy.parties[0].ids[0]: N1*ST 0318 is a sign of East of Garden already; say by what else the two divisions are recognised",
    ],
  ])("complains of %s", (_what, was, becomes, complaint) => {
    expect(file).toContain(was);
    expect(complaints(file.replace(was, becomes))).toEqual([complaint]);
  });
});
