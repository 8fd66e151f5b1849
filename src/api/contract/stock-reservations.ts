import { z } from "zod";
import { decimal, isoDate } from "../../documents/index.ts";
import { accountId } from "./values.ts";

/** Stock that is kept for one account. */
export const stockReservation = z
  .object({
    account: accountId,
    item: z.string().describe("The item's number, as publications write it."),
    qualifier: z.string().describe("Whose number it is (X12 element 235); empty: whoever's."),
    quantity: decimal,
    unit: z.string().describe("X12 element 355; empty: whatever unit the stock is told in."),
    until: isoDate.nullable().describe("The last day on which it holds; null: until it is taken away."),
  })
  .meta({ id: "stockReservation" });

export const stockReservationList = z
  .object({
    items: z.array(stockReservation),
    next: z.string().nullable().describe("Cursor of the next page; null where there is nothing more now."),
  })
  .meta({ id: "stockReservationList" });

export const stockReservationQuery = z.strictObject({
  after: z.string().max(600).optional().describe('The "next" of the page before; left out: from the start.'),
  limit: z.coerce.number().int().min(1).max(5_000).default(500).describe("Most reservations of one page."),
});

export const stockReservationImport = z.strictObject({
  mode: z
    .enum(["merge", "replace"])
    .default("merge")
    .describe("merge: one takes the place of that of its account, item and unit. replace: these are all."),
});

export const stockReservationsImported = z
  .object({
    imported: z.int().describe("Reservations in the file."),
    removed: z.int().describe("Reservations that were there before and were taken away, with `replace`."),
    total: z.int().describe("Reservations that there are now."),
  })
  .meta({ id: "stockReservationsImported" });
