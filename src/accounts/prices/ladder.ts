import { Big } from "big.js";

/** What a step of a ladder is reached by: the order's own quantity, or the volume of a period. */
export type LadderKind = "quantity" | "volume";

/** From how much on a price holds. Numbers are decimal text. */
export interface PriceStep {
  readonly by: LadderKind;
  /** In the price's unit; in money where the contract measures volume so. */
  readonly from: string;
  readonly price: string;
}

/** The prices of one item in one unit under one contract, for a time. */
export interface PriceLadder {
  readonly contract: string;
  /** The item's number as orders write it. */
  readonly item: string;
  /** Whose number it is (X12 element 235); empty: whoever's. */
  readonly qualifier: string;
  /** X12 element 355. */
  readonly unit: string;
  /** X12 element 639; empty: by the unit. */
  readonly priceBasis: string;
  readonly validFrom: string;
  /** null: until the contract ends. */
  readonly validTo: string | null;
  readonly steps: readonly PriceStep[];
}

/** What a line is held against: its item's quantity in the order, and the volume of the period. */
export interface Counted {
  readonly quantity: string;
  readonly volume: string;
}

/** The step that gives the price, and the count that reached it. */
export interface ReachedStep extends PriceStep {
  readonly counted: string;
}

/** The highest step of a ladder that a count has reached; null where it is below the first. */
export function stepReached(steps: readonly PriceStep[], by: LadderKind, counted: string): PriceStep | null {
  return (
    inOrder(steps, by)
      .filter(({ from }) => new Big(from).lte(counted))
      .at(-1) ?? null
  );
}

/** The step after it, and how much is missing to it; null where there is none. */
export function nextStep(
  steps: readonly PriceStep[],
  by: LadderKind,
  counted: string,
): (PriceStep & { readonly missing: string }) | null {
  const next = inOrder(steps, by).find(({ from }) => new Big(from).gt(counted));
  return next ? { ...next, missing: new Big(next.from).minus(counted).toFixed() } : null;
}

/**
 * The price that a ladder gives: the lower of what the order's quantity and the period's volume reach. Null below the first
 * step of both.
 */
export function priceReached(steps: readonly PriceStep[], counted: Counted): ReachedStep | null {
  const reached = (["quantity", "volume"] as const).flatMap((by) => {
    const step = stepReached(steps, by, counted[by]);
    return step ? [{ ...step, counted: counted[by] }] : [];
  });
  return reached.reduce<ReachedStep | null>(
    (best, step) => (best === null || new Big(step.price).lt(best.price) ? step : best),
    null,
  );
}

/** What is wrong with a ladder, as the end of a sentence; null where it can be used: it begins at 0, and no step is dearer than the one before. */
export function ladderFault(steps: readonly PriceStep[]): string | null {
  if (!steps.some(({ from }) => new Big(from).eq(0))) return "has no price from 0 on";
  for (const by of ["quantity", "volume"] as const) {
    const ordered = inOrder(steps, by);
    for (const [index, step] of ordered.entries()) {
      const before = ordered[index - 1];
      if (before === undefined) continue;
      if (new Big(before.from).eq(step.from)) return `has two prices by ${by} from ${step.from} on`;
      if (new Big(step.price).gt(before.price)) {
        return `is dearer by ${by} from ${step.from} on (${step.price}) than before (${before.price})`;
      }
    }
  }
  return null;
}

function inOrder(steps: readonly PriceStep[], by: LadderKind): PriceStep[] {
  return steps.filter((step) => step.by === by).sort((one, other) => new Big(one.from).cmp(other.from));
}
