import { z } from "zod";
import { decimal, isoDate, priority, usage } from "../../documents/index.ts";
import { ledgerLine, lineFigures, movementKind, orderState } from "../../ledger/index.ts";
import { timeline } from "./deliveries.ts";
import { direction } from "./interchanges.ts";
import { listOf, paging, since } from "./paging.ts";
import { promiseView } from "./promises.ts";
import { accountId, href, id, instant, plainText } from "./values.ts";

/** A document that moved an order or an invoice. */
export const movingDocument = z
  .object({
    id,
    type: z.string().describe("order, order-response, shipment, ..."),
    number: z.string(),
  })
  .meta({ id: "movingDocument" });

const orderPlace = {
  id,
  account: accountId,
  usage,
  number: z.string().describe("The buyer's order number."),
  release: z.string().nullable(),
  shipTo: z.string().nullable().describe("The order's own ship-to: one number can be sent to several places."),
  state: orderState,
  version: z.int().describe("The version in force, from 1."),
  orderedOn: isoDate.describe("The day that the buyer dated it."),
  currency: z.string().nullable(),
  division: z.string().nullable().describe("Division of the account that ordered; null: the account as a whole."),
  location: z.string().nullable().describe("Location in that division."),
  createdAt: instant,
  changedAt: instant.describe("When something last happened to it."),
  href,
};

/** An order in a list. */
export const orderItem = z.object(orderPlace).meta({ id: "orderItem" });
export type OrderItem = z.infer<typeof orderItem>;
export const orderList = listOf(orderItem, "orderList");

export const orderQuery = z.strictObject({
  account: plainText(60).optional(),
  division: plainText(60).optional().describe("Id of a division of the account."),
  location: plainText(60).optional().describe("Id of a location in it."),
  number: plainText(80).optional().describe("The buyer's order number."),
  state: orderState.optional(),
  late: z.stringbool().optional().describe("true: only those of which something is open though its day has passed."),
  since,
  usage: z
    .enum(["production", "test", "all"])
    .default("production")
    .describe("Tests are shown only where they are asked for."),
  ...paging,
});

/** What one document did to one line of an order. */
export const ledgerEntryView = z
  .object({
    kind: movementKind,
    quantity: decimal.describe("Signed, in the line's unit."),
    amount: decimal.nullable().describe("Signed."),
    document: movingDocument,
    path: z.string().describe("Where in the document it stands."),
    reference: z.string().nullable().describe("Number of the shipment, invoice or payment."),
    as: z.string().nullable().describe("Of acknowledgments: accepted, back-ordered, rejected, ..."),
    code: z.string().nullable().describe("The code behind it: ACK01, POC02, BIG07."),
    reason: z.string().nullable(),
    happenedOn: isoDate.nullable().describe("By the document's own account."),
    promisedOn: isoDate.nullable(),
    at: instant.describe("When it was posted."),
  })
  .meta({ id: "ledgerEntry" });

/** One line of an order at one place: each figure, and the documents that moved it. */
export const orderLineView = z
  .object({ ...ledgerLine.shape, figures: lineFigures, entries: z.array(ledgerEntryView) })
  .meta({ id: "orderLineAtPlace" });

/** A version of an order, and the document that made it. */
export const orderVersionView = z
  .object({
    version: z.int(),
    document: movingDocument,
    summary: z.string().describe("What it changed."),
    at: instant,
    order: z.unknown().meta({
      description: "The whole order as it is from this version on.",
      $ref: "#/components/schemas/order",
    }),
  })
  .meta({ id: "orderVersion" });

/** A document of an order's chain, and what it moved in all. */
export const chainDocument = movingDocument
  .extend({
    direction,
    status: z.string(),
    at: instant,
    relation: z
      .enum(["moves", "answers", "speaks"])
      .describe(
        "moves: it is in the ledger. answers: it responds to one that is. speaks: an advice, message or payment about one.",
      ),
    moved: z.array(z.object({ kind: movementKind, quantity: decimal, amount: decimal })),
  })
  .meta({ id: "chainDocument" });

/** What is claimed for an order, and what of it is open. */
export const orderInvoice = z
  .object({ id, number: z.string(), kind: z.string(), amount: decimal, openAmount: decimal, href })
  .meta({
    id: "orderInvoice",
    description: "An invoice with lines of the order; its amounts are those of the whole invoice.",
  });

const figure = z.object({ quantity: decimal, amount: decimal });

/** Everything about one order. */
export const orderDetail = orderItem
  .extend({
    totals: z
      .object({
        ordered: figure,
        changed: figure,
        cancelled: figure,
        acknowledged: figure,
        shipped: figure,
        invoiced: figure,
        paid: figure,
        open: decimal,
        late: decimal,
        over: decimal,
        under: decimal,
      })
      .describe("Over all lines, whatever their units."),
    priority: priority
      .nullable()
      .describe(
        "How soon it has to be worked on, which rule said so and on what evidence; null: its version has none.",
      ),
    promises: z.array(promiseView).describe("Days by which we have promised to ship it."),
    versions: z.array(orderVersionView),
    lines: z.array(orderLineView),
    linesOmitted: z.int().describe("Lines beyond those shown; ask for them by `line` or `location`."),
    chain: z.array(chainDocument).describe("From the order to its payment, in the order of time."),
    invoices: z.array(orderInvoice),
    timeline,
  })
  .meta({ id: "orderDetail" });
export type OrderDetail = z.infer<typeof orderDetail>;

export const orderDetailQuery = z.strictObject({
  line: plainText(40).optional().describe("Only the lines with this number of the buyer's."),
  location: plainText(80).optional().describe("Only the lines for this store or ship-to."),
});
