import { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { collect } from "../pipeline/collect.ts";
import { listMailbox, type MailboxItem } from "../store/deliveries.ts";
import { readFile } from "../store/files.ts";
import { findFirstSets } from "../store/interchanges.ts";
import type { Page, PageRequest } from "../store/pages.ts";
import { confinedTo } from "./authentication.ts";
import { collected, mailboxList, mailboxQuery } from "./contract/mailbox.ts";
import { failures } from "./contract/problem-details.ts";
import { x12Bytes } from "./contract/values.ts";
import { hrefOf, moment } from "./interchange-view.ts";
import type { MailboxWatch } from "./mailbox-watch.ts";
import { refuseInvalid } from "./problems.ts";
import type { ApiServer, ApiServices } from "./services.ts";
import { visibleAccount, visibleMailboxItem } from "./visibility.ts";

/** How often whoever waits looks for itself, milliseconds, in case that a notification was lost. */
const lookAgainMs = 5_000;
const tags = ["Mailbox"];
const params = z.object({ id: z.string().describe("Id of the item.") });

/** What waits for an account to collect: see it, fetch it, say that you have it. */
export function serveMailbox(api: ApiServer, { database }: ApiServices, watch: MailboxWatch): void {
  const { session } = database;

  api.route({
    method: "GET",
    url: "/mailbox",
    schema: {
      operationId: "listMailbox",
      tags,
      summary: "What waits for the account, oldest first",
      description:
        "With `wait` the answer comes as soon as there is something, and at the latest after so many seconds. An item stays until it is marked as collected. The supplier looks into an account's mailbox with `account`.",
      querystring: mailboxQuery,
      response: { 200: mailboxList.describe("What waits."), ...failures(400, 404) },
    },
    handler: async (request, reply) => {
      const { wait, account, after = null, limit } = request.query;
      const accountId = account ?? confinedTo(request);
      if (accountId === null) {
        throw refuseInvalid({ path: "query.account", message: "the supplier must say whose mailbox" });
      }
      const { id } = await visibleAccount(session, confinedTo(request), accountId);
      const page = await firstItems(id, { after, limit }, Date.now() + wait * 1_000, reply);
      const sets = await findFirstSets(
        session,
        page.items.map((item) => item.interchangeId),
      );
      const items = page.items.map((item) => ({
        ...itemOf(item),
        transactionSets: (sets.get(item.interchangeId) ?? []).map(({ type, control, documentNumber }) => ({
          type,
          control,
          documentNumber,
        })),
      }));
      return { items, next: page.next };
    },
  });

  api.route({
    method: "GET",
    url: "/mailbox/:id",
    schema: {
      operationId: "readMailboxItem",
      tags,
      summary: "The bytes of an item",
      description: "As often as wanted, also after it has been collected.",
      params,
      response: {
        200: {
          description: "The interchange. ETag is its SHA-256.",
          content: { "application/edi-x12": { schema: x12Bytes } },
        },
        304: z.undefined().describe("The client has these bytes already (If-None-Match)."),
        ...failures(404),
      },
    },
    handler: async (request, reply) => {
      const item = await visibleMailboxItem(session, confinedTo(request), request.params.id);
      request.interchangeId = item.interchangeId;
      return sendItem(request, reply, item);
    },
  });

  api.route({
    method: "POST",
    url: "/mailbox/:id/collected",
    config: { onlyFor: "account" },
    schema: {
      operationId: "collectMailboxItem",
      tags,
      summary: "Say that the item is safely there",
      description: "It then waits no more. Said again, the answer is the same.",
      params,
      response: { 200: collected, ...failures(403, 404) },
    },
    handler: async (request) => {
      const item = await visibleMailboxItem(session, confinedTo(request), request.params.id);
      request.interchangeId = item.interchangeId;
      const delivery = await collect(database, item.id);
      return {
        id: item.id,
        interchange: item.interchangeId,
        account: item.accountId,
        status: delivery?.status ?? item.status,
        collectedAt: moment(delivery?.deliveredAt ?? null),
      };
    },
  });

  /** The page as soon as there is something on it; an empty one when the time is over or nobody waits for it any more. */
  async function firstItems(
    accountId: string,
    page: PageRequest,
    until: number,
    reply: FastifyReply,
  ): Promise<Page<MailboxItem>> {
    using watcher = watch.watch(accountId);
    let gone = false;
    reply.raw.once("close", () => {
      gone = true;
      watcher[Symbol.dispose]();
    });
    for (;;) {
      const found = await listMailbox(session, accountId, page);
      const left = until - Date.now();
      if (found.items.length > 0 || left <= 0 || gone || watch.closed) return found;
      await watcher.changed(Math.min(left, lookAgainMs));
    }
  }

  function sendItem(request: FastifyRequest, reply: FastifyReply, item: MailboxItem): FastifyReply {
    const etag = `"${item.sha256}"`;
    reply
      .type("application/edi-x12")
      .header("etag", etag)
      .header("cache-control", "private, no-cache")
      .header("content-disposition", `attachment; filename="${item.control ?? item.id}.edi"`);
    if (request.headers["if-none-match"] === etag) return reply.code(304).send();
    return reply
      .header("content-length", item.size)
      .send(Readable.from(readFile(session, item.fileId), { objectMode: false }));
  }
}

function itemOf(item: MailboxItem) {
  return {
    id: item.id,
    interchange: item.interchangeId,
    control: item.control,
    purpose: item.purpose,
    usage: item.usage,
    answers: item.answersId,
    size: item.size,
    sha256: item.sha256,
    createdAt: item.createdAt.toISOString(),
    href: hrefOf("mailbox", item.id),
  };
}
