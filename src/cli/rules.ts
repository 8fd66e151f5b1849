import type { Command } from "commander";
import { readProfile } from "./accounts.ts";
import { CannotDo } from "./exit.ts";
import { GatewayClient, type GatewayOptions, withGatewayOptions } from "./gateway-client.ts";
import { readText } from "./input.ts";
import { counted, print, printable, printJson, remark } from "./terminal.ts";

/** `portico rules`: what rules do before they are in force. */
export function addRules(program: Command): void {
  const rules = program
    .command("rules")
    .summary("try new rules on stored traffic")
    .description("Rules of an account before they are in force.");

  withGatewayOptions(
    rules
      .command("try")
      .description("Tries new rules on what an account sent, and shows what would have come out differently.")
      .requiredOption("--account <id>", "whose traffic")
      .requiredOption("--rules <file>", 'the account\'s file with the new rules; "-" reads standard input')
      .option("--since <time>", "how far back: days (90d), or the first day (2026-09-01)", "90d")
      .option("--against <which>", "the rules in force then, when each document came, or now", "then")
      .option("--usage <usage>", "whose documents: production or test", "production")
      .option("--examples <number>", "how many of each kind of difference are shown", "10")
      .option("--documents <number>", "how many documents are read at most, newest first", "100000")
      .option("--seconds <number>", "how long it may take", "600")
      .option("--after <place>", "goes on behind a trial that stopped")
      .option("--json", "everything, for machines"),
  )
    .addHelpText(
      "after",
      `
Nothing is changed: no document, no rule, no account.

Exit codes: 0 tried, whatever came of it, 1 the rules are wrong, 2 it could not be done.

Examples:
  $ portico rules try --account harbor-retail --rules new.yaml
  $ portico rules try --account harbor-retail --rules new.yaml --since 2026-09-01 --json`,
    )
    .action(tryRules);
}

interface Options extends GatewayOptions {
  readonly account: string;
  readonly rules: string;
  readonly json?: true;
}

/** The part of a report that is printed. */
interface Report {
  readonly from: string;
  readonly to: string;
  readonly read: number;
  readonly different: number;
  readonly versions: readonly { readonly version: number; readonly documents: number }[];
  readonly stopped: "documents" | "time" | null;
  readonly next: string | null;
  readonly types: readonly { readonly type: string; readonly read: number; readonly different: number }[];
  readonly differences: readonly {
    readonly words: string;
    readonly documents: number;
    readonly count: number;
    readonly money: readonly Money[];
    readonly examples: readonly {
      readonly document: Document;
      readonly place: string;
      readonly line?: string;
      readonly before: string | null;
      readonly after: string | null;
      readonly because: string;
      readonly money?: Money;
    }[];
  }[];
  readonly notJudged: readonly {
    readonly reason: string;
    readonly documents: number;
    readonly examples: readonly Document[];
  }[];
  readonly notTried: readonly { readonly path: string; readonly why: string }[];
  readonly facts: readonly string[];
}

interface Money {
  readonly currency: string;
  readonly amount: string;
}

interface Document {
  readonly id: string;
  readonly type: string;
  readonly number: string;
}

async function tryRules({ account, rules, json, url, token, ...asked }: Options): Promise<void> {
  const { profile } = readProfile(await readText(rules), rules);
  const client = new GatewayClient({ ...(url !== undefined && { url }), ...(token !== undefined && { token }) });
  const query = new URLSearchParams(asked as Record<string, string>);
  const path = `/api/v1/accounts/${encodeURIComponent(account)}/rules/try?${query}`;
  for await (const line of client.following(path, profile)) {
    const { progress, report } = line as { progress?: { read: number; different: number }; report?: Report };
    if (report) return json ? printJson(report) : print(reportText(account, report));
    if (progress && process.stderr.isTTY) remark(`${counted(progress.read, "document")} read`);
  }
  throw new CannotDo("The gateway broke off before the trial was at its end. Its log says why.");
}

function reportText(account: string, report: Report): string {
  const { read, different, from, to, types, versions } = report;
  const all = types.map((one) => counted(one.read, one.type));
  const tried = [all.slice(0, -1).join(", "), ...all.slice(-1)].filter((one) => one !== "").join(" and ");
  const held = versions.map(({ version, documents }) => `version ${version} (${counted(documents, "document")})`);
  const lines = [
    `${account}: ${read === 0 ? "nothing" : tried} from ${from.slice(0, 10)} to ${to.slice(0, 10)} tried${held.length > 0 ? ` against ${held.join(", ")}` : ""}.`,
    different === 0 ? "Nothing would have come out differently." : `${different} would have come out differently.`,
    ...(report.stopped === null ? [] : [`${stops[report.stopped]} Go on with the others with --after ${report.next}.`]),
    ...report.differences.flatMap(differenceLines),
    ...report.notJudged.flatMap(({ reason, documents, examples }) => [
      "",
      `Not judged in ${counted(documents, "document")}: ${reason}`,
      ...examples.map(({ type, number, id }) => `  ${type} ${number} (${id})`),
    ]),
    ...(report.notTried.length === 0 ? [] : ["", "Not tried:"]),
    ...report.notTried.map(({ path, why }) => `  ${path}: ${why}`),
    "",
    "Facts:",
    ...report.facts.map((fact) => `  ${fact}`),
  ];
  return `${lines.map(printable).join("\n")}\n`;
}

const stops = {
  documents: "Not all were read: it was as many as asked for.",
  time: "Not all were read: it took as long as it may.",
} as const;

function differenceLines({ words, documents, count, money, examples }: Report["differences"][number]): string[] {
  const sums = money.map(moneyWords).join(", ");
  return [
    "",
    `${words}: ${count} in ${counted(documents, "document")}${sums === "" ? "" : `, ${sums}`}`,
    ...examples.flatMap(({ document: { type, number, id }, place, line, before, after, because, ...example }) => [
      `  ${type} ${number} (${id})${place === "" ? "" : `, ${line === undefined ? place : `line ${line}`}`}: ${before ?? "nothing"} → ${after ?? "nothing"}${example.money ? `, ${moneyWords(example.money)}` : ""}`,
      `    ${because}`,
    ]),
    ...(examples.length < count && examples.length > 0 ? [`  and ${count - examples.length} more`] : []),
  ];
}

function moneyWords({ currency, amount }: Money): string {
  return `${amount.startsWith("-") ? "" : "+"}${amount}${currency === "" ? "" : ` ${currency}`}`;
}
