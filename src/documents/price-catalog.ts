import { z } from "zod";
import {
  allowanceOrCharge,
  carriage,
  contact,
  freightTerms,
  origin,
  packaging,
  party,
  paymentTerms,
  price,
  productDescription,
  productId,
  qualifiedDate,
  reference,
  tax,
} from "./aggregate-components.ts";
import { coded, decimal, text, usage } from "./basic-components.ts";
import { leadTime, measurement, restriction } from "./item-components.ts";
import { lineCountIsRight } from "./line-count.ts";
import { x12Record } from "./x12-record.ts";

/** One price of an item, for whom, from when to when, and on what condition (the CTP loop). */
export const catalogPrice = price
  .extend({
    dates: z.array(qualifiedDate).max(10, "a price carries at most 10 dates").optional(),
    leadTime: leadTime.optional(),
    currency: text.optional().describe("ISO 4217, CUR02, where it is not the catalog's."),
    packaging: packaging.optional(),
    restrictions: z.array(restriction).max(5, "a price carries at most 5 restrictions").optional(),
    references: z.array(reference).optional(),
    allowancesAndCharges: z.array(allowanceOrCharge).optional(),
  })
  .meta({ id: "catalogPrice" });
export type CatalogPrice = z.infer<typeof catalogPrice>;

/** What customs and carriers call a product (TC2). */
export const commodity = z
  .strictObject({ qualifier: text.describe("X12 element 23: A Schedule B, J Harmonized System."), code: text })
  .meta({ id: "commodity" });

/** One item of a catalog: what it is, how it is packed, what it costs (the LIN loop). */
export const catalogLine = z
  .strictObject({
    line: text.optional().describe("LIN01."),
    productIds: z.array(productId).min(1).max(15, "LIN carries at most 15 product ids"),
    maintenance: coded.optional().describe("What is done with the item, G53: 001 change, 002 delete, 021 add."),
    dates: z.array(qualifiedDate).max(10, "an item carries at most 10 dates").optional(),
    references: z.array(reference).optional(),
    contacts: z.array(contact).optional(),
    restrictions: z.array(restriction).max(25, "an item carries at most 25 restrictions").optional(),
    descriptions: z.array(productDescription).optional(),
    measurements: z.array(measurement).optional(),
    packaging: packaging.optional(),
    carriage: z.array(carriage).optional(),
    terms: z.array(paymentTerms).max(2, "an item carries at most 2 terms of payment").optional(),
    leadTime: leadTime.optional(),
    allowancesAndCharges: z.array(allowanceOrCharge).optional(),
    freightTerms: freightTerms.optional(),
    commodities: z.array(commodity).max(2, "an item carries at most 2 commodity codes").optional(),
    taxes: z.array(tax).optional(),
    prices: z.array(catalogPrice).optional(),
    parties: z.array(party).optional(),
  })
  .meta({ id: "catalogLine" });
export type CatalogLine = z.infer<typeof catalogLine>;

const catalogId = z.strictObject({
  number: text.optional(),
  version: text.optional(),
  revision: text.optional(),
});

/** What we sell to an account and at what prices (832). Names follow UBL's Catalogue. */
export const priceCatalog = z
  .strictObject({
    documentType: z.literal("price-catalog"),
    account: text.describe("Id of the account that it goes to."),
    usage,
    origin: origin.optional(),
    catalogType: coded.describe("BCT01: PC price catalog, PS price sheet, SC sales catalog."),
    number: text.optional().describe("Our number of this catalog, BCT02."),
    version: text.optional(),
    revision: text.optional(),
    unit: text.optional(),
    replaces: catalogId.optional().describe("The catalog that this one takes the place of, BCT06 to BCT08."),
    description: text.optional(),
    purpose: coded.optional().describe("BCT10: 00 original, 04 change, 05 replacement."),
    references: z.array(reference).optional(),
    contacts: z.array(contact).optional(),
    dates: z.array(qualifiedDate).max(10, "an 832 carries at most 10 dates").optional(),
    restrictions: z.array(restriction).max(25, "an 832 carries at most 25 restrictions").optional(),
    currency: text.optional().describe("ISO 4217, CUR02."),
    terms: z.array(paymentTerms).max(2, "an 832 carries at most 2 terms of payment").optional(),
    leadTimes: z.array(leadTime).optional(),
    allowancesAndCharges: z.array(allowanceOrCharge).optional(),
    carriage: z.array(carriage).optional(),
    freightTerms: freightTerms.optional(),
    taxes: z.array(tax).optional(),
    parties: z.array(party).optional(),
    lines: z.array(catalogLine),
    totals: z
      .strictObject({
        lineCount: z.int().nonnegative().optional().describe("CTT01, the number of items."),
        hashTotal: decimal.optional(),
      })
      .optional(),
    x12: x12Record.optional().describe("The 832 as it came, where it came as X12."),
  })
  .check(lineCountIsRight)
  .meta({
    id: "price-catalog",
    title: "Price catalog",
    description: "What we sell to an account, and at what prices.",
  });
export type PriceCatalog = z.infer<typeof priceCatalog>;
