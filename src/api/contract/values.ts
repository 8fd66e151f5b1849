import { z } from "zod";

/** An id that the gateway gave. */
export const id = z.uuid().describe("Given by the gateway.");

/** An account's short name. */
export const accountId = z
  .string()
  .describe("Short name of the account.")
  .meta({ examples: ["harbor-retail"] });

/** A moment, as it goes to a client. */
export const instant = z.iso
  .datetime()
  .describe("A moment in UTC.")
  .meta({ examples: ["2025-03-10T06:12:44.180Z"] });

/** Path of a resource on this gateway. */
export const href = z.string().describe("Where it is, on this gateway.");

/** Content hash of a file. */
export const sha256 = z
  .string()
  .describe("SHA-256 of the bytes, lower-case hexadecimal.")
  .meta({ examples: ["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"] });

/** A, E, P or R as a 997 says it. */
export const verdict = z.enum(["A", "E", "P", "R"]).meta({
  id: "verdict",
  description: "As a 997 would say it: A accepted, E accepted with errors, P accepted in part, R rejected.",
});

/** Text from a client that is written down: no control characters (PostgreSQL keeps no NUL). */
export const plainText = (longest: number) =>
  z
    .string()
    .min(1, "must not be empty")
    .max(longest, `must be at most ${longest} characters`)
    .regex(/^[^\p{Cc}]*$/u, "must not have control characters in it");

/** Bytes that are streamed and never seen by a serializer. */
export const x12Bytes = z.custom<NodeJS.ReadableStream>().meta({ type: "string", format: "binary" });
