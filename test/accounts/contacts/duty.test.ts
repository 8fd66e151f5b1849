import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { candidates, deputiesOf, nextChange, onCall, onDuty } from "../../../src/accounts/contacts/duty.ts";
import { absenceOn, calendarOfHolder, isThere } from "../../../src/accounts/contacts/presence.ts";
import { tradeRoles } from "../../../src/accounts/contacts/roles.ts";
import { contactsRule } from "../../../src/accounts/rules/dedicated-contacts.ts";
import { loadSchemaLibrary } from "../../../src/x12/index.ts";
import { accountWith, team } from "./contacts-under-test.ts";

const at = (instant: string) => new Date(instant);
const account = accountWith(team);

describe("who is on duty", () => {
  it.each([
    ["the person in the role", "orders", "2026-11-25T10:00:00-06:00", "anna", "now"],
    ["the deputy of somebody away", "orders", "2026-11-23T10:00:00-06:00", "ben", "now"],
    ["the deputy's deputy, where both are away", "orders", "2026-11-24T12:00:00-06:00", "carla", "now"],
    ["a deputy who still works elsewhere", "orders", "2026-11-25T18:00:00-06:00", "carla", "now"],
    ["by a code as by a word", "OC", "2026-11-25T10:00:00-06:00", "anna", "now"],
    ["at night whoever comes first", "orders", "2026-11-25T03:00:00-06:00", "anna", "2026-11-25T14:00:00.000Z"],
    ["not on a holiday of the account", "orders", "2026-11-26T12:00:00-06:00", "carla", "now"],
    ["a desk, in its hours", "receivables", "2026-11-25T10:00:00-06:00", "receivables", "now"],
    ["a desk, while a member is there", "traffic", "2026-11-25T18:30:00-06:00", "dock", "now"],
    ["a desk, once a member comes", "traffic", "2026-11-25T05:00:00-06:00", "dock", "2026-11-25T14:00:00.000Z"],
    [
      "not at the instant at which work ends",
      "receivables",
      "2026-11-25T17:00:00-06:00",
      "receivables",
      "2026-11-27T14:00:00.000Z",
    ],
  ])("is %s", (_, role, instant, who, since) => {
    const duty = onDuty(account, role, at(instant));
    expect(duty.who?.id).toBe(who);
    expect(duty.who && (duty.since === "now" ? "now" : duty.since.toISOString())).toBe(since);
  });

  it("is told with its reason, and not with why somebody is away", () => {
    const { reason } = onDuty(account, "orders", at("2026-11-24T12:00:00-06:00"));
    expect(reason).toBe(
      "ANNA LINDQVIST is away from 2026-11-23 to 2026-11-24; BEN OKAFOR is away from 2026-11-24 to 2026-11-24. CARLA DIAZ stands in for ANNA LINDQVIST as OC (order contact).",
    );
    expect(onDuty(account, "contracts", at("2026-11-24T12:00:00-06:00"))).toEqual({
      who: null,
      reason: "Nobody is named as CD (contracts).",
    });
  });

  it("after hours is whoever may be called then", () => {
    const night = at("2026-11-25T03:00:00-06:00");
    expect(onCall(account, "orders", night)).toMatchObject({ who: { id: "noor" }, since: "now" });
    expect(onCall(accountWith({ people: team.people?.slice(0, 3) }), "orders", night).who).toBeNull();
  });

  it("changes when a deputy's principal comes back, and when work ends", () => {
    expect(nextChange(account, "orders", at("2026-11-25T16:00:00-06:00"))).toMatchObject({
      at: at("2026-11-25T17:00:00-06:00"),
      who: { id: "carla" },
    });
    expect(nextChange(account, "receivables", at("2026-11-25T10:00:00-06:00"))).toMatchObject({
      at: at("2026-11-25T17:00:00-06:00"),
      who: null,
    });
    expect(nextChange(account, "receivables", at("2026-11-26T10:00:00-06:00"))).toMatchObject({
      at: at("2026-11-27T08:00:00-06:00"),
      who: { id: "receivables" },
    });
    expect(nextChange(account, "contracts", at("2026-11-25T10:00:00-06:00"))).toBeNull();
  });
});

describe("the rule", () => {
  const faults = (rule: object) =>
    contactsRule.safeParse(rule).error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  const person = (id: string, more: object = {}) => ({ id, name: id.toUpperCase(), roles: ["orders"], ...more });

  it.each([
    [
      "deputies in a circle",
      { people: [person("a", { deputy: "b" }), person("b", { deputy: "a" })] },
      "people.0.deputy: goes round in a circle: a, then b, then a",
    ],
    [
      "a person as their own deputy",
      { people: [person("a", { deputy: "a" })] },
      "people.0.deputy: goes round in a circle: a, then a",
    ],
    ["a deputy who is nobody", { people: [person("a", { deputy: "b" })] }, 'people.0.deputy: there is no person "b"'],
    ["an id that is there twice", { people: [person("a")], desks: [person("a")] }, "desks.0.id: a is there already"],
    [
      "a member who is nobody",
      { desks: [{ ...person("a"), members: ["z"] }] },
      'desks.0.members.0: there is no person "z"',
    ],
    [
      "a name of two lines",
      { people: [person("a", { name: "A\r\nBcc: all@x.example" })] },
      "people.0.name: must be one line, without control characters",
    ],
    [
      "an absence that ends before it begins",
      { people: [person("a", { absences: [{ from: "2026-02-02", to: "2026-02-01" }] })] },
      "people.0.absences.0.to: must not be before `from`",
    ],
    [
      "a step without its time",
      { people: [person("a")], alerts: [{ role: "orders", escalate: [{ to: "deputy" }] }] },
      "alerts.0.escalate.0: must say one of afterMinutes, afterWorkingMinutes, afterWorkingHours",
    ],
    [
      "a step with two times",
      {
        people: [person("a")],
        alerts: [{ role: "orders", escalate: [{ afterMinutes: 1, afterWorkingHours: 1, to: "deputy" }] }],
      },
      "alerts.0.escalate.0: must say one of afterMinutes, afterWorkingMinutes, afterWorkingHours",
    ],
  ])("refuses %s", (_, rule, fault) => {
    expect(faults(rule)).toContain(fault);
  });

  it("has words only for codes of X12 element 366", () => {
    const known = loadSchemaLibrary({ folders: [] }).version("004010")?.codes("366");
    for (const code of Object.values(tradeRoles)) expect(known?.has(code), code).toBe(true);
  });
});

const ids = ["a", "b", "c", "d", "e"];
const day = fc
  .integer({ min: 1, max: 60 })
  .map((days) => new Date(Date.UTC(2026, 9, 1 + days)).toISOString().slice(0, 10));
const weekday = fc.constantFrom("monday", "wednesday", "saturday", "sunday");
/** Deputies only later in the alphabet: such chains have no circle. */
const anyPerson = (id: string) =>
  fc.record(
    {
      id: fc.constant(id),
      name: fc.constant(id.toUpperCase()),
      roles: fc.constantFrom(["orders"], ["shipping"], ["orders", "AH"]),
      absences: fc.array(
        fc.tuple(day, day).map(([one, other]) => (one < other ? { from: one, to: other } : { from: other, to: one })),
        { maxLength: 3 },
      ),
      deputy: fc.constantFrom(undefined, ...ids.filter((other) => other > id)),
      timeZone: fc.constantFrom("America/Chicago", "Europe/Berlin", "Asia/Tokyo"),
      calendar: fc.record({
        workingDays: fc.uniqueArray(weekday, { minLength: 1 }),
        hours: fc.constantFrom(
          { from: "00:00", to: "24:00" },
          { from: "06:30", to: "14:00" },
          { from: "22:00", to: "24:00" },
        ),
        holidays: fc.array(day, { maxLength: 5 }),
      }),
    },
    { requiredKeys: ["id", "name", "roles"] },
  );
const anyTeam = fc
  .tuple(...ids.map(anyPerson))
  .map((people) => accountWith({ people: JSON.parse(JSON.stringify(people)) }));
const anyInstant = fc
  .integer({ min: 0, max: 70 * 24 * 60 })
  .map((minutes) => new Date(Date.UTC(2026, 9, 1) + minutes * 60_000));

describe("of any team at any instant", () => {
  it("somebody is on duty or the next is named, or nobody has the role; and nobody who is away", () => {
    fc.assert(
      fc.property(anyTeam, anyInstant, (any, instant) => {
        const duty = onDuty(any, "orders", instant);
        expect(duty.reason).not.toBe("");
        if (duty.who === null) {
          expect(candidates(any.contacts, "orders")).toEqual([]);
          return;
        }
        const from = duty.since === "now" ? instant : duty.since;
        expect(from >= instant).toBe(true);
        expect(isThere(any, duty.who, from)).toBe(true);
        expect(absenceOn(duty.who, calendarOfHolder(any, duty.who).dayOf(from))).toBeNull();
        // Nobody who comes before is there by then, and nobody at all before then.
        if (duty.since !== "now") {
          const eve = new Date(from.getTime() - 1);
          const earlier =
            eve >= instant && candidates(any.contacts, "orders").some(({ holder }) => isThere(any, holder, eve));
          expect(earlier).toBe(false);
        }
        const called = onCall(any, "orders", instant);
        if (called.who) expect(absenceOn(called.who, calendarOfHolder(any, called.who).dayOf(instant))).toBeNull();
      }),
    );
  });

  it("a chain of deputies ends, and names nobody twice nor the person", () => {
    // Circles are refused before; even so nothing goes on for ever.
    const circle = fc.array(fc.constantFrom(...ids), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(anyTeam, circle, (any, deputies) => {
        const people = any.contacts.people.map((person, index) => ({ ...person, deputy: deputies[index] }));
        for (const person of people) {
          const chain = deputiesOf({ ...any.contacts, people }, person).map(({ id }) => id);
          expect(new Set([person.id, ...chain]).size).toBe(chain.length + 1);
        }
      }),
    );
  });

  it("the next change is one, and before it nothing changes", () => {
    fc.assert(
      fc.property(anyTeam, anyInstant, (any, instant) => {
        const change = nextChange(any, "orders", instant);
        if (change === null) return;
        const idAt = (when: Date) => {
          const duty = onDuty(any, "orders", when);
          return duty.who && duty.since === "now" ? duty.who.id : null;
        };
        expect(change.at > instant).toBe(true);
        expect(change.who?.id ?? null).toBe(idAt(change.at));
        expect(idAt(change.at)).not.toBe(idAt(instant));
        expect(idAt(new Date(change.at.getTime() - 1))).toBe(idAt(instant));
      }),
    );
  });
});
