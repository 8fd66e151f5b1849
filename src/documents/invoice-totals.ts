import Big from "big.js";
import type { z } from "zod";
import type { allowanceOrCharge, tax } from "./aggregate-components.ts";
import type { Invoice, InvoiceLine } from "./invoice.ts";
import type { OrderReference } from "./order-reference.ts";

/*
 * Money is rounded to the cent, half a cent away from zero, once for each amount that is worked out: a line, an allowance
 * or a charge, a tax, the terms discount. Sums of such amounts are exact.
 */

const placesOfMoney = 2;

/** What an invoice comes to. All are decimals with two places, in the currency of the invoice. */
export type InvoiceTotals = {
  /** Amount of each line, quantity × price, in the order of the lines. */
  lines: string[];
  /** Sum of the line amounts. */
  goods: string;
  /** Sum of the allowances, of the lines and of the whole; positive where something is taken off. */
  allowances: string;
  charges: string;
  taxes: string;
  /** goods − allowances + charges + taxes: what TDS01 says, before the terms discount. */
  amount: string;
  /** What the terms discount is of: as the invoice says it (TDS02), otherwise goods − allowances. */
  discountBasis: string;
  /** The terms discount of the first terms that have one: "0.00" where none has. */
  discount: string;
  /** amount − discount. */
  discountedAmount: string;
};

/** A billed line with what it takes from the whole invoice. */
export type InvoicedLine = {
  line: InvoiceLine;
  /** Where in the document it stands. */
  path: readonly (string | number)[];
  /** The order that it is for, its own or the invoice's. */
  order?: Pick<OrderReference, "number" | "release" | "date">;
  /** Number of the shipment, its own or the invoice's. */
  shipment?: string;
  /** Quantity × price. Not signed: see `isCredit`. */
  amount: string;
};

/** Something about an invoice that can't be, and where. */
export type InvoiceFault = { path: readonly (string | number)[]; message: string };

/** X12 element 640 of bills that owe money to the account instead of asking for it. */
const creditKinds: ReadonlySet<string> = new Set(["CE", "CG", "CN", "CR"]);
/** Those that are about one invoice, and have to name it. */
const kindsAboutAnInvoice: ReadonlySet<string> = new Set(["AI", "CN", "CO", "CR", "DR"]);
/** Those that are for many orders. */
const consolidatedKinds: ReadonlySet<string> = new Set(["CD", "CE", "CF", "CG", "CI", "FD"]);
/** Those that correct: they need not be for an order. */
const memoKinds: ReadonlySet<string> = new Set(["AI", "CF", "CG", "CN", "CR", "DR"]);

/** X12 element 639: how many pieces a price is for, where it isn't for one. */
const piecesPerPrice: ReadonlyMap<string, number> = new Map([
  ...["LD", "PD", "RD", "TD", "WD"].map((code) => [code, 12] as const),
  ...["HF", "HP", "LC", "QH", "RC", "TC", "WC"].map((code) => [code, 100] as const),
  ...["LM", "QS", "RM", "TF", "TM", "TP", "WM"].map((code) => [code, 1000] as const),
  ["PN", 10],
  ["TT", 10_000],
  ["HT", 100_000],
]);
/** X12 element 355: units that are a number of pieces themselves. */
const piecesPerUnit: ReadonlyMap<string, number> = new Map([
  ["DZ", 12],
  ["HC", 100],
  ["HU", 100],
  ["T3", 1000],
  ["TH", 1000],
]);

/** X12 element 331: allowances and charges that are settled apart from the invoice, or are only told. */
const elsewhere: ReadonlySet<string> = new Set("01 03 04 05 07 09 10 11 12 13 15 18 20 21".split(" "));
/** X12 element 662, TXI07: taxes that are in the price, or are only told. */
const taxesNotAdded: ReadonlySet<string> = new Set(["D", "I", "O"]);
/** X12 element 441: those of its codes that say that there is no exemption. */
const exemptionsDenied: ReadonlySet<string> = new Set(["2", "4", "6"]);

/** Whether the bill owes money to the account: a credit memo, a credit invoice. */
export function isCredit({ kind }: Pick<Invoice, "kind">): boolean {
  return creditKinds.has(kind?.code ?? "");
}

/** Whether an allowance or charge is settled apart from the invoice, or only told (SAC12): then it does not count. */
export function isSettledElsewhere({ settlement }: { settlement?: { code: string } | undefined }): boolean {
  return elsewhere.has(settlement?.code ?? "");
}

/** What an amount of goods is priced by. */
export type PricedQuantity = Pick<InvoiceLine, "quantity" | "price"> & {
  unit?: string | undefined;
  priceBasis?: { code: string } | undefined;
};

/** What a line comes to, rounded to the cent: see `exactAmount`. */
export function lineAmount(line: PricedQuantity): string {
  return inCents(exactAmount(line)).toFixed(placesOfMoney);
}

/**
 * Quantity × price, unrounded. A price for a dozen, a hundred or a thousand (by its basis) is divided by as many, but for lines
 * that are counted in dozens, hundreds or thousands themselves.
 */
export function exactAmount({ quantity, price, unit, priceBasis }: PricedQuantity): Big {
  const pieces = piecesPerPrice.get(priceBasis?.code ?? "") ?? 1;
  const counted = pieces === 1 ? 1 : (piecesPerUnit.get(unit ?? "") ?? 1);
  return new Big(quantity).times(price).times(counted).div(pieces);
}

/** Every line of an invoice, each with its order, its shipment and its amount. */
export function invoicedLines(invoice: Invoice): InvoicedLine[] {
  return invoice.lines.map((line, index) => {
    const order = line.order ?? invoice.order;
    const shipment = line.shipment ?? invoice.shipment;
    return {
      line,
      path: ["lines", index],
      ...(order && { order }),
      ...(shipment !== undefined && { shipment }),
      amount: lineAmount(line),
    };
  });
}

/** Adds an invoice up. Allowances and charges that are settled elsewhere (SAC12), and taxes that are included, don't count. */
export function invoiceTotals(invoice: Invoice): InvoiceTotals {
  const lines = invoice.lines.map(lineAmount);
  const goods = sum(lines);
  const parts = [
    ...invoice.lines.map((line, index) => ({ ...line, basis: lines[index] as string, quantity: line.quantity })),
    { ...invoice, basis: goods.toFixed(), quantity: undefined },
  ];
  const beside = parts.flatMap(({ allowancesAndCharges = [], basis, quantity }) =>
    allowancesAndCharges
      .filter((one) => !isSettledElsewhere(one))
      .map((one) => ({ ...one, amount: amountBeside(one, basis, quantity) })),
  );
  const allowances = sum(beside.filter(({ indicator }) => indicator.code === "A").map(({ amount }) => amount));
  const charges = sum(beside.filter(({ indicator }) => indicator.code === "C").map(({ amount }) => amount));
  const taxes = sum([
    ...parts.flatMap(({ taxes = [], basis }) => taxes.map((one) => taxAmount(one, basis))),
    ...beside.flatMap(({ taxes = [], amount }) => taxes.map((one) => taxAmount(one, amount))),
  ]);
  const amount = goods.minus(allowances).plus(charges).plus(taxes);
  const discountBasis = invoice.totals?.discountBasis ?? goods.minus(allowances).toFixed();
  const discount = new Big(invoice.totals?.discount ?? termsDiscount(invoice, discountBasis));
  return {
    lines,
    goods: goods.toFixed(placesOfMoney),
    allowances: allowances.toFixed(placesOfMoney),
    charges: charges.toFixed(placesOfMoney),
    taxes: taxes.toFixed(placesOfMoney),
    amount: amount.toFixed(placesOfMoney),
    discountBasis: new Big(discountBasis).toFixed(placesOfMoney),
    discount: discount.toFixed(placesOfMoney),
    discountedAmount: amount.minus(discount).toFixed(placesOfMoney),
  };
}

/**
 * The invoice with what follows from it: its amount and how many lines it has. One without lines has no count of them, unless
 * it says something that stands beside it (CTT).
 */
export function completeInvoice(invoice: Invoice): Invoice {
  const { amount } = invoiceTotals(invoice);
  const { quantity, weight, volume, description } = invoice.totals ?? {};
  const isCounted = [quantity, weight, volume, description].some((said) => said !== undefined);
  const { length } = invoice.lines;
  return {
    ...invoice,
    totals: { amount, ...((length > 0 || isCounted) && { lineCount: length }), ...invoice.totals },
  };
}

/** What contradicts itself in an invoice: sums, orders, what a memo is about. */
export function invoiceFaults(invoice: Invoice): InvoiceFault[] {
  return [...faultsOfKind(invoice), ...faultsOfOrders(invoice), ...faultsOfTotals(invoice)];
}

function faultsOfKind({ kind, billingReference, number }: Invoice): InvoiceFault[] {
  if (billingReference === number) {
    return [{ path: ["billingReference"], message: "is the invoice itself" }];
  }
  if (!kindsAboutAnInvoice.has(kind?.code ?? "") || billingReference !== undefined) return [];
  return [
    {
      path: ["billingReference"],
      message: `is missing: a ${kind?.word ?? "bill"} (${kind?.code}) names the invoice that it is about`,
    },
  ];
}

function faultsOfOrders(invoice: Invoice): InvoiceFault[] {
  const { order, kind } = invoice;
  if (order !== undefined && consolidatedKinds.has(kind?.code ?? "")) {
    return [{ path: ["order"], message: "is given, but each line of a consolidated invoice names its own" }];
  }
  if (memoKinds.has(kind?.code ?? "")) return [];
  return invoice.lines.flatMap((line, index) => {
    if (line.order === undefined && order === undefined) {
      return [{ path: ["lines", index, "order"], message: "is missing, and the invoice as a whole names none" }];
    }
    if (line.order && order && line.order.number !== order.number) {
      return [
        {
          path: ["lines", index, "order", "number"],
          message: `is ${line.order.number}, but the whole invoice is for ${order.number}`,
        },
      ];
    }
    return [];
  });
}

function faultsOfTotals(invoice: Invoice): InvoiceFault[] {
  const { totals = {}, lines } = invoice;
  const sums = invoiceTotals(invoice);
  const expected = {
    amount: sums.amount,
    lineCount: String(lines.length),
    quantity: sum(lines.map(({ quantity }) => quantity)).toFixed(),
    discountedAmount: sums.discountedAmount,
  };
  return Object.entries(expected).flatMap(([field, should]) => {
    const said = totals[field as keyof typeof expected];
    return said === undefined || new Big(said).eq(should)
      ? []
      : [{ path: ["totals", field], message: `is ${said}, but adds up to ${should}` }];
  });
}

/** What one allowance or charge comes to: as it says, or its rate × quantity, or its percentage of what it is on. */
function amountBeside(
  { amount, rate, quantity, percent }: z.infer<typeof allowanceOrCharge>,
  basis: string,
  quantityOfLine: string | undefined,
): string {
  if (amount !== undefined) return amount;
  const count = quantity ?? quantityOfLine;
  if (rate !== undefined && count !== undefined) return inCents(new Big(rate).times(count)).toFixed();
  if (percent?.value !== undefined) return percentOf(percent.value, basis);
  return "0";
}

function taxAmount({ amount, percentage, basis, exempt, relationship }: z.infer<typeof tax>, taxed: string): string {
  if (taxesNotAdded.has(relationship ?? "")) return "0";
  if (amount !== undefined) return inCents(new Big(amount)).toFixed();
  const isExempt = exempt !== undefined && !exemptionsDenied.has(exempt);
  return percentage === undefined || isExempt ? "0" : percentOf(percentage, basis ?? taxed);
}

function termsDiscount({ terms = [] }: Invoice, basis: string): string {
  const stated = terms.find((one) => one.discountAmount !== undefined || one.discountPercent !== undefined);
  if (stated === undefined) return "0";
  return stated.discountAmount ?? percentOf(stated.discountPercent as string, basis);
}

function percentOf(percent: string, amount: string): string {
  return inCents(new Big(amount).times(percent).div(100)).toFixed();
}

function inCents(amount: Big): Big {
  return amount.round(placesOfMoney, Big.roundHalfUp);
}

function sum(amounts: readonly string[]): Big {
  return amounts.reduce((total, amount) => total.plus(amount), new Big(0));
}
