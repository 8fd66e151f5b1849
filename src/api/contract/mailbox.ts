import { z } from "zod";
import { usage } from "../../documents/index.ts";
import { deliveryStatus } from "./deliveries.ts";
import { listOf, paging } from "./paging.ts";
import { accountId, href, id, instant, plainText, sha256 } from "./values.ts";

/** Longest that a client may wait, seconds: below what proxies allow a silent connection. */
const longestWait = 60;

/** Something that waits for an account. */
export const mailboxItem = z
  .object({
    id: id.describe("Of the item: what is fetched and marked as collected."),
    interchange: id,
    control: z.string().nullable().describe("ISA13."),
    purpose: z.enum(["acknowledgment", "document"]).nullable(),
    usage: usage.nullable(),
    transactionSets: z
      .array(z.object({ type: z.string(), control: z.string(), documentNumber: z.string().nullable() }))
      .describe("The first 50; none: a TA1."),
    answers: id.nullable().describe("The interchange of the account's that it answers."),
    size: z.int().describe("Bytes."),
    sha256,
    createdAt: instant,
    href: href.describe("Its bytes."),
  })
  .meta({
    id: "mailboxItem",
    examples: [
      {
        id: "a3c1e5d0-3c43-4a0a-8f6d-1f2b6a7d9e01",
        interchange: "5a0b7a86-7a87-4a7b-b44b-5a4f0a4f7f3e",
        control: "000000001",
        purpose: "acknowledgment",
        usage: "production",
        transactionSets: [{ type: "997", control: "0001", documentNumber: null }],
        answers: "2f5b3c1a-6f0e-4a57-9b62-6b1f1c0a7d10",
        size: 268,
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        createdAt: "2025-03-10T06:12:44.912Z",
        href: "/api/v1/mailbox/a3c1e5d0-3c43-4a0a-8f6d-1f2b6a7d9e01",
      },
    ],
  });

export const mailboxList = listOf(mailboxItem, "mailboxList");

export const mailboxQuery = z.strictObject({
  wait: z.coerce
    .number()
    .int()
    .min(0)
    .max(longestWait)
    .default(0)
    .describe("Seconds to wait for something where there is nothing yet."),
  account: plainText(60).optional().describe("Whose mailbox; only the supplier must say so."),
  ...paging,
});

/** That an item has been collected. */
export const collected = z
  .object({ id, interchange: id, account: accountId, status: deliveryStatus, collectedAt: instant.nullable() })
  .meta({ id: "collected", description: "The account has it; asked again, the answer is the same." });
