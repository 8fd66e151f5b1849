import { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { Refused } from "../errors.ts";
import { archivePieceBytes, findFile, readFile, readFileRange } from "../store/files.ts";
import { type Interchange, listInterchanges } from "../store/interchanges.ts";
import { confinedTo, nameOf, subjectOf } from "./authentication.ts";
import {
  interchange,
  interchangeList,
  interchangeQuery,
  releaseRequest,
  reprocessing,
} from "./contract/interchanges.ts";
import { failures } from "./contract/problem-details.ts";
import { x12Bytes } from "./contract/values.ts";
import { hrefOf, interchangeDetail, interchangeLine, isOwnFile } from "./interchange-view.ts";
import type { ApiServer, ApiServices } from "./services.ts";
import { visibleInterchange } from "./visibility.ts";

const tags = ["Interchanges"];
const params = z.object({ id: z.string().describe("Id of the interchange.") });

/** What came in and went out: to list, to look at, to fetch, to process again. */
export function serveInterchanges(api: ApiServer, { database, again }: ApiServices): void {
  const { session } = database;

  api.route({
    method: "GET",
    url: "/interchanges",
    schema: {
      operationId: "listInterchanges",
      tags,
      summary: "Interchanges, newest first",
      description: "An account sees its own, and what it brought that is nobody's yet; the supplier sees all.",
      querystring: interchangeQuery,
      response: { 200: interchangeList.describe("A page of interchanges."), ...failures(400) },
    },
    handler: async (request) => {
      const { after = null, limit, ...filter } = request.query;
      const visibleTo = confinedTo(request) ?? undefined;
      const page = await listInterchanges(session, { ...filter, visibleTo }, { after, limit });
      return { items: page.items.map(interchangeLine), next: page.next };
    },
  });

  api.route({
    method: "GET",
    url: "/interchanges/:id",
    schema: {
      operationId: "readInterchange",
      tags,
      summary: "Everything about one interchange",
      description:
        "Groups, sets and problems with their places, acknowledgments both ways, documents, deliveries with every attempt, and its story.",
      params,
      response: { 200: interchange, ...failures(404) },
    },
    handler: async (request) => {
      const found = await visibleInterchange(session, confinedTo(request), request.params.id);
      request.interchangeId = found.id;
      return interchangeDetail(session, found, confinedTo(request));
    },
  });

  api.route({
    method: "GET",
    url: "/interchanges/:id/raw",
    schema: {
      operationId: "readInterchangeBytes",
      tags,
      summary: "The bytes exactly as they came or went",
      description:
        "Inbound: the whole file that it came in (for an account whose interchange came in another's file: its own bytes only). Outbound: what is sent.",
      params,
      response: {
        200: {
          description: "The bytes. ETag is their SHA-256.",
          content: { "application/edi-x12": { schema: x12Bytes }, "application/octet-stream": { schema: x12Bytes } },
        },
        304: z.undefined().describe("The client has these bytes already (If-None-Match)."),
        ...failures(404, 409),
      },
    },
    handler: async (request, reply) => {
      const found = await visibleInterchange(session, confinedTo(request), request.params.id);
      request.interchangeId = found.id;
      return sendRaw(request, reply, found);
    },
  });

  api.route({
    method: "POST",
    url: "/interchanges/:id/replay",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "replayInterchange",
      tags,
      summary: "Process the stored bytes again, after a fix",
      description: "What succeeded before stays: no second order, no second document.",
      params,
      response: { 202: reprocessing, ...failures(403, 404, 409) },
    },
    handler: async (request, reply) => {
      const { id } = await visibleInterchange(session, confinedTo(request), request.params.id);
      request.interchangeId = id;
      return accepted(reply, await again.replay(id, nameOf(subjectOf(request))));
    },
  });

  api.route({
    method: "POST",
    url: "/interchanges/:id/release",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "releaseInterchange",
      tags,
      summary: "Let a quarantined or duplicate interchange in after all",
      description: "A quarantined one still needs an account that it fits.",
      params,
      body: releaseRequest,
      response: { 202: reprocessing, ...failures(400, 403, 404, 409) },
    },
    handler: async (request, reply) => {
      const { id } = await visibleInterchange(session, confinedTo(request), request.params.id);
      request.interchangeId = id;
      return accepted(reply, await again.release(id, nameOf(subjectOf(request)), request.body.reason));
    },
  });

  async function sendRaw(request: FastifyRequest, reply: FastifyReply, found: Interchange): Promise<FastifyReply> {
    const file = found.fileId ? await findFile(session, found.fileId) : null;
    if (!file) {
      const why = found.reason ? ` ${found.reason.message}` : "";
      throw new Refused(
        409,
        "interchange.no-bytes",
        `There are no bytes yet: the interchange is ${found.status}.${why}`,
      );
    }
    const inbound = found.direction === "inbound";
    reply
      .type(inbound ? "application/octet-stream" : "application/edi-x12")
      .header("content-disposition", `attachment; filename="${found.control?.trim() || found.id}.edi"`)
      .header("cache-control", "private, no-cache");
    if (!isOwnFile(file, found, confinedTo(request))) {
      const { offset, length } = found;
      return reply
        .header("content-length", length ?? 0)
        .send(Readable.from(piecesOf(file.id, offset ?? 0, length ?? 0), { objectMode: false }));
    }
    const etag = `"${file.sha256}"`;
    reply.header("etag", etag);
    if (request.headers["if-none-match"] === etag) return reply.code(304).send();
    return reply
      .header("content-length", file.size)
      .send(Readable.from(readFile(session, file.id), { objectMode: false }));
  }

  /** A part of a file, in pieces. */
  async function* piecesOf(fileId: string, offset: number, length: number): AsyncGenerator<Buffer> {
    for (let at = 0; at < length; at += archivePieceBytes) {
      yield await readFileRange(session, fileId, offset + at, Math.min(archivePieceBytes, length - at));
    }
  }
}

function accepted(reply: FastifyReply, { id, status, replays }: Interchange) {
  return reply.code(202).send({ id, status, replays, href: hrefOf("interchanges", id) });
}
