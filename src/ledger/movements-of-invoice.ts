import { Big } from "big.js";
import type { Invoice } from "../documents/index.ts";
import { invoicedLines, invoiceTotals, isCredit } from "../documents/invoice-totals.ts";
import type { ClaimLine } from "./allocation.ts";
import { apportion, decimalText, moneyText, sumOf } from "./amount.ts";
import type { Movement } from "./movement.ts";
import { placeOf } from "./movements-of-shipment.ts";
import type { Placement } from "./place.ts";

/** What of an invoice is for one of its lines, signed: the line with its own allowances, charges and taxes, and its share of the invoice's. */
export interface InvoiceShare {
  readonly path: string;
  readonly amount: string;
}

/**
 * An invoice's amount shared out to its lines, to the cent: each line's own amount, and of what is said for the whole (freight,
 * allowances, taxes) a share by that amount. They add up to the invoice exactly; below zero for a credit memo. An invoice
 * without lines has one share, whose path is empty.
 */
export function invoiceShares(invoice: Invoice): InvoiceShare[] {
  const sign = isCredit(invoice) ? -1 : 1;
  const total = new Big(invoiceTotals(invoice).amount);
  if (invoice.lines.length === 0) return [{ path: "", amount: moneyText(total.times(sign)) }];
  const own = invoice.lines.map((line) => {
    const { allowancesAndCharges: _, taxes: __, totals: ___, ...rest } = invoice;
    return new Big(invoiceTotals({ ...rest, lines: [line] }).amount);
  });
  const beside = total.minus(own.reduce((sum, amount) => sum.plus(amount), new Big(0)));
  const shares = apportion(
    beside,
    own.map((amount) => amount.abs()),
  );
  return own.map((amount, index) => ({
    path: `lines.${index}`,
    amount: moneyText(amount.plus(shares[index] ?? 0).times(sign)),
  }));
}

/**
 * What an invoice or a memo moves: each line is invoiced, with its share of the whole; negative for a credit memo. A line that
 * only corrects a price moves money and no quantity.
 */
export function movementsOfInvoice(invoice: Invoice): Movement[] {
  const sign = isCredit(invoice) ? -1 : 1;
  const header = placeOf(invoice.parties, ["ST"]);
  const shares = invoiceShares(invoice);
  const lines = invoicedLines(invoice);
  const common = {
    kind: "invoiced" as const,
    ...(invoice.currency !== undefined && { currency: invoice.currency }),
    ...(invoice.kind && { code: invoice.kind.code }),
    date: invoice.date,
    reference: invoice.number,
  };
  if (lines.length === 0) {
    const { order } = invoice;
    return shares.map(({ amount, path }) => ({
      ...common,
      ...(order && { order: { number: order.number, ...(order.release !== undefined && { release: order.release }) } }),
      productIds: [],
      quantity: "0",
      amount,
      path,
    }));
  }
  return lines.flatMap(({ line, order }, index) => {
    const amount = shares[index]?.amount ?? "0.00";
    const location = placeOf(line.parties, ["ST"]) ?? header;
    const markFor = placeOf(line.parties, ["Z7", "SN", "BY"]) ?? placeOf(invoice.parties, ["Z7", "SN", "BY"]);
    const parts = partsOf(line);
    const amounts = apportion(
      amount,
      parts.map(({ quantity }) => new Big(quantity).abs()),
    );
    return parts.map(({ quantity, place }, part): Movement => {
      const store = place ?? markFor;
      return {
        ...common,
        ...(order && {
          order: { number: order.number, ...(order.release !== undefined && { release: order.release }) },
        }),
        ...(line.line !== undefined && { line: line.line }),
        productIds: line.productIds,
        ...(location && { location }),
        ...(store && { markFor: store }),
        quantity: line.corrects ? "0" : decimalText(new Big(quantity).times(sign)),
        ...(line.corrects && { corrects: line.corrects }),
        unit: line.unit,
        price: line.price,
        ...(line.priceBasis && { priceBasis: line.priceBasis.code }),
        amount: moneyText(amounts[part] ?? new Big(0)),
        path: `lines.${index}`,
      };
    });
  });
}

function partsOf(line: Invoice["lines"][number]): { quantity: string; place?: NonNullable<Movement["location"]> }[] {
  const places = line.quantitiesByLocation ?? [];
  if (places.length === 0 || places.some(({ unit }) => unit !== line.unit)) return [{ quantity: line.quantity }];
  const rest = new Big(line.quantity).minus(sumOf(places.map(({ quantity }) => quantity)));
  return [
    ...places.map(({ quantity, location, idQualifier }) => ({
      quantity,
      place: { ...(idQualifier !== undefined && { qualifier: idQualifier }), id: location },
    })),
    ...(rest.eq(0) ? [] : [{ quantity: decimalText(rest) }]),
  ];
}

/**
 * An invoice as the lines of a claim, one for each ledger line that it was placed on and one for each part that belongs to
 * none. The path of a placed one is the ledger line's key after the place in the invoice (`ledgerKeyOf` finds it again).
 */
export function claimLinesOf(placement: Placement): ClaimLine[] {
  const parts = new Map<string, ClaimLine>();
  const add = (path: string, movement: Movement, quantity: string, amount: string) => {
    const earlier = parts.get(path);
    parts.set(path, {
      path,
      ...(movement.line !== undefined && { line: movement.line }),
      amount: moneyText(sumOf([earlier?.amount, amount])),
      quantity: decimalText(sumOf([earlier?.quantity, quantity])),
      settled: "0",
    });
  };
  for (const { movement, key, quantity, amount } of placement.placed) {
    add(`${movement.path} ${key}`, movement, quantity, amount ?? "0");
  }
  for (const { movement } of placement.unplaced) {
    add(movement.path, movement, movement.quantity, movement.amount ?? "0");
  }
  return [...parts.values()];
}

/** The ledger line of a claim line that `claimLinesOf` made; nothing where it belongs to none. */
export function ledgerKeyOf(path: string): string | undefined {
  const space = path.indexOf(" ");
  return space < 0 ? undefined : path.slice(space + 1);
}
