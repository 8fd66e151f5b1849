import { type IncomingMessage, STATUS_CODES } from "node:http";
import { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { PorticoError, Refused } from "../errors.ts";
import { type ProblemDetails, problemMediaType } from "./contract/problem-details.ts";
import type { ApiServer } from "./services.ts";

/** What a failure is called outside. */
interface Failure {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { path: string; message: string }[];
}

/** Seconds after which a client may try again when a part of the gateway is down. */
const retrySeconds = 5;
/** How long a sender may go on with a body that nobody wants, milliseconds. */
const lingerMs = 3_000;
/** And how much of it, bytes. */
const lingerBytes = 32 * 1024 * 1024;

/** Whatever goes wrong is told as a problem document (RFC 9457), here and nowhere else. */
export function answerProblems(server: ApiServer): void {
  server.setErrorHandler((error, request, reply) => answerError(error, request, reply));
  server.setNotFoundHandler(notFoundAnswers(server));
}

/** Answers for an error of any kind. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const failure = failureOf(error);
  if (failure.status >= 500) request.log.error({ err: error, route: request.routeOptions.url }, "request failed");
  if (failure.status === 503) reply.header("retry-after", retrySeconds);
  return sendProblem(request, reply, failure);
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, failure: Failure): FastifyReply {
  const { status, code, detail, errors } = failure;
  const problem: ProblemDetails = {
    type: `urn:portico:problem:${code}`,
    title: STATUS_CODES[status] ?? "Error",
    status,
    detail,
    code,
    instance: `urn:uuid:${request.id}`,
    ...(errors && errors.length > 0 ? { errors: [...errors] } : {}),
  };
  const text = Buffer.from(JSON.stringify(problem));
  reply.code(status).type(problemMediaType).header("cache-control", "no-store");
  if (!hasMoreToCome(request)) return reply.send(text);
  reply.header("connection", "close").header("content-length", text.length);
  return reply.send(Readable.from(withoutRest(text, request)));
}

/** Whether the client is still sending its body. (A request without one is not complete yet when it is first seen.) */
function hasMoreToCome({ raw, headers }: FastifyRequest): boolean {
  const hasBody = Number(headers["content-length"] ?? 0) > 0 || headers["transfer-encoding"] !== undefined;
  return hasBody && raw.complete === false && !raw.destroyed;
}

/** The answer to a body that is not wanted to its end. */
async function* withoutRest(answer: Buffer, { raw }: FastifyRequest): AsyncGenerator<Buffer> {
  yield answer;
  await throwAwayRest(raw);
}

/**
 * What still comes of a body that nobody wants is thrown away for a while, before the connection is closed: if it were closed with
 * bytes unread, TCP would reset it, and a sender that is busy sending would lose the answer.
 */
export async function throwAwayRest(raw: IncomingMessage): Promise<void> {
  const over = new AbortController();
  const end = (): void => over.abort();
  let thrownAway = 0;
  raw.once("close", end).once("end", end);
  raw.on("data", (chunk: Uint8Array) => {
    thrownAway += chunk.length;
    if (thrownAway > lingerBytes) end();
  });
  raw.resume();
  if (!raw.complete || raw.readableLength > 0)
    await wait(lingerMs, undefined, { signal: over.signal, ref: false }).catch(() => {});
  raw.pause();
}

function failureOf(error: unknown): Failure {
  if (error instanceof Refused)
    return { status: error.status, code: error.code, detail: error.message, errors: error.errors };
  if (hasZodFastifySchemaValidationErrors(error)) return invalid(error);
  if (isOutOfReach(error)) {
    return {
      status: 503,
      code: "unavailable",
      detail: "A part of the gateway can't be reached right now. Nothing was done; try again.",
    };
  }
  const { statusCode = 500, message = "" } =
    error instanceof PorticoError ? {} : ((error ?? {}) as Partial<FastifyError>);
  if (statusCode < 400 || statusCode > 499) {
    return {
      status: 500,
      code: "internal",
      detail: "Something is wrong on our side. The log knows more under this request's id.",
    };
  }
  return {
    status: statusCode,
    code: codes[statusCode] ?? "request.malformed",
    detail: `${message.replace(/\.$/, "")}.`,
  };
}

/** What Fastify itself refuses, by its status. */
const codes: Readonly<Record<number, string>> = {
  404: "route.not-found",
  413: "request.too-large",
  414: "request.too-large",
  415: "request.media-type",
  431: "request.too-large",
};

const parts: Readonly<Record<string, string>> = {
  querystring: "query",
  params: "path",
  body: "body",
  headers: "header",
};

/** What zod found wrong, all of it. */
function invalid(error: Pick<FastifyError, "validation" | "validationContext">): Failure {
  const part = parts[error.validationContext ?? "body"] ?? "body";
  const errors = (error.validation ?? []).flatMap(({ instancePath, keyword, message, params }) => {
    const steps = instancePath.split("/").filter((step) => step !== "");
    const path = part + steps.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join("");
    if (keyword === "unrecognized_keys" && Array.isArray(params.keys)) {
      return params.keys.map((key) => ({ path: `${path}.${key}`, message: "there is no such parameter" }));
    }
    return [{ path, message: message ?? "is not as it should be" }];
  });
  return invalidRequest(errors);
}

/** A request in which something is wrong, with everything that is. */
function invalidRequest(errors: readonly { path: string; message: string }[]): Failure {
  const [first] = errors;
  const detail = `The request is not as it should be: ${first ? `${first.path}: ${first.message}` : "see the documentation"}.`;
  return { status: 400, code: "request.invalid", detail, errors };
}

/** The same, for a handler that finds out by itself. */
export function refuseInvalid(...errors: { path: string; message: string }[]): Refused {
  const { status, code, detail } = invalidRequest(errors);
  return new Refused(status, code, detail, errors);
}

/** Codes of Node and of PostgreSQL (SQLSTATE classes 08, 53 and 57P) that say: not there, full, or shutting down. */
const outOfReach = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|08\w{3}|53\w{3}|57P\w{2})$/;

function isOutOfReach(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause) {
    if ("code" in one && typeof one.code === "string" && outOfReach.test(one.code)) return true;
    if (one instanceof AggregateError && one.errors.some(isOutOfReach)) return true;
  }
  return false;
}

/** 405 where another method would do, 404 elsewhere. */
function notFoundAnswers(server: ApiServer): (request: FastifyRequest, reply: FastifyReply) => FastifyReply {
  const routes: { pattern: RegExp; methods: string[] }[] = [];
  server.addHook("onRoute", ({ url, method }) => {
    if (url.includes("*")) return;
    const pattern = new RegExp(`^${url.replace(/[.]/g, "\\.").replace(/:\w+/g, "[^/]+")}$`);
    routes.push({ pattern, methods: [method].flat() });
  });
  return (request, reply) => {
    const path = request.url.split("?", 1)[0] ?? "";
    const allowed = new Set(routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods));
    if (allowed.size === 0) {
      return sendProblem(request, reply, {
        status: 404,
        code: "route.not-found",
        detail: "There is no such address. /docs shows all that there are.",
      });
    }
    const methods = [...allowed].sort().join(", ");
    reply.header("allow", methods);
    return sendProblem(request, reply, {
      status: 405,
      code: "request.method",
      detail: `${request.method} can't be used here; ${methods} can.`,
    });
  };
}
