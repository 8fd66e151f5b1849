import type { Remittance, RemittanceEntity, RemittanceLine } from "../../src/documents/index.ts";
import { sumOf } from "../../src/ledger/amount.ts";
import type { Claim } from "../../src/ledger/remittance.ts";

/** A remittance line that pays an invoice, changed as the test wants. */
export function aPayment(invoice: string, paidAmount: string, change: Partial<RemittanceLine> = {}): RemittanceLine {
  return { billingReference: { qualifier: "IV", value: invoice }, paidAmount, ...change };
}

/** A remittance of these lines that adds up. */
export function aRemittance(lines: RemittanceLine[], change: Partial<Remittance> = {}): Remittance {
  const adjustments = (change.entities ?? []).flatMap((entity: RemittanceEntity) => entity.adjustments ?? []);
  const amount = sumOf([...lines.map(({ paidAmount }) => paidAmount), ...adjustments.map((one) => one.amount)]);
  return {
    documentType: "remittance",
    account: "harbor-retail",
    usage: "production",
    number: "TRN-1",
    handling: { code: "I" },
    amount: amount.abs().toFixed(2),
    creditOrDebit: { code: amount.lt(0) ? "D" : "C" },
    method: { code: "ACH" },
    date: "2025-04-10",
    ...change,
    entities: [{ lines }, ...(change.entities ?? [])],
  };
}

/** A claim whose lines have these amounts, ten pieces each, nothing settled. */
export function aClaim(number: string, amounts: readonly string[], change: Partial<Claim> = {}): Claim {
  return {
    number,
    currency: "USD",
    lines: amounts.map((amount, index) => ({
      path: `lines.${index}`,
      line: String(index + 1),
      amount,
      quantity: amount.startsWith("-") ? "-10" : "10",
      settled: "0",
    })),
    ...change,
  };
}
