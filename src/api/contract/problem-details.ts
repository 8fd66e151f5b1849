import { z } from "zod";

/** What went wrong with a request (RFC 9457). */
export const problemDetails = z
  .object({
    type: z.string().describe("URI of the kind of problem; it ends in the code."),
    title: z.string().describe("The status in words."),
    status: z.int(),
    detail: z.string().describe("What is wrong and what to do about it, for a person."),
    code: z.string().describe("Stable word for machines."),
    instance: z.string().describe("URI of this one occurrence: the request's id, which is in the log too."),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe("Single faults in what was sent, each with the path to it."),
  })
  .meta({
    id: "problemDetails",
    description: "What went wrong with a request (RFC 9457).",
    examples: [
      {
        type: "urn:portico:problem:request.invalid",
        title: "Bad Request",
        status: 400,
        detail: "The request is not as it should be: query.limit: must be at most 200.",
        code: "request.invalid",
        instance: "urn:uuid:0b5fca5c-8f0b-4a3b-9d5c-3a1f0a8f7c11",
        errors: [{ path: "query.limit", message: "must be at most 200" }],
      },
    ],
  });
export type ProblemDetails = z.infer<typeof problemDetails>;

/** Media type of {@link problemDetails}. */
export const problemMediaType = "application/problem+json";

const meanings = {
  400: "The request is not as it should be; `errors` names each fault.",
  401: "There is no token, or it is unknown or revoked.",
  403: "The token may not do this: it is for the supplier's own systems.",
  404: "There is no such thing, or it is another account's.",
  409: "Not in the state that it is in; the detail says why.",
  413: "Too large; nothing was kept.",
  415: "The body's media type is none that is taken.",
  422: "Understood, but it contradicts an earlier request.",
  429: "Too many requests; Retry-After says when to come back.",
  500: "A defect of ours; the log knows more under the request's id.",
  503: "Not able to right now; try again.",
} as const;

type Failure = keyof typeof meanings;
interface FailureAnswer {
  description: string;
  content: Record<typeof problemMediaType, { schema: typeof problemDetails }>;
}

/** The failures that a route may answer with, beside those that every route may. */
export function failures<Status extends Failure = never>(...statuses: Status[]) {
  const all = [...new Set<Failure>([401, ...statuses, 429, 500, 503])];
  return failuresOf(all) as { [One in Status | 401 | 429 | 500 | 503]: FailureAnswer };
}

/** Exactly these failures, for a route that needs no token. */
export function failuresOf(statuses: readonly Failure[]): { [One in Failure]?: FailureAnswer } {
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      { description: meanings[status], content: { [problemMediaType]: { schema: problemDetails } } },
    ]),
  );
}
