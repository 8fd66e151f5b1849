import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { calendarRule } from "../../../src/accounts/calendar.ts";
import { contactFor, priceContactFor } from "../../../src/accounts/contacts/document-contact.ts";
import {
  type DocumentWithContact,
  documentRoles,
  withoutPrivateNumbers,
} from "../../../src/accounts/rules/dedicated-contacts.ts";
import { accountWith, team } from "./contacts-under-test.ts";

const page = readFileSync(new URL("../../../docs/rules/contacts.md", import.meta.url), "utf8");
const noon = (day: string) => new Date(`${day}T12:00:00-06:00`);
const whole = accountWith(team);

describe("whom a document names", () => {
  it.each([
    ["order-response", "2026-11-25", "OC", "ANNA LINDQVIST", "ANNA LINDQVIST is OC (order contact)."],
    [
      "order-change-response",
      "2026-11-23",
      "OC",
      "BEN OKAFOR",
      "ANNA LINDQVIST is away from 2026-11-23 to 2026-11-24. BEN OKAFOR stands in for ANNA LINDQVIST as OC (order contact).",
    ],
    ["shipment", "2026-11-25", "SD", "BEN OKAFOR", "BEN OKAFOR is SD (shipping)."],
    [
      "shipment",
      "2026-11-24",
      "SD",
      "CARLA DIAZ",
      "BEN OKAFOR is away from 2026-11-24 to 2026-11-24. CARLA DIAZ stands in for BEN OKAFOR as SD (shipping).",
    ],
    ["invoice", "2026-11-25", "AR", "RECEIVABLES DESK", "RECEIVABLES DESK is AR (accounts receivable)."],
    [
      "invoice",
      "2026-11-26",
      "AR",
      "RECEIVABLES DESK",
      "RECEIVABLES DESK does not work on 2026-11-26; RECEIVABLES DESK works from 2026-11-27 on. RECEIVABLES DESK is AR (accounts receivable).",
    ],
    ["inventory-advice", "2026-11-25", "SR", "ANNA LINDQVIST", "ANNA LINDQVIST is SR (sales representative)."],
    ["price-catalog", "2026-11-25", "SR", "ANNA LINDQVIST", "ANNA LINDQVIST is SR (sales representative)."],
    ["order-status-report", "2026-11-25", "OC", "ANNA LINDQVIST", "ANNA LINDQVIST is OC (order contact)."],
  ] as [DocumentWithContact, string, string, string, string][])("%s of %s: %s %s", (type, day, role, name, reason) => {
    const named = contactFor(whole, type, noon(day));
    expect(named.contact).toMatchObject({ role, name });
    expect(named.reason).toBe(reason);
  });

  it("is somebody by what is published of them, in that order", () => {
    expect(contactFor(whole, "shipment", noon("2026-11-24")).contact?.channels).toEqual([
      { qualifier: "EM", word: "e-mail", value: "carla@cedar-river.example" },
      { qualifier: "CP", word: "cell phone", value: "5635550177" },
    ]);
    expect(JSON.stringify(contactFor(whole, "order-response", noon("2026-11-25")))).not.toContain("5635550199");
  });

  it("is nobody who is away: then the next role, then the simple contact, then nobody", () => {
    const away = [{ from: "2026-11-01", to: "2026-11-30" }];
    const alone = accountWith({ people: [{ id: "a", name: "A", roles: ["OC"], absences: away }] });
    expect(contactFor(alone, "order-response", noon("2026-11-25"))).toEqual({
      contact: null,
      reason:
        "A is away from 2026-11-01 to 2026-11-30. Nobody else is OC (order contact) or SR (sales representative).",
    });
    const simple = { ...alone, contact: { name: "DESK", role: "OC" } };
    expect(contactFor(simple, "order-response", noon("2026-11-25")).contact).toMatchObject({ name: "DESK" });
    const two = accountWith({
      people: [
        { id: "a", name: "A", roles: ["OC"], absences: away },
        { id: "b", name: "B", roles: ["SR"] },
      ],
    });
    expect(contactFor(two, "order-response", noon("2026-11-25")).contact).toMatchObject({ role: "SR", name: "B" });
  });

  it("is as the account's guide takes it, and nobody where the rules want nobody", () => {
    const notOC = (role: string) => role !== "OC";
    expect(contactFor(whole, "order-response", noon("2026-11-25"), notOC).contact?.role).toBe("SR");
    expect(contactFor(whole, "order-response", noon("2026-11-25"), () => false)).toEqual({
      contact: null,
      reason: "The account's guide takes none of the roles in PER01.",
    });
    const quiet = accountWith({ ...team, documents: { invoice: [] } }, { contact: { name: "DESK", role: "OC" } });
    expect(contactFor(quiet, "invoice", noon("2026-11-25")).contact).toBeNull();
  });

  it("for prices is whom their rule names, else the person with PF", () => {
    const priced = accountWith({ people: [{ id: "m", name: "MILA", roles: ["prices"] }] });
    expect(priceContactFor(priced, noon("2026-11-25"))).toMatchObject({ role: "PF", name: "MILA" });
    const own = { ...priced, pricing: { contact: { name: "OWN", role: "PF" } } } as never;
    expect(priceContactFor(own, noon("2026-11-25"))).toMatchObject({ name: "OWN" });
  });

  it("an account sees no private numbers, and not why somebody is away", () => {
    const seen = JSON.stringify(withoutPrivateNumbers(whole.contacts));
    expect(seen).not.toMatch(/surgery|5635550199|5635550111/);
    expect(seen).toMatch(/5635550177.*2026-11-23|2026-11-23.*5635550177/);
  });
});

describe("the page about contacts", () => {
  const { contacts } = parse(/```yaml\n(contacts:[\s\S]*?)```/.exec(page)?.[1] ?? "");
  const account = accountWith(contacts, { calendar: calendarRule.parse({ holidays: ["2026-12-25"] }) });
  const typeOf: Record<string, DocumentWithContact> = {
    "855": "order-response",
    "865": "order-change-response",
    "856": "shipment",
    "810": "invoice",
    "846": "inventory-advice",
    "832": "price-catalog",
    "870": "order-status-report",
  };
  const rows = [...page.matchAll(/^\| (\d{3}) \| (\d{4}-\d\d-\d\d) \| .* \| `(.*)` \|$/gm)];

  it("has a row for each set at least", () => {
    expect([...new Set(rows.map(([, set]) => set))].sort()).toEqual(Object.keys(typeOf).sort());
  });

  it.each(rows.map(([, ...cells]) => cells as [string, string, string]))("%s on %s: %s", (set, day, segment) => {
    const { contact } = contactFor(account, typeOf[set] as DocumentWithContact, noon(day));
    const channels = contact?.channels?.flatMap(({ qualifier, value }) => [qualifier, value]) ?? [];
    expect(["PER", contact?.role, contact?.name, ...channels].join("*")).toBe(segment);
  });

  it("says which roles each type of document asks for", () => {
    for (const [set, type] of Object.entries(typeOf)) {
      const [, roles] = new RegExp(`\\(.*\\b${set}\\b.*\\) \\| (.*) \\|`).exec(page) ?? [];
      expect(roles, set).toBe(documentRoles[type].join(", "));
    }
  });
});
