import * as payment from "../documents/code-words/remittance.ts";
import * as words from "../documents/code-words.ts";
import type {
  Remittance,
  RemittanceAdjustment,
  RemittanceEntity,
  RemittanceItem,
  RemittanceLine,
} from "../documents/remittance.ts";
import { DTM, PER, partyAddress, partyName, productIdPairs, REF, SAC, TXI } from "./aggregates.ts";
import { NM1 } from "./named-party.ts";
import {
  at,
  coded,
  date,
  decimal,
  decimalOf,
  fields,
  group,
  loop,
  many,
  must,
  one,
  setMapping,
  text,
  word,
} from "./notation/index.ts";
import { datedREF, NTE } from "./remarks-and-references.ts";

/** Four elements that name an account at a bank: BPR06, BPR12, BPR18. */
const bankAccount = (first: number) =>
  group({
    bankIdQualifier: at(first, text),
    bankId: at(first + 1, text),
    accountQualifier: at(first + 2, text),
    account: at(first + 3, text),
  });

/** The SAC loop: an allowance or a charge, and the taxes on it. */
const taxedSAC = loop<NonNullable<RemittanceItem["allowancesAndCharges"]>[number]>(SAC, [many("taxes", TXI)]);

/** The IT1 loop: the goods that a payment or an adjustment is about. */
const IT1 = loop<RemittanceItem>(
  fields("IT1", {
    line: at(1, text),
    quantity: at(2, decimal),
    unit: at(3, text),
    price: at(4, decimal),
    priceBasis: at(5, coded(words.priceBases)),
    productIds: productIdPairs(6),
  }),
  [many("references", datedREF), many("allowancesAndCharges", taxedSAC)],
);

/** The ADX loop. ADX01 is signed as it counts: below zero less is paid. */
const ADX = (dated: boolean) =>
  loop<RemittanceAdjustment>(
    fields("ADX", {
      amount: must(1, decimal),
      reason: must(2, coded(payment.adjustmentReasons)),
      reference: group({ qualifier: must(3, text), word: word(3, words.referenceQualifiers), value: must(4, text) }),
    }),
    [
      many("notes", NTE),
      many("contacts", PER),
      // Only an adjustment that belongs to no invoice has a date of its own.
      ...(dated ? [one<RemittanceAdjustment, "date">("date", DTM)] : []),
      many("references", datedREF),
      many("items", IT1),
    ],
  );

/** The RMR loop: one open item, what is paid for it, and what is taken off. */
const RMR = loop<RemittanceLine>(
  fields("RMR", {
    billingReference: group({
      qualifier: must(1, text),
      word: word(1, words.referenceQualifiers),
      value: must(2, text),
    }),
    action: at(3, coded(payment.paymentActions)),
    paidAmount: at(4, decimal),
    invoiceAmount: at(5, decimal),
    discountAmount: at(6, decimal),
    adjustment: group({ reason: must(7, coded(payment.adjustmentReasons)), amount: must(8, decimal) }),
  }),
  [
    many("notes", NTE),
    many("references", REF),
    many("dates", DTM),
    many("items", IT1),
    many("adjustments", ADX(false)),
  ],
);

/** The N1 loop, which in an 820 may have a date, and ways of delivering the advice (RDM), which stay unmapped. */
const datedN1 = loop<NonNullable<Remittance["parties"]>[number]>(partyName, [
  ...partyAddress,
  many("references", REF),
  many("contacts", PER),
  one("date", DTM),
]);

const entityParty = (role: number) =>
  group({
    role: must(role, text),
    word: word(role, words.partyRoles),
    idQualifier: must(role + 1, text),
    id: must(role + 2, text),
  });

/** The ENT loop: for whom is paid. In 004030 and 005010 it may hold accounting codes (FA1) too, which stay unmapped. */
const ENT = loop<RemittanceEntity>(
  fields("ENT", {
    number: at(1, text),
    party: entityParty(2),
    counterparty: entityParty(5),
    reference: group({ qualifier: must(8, text), word: word(8, words.referenceQualifiers), value: must(9, text) }),
  }),
  [many("parties", NM1), many("adjustments", ADX(true)), many("lines", RMR)],
);

/** The 820 payment order/remittance advice as a remittance. Payroll, taxes and royalties, which an 820 may also be about, are not. */
export const remittance820 = setMapping<Remittance>(
  "820",
  "remittance",
  fields("BPR", {
    handling: must(1, coded(payment.handlings)),
    amount: must(2, decimal),
    creditOrDebit: must(3, coded(payment.creditOrDebit)),
    method: must(4, coded(payment.paymentMethods)),
    format: at(5, coded(payment.paymentFormats)),
    payerBankAccount: bankAccount(6),
    originator: at(10, text),
    originatorSupplement: at(11, text),
    payeeBankAccount: bankAccount(12),
    date: at(16, date),
    businessFunction: at(17, coded(payment.businessFunctions)),
    returnBankAccount: bankAccount(18),
  }),
  [
    many("notes", NTE),
    fields("TRN", {
      traceType: at(1, coded(payment.traceTypes)),
      number: at(2, text),
      traceOriginator: at(3, text),
      traceReference: at(4, text),
    }),
    fields("CUR", { currencyParty: at(1, text), currency: at(2, text), exchangeRate: at(3, decimalOf(4)) }),
    many("references", REF),
    many("dates", DTM),
    many("parties", datedN1),
    many("entities", ENT),
  ],
);
