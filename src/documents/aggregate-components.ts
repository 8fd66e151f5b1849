import { z } from "zod";
import { coded, decimal, isoDate, text, timeOfDay } from "./basic-components.ts";

/*
 * What orders and their responses are built of. In all of them an absent property means that the sender said nothing of it;
 * a list that would be empty is left out too, unless its schema requires it.
 */

/** A number by which somebody knows something: a department, a store, an agreement (REF, N9). */
export const reference = z
  .strictObject({
    qualifier: text.describe("What kind of number it is, X12 element 128: DP department."),
    word: text.optional(),
    value: text.optional(),
    description: text.optional(),
  })
  .meta({ id: "reference" });
export type Reference = z.infer<typeof reference>;

/** A date and what it is the date of (DTM). */
export const qualifiedDate = z
  .strictObject({
    qualifier: text.describe("What happens then, X12 element 374: 002 delivery requested."),
    word: text.optional(),
    date: isoDate.optional(),
    time: timeOfDay.optional(),
    zone: text.optional().describe("Time zone code, X12 element 623."),
    period: z
      .strictObject({ format: text, value: text })
      .optional()
      .describe("A span or another form of date, as it came."),
  })
  .meta({ id: "qualifiedDate" });
export type QualifiedDate = z.infer<typeof qualifiedDate>;

/** A way to reach somebody. */
export const channel = z.strictObject({
  qualifier: text.describe("X12 element 365: TE telephone, EM e-mail, FX fax."),
  word: text.optional(),
  value: text,
});

/** A person or desk, what they are there for, and how to reach them (PER). */
export const contact = z
  .strictObject({
    role: text.describe("X12 element 366: OC order contact."),
    word: text.optional(),
    name: text.optional(),
    channels: z.array(channel).optional(),
    reference: text.optional(),
  })
  .meta({ id: "contact" });
export type Contact = z.infer<typeof contact>;

/** Where a party is (N3, N4). */
export const postalAddress = z
  .strictObject({
    lines: z.array(text).optional(),
    city: text.optional(),
    state: text.optional(),
    postalCode: text.optional(),
    country: text.optional(),
    countrySubdivision: text.optional(),
    location: z.strictObject({ qualifier: text, id: text.optional() }).optional(),
  })
  .meta({ id: "postalAddress" });

/** An organisation and the part it plays in this document (the N1 loop). */
export const party = z
  .strictObject({
    role: text.describe("X12 element 98: ST ship to, BT bill to, BY buyer."),
    word: text.optional(),
    name: text.optional(),
    otherNames: z.array(text).optional(),
    idQualifier: text.optional().describe("Who gave the id, X12 element 66: 92 the buyer, 1 D-U-N-S."),
    id: text.optional(),
    ourId: text.optional().describe("Our own number of the place, from the account's cross-references."),
    address: postalAddress.optional(),
    references: z.array(reference).optional(),
    contacts: z.array(contact).optional(),
  })
  .meta({ id: "party" });
export type Party = z.infer<typeof party>;

/** A number by which a product is known, and by whom. */
export const productId = z
  .strictObject({
    qualifier: text.describe("X12 element 235: UP U.P.C., IN buyer's item number."),
    word: text.optional(),
    id: text,
  })
  .meta({ id: "productId" });
export type ProductId = z.infer<typeof productId>;

/** What a product is, in words or by code (PID). */
export const productDescription = z
  .strictObject({
    type: text.describe("X12 element 349: F free-form, S structured, X both."),
    characteristic: coded.optional(),
    agency: text.optional(),
    code: text.optional(),
    text: text.optional(),
    language: text.optional(),
  })
  .meta({ id: "productDescription" });

/** What is taken off or put on beside the price (SAC). */
export const allowanceOrCharge = z
  .strictObject({
    indicator: coded.describe("A allowance, C charge, N neither."),
    reason: coded.optional(),
    agency: z.strictObject({ qualifier: text, code: text.optional() }).optional(),
    amount: decimal.optional(),
    percent: z.strictObject({ qualifier: text, value: decimal.optional() }).optional(),
    rate: decimal.optional(),
    unit: text.optional(),
    quantity: decimal.optional(),
    secondQuantity: decimal.optional(),
    settlement: coded.optional().describe("How it is paid: bill back, off invoice, ..."),
    reference: text.optional(),
    option: text.optional(),
    description: text.optional(),
    language: text.optional(),
  })
  .meta({ id: "allowanceOrCharge" });

/** When and how it has to be paid (ITD). */
export const paymentTerms = z
  .strictObject({
    type: coded.optional(),
    basis: coded.optional().describe("The day that the days are counted from."),
    discountPercent: decimal.optional(),
    discountDueDate: isoDate.optional(),
    discountDays: decimal.optional(),
    netDueDate: isoDate.optional(),
    netDays: decimal.optional(),
    discountAmount: decimal.optional(),
    deferredDueDate: isoDate.optional(),
    deferredAmount: decimal.optional(),
    percentPayable: decimal.optional(),
    description: text.optional(),
    dayOfMonth: decimal.optional(),
    paymentMethod: text.optional(),
    percentage: decimal.optional(),
  })
  .meta({ id: "paymentTerms" });

const freightLocation = z.strictObject({ qualifier: coded, description: text.optional() });

/** Who pays the freight and where the risk passes (FOB). */
export const freightTerms = z
  .strictObject({
    payment: coded.describe("PP prepaid by the seller, CC collect."),
    location: freightLocation.optional(),
    termsQualifier: text.optional(),
    terms: text.optional().describe("X12 element 335, an Incoterm where the qualifier says so."),
    titlePassage: freightLocation.optional(),
    riskOfLoss: text.optional(),
    riskDescription: text.optional(),
  })
  .meta({ id: "freightTerms" });

/** By whom, how and how fast it travels (TD5). */
export const carriage = z
  .strictObject({
    sequence: text.optional(),
    carrierIdQualifier: text.optional(),
    carrierId: text.optional().describe("A SCAC where the qualifier is 2."),
    method: coded.optional(),
    routing: text.optional(),
    status: text.optional(),
    location: z.strictObject({ qualifier: text, id: text.optional() }).optional(),
    transitDirection: text.optional(),
    transitTime: z.strictObject({ qualifier: text, value: decimal.optional() }).optional(),
    serviceLevels: z.array(coded).optional().describe("TD512 to TD514, strongest wish first."),
    country: text.optional(),
  })
  .meta({ id: "carriage" });

/** What the load is: how many of which package, of what weight and volume (TD1). */
export const lading = z
  .strictObject({
    packaging: text.optional(),
    quantity: decimal.optional(),
    commodityQualifier: text.optional(),
    commodity: text.optional(),
    description: text.optional(),
    weightQualifier: text.optional(),
    weight: decimal.optional(),
    weightUnit: text.optional(),
    volume: decimal.optional(),
    volumeUnit: text.optional(),
  })
  .meta({ id: "lading" });

/** Free text, under the reference it was given with (N9 and its MSG or MTX; MSG or MTX alone). */
export const note = z
  .strictObject({
    reference: reference.optional(),
    date: isoDate.optional(),
    time: timeOfDay.optional(),
    zone: text.optional(),
    dates: z.array(qualifiedDate).optional(),
    lines: z.array(text).optional(),
  })
  .meta({ id: "note" });
export type Note = z.infer<typeof note>;

/** A tax and why (TXI). */
export const tax = z
  .strictObject({
    type: coded,
    amount: decimal.optional(),
    percentage: decimal.optional(),
    jurisdictionQualifier: text.optional(),
    jurisdiction: text.optional(),
    exempt: text.optional(),
    relationship: text.optional(),
    basis: decimal.optional(),
    taxId: text.optional(),
    line: text.optional(),
  })
  .meta({ id: "tax" });

/** A price beside the one on the line: for a class of trade, from a quantity on (CTP). */
export const price = z
  .strictObject({
    classOfTrade: text.optional(),
    kind: coded.optional().describe("X12 element 236: CON contract, LPR list price."),
    price: decimal.optional(),
    quantity: decimal.optional(),
    unit: text.optional(),
    multiplier: z.strictObject({ qualifier: text, value: decimal.optional() }).optional(),
    amount: decimal.optional(),
    basis: text.optional(),
    condition: text.optional(),
    multiplePriceQuantity: decimal.optional(),
  })
  .meta({ id: "price" });

/** A sum of money and what it is the sum of (AMT). */
export const monetaryAmount = z
  .strictObject({ qualifier: text, word: text.optional(), amount: decimal, creditOrDebit: text.optional() })
  .meta({ id: "monetaryAmount" });

/** How many go to one of many places (a pair of SDQ). */
export const quantityByLocation = z
  .strictObject({
    idQualifier: text.optional(),
    location: text,
    quantity: decimal,
    unit: text,
    sublocation: text.optional(),
  })
  .meta({ id: "quantityByLocation" });

/** How many are wanted when (SCH). */
export const schedule = z
  .strictObject({
    quantity: decimal,
    unit: text,
    party: z.strictObject({ role: text, word: text.optional(), name: text.optional() }).optional(),
    dates: z.array(qualifiedDate),
    reference: text.optional(),
    line: text.optional(),
  })
  .meta({ id: "schedule" });

const measure = z.strictObject({ value: decimal, unit: text.optional() });

/** How the product is packed (PO4). */
export const packaging = z
  .strictObject({
    pack: decimal.optional().describe("Inner containers in the outer one."),
    innerPack: decimal.optional().describe("Eaches in an inner container."),
    size: measure.optional(),
    code: text.optional(),
    weightQualifier: text.optional(),
    grossWeight: measure.optional(),
    grossVolume: measure.optional(),
    length: decimal.optional(),
    width: decimal.optional(),
    height: decimal.optional(),
    dimensionUnit: text.optional(),
  })
  .meta({ id: "packaging" });

/** The control numbers that a document came in by: ISA13, GS06, ST02. */
export const origin = z
  .strictObject({ interchange: text, group: text, set: text })
  .meta({ id: "origin", description: "The control numbers that the document came in by: ISA13, GS06, ST02." });
