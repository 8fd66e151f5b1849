import { z } from "zod";
import { Refused } from "../errors.ts";
import {
  collectReceipt,
  findReceipts,
  findTold,
  listTold,
  readProof,
  readSubscriptions,
  type SubscriptionRow,
  type ToldEdition,
} from "../store/publication-subscriptions.ts";
import { listPublications, type PlacedPublication, type Publication } from "../store/publications.ts";
import { callerOf, confinedTo } from "./authentication.ts";
import { failures } from "./contract/problem-details.ts";
import {
  correctionRequest,
  publication,
  publicationCollected,
  publicationDecided,
  publicationDetail,
  publicationList,
  publicationProof,
  publicationQuery,
  publicationRequest,
  retryRequest,
  skipRequest,
  toldPublicationDetail,
  withdrawalRequest,
} from "./contract/publications.ts";
import { csvMediaType, sendCsv } from "./csv.ts";
import { idempotencyKey, keyOf } from "./idempotency-key.ts";
import { hrefOf } from "./interchange-view.ts";
import { longestLineBytes } from "./json-lines.ts";
import { proofCsv, proofView, publicationView, standingView, toldView } from "./publication-view.ts";
import type { ApiServer, ApiServices } from "./services.ts";
import { existingPublication, toldPublication } from "./visibility.ts";

const tags = ["Publications"];
const params = z.object({ id: z.string().describe("Id of the publication.") });

/** Early information: what is told to whom, in which order, and the proof of it. */
export function servePublications(api: ApiServer, { database, publisher }: ApiServices): void {
  const { session } = database;

  async function viewOf(found: PlacedPublication) {
    return publicationView(found, await readSubscriptions(session, found), new Date());
  }

  api.route({
    method: "POST",
    url: "/publications",
    bodyLimit: longestLineBytes,
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "handInPublication",
      tags,
      summary: "Hand in what is to be told to accounts, tier by tier",
      description:
        "It is kept with the turn of each tier, by the publication plan in force, and only then is the request answered. An Idempotency-Key makes a repetition safe for a week.",
      headers: idempotencyKey,
      body: publicationRequest,
      response: { 202: publication.describe("Kept."), ...failures(400, 403, 409, 413, 415, 422) },
    },
    handler: async (request, reply) => {
      const { topic, kind, usage, title = null, notBefore = null, content } = request.body;
      const submitting = { by: callerOf(request).label, key: keyOf(request) };
      const handedIn = { topic, kind, usage, title, notBefore, content };
      const { publication: kept, repeated } = await orInBody(publisher.handIn(handedIn, submitting));
      if (repeated) reply.header("idempotent-replayed", "true");
      const view = await viewOf(kept);
      return reply.code(202).header("location", view.href).send(view);
    },
  });

  api.route({
    method: "GET",
    url: "/publications",
    schema: {
      operationId: "listPublications",
      tags,
      summary: "Publications, newest first",
      description:
        "The supplier sees all with their tiers; an account what it was told, and nothing that is embargoed to it.",
      querystring: publicationQuery,
      response: { 200: publicationList.describe("A page of publications."), ...failures(400) },
    },
    handler: async (request) => {
      const { after = null, limit, topic, usage } = request.query;
      const account = confinedTo(request);
      if (account !== null) {
        const page = await listTold(session, account, { topic, usage }, { after, limit });
        const originals = await originalsOf(account, page.items);
        return { items: page.items.map((told) => toldView(told, originals)), next: page.next };
      }
      const page = await listPublications(session, { topic, usage }, { after, limit });
      const subscribers = new Map<string, SubscriptionRow[]>();
      for (const one of page.items) {
        const stream = `${one.topic} ${one.usage}`;
        if (!subscribers.has(stream)) subscribers.set(stream, await readSubscriptions(session, one));
      }
      const now = new Date();
      const items = page.items.map((one) =>
        publicationView(one, subscribers.get(`${one.topic} ${one.usage}`) ?? [], now),
      );
      return { items, next: page.next };
    },
  });

  api.route({
    method: "GET",
    url: "/publications/:id",
    schema: {
      operationId: "readPublication",
      tags,
      summary: "A publication: its tiers, their times, and who has it",
      description: "An account sees its own edition of what it was told.",
      params,
      response: { 200: z.union([publicationDetail, toldPublicationDetail]), ...failures(404) },
    },
    handler: async (request) => {
      const { id } = request.params;
      const account = confinedTo(request);
      if (account !== null) {
        const told = await toldPublication(session, account, id);
        const content = (told.body ?? told.content) as Record<string, unknown>;
        return { ...toldView(told, await originalsOf(account, [told])), content };
      }
      return detailOf(await existingPublication(session, id));
    },
  });

  async function detailOf(found: Publication) {
    const subscribers = await readSubscriptions(session, found);
    return {
      ...publicationView(found, subscribers, new Date()),
      content: found.content as Record<string, unknown>,
      accounts: standingView(found, subscribers, await readProof(session, found.id)),
    };
  }

  function originalsOf(account: string, told: readonly ToldEdition[]) {
    const ids = told.flatMap(({ correctsId }) => (correctsId === null ? [] : [correctsId]));
    return findReceipts(session, account, ids);
  }

  api.route({
    method: "POST",
    url: "/publications/:id/correct",
    bodyLimit: longestLineBytes,
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "correctPublication",
      tags,
      summary: "Correct a publication",
      description:
        "To each tier not before the original's time for it, and after the tier above has it. Where the original has not been released, the correction goes in its place.",
      params,
      body: correctionRequest,
      response: { 202: publication.describe("The correction."), ...failures(400, 403, 404, 409, 413) },
    },
    handler: async (request, reply) => {
      const { id } = await existingPublication(session, request.params.id);
      const { content, reason } = request.body;
      const view = await viewOf(await orInBody(publisher.correct(id, content, callerOf(request).label, reason)));
      return reply.code(202).header("location", view.href).send(view);
    },
  });

  api.route({
    method: "POST",
    url: "/publications/:id/withdraw",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "withdrawPublication",
      tags,
      summary: "Take a publication back where it has not been told yet",
      description: "What has been told stays told; a correction says better.",
      params,
      body: withdrawalRequest,
      response: { 200: publication, ...failures(400, 403, 404, 409) },
    },
    handler: async (request) => {
      const { id } = await existingPublication(session, request.params.id);
      return viewOf(await publisher.withdraw(id, callerOf(request).label, request.body.reason));
    },
  });

  api.route({
    method: "POST",
    url: "/publications/:id/skip",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "skipPublication",
      tags,
      summary: "Decide that an account goes without a publication",
      description: "Tiers below need not wait for the account any more. It is kept in the proof, with the reason.",
      params,
      body: skipRequest,
      response: { 202: publicationDecided, ...failures(400, 403, 404, 409) },
    },
    handler: async (request, reply) => {
      const { id } = await existingPublication(session, request.params.id);
      const { account, reason } = request.body;
      await publisher.skip(id, account, callerOf(request).label, reason);
      return reply.code(202).send({ id, account, href: hrefOf("publications", id) });
    },
  });

  api.route({
    method: "POST",
    url: "/publications/:id/retry",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "retryPublication",
      tags,
      summary: "Tell an account what was held, once what was wrong is mended",
      params,
      body: retryRequest,
      response: { 202: publicationDecided, ...failures(400, 403, 404, 409) },
    },
    handler: async (request, reply) => {
      const { id } = await existingPublication(session, request.params.id);
      const { account } = request.body;
      await publisher.retry(id, account, callerOf(request).label);
      return reply.code(202).send({ id, account, href: hrefOf("publications", id) });
    },
  });

  api.route({
    method: "POST",
    url: "/publications/:id/collected",
    config: { onlyFor: "account" },
    schema: {
      operationId: "collectPublication",
      tags,
      summary: "Say that an announcement is safely there",
      description: "Stock and prices are collected from the mailbox. Said again, the answer is the same.",
      params,
      response: { 200: publicationCollected, ...failures(403, 404, 409) },
    },
    handler: async (request) => {
      const account = confinedTo(request) as string;
      const { receipt } = await toldPublication(session, account, request.params.id);
      const { publicationId: id } = receipt;
      if (receipt.channel !== "feed") {
        const where = receipt.channel === "mailbox" ? "It is collected from the mailbox" : "It was pushed";
        throw new Refused(409, "publication.by-interchange", `${where}, as interchange ${receipt.interchangeId}.`);
      }
      await collectReceipt(session, id, account);
      const { collectedAt } = (await findTold(session, account, id))?.receipt ?? receipt;
      return { id, collectedAt: (collectedAt ?? new Date()).toISOString() };
    },
  });

  api.route({
    method: "GET",
    url: "/publications/:id/proof",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "provePublication",
      tags,
      summary: "Who got it, when first, and by which channel",
      description: "As JSON, or with `Accept: text/csv` as a file with a line for each account.",
      params,
      response: { 200: publicationProof, ...failures(403, 404) },
    },
    handler: async (request, reply) => {
      const found = await existingPublication(session, request.params.id);
      const proof = proofView(found, await readProof(session, found.id));
      return request.headers.accept === csvMediaType ? sendCsv(reply, proofCsv(proof), null) : proof;
    },
  });
}

/** Refusals with paths that begin at the request's body, as those of all others do. */
async function orInBody<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Refused) || error.errors.length === 0) throw error;
    const faults = error.errors.map(({ path, message }) => ({ path: `body.${path}`, message }));
    throw new Refused(error.status, error.code, error.message, faults);
  }
}
