import { z } from "zod";
import { productId } from "../documents/aggregate-components.ts";
import { decimal, isoDate, text } from "../documents/basic-components.ts";

/** What can happen to an order line, in the order in which it mostly does. */
export const movementKind = z
  .enum(["ordered", "changed", "cancelled", "acknowledged", "shipped", "invoiced", "paid"])
  .meta({
    id: "movementKind",
    description:
      "changed: by how much the buyer raised or lowered the line; cancelled: what was taken out for good; the others as they say.",
  });
export type MovementKind = z.infer<typeof movementKind>;

/** What an answer of ours says of a quantity; the many codes of X12 element 668 in the words that the ledger counts by. */
export const acknowledgedAs = z
  .enum(["accepted", "back-ordered", "on-hold", "rejected", "deleted", "change-refused"])
  .meta({ id: "acknowledgedAs" });
export type AcknowledgedAs = z.infer<typeof acknowledgedAs>;

/**
 * What a document does to an order line: so much ordered, shipped, invoiced. A document is turned into its movements by
 * `movementsOf…`, and each is put on the ledger lines that it speaks of by `placeMovements`.
 */
export const movement = z
  .strictObject({
    kind: movementKind,
    order: z
      .strictObject({ number: text, release: text.optional() })
      .optional()
      .describe("Missing where the document names none."),
    line: text.optional().describe("The buyer's line number, as the document says it."),
    key: text.optional().describe("The ledger line itself, where it is known: then nothing is searched."),
    productIds: z.array(productId),
    location: z
      .strictObject({ qualifier: text.optional(), id: text })
      .optional()
      .describe("The store or ship-to, as the document says it."),
    markFor: z
      .strictObject({ qualifier: text.optional(), id: text })
      .optional()
      .describe(
        "A store whose goods go through the location, or a party that may be one: it counts where the order has it.",
      ),
    quantity: decimal.describe("Signed: a credit memo or a lowered order is negative."),
    unit: text.optional(),
    price: decimal.optional(),
    priceBasis: text.optional().describe("X12 element 639, where it is not the order line's."),
    amount: decimal
      .optional()
      .describe("Signed, in the document's currency; where it is missing, the line's price makes it."),
    currency: text.optional(),
    as: acknowledgedAs.optional().describe("Of acknowledged movements only."),
    code: text.optional().describe("The code behind it: ACK01, POC02, BIG07."),
    date: isoDate.optional().describe("When it happened, by the document's own account."),
    promised: isoDate.optional().describe("Of acknowledged movements: the day that we promise."),
    reference: text.optional().describe("Number of the shipment, invoice or payment."),
    corrects: z
      .enum(["price", "rebate"])
      .optional()
      .describe("It moves money and no goods: its quantity is 0. A rebate is of no order line."),
    path: text.describe('Where in the document it stands: "lines.3".'),
  })
  .meta({ id: "movement" });
export type Movement = z.infer<typeof movement>;

/** A movement, or its share, on one ledger line. The shares of a movement add up to it exactly, quantity and amount. */
export interface PlacedMovement {
  /** Key of the ledger line. */
  readonly key: string;
  readonly movement: Movement;
  /** The share of this line, signed. */
  readonly quantity: string;
  /** The share of this line, signed, in the document's currency; missing where neither the document nor the order has a price. */
  readonly amount?: string;
  /** What is odd about it, though it could be placed. */
  readonly remarks: readonly PlacementRemark[];
}

/** What is odd about a movement that could be placed. */
export type PlacementRemark = "found-by-product" | "location-differs" | "beyond-the-line";

/** A movement that belongs to no line of the ledger, and why, in words for a person. */
export interface UnplacedMovement {
  readonly movement: Movement;
  readonly reason:
    | "no-order"
    | "line-unknown"
    | "product-unknown"
    | "ambiguous"
    | "location-unknown"
    | "unit-differs"
    | "contradiction";
  readonly message: string;
}
