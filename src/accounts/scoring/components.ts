import { Big } from "big.js";
import { decimalText, moneyText } from "../../ledger/amount.ts";
import { hundredthsIn, hundredthsOf, hundredthsText, percentOf, wholeAmounts } from "./exact.ts";
import { type CustomerFigures, monthsIn, type Period } from "./figures.ts";
import type { ParetoPlace } from "./pareto.ts";
import type { ScoreComponent, ScoringSettings } from "./settings.ts";

/** One part of a score: how much, of what figures, and why. */
export interface ScoredComponent {
  readonly component: ScoreComponent;
  /** 0 to 100, two decimals; null: nobody knows, and it is left out of the mean. */
  readonly score: string | null;
  readonly known: boolean;
  readonly figures: Readonly<Record<string, string>>;
  readonly because: string;
}

/** What the components of one customer are made of, beside its own figures. */
export interface Surroundings {
  readonly settings: ScoringSettings;
  readonly period: Period;
  /** Every month of it. */
  readonly months: readonly string[];
  readonly place: ParetoPlace;
  /** The smallest sales among the customers who bring most of all; null where there are none. */
  readonly smallestLarge: string | null;
  /** Locations of every customer under its agreement, where any are known. */
  readonly locations: number | null;
}

/** The score in hundredths. */
type Scored = Omit<ScoredComponent, "component" | "score" | "known"> & { readonly score: bigint | null };

const most = 10_000n;

/** Every component of a customer's score. */
export function scoreComponentsOf(figures: CustomerFigures, around: Surroundings): ScoredComponent[] {
  const scored: Record<ScoreComponent, Scored> = {
    volume: volume(around),
    profitableShare: profitableShare(figures, around),
    centralBuying: centralBuying(figures, around),
    regions: regions(figures, around),
    serviceLevel: serviceLevel(figures, around),
    priceSensitivity: priceSensitivity(figures, around),
    relationship: relationship(figures, around),
    steadiness: steadiness(figures, around),
  };
  return (Object.entries(scored) as [ScoreComponent, Scored][]).map(([component, { score, ...said }]) => ({
    component,
    score: score !== null ? hundredthsText(score) : around.settings.unknown === "zero" ? "0.00" : null,
    known: score !== null,
    ...said,
  }));
}

/** In proportion to the figure that scores 100, from 0 to 100. */
function inProportion(value: string | number, full: string): bigint {
  const [own = 0n, all = 1n] = wholeAmounts([String(value), full]).amounts;
  const score = hundredthsOf(own, all);
  return score < 0n ? 0n : score > most ? most : score;
}

function volume({ place, smallestLarge, settings }: Surroundings): Scored {
  const { paretoShare, currency } = settings;
  if (smallestLarge === null || place.share === null) {
    return { score: 0n, figures: { sales: moneyText(new Big(place.amount)) }, because: "There are no sales." };
  }
  const amount = new Big(place.amount);
  const least = moneyText(new Big(smallestLarge));
  return {
    score: inProportion(place.amount, smallestLarge),
    figures: { sales: moneyText(amount), share: place.share, cumulative: place.cumulative ?? "", smallestLarge: least },
    because: `${moneyText(amount)} ${currency} is ${place.share} % of all sales; ${place.large ? "it is one of those" : "those"} who bring ${paretoShare} % ${place.large ? "together, each with" : "have"} at least ${least}.`,
  };
}

function profitableShare({ profitable, facts }: CustomerFigures, { settings: { full } }: Surroundings): Scored {
  if (profitable !== null && new Big(profitable.of).gt(0)) {
    const share = percentOf(new Big(profitable.amount), new Big(profitable.of));
    return shareScored(share, full.profitableShare, `${moneyText(new Big(profitable.amount))} of its sales is`);
  }
  if (facts.profitableShare !== null) {
    return shareScored(facts.profitableShare, full.profitableShare, "As was said of it, its sales are");
  }
  if (facts.margin !== null) {
    return {
      score: inProportion(facts.margin, full.margin),
      figures: { margin: facts.margin, full: full.margin },
      because: `Its margin is ${facts.margin} %; ${full.margin} % scores 100.`,
    };
  }
  return { score: null, figures: {}, because: "Nobody said how much of its sales is profitable." };
}

function shareScored(share: string, full: string, what: string): Scored {
  return {
    score: inProportion(share, full),
    figures: { profitableShare: share, full },
    because: `${what} of profitable products: ${share} %; ${full} % scores 100.`,
  };
}

function centralBuying({ facts }: CustomerFigures, { settings: { full }, locations }: Surroundings): Scored {
  const { centralBuying: isCentral, agreement } = facts;
  const under = agreement === null ? "" : ` under ${agreement}`;
  if (isCentral === null) return { score: null, figures: {}, because: "Nobody said whether it buys centrally." };
  if (!isCentral) return { score: 0n, figures: { central: "no" }, because: "It does not buy centrally." };
  if (locations === null) {
    return {
      score: null,
      figures: { central: "yes" },
      because: `It buys centrally${under}; nobody said for how many locations.`,
    };
  }
  return {
    score: inProportion(locations, full.locations),
    figures: { central: "yes", locations: String(locations), full: full.locations },
    because: `It buys centrally${under} for ${locations} locations; ${full.locations} score 100.`,
  };
}

function regions({ facts }: CustomerFigures, { settings: { full } }: Surroundings): Scored {
  const count = facts.regions.length;
  if (count === 0) return { score: null, figures: {}, because: "Nobody said in which regions it is served." };
  return {
    score: inProportion(count, full.regions),
    figures: { regions: String(count), full: full.regions },
    because: `It is served in ${count} ${count === 1 ? "region" : "regions"}; ${full.regions} score 100.`,
  };
}

function serviceLevel({ facts, orders, ordersRaised }: CustomerFigures, { settings }: Surroundings): Scored {
  const level = facts.serviceLevel;
  if (level !== null) {
    const its = settings.serviceLevels[level];
    if (its === undefined) {
      return {
        score: null,
        figures: { level },
        because: `The settings give no points for the service level ${level}.`,
      };
    }
    return {
      score: hundredthsIn(its),
      figures: { level, points: its },
      because: `It uses the service level ${level}: ${its} points.`,
    };
  }
  if (ordersRaised === null || orders === 0) {
    return { score: null, figures: {}, because: "Nobody said which service level it uses, and no order shows one." };
  }
  const share = percentOf(new Big(ordersRaised), new Big(orders));
  const full = settings.full.ordersRaised;
  return {
    score: inProportion(share, full),
    figures: { orders: String(orders), ordersRaised: String(ordersRaised), share, full },
    because: `Priority rules raised ${ordersRaised} of ${orders} orders, ${share} %; ${full} % score 100.`,
  };
}

function priceSensitivity(figures: CustomerFigures, { place, settings }: Surroundings): Scored {
  const amount = new Big(place.amount);
  const { disputed, disputes, prices } = figures;
  const checked = prices?.checked ?? 0;
  if (amount.lte(0) && checked === 0) {
    return { score: null, figures: {}, because: "There are no sales and no prices to dispute." };
  }
  // All of nothing: what is disputed without a sale in the period counts in full.
  const ofSales = amount.gt(0) ? percentOf(new Big(disputed), amount) : new Big(disputed).gt(0) ? "100.00" : "0.00";
  const ofPrices = checked > 0 ? percentOf(new Big(prices?.rejected ?? 0), new Big(checked)) : "0.00";
  const rate = new Big(ofSales).plus(ofPrices);
  const full = settings.full.priceSensitivity;
  const pressed = inProportion(decimalText(rate), full);
  const against = settings.priceSensitivity === "against";
  return {
    score: against ? most - pressed : pressed,
    figures: {
      disputes: String(disputes),
      disputed: moneyText(new Big(disputed)),
      disputedShare: ofSales,
      pricesChecked: String(checked),
      pricesRejected: String(prices?.rejected ?? 0),
      rejectedShare: ofPrices,
      full,
    },
    because: `${ofSales} % of its sales was disputed and ${ofPrices} % of its prices were not as agreed, together ${decimalText(rate)} %; ${full} % ${against ? "scores 0" : "scores 100"}.`,
  };
}

function relationship({ facts, firstSale }: CustomerFigures, { settings: { full }, period }: Surroundings): Scored {
  const since = facts.since?.slice(0, 7) ?? firstSale;
  if (since === null) return { score: null, figures: {}, because: "Nobody said since when it is a customer." };
  const months = Math.max(0, monthsIn({ from: since, to: period.to }));
  return {
    score: inProportion(months, full.relationshipMonths),
    figures: { since, months: String(months), full: full.relationshipMonths },
    because: `It has been a customer since ${since}, ${months} months; ${full.relationshipMonths} score 100.`,
  };
}

/**
 * The part of the sales that lies where it would in a steady year. What lies above the mean of all months would have to be moved
 * to the months below it for all to be equal; a month with more credits than sales counts as one without any.
 */
function steadiness({ sales }: CustomerFigures, { months: all }: Surroundings): Scored {
  const { amounts } = wholeAmounts(all.map((month) => sales[month] ?? "0"));
  const bought = amounts.filter((amount) => amount > 0n);
  const sum = bought.reduce((total, amount) => total + amount, 0n);
  const months = BigInt(amounts.length);
  const counted = { monthsWithSales: String(bought.length), months: String(months) };
  if (sum === 0n) return { score: 0n, figures: counted, because: "It bought nothing in the period." };
  // Above the mean, times the number of months: no division before the last.
  const above = bought.reduce((total, amount) => {
    const excess = amount * months - sum;
    return excess > 0n ? total + excess : total;
  }, 0n);
  const moved = hundredthsOf(above, sum * months);
  const variation = hundredthsText(moved);
  return {
    score: most - moved,
    figures: { ...counted, variation },
    because: `It bought in ${bought.length} of ${months} months; ${variation} % of the sales would have to lie in other months for all to be equal.`,
  };
}
