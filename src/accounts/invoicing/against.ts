import type { Invoice } from "../../documents/invoice.ts";
import { isCredit } from "../../documents/invoice-totals.ts";
import type { InvoicingRule } from "../rules/invoicing.ts";
import { besideKind, wayOf } from "./beside.ts";
import { type Dimension, dimensionsOf } from "./dimensions.ts";
import type { BillableLine } from "./facts.ts";

/** Something in which an invoice that was handed in does not keep to the account's rule. */
export interface AgainstRule {
  readonly path: string;
  readonly message: string;
  readonly mend: string;
}

/** Of a line of an invoice: what tells invoices apart. */
export type ToldApart = Omit<BillableLine, "id" | "quantity" | "unit" | "givenBack">;

/** How many values a sentence names. */
const named = 5;

/**
 * In what an invoice that the supplier's systems made does not keep to the rule: lines together that belong apart, too many of them,
 * freight, charges, allowances and terms where they do not belong. Of a memo only its kind is looked at.
 */
export function againstRule(rule: InvoicingRule, invoice: Invoice, lines: readonly ToldApart[]): AgainstRule[] {
  if (isCredit(invoice)) return kindAgainst(rule, invoice);
  if (rule.evaluatedReceipts === "always") {
    const message = "The account's rule says that it always pays by what it receives: it gets no invoice.";
    return [{ path: "number", message, mend: "Send none." }];
  }
  return [
    ...linesAgainst(rule, lines),
    ...countAgainst(rule, invoice),
    ...besideAgainst(rule, invoice),
    ...termsAgainst(rule, invoice),
  ];
}

function kindAgainst({ credits }: InvoicingRule, { kind }: Invoice): AgainstRule[] {
  if ((kind?.code !== "CR" && kind?.code !== "CN") || kind.code === credits.as) return [];
  const message = `It is a ${kind.code} (BIG07), and the account's rule gives back by ${credits.as}.`;
  return [{ path: "kind", message, mend: `Make it a ${credits.as}.` }];
}

function linesAgainst(rule: InvoicingRule, lines: readonly ToldApart[]): AgainstRule[] {
  const { basis, split, forced } = dimensionsOf(rule);
  const bySplit = "The account's rule of invoicing wants them apart.";
  const wanted = new Map<string, [Dimension, string]>([
    ...forced.map((one): [string, [Dimension, string]] => [one.words, [one, "An 810 says it once for all its lines."]]),
    ...[...basis, ...split].map((one): [string, [Dimension, string]] => [one.words, [one, bySplit]]),
  ]);
  return [...wanted.values()].flatMap(([dimension, because]) => {
    // What the invoice itself does not say of a line can't be held against it.
    const values = [...new Set(lines.map((line) => dimension.valueOf({ ...line, id: "", quantity: "0", unit: "" })))];
    if (values.length < 2) return [];
    const said = values.slice(0, named).map((value) => (value === "" ? "none" : (dimension.speak?.(value) ?? value)));
    const more = values.length > named ? ` and ${values.length - named} more` : "";
    const message = `Its lines differ in ${dimension.words}: ${said.join(", ")}${more}. ${because}`;
    return [{ path: "lines", message, mend: "Bill them on invoices of their own." }];
  });
}

function countAgainst({ maxLines }: InvoicingRule, { lines }: Invoice): AgainstRule[] {
  if (maxLines === undefined || lines.length <= maxLines) return [];
  const message = `It has ${lines.length} lines, and the account takes ${maxLines} on an invoice.`;
  return [{ path: "lines", message, mend: "Bill them on several invoices." }];
}

const words = { freight: "freight", charge: "charges", allowance: "allowances" } as const;

function besideAgainst(rule: InvoicingRule, invoice: Invoice): AgainstRule[] {
  const hasGoods = invoice.lines.length > 0;
  const stated = [
    ...(invoice.allowancesAndCharges ?? []).map((sac, index) => ({
      sac,
      where: "summary" as const,
      path: `allowancesAndCharges.${index}`,
    })),
    ...invoice.lines.flatMap((line, at) =>
      (line.allowancesAndCharges ?? []).map((sac, index) => ({
        sac,
        where: "lines" as const,
        path: `lines.${at}.allowancesAndCharges.${index}`,
      })),
    ),
  ];
  return stated.flatMap(({ sac, where, path }): AgainstRule[] => {
    const kind = besideKind(sac);
    if (kind === undefined) return [];
    const what = `${sac.reason?.code ?? sac.description ?? "SAC"}${sac.amount === undefined ? "" : ` of ${sac.amount}`}`;
    const way = wayOf(rule, kind);
    if (way === "none") {
      const message = `It says ${what}, and the account's rule has no ${words[kind]} on its invoices.`;
      return [{ path, message, mend: "Take it out." }];
    }
    if (way === "own-invoice" && hasGoods) {
      const message = `It says ${what} beside its goods, and the account's rule puts ${words[kind]} on an invoice of their own.`;
      return [{ path, message, mend: "Bill it on an invoice of its own." }];
    }
    if (hasGoods && (way === "lines" || way === "summary") && way !== where) {
      const places = { lines: "on the lines", summary: "in the summary" };
      const message = `It says ${what} ${places[where]}, and the account's rule puts ${words[kind]} ${places[way]}.`;
      return [{ path, message, mend: `Say it ${places[way]}.` }];
    }
    return [];
  });
}

function termsAgainst({ terms }: InvoicingRule, invoice: Invoice): AgainstRule[] {
  if (terms === undefined) return [];
  const [own] = invoice.terms ?? [];
  const plain = (value: unknown) =>
    typeof value === "object" && value !== null && "code" in value ? String(value.code) : String(value ?? "none");
  const differing = Object.entries(terms).filter(
    ([field, value]) => plain(value) !== plain(own?.[field as keyof typeof own]),
  );
  if (differing.length === 0) return [];
  const said = differing.map(
    ([field, value]) => `${field} is ${plain(own?.[field as keyof typeof own])} and should be ${plain(value)}`,
  );
  const message = `Its terms are not those of the account's rule: ${said.join("; ")}.`;
  return [{ path: "terms", message, mend: "Say the terms that were agreed on (ITD)." }];
}
