import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { Refused } from "../errors.ts";
import { findTokenHolder, type Subject } from "../store/accounts.ts";
import type { ApiServer, ApiServices } from "./services.ts";

/** Who makes a request: whom the token speaks for, and a hash that tells tokens apart without keeping them. */
export interface Caller {
  readonly subject: Subject;
  /** What the token is called: whoever holds it. */
  readonly label: string;
  /** Whether it is the administrator's own, from the gateway's settings. */
  readonly administers: boolean;
  readonly tokenHash: string;
}

declare module "fastify" {
  interface FastifyRequest {
    /** null: no token, or one that is unknown or revoked. */
    caller: Caller | null;
  }
  interface FastifyContextConfig {
    /** Only this kind of subject may use the route; left out: either. */
    onlyFor?: Subject["kind"];
  }
}

const bearer = /^Bearer +([\x21-\x7e]{1,512})$/i;

/**
 * Every route of this scope needs a token. It is looked up anew for each request, so that a revoked one ends at once. Who
 * it is, is found out first; the rate limit may count by it; only then are strangers turned away, before a byte of the
 * body is read.
 */
export function requireToken(api: ApiServer, services: ApiServices): void {
  api.decorateRequest("caller", null);
  api.addHook("onRequest", async (request) => {
    request.caller = await identify(services, request.headers.authorization);
  });
  api.addHook("preParsing", async (request, reply) => {
    if (!request.caller) {
      const sent = request.headers.authorization !== undefined;
      reply.header(
        "www-authenticate",
        sent ? 'Bearer realm="portico", error="invalid_token"' : 'Bearer realm="portico"',
      );
      throw sent
        ? new Refused(401, "token.unknown", "The token is unknown or revoked. Send Authorization: Bearer <token>.")
        : new Refused(401, "token.missing", "A token is needed: send Authorization: Bearer <token>.");
    }
    const { onlyFor } = request.routeOptions.config;
    if (onlyFor === undefined || onlyFor === request.caller.subject.kind) return;
    throw new Refused(
      403,
      "token.not-allowed",
      onlyFor === "supplier"
        ? "Only the supplier's own systems may do this; the token is an account's."
        : "Only the account itself may do this; the token is the supplier's.",
    );
  });
}

async function identify(
  { database, settings }: ApiServices,
  authorization: string | undefined,
): Promise<Caller | null> {
  const token = bearer.exec(authorization ?? "")?.[1];
  if (token === undefined) return null;
  const hash = sha256(token);
  const tokenHash = hash.toString("base64url");
  // Hashes are of one length, so that comparing them tells nothing of the token.
  if (settings.adminToken !== null && timingSafeEqual(hash, sha256(settings.adminToken))) {
    return { subject: { kind: "supplier" }, label: "administrator", administers: true, tokenHash };
  }
  const holder = await findTokenHolder(database.session, token);
  return holder && { ...holder, administers: false, tokenHash };
}

const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Who makes the request. */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw new Error("a route outside of requireToken asks who is calling");
  return request.caller;
}

/** Whom the request's token speaks for. */
export function subjectOf(request: FastifyRequest): Subject {
  return callerOf(request).subject;
}

/** The account that the caller is confined to; null: the supplier sees all. */
export function confinedTo(request: FastifyRequest): string | null {
  const subject = subjectOf(request);
  return subject.kind === "account" ? subject.accountId : null;
}

/** The caller, as the interchange's story calls it. */
export function nameOf(subject: Subject): string {
  return subject.kind === "supplier" ? "the supplier" : subject.accountId;
}
