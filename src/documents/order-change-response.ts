import { z } from "zod";
import { contact, note, party, qualifiedDate, reference } from "./aggregate-components.ts";
import { coded, decimal, isoDate, text, usage } from "./basic-components.ts";
import { orderResponseLine } from "./order-response.ts";
import { x12Record } from "./x12-record.ts";

/** Our answer to one line of a change, with what was asked for (the POC loop). */
export const orderChangeResponseLine = orderResponseLine
  .extend({
    change: coded.describe("X12 element 670, POC02: the change that is answered, or RC where it is refused."),
    quantity: decimal.optional().describe("Quantity of the line with the change."),
    quantityLeft: decimal.optional().describe("What the buyer still waits for, POC04."),
    references: z.array(reference).optional(),
  })
  .meta({ id: "orderChangeResponseLine" });
export type OrderChangeResponseLine = z.infer<typeof orderChangeResponseLine>;

/** What we say to an order change: taken or refused, line by line or as a whole. */
export const orderChangeResponse = z
  .strictObject({
    documentType: z.literal("order-change-response"),
    account: text.describe("Id of the account that it goes to."),
    usage,
    purpose: coded.describe("BCA01: 00 original."),
    acknowledgmentType: coded
      .optional()
      .describe("BCA02: AC with detail and change, AT accepted, RJ rejected without detail, ..."),
    number: text.optional().describe("Our own order number, BCA09."),
    date: isoDate.optional().describe("The day of this answer, BCA10."),
    order: z
      .strictObject({
        number: text,
        date: isoDate.describe("The day that the buyer dated the order, BCA06."),
        release: text.optional(),
        changeSequence: text.optional().describe("Which change of the order it is, as the buyer counts: BCA05."),
        changeDate: isoDate.optional().describe("The day of the change, BCA11."),
        requestReference: text.optional(),
        contract: text.optional(),
        orderType: coded.optional(),
        document: text.optional().describe("Id of the order change document in this gateway."),
      })
      .describe("The order whose change is answered."),
    changeType: text.optional().describe("X12 element 640, BCA15."),
    currency: text.optional(),
    references: z.array(reference).optional(),
    contacts: z.array(contact).max(3, "an 865 carries at most 3 contacts").optional(),
    dates: z.array(qualifiedDate).max(10, "an 865 carries at most 10 dates").optional(),
    parties: z.array(party).optional(),
    notes: z.array(note).optional(),
    lines: z.array(orderChangeResponseLine),
    totals: z.strictObject({ lineCount: z.int().nonnegative(), hashTotal: decimal.optional() }).optional(),
    x12: x12Record.optional().describe("The 865 as it came, where it came as X12."),
  })
  .meta({
    id: "order-change-response",
    title: "Order change response",
    description: "What we say to an order change.",
  });
export type OrderChangeResponse = z.infer<typeof orderChangeResponse>;
