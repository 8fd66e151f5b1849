import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { firstTelling, nextTelling, stepAt, type Telling } from "../../../src/accounts/contacts/alert-duty.ts";
import { alertPlan } from "../../../src/accounts/rules/alerts.ts";
import { type ContactsRuleInput, contactsRule } from "../../../src/accounts/rules/dedicated-contacts.ts";
import { accountWith, team } from "./contacts-under-test.ts";

const at = (text: string) => new Date(text);
const planFor = (role: string, more: object = {}) => ({
  ...{ roles: [role], channels: ["email" as const], urgent: false, gatherMinutes: 0, everyMinutes: 0, escalate: [] },
  ...more,
});
const shown = (telling: Telling): string =>
  "now" in telling
    ? `now ${telling.now.map(({ who }) => who.id).join(" ")}`
    : "later" in telling
      ? `later ${telling.later.toISOString()}`
      : telling.nobody;

describe("who is told first", () => {
  it.each([
    ["the holder of the role", "OC", false, "2026-11-25T10:00:00-06:00", "now anna"],
    ["the deputy of who is away", "OC", false, "2026-11-23T10:00:00-06:00", "now ben"],
    ["at night nobody, before work begins", "OC", false, "2026-11-25T02:00:00-06:00", "later 2026-11-25T14:00:00.000Z"],
    ["what is urgent, at night: who is on call", "OC", true, "2026-11-25T02:00:00-06:00", "now noor"],
    [
      "on a holiday, the first who works again",
      "AR",
      false,
      "2026-11-26T10:00:00-06:00",
      "later 2026-11-27T14:00:00.000Z",
    ],
    ["a role that nobody has: the sales representative", "CD", false, "2026-11-25T10:00:00-06:00", "now anna"],
  ])("%s (%s, urgent %s, %s)", (_, role, urgent, when, expected) => {
    expect(shown(firstTelling(accountWith(team), planFor(role, { urgent }), at(when)))).toBe(expected);
  });

  it("is whoever is on duty in each of several roles, once", () => {
    const plan = planFor("OC", { roles: ["OC", "SR", "AR"] });
    expect(shown(firstTelling(accountWith(team), plan, at("2026-11-25T10:00:00-06:00")))).toBe("now anna receivables");
  });

  it("is the account manager by id or name where nobody has the role, else anybody", () => {
    const noon = at("2026-11-25T12:00:00-06:00");
    const named = (accountManager: string) => ({ ...accountWith(team), accountManager });
    expect(shown(firstTelling(named("ben"), planFor("CD"), noon))).toBe("now ben");
    expect(shown(firstTelling(named("Ben Okafor"), planFor("CD"), noon))).toBe("now ben");
    const one = accountWith({ people: [{ id: "z", name: "Z", roles: ["EA"] }] });
    expect(firstTelling(one, planFor("CD"), noon)).toEqual({
      now: [
        {
          who: one.contacts.people[0],
          reason: "Nobody is named as CD (contracts). Z is contact of the account.",
        },
      ],
    });
    expect(firstTelling(accountWith({}), planFor("CD"), noon)).toEqual({
      nobody: "Nobody is named as CD (contracts).",
    });
  });
});

describe("who is told next", () => {
  const account = accountWith(team);
  const noon = at("2026-11-25T12:00:00-06:00");
  const byId = (id: string) => account.contacts.people.filter((one) => one.id === id);

  it("is the deputy of who was told last, and of a deputy theirs", () => {
    expect(shown(nextTelling(account, "deputy", byId("anna"), false, noon))).toBe("now ben");
    expect(shown(nextTelling(account, "deputy", byId("ben"), false, noon))).toBe("now carla");
    expect(shown(nextTelling(account, "deputy", byId("noor"), false, noon))).toBe("There is no deputy of NOOR HADDAD.");
  });

  it("is the account manager, or somebody in a role", () => {
    expect(shown(nextTelling(account, "account-manager", byId("ben"), false, noon))).toBe("now anna");
    expect(shown(nextTelling({ ...account, accountManager: "carla" }, "account-manager", [], false, noon))).toBe(
      "now carla",
    );
    expect(shown(nextTelling(account, { role: "AR" }, byId("ben"), false, noon))).toBe("now receivables");
    expect(shown(nextTelling(account, { role: "CD" }, byId("ben"), false, noon))).toBe("There is no CD (contracts).");
  });

  it("comes after minutes of the clock, or of the working time of who was told", () => {
    const [anna, carla] = [byId("anna")[0], byId("carla")[0]];
    const evening = at("2026-11-25T16:30:00-06:00");
    expect(stepAt(account, { minutes: 60 }, anna, evening)).toEqual(at("2026-11-25T17:30:00-06:00"));
    // Thanksgiving is between.
    expect(stepAt(account, { workingMinutes: 60 }, anna, evening)).toEqual(at("2026-11-27T08:30:00-06:00"));
    expect(stepAt(account, { workingMinutes: 60 }, carla, evening)).toEqual(at("2026-11-25T15:30:00-08:00"));
    expect(stepAt(account, { workingMinutes: 60 }, undefined, evening)).toEqual(at("2026-11-27T08:30:00-06:00"));
  });
});

describe("the plan of an alert", () => {
  it.each([
    ["priority-order", [], ["OC"], true],
    ["priority-order", ["EX", "SD"], ["EX", "SD"], true],
    ["price-differs", [], ["PF"], false],
    ["promise-at-risk", [], ["SD"], false],
    ["remittance-difference", [], ["AR"], false],
    ["job-failed", [], ["EA"], false],
    ["document-held", [], ["OC"], false],
  ])(
    "of %s that names %j goes to %j, urgent %s, by the rules that hold where an account has none",
    (kind, named, roles, urgent) => {
      expect(alertPlan(undefined, kind, named)).toMatchObject({ roles, urgent });
    },
  );

  it("is that of the first rule that speaks of the kind; where none does, only of whom the item names", () => {
    const usual = { channels: ["webhook" as const], urgent: false, escalate: [] };
    const rules = [
      { ...usual, kinds: ["duplicate-*", "edi"], role: "edi" as const },
      { ...usual, kinds: ["document-held"], role: "receivables" as const, gatherMinutes: 30 },
    ];
    expect(alertPlan(rules, "duplicate-order", [])?.roles).toEqual(["EA"]);
    expect(alertPlan(rules, "document-held", [])).toMatchObject({ roles: ["AR"], gatherMinutes: 30, everyMinutes: 15 });
    expect(alertPlan(rules, "message", [])).toBeNull();
    expect(alertPlan(rules, "message", ["EX"])?.roles).toEqual(["EX"]);
  });
});

describe("the page about alerts", () => {
  const page = readFileSync(new URL("../../../docs/rules/contacts.md", import.meta.url), "utf8");
  const { contacts } = parse(/```yaml\n(contacts:\n {2}alerts:[\s\S]*?)```/.exec(page)?.[1] ?? "");
  const { alerts } = contactsRule.parse(contacts);
  const table = /\| a work item \|.*\n\|-.*\n((?:\|.*\n)+)/.exec(page)?.[1] ?? "";
  const rows = table
    .trim()
    .split("\n")
    .map((row) => row.split("|").map((cell) => cell.trim()) as [string, string, string]);

  it("says who is told by its rules", () => {
    expect(rows).toHaveLength(4);
    for (const [, items, who] of rows) {
      const kinds = [...items.matchAll(/`([a-z-]+)`/g)].map(([, kind]) => kind as string);
      const named = (/tell: \[(.*)\]/.exec(items)?.[1] ?? "").split(", ").filter((role) => role !== "");
      for (const kind of kinds) {
        expect(alertPlan(alerts, kind, named)?.roles, kind).toEqual(who.match(/\b[A-Z]{2}\b/g));
      }
    }
  });

  it("says how the first of them goes on", () => {
    expect(alertPlan(alerts, "promise-missed", [])).toEqual({
      ...{ roles: ["OC"], channels: ["email", "webhook"], urgent: true, gatherMinutes: 0, everyMinutes: 1 },
      escalate: [
        { after: { minutes: 15 }, to: "deputy" },
        { after: { workingMinutes: 120 }, to: "account-manager" },
        { after: { workingMinutes: 240 }, to: { role: "CD" } },
      ],
    });
  });
});

describe("an alert is never lost", () => {
  const roles = ["OC", "SR", "SD", "AH"];
  const person = (id: string) =>
    fc.record({
      id: fc.constant(id),
      name: fc.constant(id.toUpperCase()),
      roles: fc.uniqueArray(fc.constantFrom(...roles), { minLength: 1 }),
      absences: fc.array(
        fc.integer({ min: 1, max: 28 }).map((day) => {
          const from = `2026-11-${String(day).padStart(2, "0")}`;
          return { from, to: from };
        }),
        { maxLength: 3 },
      ),
      calendar: fc.record({
        workingDays: fc.uniqueArray(fc.constantFrom("monday" as const, "thursday" as const, "sunday" as const), {
          minLength: 1,
        }),
      }),
    });
  const people = fc.tuple(person("a"), person("b"), person("c")) as fc.Arbitrary<
    NonNullable<ContactsRuleInput["people"]>
  >;

  it("somebody is told now, or at a later instant at which somebody then is told", () => {
    fc.assert(
      fc.property(
        people,
        fc.constantFrom(...roles, "CD"),
        fc.boolean(),
        fc.integer({ min: 0, max: 40_000 }),
        (all, role, urgent, minutes) => {
          const account = accountWith({ people: all });
          const now = new Date(Date.UTC(2026, 10, 1) + minutes * 60_000);
          const plan = planFor(role, { urgent });
          const telling = firstTelling(account, plan, now);
          if ("now" in telling) return telling.now.length > 0;
          if (!("later" in telling)) return false;
          return telling.later > now && "now" in firstTelling(account, plan, telling.later);
        },
      ),
    );
  });
});
