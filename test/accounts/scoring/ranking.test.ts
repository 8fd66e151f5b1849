import { describe, expect, test } from "vitest";
import {
  accountsToDemote,
  customersToPromote,
  rankCustomers,
  totalScore,
} from "../../../src/accounts/scoring/ranking.ts";
import { writeRanking } from "../../../src/accounts/scoring/ranking-file.ts";
import {
  type ScoreComponent,
  type ScoringSettingsInput,
  scoringSettings,
  weightShares,
} from "../../../src/accounts/scoring/settings.ts";
import { customerWith, everyMonth, settingsWith, year } from "./customers.ts";

type Asked = Parameters<typeof customerWith>[1];

/** One customer beside one who sells 1,200.00 a year. */
function scored(component: ScoreComponent, more: Asked, settings: ScoringSettingsInput = {}) {
  const large = customerWith("large", { sales: everyMonth("100") });
  const { customers } = rankCustomers([large, customerWith("one", more)], year, settingsWith(settings));
  const found = customers.find(({ customer }) => customer === "one");
  return found?.components.find((one) => one.component === component);
}

describe("a component", () => {
  test.each<[ScoreComponent, string, Asked, string]>([
    ["volume", "half of the smallest large customer", { sales: { "2025-03": "300.00" } }, "25.00"],
    ["volume", "more than that", { sales: everyMonth("200") }, "100.00"],
    ["volume", "nothing", {}, "0.00"],
    ["volume", "more credits than sales", { sales: { "2025-03": "-40" } }, "0.00"],
    ["profitableShare", "as reported with the sales", { profitable: { amount: "30", of: "100" } }, "50.00"],
    ["profitableShare", "as said", { facts: { profitableShare: "45" } }, "75.00"],
    ["profitableShare", "by the margin", { facts: { margin: "12" } }, "40.00"],
    ["profitableShare", "a loss", { facts: { margin: "-3" } }, "0.00"],
    ["centralBuying", "for 20 locations", { facts: { centralBuying: true, locations: 20 } }, "40.00"],
    ["centralBuying", "not at all", { facts: { centralBuying: false, locations: 20 } }, "0.00"],
    ["regions", "in two", { facts: { regions: ["East", "West"] } }, "40.00"],
    ["serviceLevel", "as named", { facts: { serviceLevel: "expedited" } }, "50.00"],
    ["serviceLevel", "by its orders", { orders: 40, ordersRaised: 4 }, "40.00"],
    ["priceSensitivity", "payments cut short", { sales: everyMonth("100"), disputed: "48" }, "40.00"],
    ["priceSensitivity", "prices not as agreed", { prices: { checked: 50, rejected: 1 } }, "20.00"],
    ["relationship", "since three years", { facts: { since: "2023-01-15" } }, "60.00"],
    ["relationship", "since its first sale", { firstSale: "2025-07" }, "10.00"],
    ["steadiness", "the same each month", { sales: everyMonth("7.35") }, "100.00"],
    ["steadiness", "all in one month", { sales: { "2025-06": "90" } }, "8.33"],
    ["steadiness", "in half of the months", { sales: sixMonths("10") }, "50.00"],
  ])("%s of %s scores", (component, _, more, score) => {
    expect(scored(component, more)).toMatchObject({ score, known: true });
  });

  test.each<[ScoreComponent, Asked]>([
    ["profitableShare", {}],
    ["centralBuying", { facts: { centralBuying: true } }],
    ["regions", {}],
    ["serviceLevel", { facts: { serviceLevel: "by-drone" } }],
    ["priceSensitivity", {}],
    ["relationship", {}],
  ])("%s that nobody knows counts 0, or is left out where the settings say so", (component, more) => {
    expect(scored(component, more)).toMatchObject({ score: "0.00", known: false });
    expect(scored(component, more, { unknown: "leave-out" })).toMatchObject({ score: null, known: false });
  });

  test("price sensitivity counts against a customer where the settings say so", () => {
    const more = { prices: { checked: 50, rejected: 1 } };
    expect(scored("priceSensitivity", more, { priceSensitivity: "against" })?.score).toBe("80.00");
  });

  test("central buying is of all locations under one agreement", () => {
    const farm = (locations: number) => ({ facts: { agreement: "FARMCOOP", centralBuying: true, locations } });
    const { customers } = rankCustomers(
      [customerWith("a", farm(10)), customerWith("b", farm(15))],
      year,
      settingsWith(),
    );
    for (const { components } of customers) {
      expect(components.find(({ component }) => component === "centralBuying")).toMatchObject({
        score: "50.00",
        because: "It buys centrally under FARMCOOP for 25 locations; 50 score 100.",
      });
    }
  });
});

function sixMonths(amount: string): Record<string, string> {
  return Object.fromEntries(["01", "03", "05", "07", "09", "11"].map((month) => [`2025-${month}`, amount]));
}

describe("the total", () => {
  test("is the weighted mean of the components that count", () => {
    expect(totalScore([part("80", "3"), part("20", "1"), part(null, "9")])).toBe("65.00");
    expect(totalScore([part(null, "1"), part("50", "0")])).toBe("0.00");
  });

  const part = (score: string | null, weight: string) => ({ score, weight });
});

describe("settings", () => {
  test.each<[string, object, string]>([
    ["a weight below zero", { weights: { volume: "-1" } }, "must be a number that is not below zero"],
    ["weights that are all zero", { weights: zero }, "must have at least one weight above zero"],
    ["a scale of zero", { full: { regions: "0" } }, "must be above zero"],
    ["more points than 100", { serviceLevels: { standard: "101" } }, "must be from 0 to 100"],
    ["a rate for its own currency", { exchangeRates: { USD: "1" } }, "is the currency itself"],
    ["a component that there is not", { weights: { charm: "1" } }, "Unrecognized key"],
  ])("refuse %s", (_, settings, message) => {
    const read = scoringSettings.safeParse(settings);
    expect(read.error?.issues.map((one) => one.message).join()).toContain(message);
  });

  test("say what each weight is of one hundred", () => {
    const shares = weightShares(settingsWith({ weights: { ...zero, volume: "1", regions: "3" } }));
    expect(shares).toMatchObject({ volume: "25.00", regions: "75.00", steadiness: "0.00" });
  });
});

const zero = {
  ...{ volume: "0", profitableShare: "0", centralBuying: "0", regions: "0" },
  ...{ serviceLevel: "0", priceSensitivity: "0", relationship: "0", steadiness: "0" },
};

describe("proposals", () => {
  const volumeOnly = { weights: { ...zero, volume: "1" } };
  const all = [
    customerWith("big", { sales: { "2025-01": "1000" } }),
    customerWith("account-big", { sales: { "2025-01": "900" }, account: "account-big" }),
    customerWith("middling", { sales: { "2025-01": "600" } }),
    customerWith("account-small", { sales: { "2025-01": "90" }, account: "account-small" }),
  ];

  test("promote who has the score and the rank and is no account yet", () => {
    const settings = settingsWith({ ...volumeOnly, promote: { score: "90", rank: 3 } });
    const proposed = customersToPromote(rankCustomers(all, year, settings), settings);
    expect(proposed.map(({ customer }) => customer.customer)).toEqual(["big", "middling"]);
    expect(proposed[0]?.because).toContain("Its score of 100.00 is at least 90, its rank 1 is within 3");
    const strict = settingsWith({ ...volumeOnly, promote: { score: "90", rank: 1 } });
    expect(customersToPromote(rankCustomers(all, year, strict), strict)).toHaveLength(1);
  });

  test("name accounts that are below what is asked for, with the reason", () => {
    const settings = settingsWith({ ...volumeOnly, demote: { score: "50", rank: 3 } });
    expect(accountsToDemote(rankCustomers(all, year, settings), settings)).toMatchObject([
      {
        customer: { customer: "account-small" },
        because: "Its score of 15.00 is below 50, and its rank 4 is beyond 3.",
      },
    ]);
  });
});

test("a file has no cell that a spreadsheet would run", () => {
  const evil = customerWith("x", { name: '=HYPERLINK("http://evil.example","+1")', sales: { "2025-01": "-5" } });
  const file = writeRanking(rankCustomers([evil, customerWith("y", { name: "@SUM(A1)" })], year, settingsWith()));
  const cells = file.split("\n").slice(1).join(",");
  expect(cells).toContain(`"'=HYPERLINK(""http://evil.example"",""+1"")"`);
  expect(cells).toContain("'@SUM(A1)");
  expect(cells).toMatch(/,-5,/);
});
