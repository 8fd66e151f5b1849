import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accountProfile, asTheAccountSees } from "../../../src/accounts/account.ts";
import { fieldsFurtherDown, fieldsOfTheGroup } from "../../../src/accounts/tree/divisions.ts";
import { effectiveProfile, effectiveValues, managersOf } from "../../../src/accounts/tree/effective.ts";
import { wholeAccount } from "../../../src/accounts/tree/place.ts";
import { profile } from "../profiles.ts";
import { grouped } from "./account.ts";

const east = { division: "garden", location: "east" };

describe("a field of the profile", () => {
  it("is either one in which a part may differ, or one of the account as a whole", () => {
    const listed = [...fieldsFurtherDown, ...fieldsOfTheGroup];
    expect(listed.toSorted(), "add a new field to one of the two lists of tree/divisions.ts").toEqual(
      Object.keys(accountProfile.shape).toSorted(),
    );
  });
});

describe("the rules of a part of an account", () => {
  it("are the group's, with what the division and then the location says otherwise, field by field", () => {
    expect(effectiveProfile(grouped(), east)).toMatchObject({
      checks: { tolerances: { price: { percent: "5", amount: "0.10" }, totalAmount: "10" } },
      contact: { name: "GARDEN DESK", role: "OC" },
      orderResponse: { send: true, detail: "none", lineStatus: "IA", purposes: ["00"] },
    });
    expect(effectiveProfile(grouped(), { division: "garden", location: null }).checks.tolerances?.price).toEqual({
      percent: "5",
      amount: "0.05",
    });
  });

  it("are the very same object each time, and the group's own values where nothing is said", () => {
    const account = grouped();
    expect(effectiveProfile(account, east)).toBe(effectiveProfile(account, { ...east }));
    expect(effectiveProfile(account, east).priority).toBe(account.priority);
    expect(effectiveProfile(account, wholeAccount)).toBe(account);
    expect(effectiveProfile(account, { division: "gone", location: "gone" })).toBe(account);
    expect(effectiveProfile(account, { division: "garden", location: "gone" })).toEqual(
      effectiveProfile(account, { division: "garden", location: null }),
    );
  });

  it("replace a list as a whole, and a group of settings of another form", () => {
    const account = grouped({
      orderResponse: { send: true, acknowledgmentType: "AC" },
      divisions: [
        {
          id: "quiet",
          name: "Quiet",
          recognisedBy: { contracts: ["Q"] },
          rules: { orderResponse: { send: false }, priority: [], payments: { agreedReasons: ["04"] } },
        },
      ],
      payments: { agreedReasons: ["01", "02"], discountGraceDays: 3 },
    });
    expect(effectiveProfile(account, { division: "quiet", location: null })).toMatchObject({
      orderResponse: { send: false },
      priority: [],
      payments: { agreedReasons: ["04"], discountGraceDays: 3 },
    });
  });

  it("replace a span that is in another measure as a whole", () => {
    const account = grouped({
      serviceLevels: { orderResponse: { workingHours: 4 }, invoice: { workingDays: 3 } },
      divisions: [
        {
          id: "slow",
          name: "Slow",
          recognisedBy: { contracts: ["S"] },
          rules: { serviceLevels: { orderResponse: { workingDays: 1 } } },
        },
      ],
    });
    expect(effectiveProfile(account, { division: "slow", location: null }).serviceLevels).toEqual({
      orderResponse: { workingDays: 1 },
      invoice: { workingDays: 3 },
      percentOnTime: 100,
    });
  });

  it("send to the identities that a division is known by first", () => {
    const ids = (place: typeof wholeAccount) =>
      effectiveProfile(grouped(), place).identities.map(({ theirs }) => theirs.id);
    expect(ids(wholeAccount)).toEqual(["NORTH", "NORTHGARDEN"]);
    expect(ids(east)).toEqual(["NORTHGARDEN", "NORTH"]);
  });

  it("are told value by value with where they come from", () => {
    const values = new Map(effectiveValues(grouped(), east).map((one) => [one.path, one]));
    expect(values.get("checks.tolerances.price.percent")).toMatchObject({
      value: "5",
      from: { kind: "division", id: "garden", name: "Garden" },
    });
    expect(values.get("checks.tolerances.price.amount")?.from).toEqual({ kind: "location", id: "east", name: "East" });
    expect(values.get("checks.tolerances.totalAmount")).toMatchObject({ value: "10", from: { kind: "group" } });
    expect(values.get("orderResponse.detail")?.from.kind).toBe("division");
    expect(values.get("orderResponse.lineStatus")).toMatchObject({ value: "IA", from: { kind: "default" } });
    expect(values.get("priority")?.from.kind).toBe("default");
    expect(values.get("timeZone")?.from.kind).toBe("group");
    expect(values.has("divisions")).toBe(false);
  });

  it("hide secrets", () => {
    const push = { url: "https://north.example/edi", secret: "a secret of the account" };
    const shown = JSON.stringify(effectiveValues(grouped({ delivery: { push } }), east));
    expect(shown).toContain("(hidden)");
    expect(shown).not.toContain(push.secret);
  });
});

/** Overrides of groups of settings and of lists, each field said or not. */
const someRules = fc.record(
  {
    timeZone: fc.constantFrom("America/Chicago", "America/New_York", "Europe/Helsinki"),
    calendar: fc.record(
      {
        workingDays: fc.constantFrom(["monday"], ["saturday", "sunday"]),
        hours: fc.record(
          { from: fc.constantFrom("06:00", "09:30"), to: fc.constantFrom("15:00", "24:00") },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    ),
    orderChanges: fc.record(
      { send: fc.boolean(), quantities: fc.constantFrom("new", "difference") },
      { requiredKeys: [] },
    ),
    payments: fc.record(
      { agreedReasons: fc.array(fc.constantFrom("01", "04", "CS"), { maxLength: 2 }), discountGraceDays: fc.nat(60) },
      { requiredKeys: [] },
    ),
    checks: fc.record(
      {
        tolerances: fc.record(
          {
            price: fc.record(
              { percent: fc.constantFrom("1", "2.5"), amount: fc.constantFrom("0", "0.10") },
              { requiredKeys: [] },
            ),
            totalAmount: fc.constantFrom("0", "5"),
          },
          { requiredKeys: [] },
        ),
        agreedCharges: fc.array(fc.constantFrom("D240", "D500"), { maxLength: 2 }),
      },
      { requiredKeys: [] },
    ),
    priority: fc.array(fc.constant({ name: "rush", when: { orderType: ["RO"] }, level: "urgent" }), { maxLength: 1 }),
  },
  { requiredKeys: [] },
);
type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The merge as a person does it: the lower, then what the upper says. */
function byHand(lower: unknown, upper: unknown): unknown {
  if (upper === undefined) return lower;
  if (!isFields(lower) || !isFields(upper)) return upper;
  const names = [...Object.keys(lower), ...Object.keys(upper)];
  return Object.fromEntries(names.map((name) => [name, byHand(lower[name], upper[name])]));
}
const at = (value: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((part, step) => (isFields(part) ? part[step] : undefined), value);

/** An account with these rules of its own, of a division, and of a location in it. */
function tree(group: Fields, division: Fields, location: Fields) {
  return profile({
    ...group,
    divisions: [
      {
        id: "d",
        name: "D",
        recognisedBy: { contracts: ["D"] },
        rules: division,
        locations: [
          { id: "l", name: "L", recognisedBy: { parties: [{ role: "ST", ids: ["1"] }] }, rules: location },
          { id: "bare", name: "Bare", recognisedBy: { parties: [{ role: "ST", ids: ["2"] }] } },
        ],
      },
      { id: "bare", name: "Bare", recognisedBy: { contracts: ["BARE"] } },
    ],
  });
}

describe("for whatever a group, a division and a location say", () => {
  it("what is in force is the one over the other, as a person would merge them", () => {
    fc.assert(
      fc.property(someRules, someRules, someRules, (group, division, location) => {
        const whole = tree(group, division, location);
        const merged = byHand(byHand(byHand(profile(), group), division), location);
        const { divisions: _, ...effective } = effectiveProfile(whole, { division: "d", location: "l" });
        const { divisions: __, ...wanted } = accountProfile.parse(merged);
        expect(effective).toEqual(wanted);
      }),
    );
  });

  it("a part that says nothing has what is above it", () => {
    fc.assert(
      fc.property(someRules, someRules, (group, division) => {
        const whole = tree(group, division, {});
        const above = effectiveProfile(whole, { division: "d", location: null });
        expect(effectiveProfile(whole, { division: "d", location: "bare" })).toEqual(above);
        expect(effectiveProfile(whole, { division: "bare", location: null })).toEqual(whole);
      }),
    );
  });

  it("who is named as the origin of a value says it, nobody further down does, and the values are those in force", () => {
    fc.assert(
      fc.property(someRules, someRules, someRules, (group, division, location) => {
        const whole = tree(group, division, location);
        const place = { division: "d", location: "l" };
        const rules = { division, location };
        for (const { path, value, from } of effectiveValues(whole, place)) {
          expect(at(effectiveProfile(whole, place), path)).toEqual(value);
          if (from.kind === "location") expect(at(rules.location, path)).toEqual(value);
          else expect(at(rules.location, path)).toBeUndefined();
          if (from.kind === "division") expect(at(rules.division, path)).toEqual(value);
          if (from.kind === "group") expect(at(whole, path)).toEqual(value);
          if (from.kind === "group" || from.kind === "default") expect(at(rules.division, path)).toBeUndefined();
        }
      }),
    );
  });
});

describe("the fields that may differ further down", () => {
  it("are all fields of the profile", () => {
    expect(Object.keys(accountProfile.shape)).toEqual(expect.arrayContaining([...fieldsFurtherDown]));
  });
});

describe("who looks after an account", () => {
  it("is named for the whole and for each part, once", () => {
    const one = { id: "one", name: "One", recognisedBy: { references: [{ qualifier: "DP", values: ["1"] }] } };
    const place = { id: "place", name: "Place", recognisedBy: { parties: [{ role: "ST", ids: ["1"] }] } };
    const account = profile({
      accountManager: "Ines",
      divisions: [
        {
          ...one,
          rules: { accountManager: "Omar" },
          locations: [{ ...place, rules: { accountManager: "Ines" } }],
        },
      ],
    });
    expect(managersOf(account)).toEqual(["Ines", "Omar"]);
    expect(managersOf(profile())).toEqual([]);
  });
});

describe("an account that looks at its own profile", () => {
  it("sees no number of a division's people that is not published, nor why somebody is away", () => {
    const person = {
      id: "ina",
      name: "INA FALK",
      roles: ["OC"],
      phone: "5635550101",
      email: "ina@cedar-river.example",
    };
    const away = [{ from: "2026-12-21", to: "2026-12-24", reason: "surgery" }];
    const contacts = { people: [{ ...person, published: ["email"] as const, absences: away }] };
    const by = (id: string) => ({ parties: [{ role: "ST", ids: [id] }] });
    const account = profile({
      divisions: [
        {
          ...{ id: "one", name: "One", recognisedBy: by("1"), rules: { contacts } },
          locations: [{ id: "place", name: "Place", recognisedBy: by("2"), rules: { contacts } }],
        },
      ],
    });
    const seen = JSON.stringify(asTheAccountSees(account));
    expect(JSON.stringify(account)).toContain("5635550101");
    expect(seen).toContain("ina@cedar-river.example");
    expect(seen).not.toMatch(/5635550101|surgery/);
  });
});
