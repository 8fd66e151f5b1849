import { randomBytes, randomUUID } from "node:crypto";
import { z } from "zod";
import { Refused } from "../errors.ts";
import { findAccount } from "../store/accounts.ts";
import { addWebhook, findWebhook, listWebhooks, mostWebhooks, removeWebhook, type Webhook } from "../store/webhooks.ts";
import { failures } from "./contract/problem-details.ts";
import { webhook, webhookList, webhookMade, webhookRequest } from "./contract/webhooks.ts";
import { hrefOf } from "./interchange-view.ts";
import { refuseInvalid } from "./problems.ts";
import type { ApiServer, ApiServices } from "./services.ts";

const tags = ["Webhooks"];
/** Of a key that signs, bytes; Standard Webhooks wants 24 to 64. */
const secretBytes = 32;
const params = z.object({ id: z.string().describe("Id of the webhook.") });

/** Who is told of new documents, beside the address in the gateway's settings. */
export function serveWebhooks(api: ApiServer, { database }: ApiServices): void {
  const { session } = database;

  api.route({
    method: "POST",
    url: "/webhooks",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "makeWebhook",
      tags,
      summary: "Be told of new documents, by type and account",
      description:
        "Each accepted document is posted to the address, signed by the Standard Webhooks specification, and again until it is taken. A webhook may come twice, with the same webhook-id, and not in order; the feed of documents misses nothing.",
      body: webhookRequest,
      response: { 201: webhookMade, ...failures(400, 403, 409) },
    },
    handler: async (request, reply) => {
      const { url, types, account, usage } = request.body;
      if (account !== undefined && !(await findAccount(session, account)))
        throw refuseInvalid({ path: "body.account", message: `there is no account "${account}"` });
      const secret = `whsec_${randomBytes(secretBytes).toString("base64")}`;
      const made = await database.transaction((transaction) =>
        addWebhook(transaction, {
          id: randomUUID(),
          url,
          secret,
          types: [...new Set(types)],
          accountId: account ?? null,
          usage,
        }),
      );
      if (made === null)
        throw new Refused(
          409,
          "webhook.too-many",
          `There are ${mostWebhooks} webhooks; remove one that is not needed.`,
        );
      request.log.info({ webhook: made.id, host: new URL(url).host }, "webhook made");
      const view = viewOf(made);
      return reply
        .code(201)
        .header("location", hrefOf("webhooks", made.id))
        .send({ ...view, secret });
    },
  });

  api.route({
    method: "GET",
    url: "/webhooks",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "listWebhooks",
      tags,
      summary: "Who is told of what",
      response: { 200: webhookList, ...failures(403) },
    },
    handler: async () => ({ items: (await listWebhooks(session)).map(viewOf), next: null }),
  });

  api.route({
    method: "GET",
    url: "/webhooks/:id",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "readWebhook",
      tags,
      summary: "One webhook, without its secret",
      params,
      response: { 200: webhook, ...failures(403, 404) },
    },
    handler: async (request) => {
      const found = isId(request.params.id) ? await findWebhook(session, request.params.id) : null;
      if (!found) throw notFound();
      return viewOf(found);
    },
  });

  api.route({
    method: "DELETE",
    url: "/webhooks/:id",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "removeWebhook",
      tags,
      summary: "Be told no more",
      description: "What still waits to be brought there is given up.",
      params,
      response: { 200: webhook.describe("As it was."), ...failures(403, 404) },
    },
    handler: async (request) => {
      const { id } = request.params;
      const removed = isId(id) ? await database.transaction((transaction) => removeWebhook(transaction, id)) : null;
      if (!removed) throw notFound();
      request.log.info({ webhook: id }, "webhook removed");
      return viewOf(removed);
    },
  });
}

const isId = (text: string): boolean => z.uuid().safeParse(text).success;
const notFound = (): Refused => new Refused(404, "webhook.not-found", "There is no such webhook.");

function viewOf({ id, url, types, accountId, usage, createdAt }: Webhook) {
  return { id, url, types, account: accountId, usage, createdAt: createdAt.toISOString() };
}
