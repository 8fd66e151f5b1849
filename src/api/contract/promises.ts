import { z } from "zod";
import { isoDate, usage } from "../../documents/index.ts";
import { listOf, paging } from "./paging.ts";
import { accountId, href, id, instant, plainText } from "./values.ts";

const promiseState = z.enum(["open", "kept", "missed", "cancelled"]).meta({
  id: "promiseState",
  description: "missed: not all was shipped when its day was over. cancelled: nothing of the order is wanted any more.",
});

/** A day by which we have promised to ship, and what became of it. */
export const promiseView = z
  .object({
    id,
    account: accountId,
    usage,
    order: z.object({ id, number: z.string(), href }),
    qualifier: z.string().describe("X12 element 374: 079 ship promised, 068 ship scheduled."),
    promisedOn: isoDate,
    dueAt: instant.describe("When the day counts as over: its cut-off on the account's calendar."),
    state: promiseState,
    shippedOn: isoDate.nullable().describe("The day on which the last of it left."),
    createdAt: instant,
  })
  .meta({ id: "promise" });
export type PromiseView = z.infer<typeof promiseView>;
export const promiseList = listOf(promiseView, "promiseList");

export const promiseQuery = z.strictObject({
  state: promiseState.optional(),
  account: plainText(60).optional(),
  order: plainText(80).optional().describe("The buyer's order number."),
  usage: z
    .enum(["production", "test", "all"])
    .default("production")
    .describe("Tests are shown only where they are asked for."),
  ...paging,
});
