import { Big } from "big.js";
import type { Remittance, RemittanceAdjustment, RemittanceLine } from "../documents/remittance.ts";
import { remittanceBalance, type Settlement, settlementOf } from "../documents/remittance-balance.ts";
import { allocate, type ClaimLine, type LineAllocation, openOf, type Settling } from "./allocation.ts";
import { atLeastZero, least, moneyText, sumOf } from "./amount.ts";
import type { EarnedDiscount } from "./discount.ts";
import { withoutZeros } from "./line.ts";

/** An invoice or memo as a claim, with what was settled of it so far. A credit memo's amounts are below zero. */
export interface Claim {
  readonly number: string;
  readonly currency?: string;
  readonly lines: readonly ClaimLine[];
  /** The discount for paying early, where the terms give one. */
  readonly discount?: EarnedDiscount;
  /** Discount that was taken before; above zero, of a credit memo too. */
  readonly discountTaken?: string;
}

/** What an account agreed on, and how exact it has to be. */
export interface PaymentRules {
  /** Reasons (X12 element 426) for which the account may deduct without asking: such deductions settle. */
  readonly agreedReasons?: readonly string[];
  /** Days after the discount's last day on which it is granted all the same. */
  readonly discountGraceDays?: number;
}

/** Why a payment is not what was claimed. */
export type DifferenceCode =
  | "invoice-unknown"
  | "paid-before"
  | "over-paid"
  | "short-paid"
  | "taken-back"
  | "discount-late"
  | "discount-too-high"
  | "deduction"
  | "addition"
  | "deduction-without-invoice"
  | "currency-differs"
  | "no-detail"
  | "does-not-add-up";

/** A payment that is not what was claimed: how much, of what, and why, for a person. */
export interface PaymentDifference {
  readonly code: DifferenceCode;
  /** Number of the invoice or memo. */
  readonly invoice?: string;
  /** Above zero: we have more than was claimed; below: less. */
  readonly amount: string;
  /** X12 element 426, where the payer gave a reason. */
  readonly reason?: string;
  readonly message: string;
  /** Where in the remittance. */
  readonly path: string;
}

/** What one line of a remittance settled. */
export interface InvoiceAllocation extends Settling {
  /** Number of the invoice or memo, as we have it. */
  readonly invoice: string;
  readonly lines: readonly LineAllocation[];
  /** What is open of it now; of a credit memo below zero. */
  readonly open: string;
  readonly path: string;
}

/** A remittance on our claims. The allocations' paid amounts and `onAccount` add up to what was paid, to the cent. */
export interface RemittanceAllocation {
  readonly allocations: readonly InvoiceAllocation[];
  readonly differences: readonly PaymentDifference[];
  /** Money that settles no claim of ours; below zero where the account kept back more than it paid beside its invoices. */
  readonly onAccount: string;
}

/**
 * Puts a remittance on the claims that it pays. A deduction settles only where the account may make it; all others are said
 * and stay open, for a person to agree to or to claim. A discount settles as far as it was earned.
 */
export function allocateRemittance(
  remittance: Remittance,
  claims: readonly Claim[],
  rules: PaymentRules = {},
): RemittanceAllocation {
  const book = new Map(claims.map((claim) => [withoutZeros(claim.number), claim]));
  const allocations: InvoiceAllocation[] = [];
  const differences: PaymentDifference[] = [];
  let onAccount = new Big(0);

  for (const { line, path } of linesOf(remittance)) {
    const settlement = settlementOf(line);
    const key = withoutZeros(settlement.number ?? "");
    const claim = book.get(key);
    if (claim === undefined || currencyDiffers(remittance, claim)) {
      differences.push(
        claim === undefined ? unknownInvoice(settlement, path) : otherCurrency(remittance, claim, settlement, path),
      );
      onAccount = onAccount.plus(settlement.paid);
      continue;
    }
    const settled = settle(claim, line, settlement, path, remittance.date, rules);
    allocations.push(settled.allocation);
    differences.push(...settled.differences);
    onAccount = onAccount.plus(settled.onAccount);
    book.set(key, after(claim, settled.allocation));
  }
  for (const { adjustment, path } of adjustmentsOf(remittance)) {
    onAccount = onAccount.plus(adjustment.amount);
    differences.push(besideInvoices(adjustment, path));
  }
  const balance = remittanceBalance(remittance);
  const signed = new Big(balance.stated).times(remittance.creditOrDebit.code === "D" ? -1 : 1);
  if (balance.withoutDetail && !signed.eq(0)) {
    onAccount = onAccount.plus(signed);
    const message = `${moneyText(signed)} was paid, and the remittance names no invoice`;
    differences.push({ code: "no-detail", amount: moneyText(signed), message, path: "entities" });
  } else if (!new Big(balance.difference).eq(0)) {
    onAccount = onAccount.plus(balance.difference);
    const message = `the remittance says ${moneyText(signed)}, and its lines and adjustments come to ${moneyText(signed.minus(balance.difference))}`;
    differences.push({
      code: "does-not-add-up",
      amount: moneyText(new Big(balance.difference)),
      message,
      path: "amount",
    });
  }
  return { allocations, differences, onAccount: moneyText(onAccount) };
}

/** One line of a remittance on its claim. Everything is turned so that the claim is above zero, and turned back at the end. */
function settle(
  claim: Claim,
  line: RemittanceLine,
  settlement: Settlement,
  path: string,
  date: string | undefined,
  rules: PaymentRules,
): { allocation: InvoiceAllocation; differences: PaymentDifference[]; onAccount: Big } {
  const sign = sumOf(claim.lines.map(({ amount }) => amount)).lt(0) ? -1 : 1;
  const open = openOf(claim.lines).times(sign);
  const paid = new Big(settlement.paid).times(sign);
  const differences: PaymentDifference[] = [];
  const differ = (code: DifferenceCode, amount: Big, message: string, reason?: string) => {
    const signed = moneyText(amount.times(sign));
    differences.push({
      code,
      invoice: claim.number,
      amount: signed,
      ...(reason !== undefined && { reason }),
      message,
      path,
    });
  };

  if (open.lte(0) && paid.gt(0)) {
    differ(
      "paid-before",
      paid,
      `invoice ${claim.number} was settled before, and ${moneyText(paid)} was paid on it again`,
    );
    const nothing = allocate(claim.lines, { paid: "0", discount: "0", adjustment: "0" });
    const allocation = {
      invoice: claim.number,
      paid: "0.00",
      discount: "0.00",
      adjustment: "0.00",
      lines: nothing.lines,
      open: nothing.open,
      path,
    };
    return { allocation, differences, onAccount: paid.times(sign) };
  }

  const discount = earned(claim, new Big(settlement.discount).times(sign), date, rules, differ);
  const deductions = settlement.deductions.map((one) => ({ ...one, amount: new Big(one.amount).times(sign) }));
  let agreed = new Big(0);
  let claimed = new Big(0);
  let added = new Big(0);
  for (const { amount, reason, word, reference } of deductions) {
    const because = `${reason}${word ? ` (${word})` : ""}${reference ? `, reference ${reference}` : ""}`;
    if (amount.gt(0)) {
      added = added.plus(amount);
      differ(
        "addition",
        amount,
        `${moneyText(amount)} was added to invoice ${claim.number}, reason ${because}`,
        reason,
      );
    } else if (rules.agreedReasons?.includes(reason)) {
      agreed = agreed.minus(amount);
    } else if (amount.lt(0)) {
      claimed = claimed.minus(amount);
      differ(
        "deduction",
        amount,
        `${moneyText(amount.abs())} was deducted from invoice ${claim.number}, reason ${because}`,
        reason,
      );
    }
  }

  if (paid.lt(0))
    differ("taken-back", paid, `${moneyText(paid.abs())} that was paid on invoice ${claim.number} was taken back`);

  const forClaim = paid.minus(added);
  const allocated = allocate(
    claim.lines,
    {
      paid: moneyText(forClaim.times(sign)),
      discount: moneyText(discount.times(sign)),
      adjustment: moneyText(agreed.times(sign)),
    },
    withheldByLine(line, claim),
  );
  const left = new Big(allocated.open).times(sign);
  const excess = new Big(allocated.excess).times(sign);
  const refusedDiscount = new Big(settlement.discount).times(sign).minus(discount);
  const missing = left.minus(claimed).minus(atLeastZero(refusedDiscount));
  if (excess.gt(0))
    differ("over-paid", excess, `${moneyText(excess)} more than was open of invoice ${claim.number} was paid`);
  if (missing.gt(0) && paid.gte(0)) {
    differ(
      "short-paid",
      missing.times(-1),
      `${moneyText(missing)} of invoice ${claim.number} was not paid, and no reason is given`,
    );
  }
  const sums = (kind: keyof Settling) => moneyText(sumOf(allocated.lines.map((one) => one[kind])));
  const allocation = {
    invoice: claim.number,
    paid: sums("paid"),
    discount: sums("discount"),
    adjustment: sums("adjustment"),
    lines: allocated.lines,
    open: allocated.open,
    path,
  };
  return { allocation, differences, onAccount: new Big(settlement.paid).minus(allocation.paid) };
}

/** How much of a discount that was taken is granted. */
function earned(
  claim: Claim,
  taken: Big,
  date: string | undefined,
  rules: PaymentRules,
  differ: (code: DifferenceCode, amount: Big, message: string) => void,
): Big {
  if (taken.lte(0)) return taken;
  const until = claim.discount?.until;
  const lastDay = until === undefined ? undefined : daysAfter(until, rules.discountGraceDays ?? 0);
  if (lastDay !== undefined && date !== undefined && date > lastDay) {
    differ(
      "discount-late",
      taken.times(-1),
      `${moneyText(taken)} discount was taken on ${date}, and it ended on ${until}`,
    );
    return new Big(0);
  }
  const allowed = atLeastZero(new Big(claim.discount?.amount ?? 0).minus(claim.discountTaken ?? 0));
  const granted = least(taken, allowed);
  if (granted.lt(taken)) {
    const excess = taken.minus(granted);
    differ(
      "discount-too-high",
      excess.times(-1),
      `${moneyText(taken)} discount was taken, and the terms give ${moneyText(allowed)}`,
    );
  }
  return granted;
}

/** What the payer kept back from single lines, by their path: deductions that name a line of the invoice with its goods. */
function withheldByLine(line: RemittanceLine, claim: Claim): Map<string, string> {
  const withheld = new Map<string, string>();
  for (const { amount, items } of line.adjustments ?? []) {
    const named = (items ?? []).flatMap((item) => {
      const found = claim.lines.find(
        (one) =>
          one.line !== undefined && item.line !== undefined && withoutZeros(one.line) === withoutZeros(item.line),
      );
      return found ? [found.path] : [];
    });
    const [only] = named;
    // Which part of a deduction is for which of several lines, nobody says; then it is of all of them.
    if (only !== undefined && new Set(named).size === 1) {
      withheld.set(only, sumOf([withheld.get(only), moneyText(new Big(amount).abs())]).toFixed());
    }
  }
  return withheld;
}

/** The claim as it stands after an allocation, for the next line that pays it. */
function after(claim: Claim, allocation: InvoiceAllocation): Claim {
  return {
    ...claim,
    discountTaken: sumOf([claim.discountTaken, allocation.discount]).abs().toFixed(),
    lines: claim.lines.map((line, index) => {
      const share = allocation.lines[index];
      return { ...line, settled: sumOf([line.settled, share?.paid, share?.discount, share?.adjustment]).toFixed() };
    }),
  };
}

function unknownInvoice(settlement: Settlement, path: string): PaymentDifference {
  const { number, document, paid } = settlement;
  const amount = moneyText(new Big(paid));
  return {
    code: "invoice-unknown",
    ...(number !== undefined && { invoice: number }),
    amount,
    message:
      number === undefined
        ? `${amount} was paid on no named invoice`
        : `${amount} was paid on ${document === "other" ? "number" : document} ${number}, which is no claim of ours on this account`,
    path,
  };
}

function currencyDiffers(remittance: Remittance, claim: Claim): boolean {
  return remittance.currency !== undefined && claim.currency !== undefined && remittance.currency !== claim.currency;
}

function otherCurrency(remittance: Remittance, claim: Claim, { paid }: Settlement, path: string): PaymentDifference {
  const amount = moneyText(new Big(paid));
  return {
    code: "currency-differs",
    invoice: claim.number,
    amount,
    message: `invoice ${claim.number} is in ${claim.currency}, and ${amount} ${remittance.currency} was paid`,
    path,
  };
}

function besideInvoices(adjustment: RemittanceAdjustment, path: string): PaymentDifference {
  const { amount, reason } = adjustment;
  const text = moneyText(new Big(amount));
  const because = `${reason.code}${reason.word ? ` (${reason.word})` : ""}`;
  return {
    code: new Big(amount).lt(0) ? "deduction-without-invoice" : "addition",
    amount: text,
    reason: reason.code,
    message: `${text} beside the invoices, reason ${because}`,
    path,
  };
}

function linesOf(remittance: Remittance): { line: RemittanceLine; path: string }[] {
  return (remittance.entities ?? []).flatMap((entity, outer) =>
    (entity.lines ?? []).map((line, inner) => ({ line, path: `entities.${outer}.lines.${inner}` })),
  );
}

function adjustmentsOf(remittance: Remittance): { adjustment: RemittanceAdjustment; path: string }[] {
  return (remittance.entities ?? []).flatMap((entity, outer) =>
    (entity.adjustments ?? []).map((adjustment, inner) => ({
      adjustment,
      path: `entities.${outer}.adjustments.${inner}`,
    })),
  );
}

function daysAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
