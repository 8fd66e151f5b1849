import type { FastifyRequest } from "fastify";
import type { ApiServer } from "./services.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** The interchange that the request is about, for the log. */
    interchangeId: string | null;
  }
  interface FastifyContextConfig {
    /** Asked so often by machines that its lines would bury the others. */
    quiet?: boolean;
  }
}

/** One line for each request: what, by whom, how it ended and how long it took. Never a header or a body. */
export function logRequests(server: ApiServer): void {
  server.decorateRequest("interchangeId", null);
  server.addHook("onResponse", async (request, reply) => {
    const facts = { ...factsOf(request), status: reply.statusCode, ms: Math.round(reply.elapsedTime) };
    if (request.routeOptions.config.quiet) request.log.debug(facts, "request");
    else request.log.info(facts, "request");
  });
  server.addHook("onRequestAbort", async (request) => {
    request.log.info(factsOf(request), "the client went away");
  });
}

function factsOf(request: FastifyRequest): object {
  const subject = request.caller?.subject;
  return {
    method: request.method,
    route: request.routeOptions.url ?? "(none)",
    ...(subject ? { subject: subject.kind } : {}),
    ...(subject?.kind === "account" ? { account: subject.accountId } : {}),
    ...(request.interchangeId ? { interchange: request.interchangeId } : {}),
  };
}
