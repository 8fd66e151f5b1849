import type { ApplicationAdvice, Invoice } from "../documents/index.ts";

/** Why a customer's systems refuse a document that X12 has nothing against. */
export interface Refusal {
  /** X12 element 647, TED01: 010 total out of balance, ... */
  readonly condition: string;
  readonly message: string;
}

/** That an invoice was refused (824): a person of ours credits it, and bills anew. */
export function refusalOf(
  invoice: Invoice,
  { condition, message }: Refusal,
  number: string,
  date: string,
): ApplicationAdvice {
  const order = invoice.order?.number;
  return {
    documentType: "application-advice",
    account: invoice.account,
    usage: invoice.usage,
    purpose: { code: "00" },
    number,
    date,
    advices: [
      {
        outcome: { code: "TR" },
        reference: { qualifier: "IV", value: invoice.number },
        type: "810",
        ...(order !== undefined && { references: [{ qualifier: "PO", value: order }] }),
        errors: [{ condition: { code: condition }, message }],
      },
    ],
  };
}
