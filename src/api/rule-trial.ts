import { Readable } from "node:stream";
import { parseDocument } from "yaml";
import { z } from "zod";
import { type AccountProfile, calendarOf } from "../accounts/index.ts";
import { messageOf } from "../errors.ts";
import type { TrialPlace, TrialProgress, TrialReport } from "../pipeline/trial/rule-trial.ts";
import { checkedProfile } from "./accounts.ts";
import { accountPut } from "./contract/accounts.ts";
import { failures } from "./contract/problem-details.ts";
import { type RuleTrialView, ruleTrial, ruleTrialQuery } from "./contract/rule-trial.ts";
import { keepHiddenSecrets } from "./hidden-secrets.ts";
import { refuseInvalid } from "./problems.ts";
import type { ApiServer, ApiServices } from "./services.ts";
import { visibleAccount } from "./visibility.ts";

const params = z.object({ id: z.string().describe("Short name of the account.") });
const linesMediaType = "application/x-ndjson";
const yamlMediaTypes = ["application/yaml", "application/x-yaml", "text/yaml"];
const millisecondsPerDay = 86_400_000;
/** Lines about the progress are at least so far apart, milliseconds. */
const progressEveryMs = 1_000;

/** New rules, tried on an account's stored traffic. Nothing is changed by it. */
export function serveRuleTrial(api: ApiServer, { database, trial, checkProfile }: ApiServices): void {
  takeYaml(api);

  api.route({
    method: "POST",
    url: "/accounts/:id/rules/try",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "tryRules",
      tags: ["Accounts"],
      summary: "Try new rules on the account's stored traffic",
      description:
        "What would have come out differently, decision by decision. Nothing is changed. The body is a whole profile as it is applied, as JSON or YAML. With `Accept: application/x-ndjson` lines tell how far it is while it runs; the last has the report.",
      params,
      querystring: ruleTrialQuery,
      body: accountPut,
      response: { 200: ruleTrial, ...failures(400, 403, 404, 413, 415) },
    },
    handler: async (request, reply) => {
      const account = await visibleAccount(database.session, null, request.params.id);
      const sent = keepHiddenSecrets(request.body, account.profile);
      const profile = checkedProfile(account.id, sent, checkProfile);
      const { since, usage, against, examples, documents, seconds, after } = request.query;
      const running = trial.try(profile, {
        usage,
        against,
        after: after === undefined ? null : placeOf(after),
        from: beginning(since, account.profile),
        to: new Date(),
        mostExamples: examples,
        mostDocuments: documents,
        withinMs: seconds * 1_000,
      });
      // The first batch is awaited: what refuses the trial is answered as such.
      const first = await running.next();
      const told = (report: TrialReport) => {
        const { read, different, stopped } = report;
        request.log.info({ account: account.id, read, different, stopped }, "rules tried");
        return viewOf(report);
      };
      if (request.headers.accept === linesMediaType) {
        const lines = Readable.from(linesOf(running, first, told));
        // A client that goes away ends the trial with it.
        lines.once("close", () => void running.return(undefined as never));
        return reply
          .serializer(String)
          .type(linesMediaType)
          .send(lines as never);
      }
      let gone = false;
      reply.raw.once("close", () => {
        gone = !reply.raw.writableEnded;
      });
      for (let one = first; ; one = await running.next()) {
        if (one.done) return told(one.value);
        if (gone) {
          await running.return(undefined as never);
          return reply.hijack() as never;
        }
      }
    },
  });
}

type Running = AsyncGenerator<TrialProgress, TrialReport>;

/** How far a trial is, now and then, and at last its report. */
async function* linesOf(
  running: Running,
  first: Awaited<ReturnType<Running["next"]>>,
  told: (report: TrialReport) => RuleTrialView,
): AsyncGenerator<string> {
  let last = 0;
  for (let one = first; ; one = await running.next()) {
    if (one.done) return yield `${JSON.stringify({ report: told(one.value) })}\n`;
    const now = performance.now();
    if (now - last < progressEveryMs) continue;
    last = now;
    yield `${JSON.stringify({ progress: one.value })}\n`;
  }
}

/** Bodies of this scope may be YAML: it is read as the JSON that says the same. */
function takeYaml(api: ApiServer): void {
  api.addContentTypeParser(yamlMediaTypes, { parseAs: "string" }, (_request, text, done) => {
    const yaml = parseDocument(String(text), { prettyErrors: true, version: "1.2" });
    try {
      const [error] = yaml.errors;
      if (error) throw error;
      done(null, yaml.toJS({ maxAliasCount: 100 }));
    } catch (error) {
      // Where an alias is used too often, it is thrown here.
      done(refuseInvalid({ path: "body", message: `is no YAML: ${messageOf(error).split("\n", 1)[0]}` }), undefined);
    }
  });
}

/** The instant from which on documents are tried. @throws Refused 400 for a day that is none */
function beginning(since: string, profile: AccountProfile): Date {
  if (since.endsWith("d")) return new Date(Date.now() - Number.parseInt(since, 10) * millisecondsPerDay);
  if (!z.iso.date().safeParse(since).success) {
    throw refuseInvalid({ path: "query.since", message: "must be a day that there is" });
  }
  return calendarOf(profile).beginningOf(since);
}

function placeOf(text: string): TrialPlace {
  const [family, sequence] = text.split("-");
  return { family: family as TrialPlace["family"], sequence: Number(sequence) };
}

function viewOf({ from, to, next, differences, notJudged, ...report }: TrialReport): RuleTrialView {
  const shown = ({ cameAt, ...document }: TrialReport["notJudged"][number]["examples"][number]) => ({
    ...document,
    cameAt: cameAt.toISOString(),
  });
  return {
    ...report,
    from: from.toISOString(),
    to: to.toISOString(),
    next: next && `${next.family}-${next.sequence}`,
    types: [...report.types],
    versions: [...report.versions],
    differences: differences.map(({ examples, money, ...counted }) => ({
      ...counted,
      money: [...money],
      examples: examples.map(({ kind, document, ...example }) => ({ document: shown(document), ...example })),
    })),
    notJudged: notJudged.map(({ examples, ...one }) => ({ ...one, examples: examples.map(shown) })),
    notTried: [...report.notTried],
    facts: [...report.facts],
  };
}
