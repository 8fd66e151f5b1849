import { z } from "zod";
import { id, instant } from "./values.ts";

export const deliveryStatus = z.enum(["waiting", "delivered", "failed"]).meta({ id: "deliveryStatus" });

/** One thing brought to one place, with every try. */
export const delivery = z
  .object({
    id,
    channel: z.enum(["mailbox", "push", "webhook"]),
    status: deliveryStatus,
    target: z.string().nullable().describe("push, webhook: the address."),
    document: id.nullable().describe("webhook: the document that is announced."),
    createdAt: instant,
    deliveredAt: instant.nullable(),
    attempts: z.array(
      z.object({
        startedAt: instant,
        finishedAt: instant.nullable(),
        outcome: z.enum(["started", "delivered", "failed"]).describe("started: under way, or cut off by a crash."),
        httpStatus: z.int().nullable(),
        error: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: "delivery" });
export type DeliveryView = z.infer<typeof delivery>;

export const redelivery = z
  .object({ id, status: z.literal("waiting") })
  .meta({ id: "redelivery", description: "It waits to be tried again." });

/** A story, a line at a time. */
export const timeline = z
  .array(z.object({ at: instant, kind: z.string().describe("Stable word for machines."), message: z.string() }))
  .meta({ id: "timeline", description: "The story, first line first." });
