import { z } from "zod";
import {
  allowanceOrCharge,
  contact,
  origin,
  party,
  productId,
  qualifiedDate,
  reference,
  tax,
} from "./aggregate-components.ts";
import { coded, decimal, isoDate, text, usage } from "./basic-components.ts";
import { namedParty } from "./named-party.ts";
import { datedReference, qualifiedNumber } from "./reference-forms.ts";
import { remark } from "./remark.ts";
import { x12Record } from "./x12-record.ts";

/** An account at a bank: the money's source, its destination, or where it goes back to. */
export const bankAccount = z
  .strictObject({
    bankIdQualifier: text.optional().describe("X12 element 506: 01 ABA routing number, 02 SWIFT."),
    bankId: text.optional(),
    accountQualifier: text.optional().describe("X12 element 569: DA demand deposit."),
    account: text.optional(),
  })
  .meta({ id: "bankAccount" });

/** Goods that a payment or an adjustment is about, where the payer goes down to them (IT1). */
export const remittanceItem = z
  .strictObject({
    line: text.optional().describe("Line of the invoice, IT101."),
    quantity: decimal.optional(),
    unit: text.optional(),
    price: decimal.optional(),
    priceBasis: coded.optional(),
    productIds: z.array(productId).max(10, "IT1 carries at most 10 product ids").optional(),
    references: z.array(datedReference).optional().describe("PO the order, LI its line, ..."),
    allowancesAndCharges: z.array(allowanceOrCharge.extend({ taxes: z.array(tax).optional() })).optional(),
  })
  .meta({ id: "remittanceItem" });
export type RemittanceItem = z.infer<typeof remittanceItem>;

/** Money put on (positive) or taken off (negative) beside what is owed, and why (ADX). */
export const remittanceAdjustment = z
  .strictObject({
    amount: decimal.describe("ADX01; below zero it makes the payment smaller."),
    reason: coded.describe("X12 element 426: 01 pricing error, 06 quantity contested, 59 item not received."),
    reference: qualifiedNumber
      .optional()
      .describe("What it goes back to: CM the buyer's credit memo, PO the order, ..."),
    notes: z.array(remark).optional(),
    contacts: z.array(contact).optional(),
    date: qualifiedDate.optional().describe("Only where the adjustment belongs to no invoice."),
    references: z.array(datedReference).optional(),
    items: z.array(remittanceItem).optional(),
  })
  .meta({ id: "remittanceAdjustment" });
export type RemittanceAdjustment = z.infer<typeof remittanceAdjustment>;

/**
 * One open item that is paid: an invoice, or a credit memo that is set off (RMR). A credit memo has amounts below zero.
 * `settlementOf` tells what it pays and whether the amounts agree.
 */
export const remittanceLine = z
  .strictObject({
    billingReference: qualifiedNumber
      .optional()
      .describe("What it pays, RMR01 and RMR02: IV our invoice, CM credit memo."),
    action: coded.optional().describe("X12 element 482: PO on account, PP partial payment, AJ adjustment."),
    paidAmount: decimal.optional().describe("RMR04."),
    invoiceAmount: decimal.optional().describe("RMR05: the item's amount, before the terms discount."),
    discountAmount: decimal.optional().describe("RMR06: the terms discount taken."),
    adjustment: z
      .strictObject({ reason: coded, amount: decimal })
      .optional()
      .describe("RMR07 and RMR08, in most guides the interest or penalty that is paid."),
    notes: z.array(remark).optional(),
    references: z.array(reference).optional().describe("PO the order, BM the bill of lading, ST the store, ..."),
    dates: z.array(qualifiedDate).optional().describe("003 the day of the invoice, ..."),
    items: z.array(remittanceItem).optional(),
    adjustments: z.array(remittanceAdjustment.omit({ date: true })).optional(),
  })
  .meta({ id: "remittanceLine" });
export type RemittanceLine = z.infer<typeof remittanceLine>;

/** What is paid for one entity: a store, a division, a vendor number, or all of it (the ENT loop). */
export const remittanceEntity = z
  .strictObject({
    number: text.optional().describe("ENT01, counted from 1."),
    party: z.strictObject({ role: text, word: text.optional(), idQualifier: text, id: text }).optional(),
    counterparty: z.strictObject({ role: text, word: text.optional(), idQualifier: text, id: text }).optional(),
    reference: qualifiedNumber.optional(),
    parties: z.array(namedParty).optional(),
    adjustments: z.array(remittanceAdjustment).optional().describe("Those that belong to no invoice: a rebate, a fee."),
    lines: z.array(remittanceLine).optional(),
  })
  .meta({ id: "remittanceEntity" });
export type RemittanceEntity = z.infer<typeof remittanceEntity>;

/**
 * What an account pays us, or says that it pays: the invoices and credit memos, the discounts and the deductions with their
 * reasons. Names follow UBL's RemittanceAdvice where it has one. `remittanceBalance` adds it up.
 */
export const remittance = z
  .strictObject({
    documentType: z.literal("remittance"),
    account: text.describe("Id of the account that pays."),
    usage,
    origin: origin.optional(),
    number: text.optional().describe("Number of the payment: its trace, check or transfer number, TRN02."),
    traceType: coded.optional().describe("X12 element 481: 1 this payment, 3 the number that money and advice share."),
    traceOriginator: text.optional().describe("Who gave the number, TRN03."),
    traceReference: text.optional().describe("TRN04."),
    handling: coded.describe("BPR01: C payment comes with this, I only the advice, D only the payment."),
    amount: decimal.describe("What is paid, BPR02. It is the sum of the lines and of the adjustments beside them."),
    creditOrDebit: coded.describe("BPR03: C our bank account is credited, D it is debited."),
    method: coded.describe("BPR04: ACH, CHK check, FWT wire, NON no payment."),
    format: coded.optional().describe("BPR05: CTX, CCP, ..."),
    payerBankAccount: bankAccount.optional().describe("BPR06 to BPR09."),
    originator: text.optional().describe("The payer's company id, BPR10."),
    originatorSupplement: text.optional().describe("BPR11."),
    payeeBankAccount: bankAccount.optional().describe("BPR12 to BPR15."),
    date: isoDate.optional().describe("The day of the payment, BPR16: value date of a transfer, date of a check."),
    businessFunction: coded.optional().describe("BPR17: VEN vendor payment."),
    returnBankAccount: bankAccount.optional().describe("Where it goes back to, BPR18 to BPR21."),
    notes: z.array(remark).optional(),
    currency: text.optional().describe("ISO 4217, CUR02."),
    currencyParty: text.optional().describe("Whose currency it is, CUR01: PR payer, PE payee."),
    exchangeRate: decimal.optional(),
    references: z.array(reference).optional(),
    dates: z.array(qualifiedDate).optional(),
    parties: z.array(party.extend({ date: qualifiedDate.optional() })).optional(),
    entities: z.array(remittanceEntity).optional(),
    x12: x12Record.optional().describe("The 820 as it came, where it came as X12."),
  })
  .meta({ id: "remittance", title: "Remittance", description: "What an account pays us, and for which invoices." });
export type Remittance = z.infer<typeof remittance>;
