import { z } from "zod";
import { webAddress } from "../../accounts/index.ts";
import { documentType } from "./documents.ts";
import { accountId, id, instant, plainText } from "./values.ts";

const usages = z.enum(["production", "test", "all"]).describe("Which documents: business, rehearsals, or both.");

/** What somebody subscribes to. */
export const webhookRequest = z.strictObject({
  url: webAddress.max(2000).describe("Where documents are announced. An address inside our own network is refused."),
  types: z
    .array(z.union([documentType, z.literal("alert")]))
    .max(50)
    .default([])
    .describe(
      "Types of documents; left out: all, those that go out as well as those that come in. And alert: that something needs a person.",
    ),
  account: plainText(60).optional().describe("Only of this account."),
  usage: usages.default("production"),
});

/** A subscription. */
export const webhook = z
  .object({
    id,
    url: z.string(),
    types: z.array(z.string()).describe("Empty: all."),
    account: accountId.nullable(),
    usage: usages,
    createdAt: instant,
  })
  .meta({ id: "webhook" });

/** A subscription that was just made, with the key that signs what is sent to it. */
export const webhookMade = webhook
  .extend({ secret: z.string().describe("whsec_ and base64: checks the signatures. It is shown this once.") })
  .meta({ id: "webhookMade" });

export const webhookList = z
  .object({ items: z.array(webhook), next: z.null() })
  .meta({ id: "webhookList", description: "Every subscription, oldest first." });
