import { Big } from "big.js";
import { type ScoredComponent, scoreComponentsOf } from "./components.ts";
import { hundredthsText, rounded, sumText, wholeAmounts } from "./exact.ts";
import { type CustomerFigures, monthsOf, type Period } from "./figures.ts";
import { type Pareto, type ParetoPlace, paretoOf } from "./pareto.ts";
import type { ScoringSettings } from "./settings.ts";

/** A customer with its score, and everything that the score is made of. */
export interface RankedCustomer {
  /** From 1, highest score first. */
  readonly rank: number;
  readonly customer: string;
  readonly name: string;
  readonly account: string | null;
  /** 0 to 100, two decimals. */
  readonly score: string;
  readonly sales: string;
  /** Place by sales alone, share of all sales, and what it and all larger ones bring. */
  readonly pareto: Omit<ParetoPlace, "customer" | "amount">;
  readonly components: readonly (ScoredComponent & { readonly weight: string })[];
  readonly leftOut: CustomerFigures["leftOut"];
  readonly monthsSetAside: number;
}

/** All customers by their score, and who brings most of the sales. */
export interface Ranking {
  readonly period: Period;
  readonly currency: string;
  readonly pareto: Omit<Pareto, "places">;
  readonly customers: readonly RankedCustomer[];
}

/**
 * Scores customers and puts them in order: by score, where two are equal by sales, then by id. The order in which they are given
 * does not matter.
 */
export function rankCustomers(all: readonly CustomerFigures[], period: Period, settings: ScoringSettings): Ranking {
  const sales = new Map(all.map(({ customer, sales }) => [customer, sumText(Object.values(sales))]));
  const { places, ...pareto } = paretoOf(
    [...sales].map(([customer, amount]) => ({ customer, amount })),
    settings.paretoShare,
  );
  const placeOf = new Map(places.map((place) => [place.customer, place]));
  const locations = locationsByAgreement(all);
  const months = monthsOf(period);
  const scored = all.map((figures) => {
    const { customer, name, account, facts, leftOut, monthsSetAside } = figures;
    const { customer: _, amount, ...place } = placeOf.get(customer) as ParetoPlace;
    const components = scoreComponentsOf(figures, {
      settings,
      period,
      months,
      place: { customer, amount, ...place },
      smallestLarge: pareto.smallestLarge,
      locations: facts.agreement === null ? facts.locations : (locations.get(facts.agreement) ?? null),
    }).map((component) => ({ ...component, weight: settings.weights[component.component] }));
    return {
      customer,
      name,
      account,
      score: totalScore(components),
      sales: amount,
      pareto: place,
      components,
      leftOut,
      monthsSetAside,
    };
  });
  scored.sort(
    (one, other) =>
      Number(other.score) - Number(one.score) ||
      new Big(other.sales).cmp(one.sales) ||
      (one.customer < other.customer ? -1 : 1),
  );
  return {
    period,
    currency: settings.currency,
    pareto,
    customers: scored.map((customer, index) => ({ rank: index + 1, ...customer })),
  };
}

/** The weighted mean of the components that count, two decimals; 0 where none does. */
export function totalScore(components: readonly { readonly score: string | null; readonly weight: string }[]): string {
  const known = components.flatMap(({ score, weight }) => (score === null ? [] : [{ score, weight }]));
  const { amounts: weights } = wholeAmounts(known.map(({ weight }) => weight));
  const { amounts: scores, decimals } = wholeAmounts(known.map(({ score }) => score));
  const all = weights.reduce((sum, weight) => sum + weight, 0n);
  if (all === 0n) return "0.00";
  const sum = scores.reduce((sum, score, index) => sum + score * (weights[index] ?? 0n), 0n);
  return hundredthsText(rounded(sum * 100n, all * 10n ** BigInt(decimals)));
}

/** How many locations buy under each agreement, over all customers that do. */
function locationsByAgreement(all: readonly CustomerFigures[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { facts } of all) {
    if (facts.agreement === null || facts.locations === null) continue;
    sums.set(facts.agreement, (sums.get(facts.agreement) ?? 0) + facts.locations);
  }
  return sums;
}

/** A customer who should be an account, or an account that should perhaps be none, and why. */
export interface Proposal {
  readonly customer: RankedCustomer;
  readonly because: string;
}

/** Customers who are no accounts and have both the score and the rank that the settings ask for, best first. */
export function customersToPromote({ customers }: Ranking, { promote }: ScoringSettings): Proposal[] {
  return customers
    .filter(
      ({ account, score, rank }) => account === null && Number(score) >= Number(promote.score) && rank <= promote.rank,
    )
    .map((customer) => ({
      customer,
      because: `Its score of ${customer.score} is at least ${promote.score}, its rank ${customer.rank} is within ${promote.rank}; ${strongest(customer)}.`,
    }));
}

/** Accounts whose score or rank is beyond what the settings ask for, last one first. */
export function accountsToDemote({ customers }: Ranking, { demote }: ScoringSettings): Proposal[] {
  return customers
    .filter(({ account }) => account !== null)
    .flatMap((customer) => {
      const reasons = [
        ...(Number(customer.score) < Number(demote.score)
          ? [`its score of ${customer.score} is below ${demote.score}`]
          : []),
        ...(customer.rank > demote.rank ? [`its rank ${customer.rank} is beyond ${demote.rank}`] : []),
      ];
      return reasons.length === 0 ? [] : [{ customer, because: `${capital(reasons.join(", and "))}.` }];
    })
    .reverse();
}

const strongestTold = 2;

/** The components that give a customer most of its score. */
function strongest({ components }: RankedCustomer): string {
  const told = [...components]
    .sort((one, other) => weighed(other) - weighed(one))
    .slice(0, strongestTold)
    .map(({ component, score }) => `${component} ${score}`);
  return `most of it comes from ${told.join(" and ")}`;
}

const weighed = ({ score, weight }: { score: string | null; weight: string }): number =>
  Number(score ?? 0) * Number(weight);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
