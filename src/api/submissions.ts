import { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { Refused } from "../errors.ts";
import type { SubmissionOutcome, SubmissionReceipt, Trial } from "../pipeline/submit.ts";
import { nameOf, subjectOf } from "./authentication.ts";
import { failures } from "./contract/problem-details.ts";
import {
  decided,
  decision,
  type submissionLine,
  submissionQuery,
  submissionReceipt,
  trial,
} from "./contract/submissions.ts";
import { idempotencyKey, keyOf } from "./idempotency-key.ts";
import { hrefOf } from "./interchange-view.ts";
import { linesOf, longestLineBytes, mostLines } from "./json-lines.ts";
import { throwAwayRest } from "./problems.ts";
import type { ApiServer, ApiServices } from "./services.ts";
import { existingDocument } from "./visibility.ts";

const tags = ["Documents"];
const jsonType = "application/json";
const linesType = "application/x-ndjson";

/** Documents kept in one transaction. */
const batchSize = 100;
/** Answers to so many bytes wait for a client that does not read them; then its lines wait too. */
const answersAheadBytes = 16 * 1024 * 1024;
/** A batch ends earlier where its lines have so many characters. */
const batchCharacters = 4 * 1024 * 1024;

/** Documents that the supplier's own systems hand in, and what people decide on them. */
export async function takeSubmissions(api: ApiServer, { submitter, database }: ApiServices): Promise<void> {
  const parse = api.getDefaultJsonParser("error", "error");
  api.removeAllContentTypeParsers();
  api.addContentTypeParser(jsonType, { parseAs: "string", bodyLimit: longestLineBytes }, (request, text, done) => {
    if (text === "") done(null, undefined);
    else parse(request, text.toString(), done);
  });
  // Many documents are read as they come.
  api.addContentTypeParser(linesType, (_request, _payload, done) => done(null, undefined));
  api.addContentTypeParser("*", (request, _payload, done) => {
    if (request.headers["content-length"] === "0") done(null, undefined);
    else
      done(
        new Refused(
          415,
          "request.media-type",
          `Send one document as ${jsonType}, or one on each line as ${linesType}.`,
        ),
      );
  });

  api.route({
    method: "POST",
    url: "/documents",
    bodyLimit: longestLineBytes,
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "submitDocuments",
      tags,
      summary: "Hand in a document to be sent, or many",
      description: `One document as JSON is kept, and only then is the request answered: 202 with what will be sent to whom. Then it is checked against what was ordered and shipped and as X12; what fails is held for a person. An Idempotency-Key makes a repetition safe: the same request again gets the same answer, for a week. As NDJSON (\`${linesType}\`), up to ${mostLines.toLocaleString("en")} documents are kept, and the answer has a line for each as soon as it is decided; what is wrong with one leaves the others as they are.`,
      querystring: submissionQuery,
      headers: idempotencyKey,
      requestContent: {
        [jsonType]: { schema: { type: "object", description: "A document; schemas/documents has the form of each." } },
        [linesType]: { schema: { type: "string", description: "A document on each line." } },
      },
      response: {
        200: z
          .union([
            trial,
            z
              .custom<NodeJS.ReadableStream>()
              .meta({ type: "string", description: "NDJSON: a submissionLine for each document." }),
          ])
          .describe("Tried, or a line for each document."),
        202: submissionReceipt.describe("Kept."),
        ...failures(400, 403, 409, 413, 415, 422),
      },
    },
    handler: async (request, reply) => {
      const submitting = { by: nameOf(subjectOf(request)), key: keyOf(request) };
      if (mediaTypeOf(request) === linesType) return answerLines(request, reply, submitting);
      const submissions = [{ line: 0, value: request.body }];
      if (request.query.dryRun) {
        const [tried] = await submitter.tryOut(submissions);
        return reply.code(200).send(trialView(tried as Trial));
      }
      const [outcome] = await submitter.submit(submissions, submitting);
      return answerOne(reply, outcome as SubmissionOutcome);
    },
  });

  for (const verb of ["release", "withdraw"] as const) {
    api.route({
      method: "POST",
      url: `/documents/:id/${verb}`,
      config: { onlyFor: "supplier" },
      schema: {
        operationId: `${verb}Document`,
        tags,
        summary:
          verb === "release"
            ? "Let a held document go, with the reason"
            : "Take back a document that has not left; its number is free again",
        description:
          verb === "release"
            ? "It is checked once more: what our own engine or the account's guide says of its X12 can't be waived."
            : "What has left is corrected by another document: a credit memo, a cancellation.",
        params: z.object({ id: z.string().describe("Id of the document.") }),
        body: decision,
        response: { 202: decided, ...failures(400, 403, 404, 409) },
      },
      handler: async (request, reply) => {
        const { id } = await existingDocument(database.session, request.params.id);
        await submitter[verb](id, nameOf(subjectOf(request)), request.body.reason);
        const status = verb === "release" ? ("submitted" as const) : ("withdrawn" as const);
        return reply.code(202).send({ id, status, href: hrefOf("documents", id) });
      },
    });
  }

  function answerLines(request: FastifyRequest, reply: FastifyReply, submitting: { by: string; key: string | null }) {
    const { dryRun } = request.query as z.output<typeof submissionQuery>;
    const answers = linesAnswered(request, reply, async (batch) =>
      dryRun
        ? (await submitter.tryOut(batch)).map((tried) => ({
            line: tried.line,
            status: 200,
            document: trialView(tried),
          }))
        : (await submitter.submit(batch, submitting)).map(lineView),
    );
    // Read ahead: a client that sends all of its lines before it reads the first answer must not wait for us, nor we for it.
    const buffered = { objectMode: false, highWaterMark: answersAheadBytes };
    return reply.code(200).type(linesType).send(Readable.from(answers, buffered));
  }
}

type Line = z.input<typeof submissionLine>;

/** The answer to every line, in batches that are each one transaction. */
async function* linesAnswered(
  request: FastifyRequest,
  reply: FastifyReply,
  decide: (batch: { line: number; value: unknown }[]) => Promise<Line[]>,
): AsyncGenerator<string> {
  let batch: { line: number; value: unknown }[] = [];
  let refused: Line[] = [];
  let characters = 0;
  async function flush(): Promise<string> {
    const answers = batch.length === 0 ? [] : await decide(batch);
    const all = [...answers, ...refused].sort((one, other) => one.line - other.line);
    batch = [];
    refused = [];
    characters = 0;
    return all.map((answer) => `${JSON.stringify(answer)}\n`).join("");
  }
  for await (const one of linesOf(request.raw)) {
    if ("refused" in one) refused.push(refusedLine(one.line, one.refused));
    else {
      batch.push({ line: one.line, value: one.value });
      characters += one.characters;
    }
    if (batch.length + refused.length >= batchSize || characters >= batchCharacters) yield await flush();
  }
  yield await flush();
  if (request.raw.complete && request.raw.readableEnded) return;
  // It was too much: what comes after it is not read, so the connection can't be used again.
  await throwAwayRest(request.raw);
  reply.raw.once("finish", () => request.raw.socket.destroySoon());
}

const mediaTypeOf = ({ headers }: FastifyRequest): string | undefined =>
  headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();

function answerOne(reply: FastifyReply, outcome: SubmissionOutcome) {
  if ("refused" in outcome) throw inBody(outcome.refused);
  const view = receiptView(outcome.kept);
  if (outcome.repeated) reply.header("idempotent-replayed", "true");
  return reply.code(202).header("location", view.href).send(view);
}

/** The same refusal, with paths that begin at the request's body as those of all others do. */
function inBody({ status, code, message, errors }: Refused): Refused {
  return new Refused(
    status,
    code,
    message,
    errors.map(({ path, message }) => ({ path: path === "" ? "body" : `body.${path}`, message })),
  );
}

function lineView(outcome: SubmissionOutcome): Line {
  if ("refused" in outcome) return refusedLine(outcome.line, outcome.refused);
  const repeated = outcome.repeated ? { repeated: true } : {};
  return { line: outcome.line, status: 202, document: receiptView(outcome.kept), ...repeated };
}

function refusedLine(line: number, { status, code, message, errors }: Refused): Line {
  return { line, status, code, detail: message, ...(errors.length > 0 ? { errors: [...errors] } : {}) };
}

function receiptView({ sending, ...receipt }: SubmissionReceipt) {
  return { ...receipt, sending: sendingView(sending), href: hrefOf("documents", receipt.id) };
}

function sendingView({ set, version, interchangeVersion, channel, parties, ...codes }: SubmissionReceipt["sending"]) {
  return {
    set,
    version,
    interchangeVersion,
    from: { qualifier: parties.senderQualifier, id: parties.senderId, application: codes.senderCode },
    to: { qualifier: parties.receiverQualifier, id: parties.receiverId, application: codes.receiverCode },
    channel,
    when: "when-checked" as const,
  };
}

function trialView({ line: _, sending, problems, ...tried }: Trial) {
  return {
    dryRun: true as const,
    ...tried,
    sending: sending && sendingView(sending),
    placeholders: "ISA13 000000001, GS06 1 and ST02 0001 are placeholders; no number was taken.",
    problems: problems.map((problem) => ({ ...problem, path: bracketed(problem.path) })),
  };
}

/** `lines.0.price` as every other path is written: `lines[0].price`. */
export function bracketed(path: string): string {
  return path.replace(/\.(\d+)(?=\.|$)/g, "[$1]");
}
