import { z } from "zod";
import { text } from "../documents/basic-components.ts";

/** What to do with a finding: keep the document in the house until a person decides, only say it, or not even that. */
export const findingSeverity = z.enum(["hold", "warning"]).meta({ id: "findingSeverity" });
export type FindingSeverity = z.infer<typeof findingSeverity>;

/** Everything that the checks before a document leaves can find, and what becomes of it where an account says nothing. */
export const findingSeverities = {
  "order-unknown": "hold",
  "order-cancelled": "hold",
  "line-unknown": "hold",
  "line-cancelled": "hold",
  "unit-differs": "hold",
  "quantity-over-order": "hold",
  "quantity-under-order": "warning",
  // Of invoices.
  "price-above-order": "hold",
  "price-below-order": "warning",
  "price-missing": "warning",
  "price-above-agreed": "hold",
  "price-below-agreed": "warning",
  "quantity-over-shipped": "hold",
  "nothing-shipped": "hold",
  "currency-differs": "hold",
  "charge-not-agreed": "hold",
  "expedite-charged-though-free": "hold",
  "expedite-charge-differs": "hold",
  "allowance-missing": "warning",
  "total-differs": "hold",
  "invoice-number-used": "hold",
  "invoice-unknown": "hold",
  "credit-over-invoice": "hold",
  "invoice-not-wanted": "hold",
  "invoice-made-by-gateway": "hold",
  "invoice-against-rule": "hold",
  // Of ship notices.
  "ship-to-differs": "hold",
  "ship-to-unknown": "warning",
  "ordered-differs": "warning",
  "pack-differs": "hold",
  "pack-empty": "warning",
  "sscc-invalid": "hold",
  "sscc-used": "hold",
  "shipped-too-early": "warning",
  "shipped-too-late": "warning",
  "cancel-date-passed": "hold",
  "carriage-not-as-promised": "warning",
} as const satisfies Record<string, FindingSeverity>;

/** What a check can find, by its stable name. */
export const findingCode = z
  .enum(Object.keys(findingSeverities) as [FindingCode, ...FindingCode[]])
  .meta({ id: "findingCode" });
export type FindingCode = keyof typeof findingSeverities;

/** Something about a document that the customer would refuse or deduct for: where, what, and how to mend it. */
export const finding = z
  .strictObject({
    code: findingCode,
    severity: findingSeverity,
    path: text.describe('Where in the document: "lines.0.price".'),
    message: text.describe("What is wrong, for a business person."),
    mend: text.describe("What to do about it."),
  })
  .meta({ id: "finding" });
export type Finding = z.infer<typeof finding>;

/** What an account wants done with a finding instead of what we would do; `ignore` drops it. */
export type FindingActions = Partial<Record<FindingCode, FindingSeverity | "ignore">>;

/** A finding with the severity that the account gives it, as a list: empty where the account ignores it. */
export function found(
  actions: FindingActions | undefined,
  code: FindingCode,
  path: string,
  message: string,
  mend: string,
): Finding[] {
  const severity = actions?.[code] ?? findingSeverities[code];
  return severity === "ignore" ? [] : [{ code, severity, path, message, mend }];
}

/** Whether a document with these findings has to wait for a person. */
export function mustHold(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === "hold");
}
