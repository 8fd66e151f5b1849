import { z } from "zod";
import { alertStates } from "../../store/alerts.ts";
import { delivery } from "./deliveries.ts";
import { listOf, paging } from "./paging.ts";
import { accountId, id, instant, plainText } from "./values.ts";

const alertState = z.enum(alertStates).meta({
  id: "alertState",
  description:
    "gathering: nobody was told yet. told: somebody was, and nobody has answered. acknowledged: somebody has it in hand. resolved: nothing of it is open any more.",
});

/** One person who was told, one way. */
const notice = z
  .object({
    id,
    step: z.int().describe("0: told first; the others are steps of the escalation."),
    channel: z.enum(["email", "webhook"]),
    to: z
      .object({ id: z.string(), name: z.string(), address: z.string().nullable() })
      .nullable()
      .describe("null: the account has nobody."),
    reason: z.string().describe("Why it is this person."),
    state: z.enum(["waiting", "sent", "failed", "not-sent", "withdrawn"]).meta({
      id: "noticeState",
      description:
        "sent: the mail server, or a webhook's receiver, took it. failed: given up. not-sent: it can't be sent this way. withdrawn: by then nothing needed anybody any more.",
    }),
    trouble: z.string().nullable(),
    createdAt: instant,
    sentAt: instant.nullable(),
    attempts: z
      .array(
        z.object({
          startedAt: instant,
          finishedAt: instant.nullable(),
          outcome: z.enum(["started", "sent", "failed"]).describe("started: under way, or cut off by a crash."),
          error: z.string().nullable(),
        }),
      )
      .describe("email: every try."),
    deliveries: z.array(delivery).describe("webhook: every receiver, with every try."),
  })
  .meta({ id: "alertNotice" });

/** Work items that people are told of together. */
export const alertView = z
  .object({
    id,
    account: accountId,
    division: z.string().nullable().describe("The part of the account whose contacts are told; null: the whole."),
    location: z.string().nullable(),
    state: alertState,
    urgent: z.boolean(),
    roles: z.array(z.string()).describe("X12 element 366: whoever is on duty in each of them is told first."),
    items: z.object({
      total: z.int(),
      open: z.int(),
      needing: z.int().describe("Open, and in nobody's hands."),
    }),
    createdAt: instant,
    toldAt: instant.nullable(),
    next: z
      .object({ step: z.int(), at: instant })
      .nullable()
      .describe("When somebody is told next, unless it is in somebody's hands by then."),
    notices: z.array(notice),
  })
  .meta({ id: "alert" });
export type AlertView = z.infer<typeof alertView>;
export const alertList = listOf(alertView, "alertList");

export const alertQuery = z.strictObject({
  account: plainText(60).optional(),
  state: alertState.optional(),
  ...paging,
});

export const alertAcknowledged = z
  .object({ id, acknowledged: z.int().describe("Work items that were in nobody's hands.") })
  .meta({ id: "alertAcknowledged" });
