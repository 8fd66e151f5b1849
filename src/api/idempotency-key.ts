import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { Refused } from "../errors.ts";

/** Headers of a request that may safely come again under the same key. */
export const idempotencyKey = z.looseObject({
  "idempotency-key": z.string().max(200, "must have at most 200 characters").optional(),
});

/** The key without the quotes that RFC 8941 puts around it; null: none was given. @throws Refused 400 */
export function keyOf({ headers }: FastifyRequest): string | null {
  const key = headers["idempotency-key"];
  if (typeof key !== "string") return null;
  const plain = /^"(.*)"$/.exec(key.trim())?.[1] ?? key.trim();
  if (/^[\x21-\x7e]{1,200}$/.test(plain)) return plain;
  throw new Refused(400, "idempotency.bad-key", "The Idempotency-Key has to be 1 to 200 visible ASCII characters.");
}
