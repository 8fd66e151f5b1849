import { Big } from "big.js";
import { apportion, atLeastZero, decimalText, least, moneyText, sumOf } from "./amount.ts";

/** A line of an invoice as a claim: its amount with its share of the invoice's charges, allowances and taxes. */
export interface ClaimLine {
  /** Place of the line in the invoice: "lines.3"; empty for what the invoice claims beside its lines. */
  readonly path: string;
  /** The buyer's order line number, as the invoice has it. */
  readonly line?: string;
  /** Signed: of a credit memo below zero. */
  readonly amount: string;
  /** Signed, in the line's unit; zero for what is no goods. */
  readonly quantity: string;
  /** What of the amount was settled so far, in whatever way. Signed as the amount. */
  readonly settled: string;
}

/** What settles a claim, all signed as the claim: money, a discount that was earned, an adjustment that both agree on. */
export interface Settling {
  readonly paid: string;
  readonly discount: string;
  readonly adjustment: string;
}

/** What of a settling went to one line. */
export interface LineAllocation extends Settling {
  readonly path: string;
  /** What is open of the line now; signed as its amount. */
  readonly open: string;
  /** Quantity that counts as paid now and didn't before: the line's whole quantity once nothing of its amount is open. */
  readonly paidQuantity: string;
}

/** A settling on the lines of a claim, and the money that it did not need. */
export interface Allocation {
  readonly lines: readonly LineAllocation[];
  /** What is open of the claim now. */
  readonly open: string;
  /** Money beyond the claim; signed as the claim. */
  readonly excess: string;
}

/** What is open of a claim; signed as the claim. */
export function openOf(lines: readonly Pick<ClaimLine, "amount" | "settled">[]): Big {
  return sumOf(lines.map(({ amount }) => amount)).minus(sumOf(lines.map(({ settled }) => settled)));
}

/**
 * Puts a settling on the lines of a claim, to the cent: in proportion to what is open of each, so that the shares add up
 * exactly to what was given. Deductions that the payer made for single lines (`withheld`, by path, above zero) are left out
 * of the proportion first: the line that is contested stays open, the others are paid. What is more than the claim is excess.
 */
export function allocate(
  lines: readonly ClaimLine[],
  settling: Settling,
  withheld: ReadonlyMap<string, string> = new Map(),
): Allocation {
  // A credit memo is a claim of the account against us: turned round, it is like any other.
  const sign = sumOf(lines.map(({ amount }) => amount)).lt(0) ? -1 : 1;
  const openBefore = openOf(lines);
  const open = lines.map((line) => new Big(line.amount).minus(line.settled).times(sign));
  const parts = (["adjustment", "discount", "paid"] as const).map((kind) => {
    const given = new Big(settling[kind]).times(sign);
    const settled = lines.map((line, index) => new Big(line.amount).times(sign).minus(open[index] ?? 0));
    const back = total(settled.map(atLeastZero));
    // Money that flows back opens the claim again, but never for more than was settled.
    const taken = given.gte(0) ? least(given, atLeastZero(total(open))) : least(given.abs(), back).times(-1);
    const wanted = open.map((amount, index) => amount.minus(reserve(lines[index], amount, withheld)));
    const shares = share(taken, wanted, open, settled);
    shares.forEach((amount, index) => {
      open[index] = (open[index] ?? new Big(0)).minus(amount);
    });
    return { kind, shares, rest: given.minus(taken) };
  });
  const shareOf = (kind: keyof Settling, index: number) =>
    moneyOrExact((parts.find((part) => part.kind === kind)?.shares[index] ?? new Big(0)).times(sign));

  return {
    lines: lines.map((line, index) => {
      const now = (open[index] ?? new Big(0)).times(sign);
      // What costs nothing is paid when all of the claim is.
      const isFree = new Big(line.amount).eq(0);
      const wasPaid = isFree ? openBefore.eq(0) : new Big(line.amount).eq(line.settled);
      const isPaid = isFree ? total(open).eq(0) : now.eq(0);
      return {
        path: line.path,
        paid: shareOf("paid", index),
        discount: shareOf("discount", index),
        adjustment: shareOf("adjustment", index),
        open: moneyOrExact(now),
        paidQuantity:
          wasPaid === isPaid ? "0" : decimalText(isPaid ? new Big(line.quantity) : new Big(line.quantity).times(-1)),
      };
    }),
    open: moneyOrExact(total(open).times(sign)),
    excess: moneyOrExact(total(parts.map(({ rest }) => rest)).times(sign)),
  };
}

/** What is kept back from a line: no more than is open of it. */
function reserve(line: ClaimLine | undefined, open: Big, withheld: ReadonlyMap<string, string>): Big {
  return least(new Big(withheld.get(line?.path ?? "") ?? 0), atLeastZero(open));
}

/**
 * An amount on lines: those that are open below zero (goods taken back on an invoice) first and whole, since they lower what
 * is to be paid; the rest in proportion to what is wanted for each, and what is beyond that to what is still open.
 */
function share(amount: Big, wanted: readonly Big[], open: readonly Big[], settled: readonly Big[]): Big[] {
  if (amount.eq(0)) return open.map(() => new Big(0));
  // Money that goes back is taken from where it was settled.
  if (amount.lt(0)) return apportion(amount, settled.map(atLeastZero));
  if (amount.eq(total(open))) return [...open];

  const lowering = open.map((one) => least(one, new Big(0)));
  const rest = amount.minus(total(lowering));
  const first = wanted.map(atLeastZero);
  const room = total(first);
  const contested = open.map((one, index) => atLeastZero(one).minus(first[index] ?? 0));
  const toFirst = room.eq(0) ? first : apportion(least(rest, room), first);
  const toContested = rest.gt(room) ? apportion(rest.minus(room), contested) : contested.map(() => new Big(0));
  return open.map((_, index) =>
    (lowering[index] ?? new Big(0)).plus(toFirst[index] ?? 0).plus(toContested[index] ?? 0),
  );
}

function total(amounts: readonly Big[]): Big {
  return amounts.reduce((sum, amount) => sum.plus(amount), new Big(0));
}

function moneyOrExact(amount: Big): string {
  const money = moneyText(amount);
  return new Big(money).eq(amount) ? money : decimalText(amount);
}
