import { Big } from "big.js";
import type { ProductId } from "../../documents/aggregate-components.ts";
import type { Invoice, InvoiceLine } from "../../documents/invoice.ts";
import { apportion, moneyText } from "../../ledger/amount.ts";
import { unitPriceOf } from "./price-credit.ts";

/** What a memo of ours says beside its lines. */
export interface MemoHeading {
  readonly account: string;
  readonly usage: "production" | "test";
  readonly number: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly currency: string;
  readonly contract: string;
  /** To whom: the parties of the invoice that calls for it, but not where goods went. */
  readonly parties?: Invoice["parties"];
}

/** What is given back of one line of an invoice. */
export interface CreditedLine {
  /** Number of the invoice. */
  readonly invoice: string;
  readonly order?: { readonly number: string; readonly release?: string | undefined } | undefined;
  /** The buyer's line number. */
  readonly line?: string | undefined;
  readonly productIds: readonly ProductId[];
  readonly quantity: string;
  readonly unit: string;
  readonly amount: string;
  /** Why, at most 80 characters. */
  readonly reason: string;
}

/** Roles of N1 that say where goods went, which a memo is not about. */
const whereGoodsWent: ReadonlySet<string> = new Set(["ST", "SN", "Z7", "BY", "SF"]);

/** The credit memo that gives the difference of prices back: a line for each line of an invoice, which it names (REF*OI). */
export function priceCreditMemo(heading: MemoHeading, credited: readonly CreditedLine[]): Invoice {
  const lines = credited.map((one): InvoiceLine => {
    const price = unitPriceOf(one.amount, one.quantity);
    return {
      ...(one.line !== undefined && { line: one.line }),
      ...(one.order && {
        order: { number: one.order.number, ...(one.order.release && { release: one.order.release }) },
      }),
      // A quantity at which no price comes to the amount is said as one of it.
      quantity: price === null ? "1" : new Big(one.quantity).abs().toFixed(),
      unit: one.unit,
      price: price ?? one.amount,
      productIds: [...one.productIds],
      descriptions: [{ type: "F", text: one.reason }],
      references: [originalInvoice(one.invoice)],
      corrects: "price",
    };
  });
  const [only, ...others] = new Set(credited.map(({ invoice }) => invoice));
  return memoOf(heading, lines, others.length === 0 ? only : undefined);
}

/**
 * The credit memo that gives a rebate: a line for each invoice that it was earned with, by what that invoice added to it. It corrects
 * none of them: goods that are taken back later are still credited in full, and lower the rebate by themselves.
 */
export function rebateCreditMemo(
  heading: MemoHeading,
  amount: string,
  earned: readonly { readonly invoice: string; readonly amount: string }[],
  reason: string,
): Invoice {
  const shares = apportion(
    amount,
    earned.map((one) => (new Big(one.amount).lt(0) ? "0" : one.amount)),
  );
  const lines = earned.flatMap(({ invoice }, index): InvoiceLine[] => {
    const share = shares[index] ?? new Big(0);
    if (share.eq(0)) return [];
    return [
      {
        quantity: "1",
        unit: "EA",
        price: moneyText(share),
        productIds: [],
        descriptions: [{ type: "F", text: reason }],
        references: [originalInvoice(invoice)],
        corrects: "rebate",
      },
    ];
  });
  return memoOf(heading, lines, undefined);
}

/** BIG07 CR, where it corrects one invoice (REF*OI in the heading); otherwise CG, whose lines name theirs. */
function memoOf(heading: MemoHeading, lines: InvoiceLine[], corrected: string | undefined): Invoice {
  const { account, usage, number, date, currency, contract } = heading;
  const parties = heading.parties?.filter(({ role }) => !whereGoodsWent.has(role)) ?? [];
  return {
    documentType: "invoice",
    ...{ account, usage, number, date, currency },
    ...(corrected === undefined
      ? { kind: { code: "CG", word: "consolidated credit memo" } }
      : { kind: { code: "CR", word: "credit memo" }, billingReference: corrected }),
    currencyParty: "SE",
    references: [{ qualifier: "CT", word: "contract", value: contract }],
    ...(parties.length > 0 && { parties }),
    lines,
  };
}

const originalInvoice = (value: string) => ({ qualifier: "OI", word: "original invoice", value });
