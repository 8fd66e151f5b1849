import { Big } from "big.js";
import { moneyText } from "../../ledger/amount.ts";
import type { ServiceLevels } from "../rules/service-levels.ts";
import { percentOf } from "../scoring/exact.ts";
import type { Days } from "./days.ts";
import { withinWords } from "./deadline.ts";
import { type FigureName, figureNames, isTimed, measures, targetOf } from "./measures.ts";
import { type Money, type ServiceGiven, type ValueOfServices, valuesOf } from "./value.ts";

/** What was counted for a figure. */
export interface Tally {
  /** Everything that it is about. */
  readonly of: number;
  /** Those of them that it counts: in time, kept, refused. Of a time that nobody agreed on: answered at all. */
  readonly count: number;
  /** Those of which nobody can say yet; they are left out of the percentage. */
  readonly open: number;
  readonly amounts?: readonly Money[];
}

/** The facts of one period. */
export interface ScorecardFacts {
  readonly tallies: Readonly<Record<FigureName, Tally>>;
  readonly services: ServiceGiven;
}

/** The figures of one period. */
interface Counted {
  readonly count: number;
  readonly of: number;
  readonly open: number;
  /** Percent with two decimals; null where there is nothing to count, or no time was agreed on. */
  readonly percent: string | null;
  readonly amounts: readonly Money[];
}

/** A figure with what was agreed on, and how it was in the period before. */
export interface Figure extends Counted {
  readonly figure: FigureName;
  readonly group: (typeof measures)[FigureName]["group"];
  /** How soon, in words; null where the figure is none of time, or none was agreed on. */
  readonly within: string | null;
  /** Percent; null: none was agreed on. */
  readonly target: string | null;
  /** null: there is no target, or nothing to hold against it. */
  readonly met: boolean | null;
  readonly before: Counted;
  /** Percent points more than in the period before; null where either has none. */
  readonly change: string | null;
  readonly counted: string;
}

/** How an account was served in a period, and what that was worth. */
export interface Scorecard {
  readonly days: Days;
  readonly before: Days;
  readonly figures: readonly Figure[];
  readonly values: readonly ValueOfServices[];
}

/** A scorecard from what was counted in a period and in the one before; both are held against the same targets. */
export function scorecardOf(
  periods: { readonly days: Days; readonly before: Days },
  facts: { readonly now: ScorecardFacts; readonly before: ScorecardFacts },
  levels: ServiceLevels | undefined,
): Scorecard {
  return {
    ...periods,
    figures: figureNames.map((name) => figureOf(name, facts.now.tallies[name], facts.before.tallies[name], levels)),
    values: valuesOf(facts.now.services, facts.before.services),
  };
}

/** One figure of a scorecard. */
export function figureOf(name: FigureName, now: Tally, before: Tally, levels: ServiceLevels | undefined): Figure {
  const { group, counted } = measures[name];
  const { within, percent: target } = targetOf(name, levels);
  const isMeasured = !isTimed(name) || within !== null;
  const [own, earlier] = [countedOf(now, isMeasured), countedOf(before, isMeasured)];
  return {
    figure: name,
    group,
    ...own,
    within: within && withinWords(within),
    target: target === null ? null : new Big(target).toFixed(2),
    met: target === null || own.percent === null ? null : isMet(now, target),
    before: earlier,
    change:
      own.percent === null || earlier.percent === null ? null : signed(new Big(own.percent).minus(earlier.percent)),
    counted,
  };
}

function countedOf({ count, of, open, amounts = [] }: Tally, isMeasured: boolean): Counted {
  const decided = of - open;
  return {
    count,
    of,
    open,
    percent: isMeasured && decided > 0 ? percentOf(new Big(count), new Big(decided)) : null,
    amounts: amounts.map(({ currency, amount }) => ({ currency, amount: moneyText(new Big(amount)) })),
  };
}

/** Not by the rounded percentage: 99.996 % is not 100 %. */
function isMet({ count, of, open }: Tally, target: number): boolean {
  return new Big(count).times(100).gte(new Big(target).times(of - open));
}

function signed(points: Big): string {
  return `${points.gt(0) ? "+" : ""}${points.toFixed(2)}`;
}
