import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAccountFile } from "../../src/accounts/account-file.ts";
import { decideAudience } from "../../src/accounts/rules/early-information.ts";
import { type DifferenceKind, differenceKinds } from "../../src/accounts/trial/difference.ts";
import { notTried } from "../../src/accounts/trial/not-tried.ts";
import { compareOrders, type RuledOrder } from "../../src/accounts/trial/orders.ts";
import { compareAudiences } from "../../src/accounts/trial/publications.ts";
import { TrialTally } from "../../src/accounts/trial/tally.ts";
import type { Order, OrderLine } from "../../src/documents/index.ts";
import { sample } from "../support/samples.ts";

const order: Order = JSON.parse(sample("orders/850-harbor-retail.json"));
const ruled = (changes: Partial<RuledOrder> = {}): RuledOrder => ({
  place: { division: null, location: null, reason: null },
  order,
  answer: { send: false, reason: "none" },
  told: null,
  offered: "as it was sent",
  ...changes,
});
const withLine = (index: number, changes: Partial<OrderLine>): RuledOrder =>
  ruled({ order: { ...order, lines: order.lines.map((line, at) => (at === index ? { ...line, ...changes } : line)) } });
const agreed = (price: string, currency = "USD"): Partial<OrderLine> => ({
  priceCheck: {
    outcome: "lower",
    answer: "IP",
    reason: "because",
    agreed: { price, unit: "EA", currency, contract: "C", by: "quantity", from: "0", counted: "1" },
  },
});

describe("what comes out differently", () => {
  test("is nothing between the same and the same", () => {
    expect(compareOrders(ruled(), ruled())).toEqual([]);
    const a = withLine(0, agreed("1.00"));
    expect(compareOrders(a, structuredClone(a))).toEqual([]);
  });

  test.each<[before: RuledOrder, after: RuledOrder, kinds: DifferenceKind[], money: (string | undefined)[]]>([
    // 240 at 21.75 ordered, and 20.00 agreed.
    [ruled(), withLine(0, agreed("20.00")), ["price-check", "price-agreed"], [undefined, "-420.00"]],
    [withLine(0, agreed("20.00")), withLine(0, agreed("20.50")), ["price-agreed"], ["120.00"]],
    // Two moneys have no difference.
    [withLine(0, agreed("20.00")), withLine(0, agreed("20.00", "EUR")), ["price-agreed"], [undefined]],
    [ruled(), ruled({ offered: "in 2 documents" }), ["by-store"], [undefined]],
    [ruled(), ruled({ told: "to be seen to at once" }), ["told"], [undefined]],
  ])("is named by its kind, with its money (%#)", (before, after, kinds, money) => {
    const found = compareOrders(before, after);
    expect(found.map(({ kind }) => kind)).toEqual(kinds);
    expect(found.map((one) => one.money?.amount)).toEqual(money);
    // The other way round, the same the other way round.
    const back = compareOrders(after, before);
    expect(back.map((one) => one.before)).toEqual(found.map((one) => one.after));
  });

  test("of a free charge for expediting is no money", () => {
    const charged = (free?: string) =>
      ruled({
        order: {
          ...order,
          priority: {
            level: "high",
            rule: "r",
            reason: "because",
            charge: { reason: { code: "C850" }, amount: "45.00", ...(free !== undefined && { free }) },
          },
        },
      });
    const [charge] = compareOrders(charged("contract 1 gives it free"), charged());
    expect(charge).toMatchObject({ kind: "expedite-charge", money: { currency: "USD", amount: "45.00" } });
    expect(charge?.before).toBe("45.00, not charged: contract 1 gives it free");
  });

  test("of two decisions on a publication is its tier, its time, or whether it is told", () => {
    const account = { id: "a", timeZone: "UTC", calendar: {} as never };
    const plan = { tiers: [{ name: "major" }, { name: "standard" }], topics: [] } as never;
    const at = (hour: number) => new Date(Date.UTC(2026, 10, 2, hour));
    const releases = [
      { tier: "major", rank: 0, at: at(1) },
      { tier: "standard", rank: 1, at: at(5) },
    ];
    const decided = (earlyInformation?: object) =>
      decideAudience({ ...account, earlyInformation } as never, plan, { topic: "stock", releases });
    const subscription = { topic: "stock", schedule: "at-once", content: "full" };
    const [major, standard] = ["major", "standard"].map((tier) => decided({ tier, topics: [subscription] }));
    const kinds = (was: typeof major, is: typeof major) =>
      compareAudiences(was as never, is as never).map(({ kind }) => kind);
    expect(kinds(major, major)).toEqual([]);
    expect(kinds(major, standard)).toEqual(["publication-tier", "publication-time"]);
    expect(kinds(major, decided())).toEqual(["publication-told"]);
    expect(kinds(decided(), decided())).toEqual([]);
  });
});

test("what new rules change that is not tried is named with its reason, in the account and in its parts", () => {
  const text = sample("accounts/harbor-retail.yaml");
  const before = parseAccountFile(text, "harbor-retail.yaml");
  const part = (rules: object) => ({
    divisions: [{ id: "garden", name: "Garden", recognisedBy: { contracts: ["G"] }, locations: [], rules }],
  });
  const changed = (changes: object) =>
    notTried({ ...before, ...part({}) } as never, { ...before, ...part({}), ...changes } as never).map(
      ({ path }) => path,
    );
  expect(changed({})).toEqual([]);
  expect(changed({ priority: [], stores: { ...before.stores, orders: "line-per-store" } })).toEqual([]);
  expect(changed({ name: "Harbor", guides: [], duplicateWindowDays: 7 })).toEqual(
    expect.arrayContaining(["name", "duplicateWindowDays"]),
  );
  expect(changed(part({ checks: { tolerances: {} } }))).toEqual([expect.stringMatching(/^divisions.*rules\.checks/)]);
  expect(changed(part({ priority: [] }))).toEqual([]);
  const contract = { number: "A", name: "A", validFrom: "2025-01-01", currency: "USD" };
  const rebate = { steps: [{ from: "0", percent: "1" }] };
  const pricing = (more: object) => ({ contracts: [{ ...contract, ...more }] });
  expect(
    notTried({ ...before, pricing: pricing({}) } as never, { ...before, pricing: pricing({ rebate }) } as never),
  ).toMatchObject([{ path: 'pricing.contracts["A"].rebate', why: expect.stringContaining("Rebates") }]);
});

describe("a tally", () => {
  const kinds = Object.keys(differenceKinds) as DifferenceKind[];
  const difference = fc.record({
    kind: fc.constantFrom(...kinds),
    place: fc.constant(""),
    before: fc.constant(null),
    after: fc.constant("x"),
    because: fc.constant("because"),
    money: fc.option(
      fc.record({
        currency: fc.constantFrom("USD", "EUR"),
        amount: fc.integer({ min: -500, max: 500 }).map((cents) => (cents / 100).toFixed(2)),
      }),
      { nil: undefined },
    ),
  });

  test("counts all and keeps few, whatever is added, and its sums are those of what was added", () => {
    fc.assert(
      fc.property(fc.array(fc.array(difference, { maxLength: 6 }), { maxLength: 40 }), fc.nat(3), (documents, most) => {
        const tally = new TrialTally(most);
        for (const [index, differences] of documents.entries())
          tally.add({ id: String(index), type: "order", number: "", cameAt: new Date(0) }, differences as never);
        expect(tally.documents).toEqual({
          read: documents.length,
          different: documents.filter(({ length }) => length > 0).length,
        });
        for (const one of tally.differences) {
          const all = documents.flatMap((list) => list.filter(({ kind }) => kind === one.kind));
          expect(one.count).toBe(all.length);
          expect(one.documents).toBe(documents.filter((list) => list.some(({ kind }) => kind === one.kind)).length);
          expect(one.examples).toHaveLength(Math.min(most, all.length));
          for (const { currency, amount } of one.money) {
            const cents = all.reduce(
              (sum, { money }) => sum + (money?.currency === currency ? Math.round(Number(money.amount) * 100) : 0),
              0,
            );
            expect(Math.round(Number(amount) * 100)).toBe(cents);
          }
        }
        expect(tally.differences.map(({ kind }) => kind)).toEqual(
          kinds.filter((kind) => documents.flat().some((one) => one.kind === kind)),
        );
      }),
    );
  });
});
