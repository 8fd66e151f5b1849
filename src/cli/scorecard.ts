import type { Command } from "commander";
import { GatewayClient, type GatewayOptions, withGatewayOptions } from "./gateway-client.ts";
import { print, printable, printJson, table } from "./terminal.ts";

interface Options extends GatewayOptions {
  readonly account: string;
  readonly period?: string;
  readonly from?: string;
  readonly to?: string;
  readonly misses?: string;
  readonly csv?: true;
  readonly json?: true;
}

/** `portico accounts scorecard`: how an account was served in a period. */
export function addScorecard(accounts: Command): void {
  withGatewayOptions(
    accounts
      .command("scorecard")
      .description(
        "Shows how an account was served in a period, beside the one before: on time, disputes, and the value of the services given.",
      )
      .requiredOption("--account <id>", "the account's id")
      .option("--period <name>", "a year, a quarter or a month: 2025, 2025-Q1, 2025-03 (default: the last whole month)")
      .option("--from <day>", "first day, with --to")
      .option("--to <day>", "last day")
      .option("--misses <figure>", "what missed the target of one figure, or went wrong")
      .option("--csv", "as a file for a spreadsheet")
      .option("--json", "everything, for machines"),
  )
    .addHelpText(
      "after",
      `
Examples:
  $ portico accounts scorecard --account harbor-retail --period 2025-Q1
  $ portico accounts scorecard --account harbor-retail --from 2025-01-06 --to 2025-01-19
  $ portico accounts scorecard --account harbor-retail --misses shipOnTime`,
    )
    .action(scorecard);
}

async function scorecard({ account, misses, csv, json, period, from, to, ...gateway }: Options): Promise<void> {
  const client = new GatewayClient(gateway);
  const asked = { period, from, to, figure: misses, format: csv ? "csv" : undefined };
  const query = new URLSearchParams(
    Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const path = `/api/v1/accounts/${encodeURIComponent(account)}/scorecard${misses === undefined ? "" : "/misses"}`;
  if (misses !== undefined && !csv) return printMisses((await client.list(`${path}?${query}`)) as MissedView[], json);
  if (csv) return print(await csvPages(client, path, query));
  const { body } = await client.request("GET", `${path}?${query}`);
  await (json ? printJson(body) : print(textOf(body as ScorecardView)));
}

/** All pages of a file, with its heading once. */
async function csvPages(client: GatewayClient, path: string, query: URLSearchParams): Promise<string> {
  let file = "";
  for (let after: string | null = null; ; ) {
    if (after !== null) query.set("after", after);
    const { text, next }: { text: string; next: string | null } = await client.page(`${path}?${query}`);
    file += file === "" ? text : text.slice(text.indexOf("\n") + 1);
    if (next === null || next === after) return file;
    after = next;
  }
}

interface MoneyView {
  readonly currency: string;
  readonly amount: string;
}

interface CountedView {
  readonly count: number;
  readonly of: number;
  readonly percent: string | null;
}

interface ScorecardView {
  readonly account: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly before: { readonly from: string; readonly to: string };
  readonly ruleVersion: number;
  readonly figures: readonly (CountedView & {
    readonly figure: string;
    readonly open: number;
    readonly within: string | null;
    readonly target: string | null;
    readonly met: boolean | null;
    readonly amounts: readonly MoneyView[];
    readonly before: CountedView;
    readonly change: string | null;
  })[];
  readonly values: readonly {
    readonly service: string;
    readonly value: string;
    readonly count: number;
    readonly amounts: readonly MoneyView[];
    readonly hours: string | null;
    readonly before: { readonly count: number };
  }[];
  readonly unused: readonly { readonly service: string; readonly because: string }[];
}

interface MissedView {
  readonly number: string;
  readonly line: string | null;
  readonly began: string;
  readonly due: string | null;
  readonly answered: string | null;
  readonly wanted: string | null;
  readonly shipped: string | null;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly href: string | null;
}

function textOf({ account, name, from, to, before, ruleVersion, figures, values, unused }: ScorecardView): string {
  const rows = figures.map(({ figure, count, of, open, percent, within, target, met, amounts, before, change }) => [
    ...[figure, `${count} of ${of}`, open === 0 ? "" : String(open), percent ?? "", within ?? "", target ?? ""],
    met === null ? "" : met ? "met" : "missed",
    ...[moneyText(amounts), before.percent ?? `${before.count} of ${before.of}`, change ?? ""],
  ]);
  const heading = ["figure", "count", "open", "percent", "within", "target", "", "amount", "before", "change"];
  const worth = values.map(({ service, value, count, amounts, hours, before }) => [
    ...[service, value, String(count), moneyText(amounts), hours ?? "", String(before.count)],
  ]);
  const parts = [
    `${printable(name)} (${account}), ${from} to ${to}, beside ${before.from} to ${before.to}; rules of version ${ruleVersion}\n`,
    tableOf([heading, ...rows]),
    ...(worth.length === 0 ? [] : [tableOf([["service", "value", "count", "amount", "hours", "before"], ...worth])]),
    ...(unused.length === 0
      ? []
      : [`Given and not used\n${tableOf(unused.map(({ service, because }) => ["", service, because]))}`]),
  ];
  return parts.join("\n");
}

async function printMisses(items: readonly MissedView[], json: true | undefined): Promise<void> {
  if (json) return printJson({ items });
  if (items.length === 0) return print("Nothing was missed.\n");
  const rows = items.map(({ number, line, began, due, answered, wanted, shipped, amount, currency, href }) => [
    ...[number, line ?? "", began, due ?? "", answered ?? ""],
    ...[
      wanted === null ? "" : `${shipped} of ${wanted}`,
      amount === null ? "" : `${amount} ${currency ?? ""}`,
      href ?? "",
    ],
  ]);
  await print(tableOf([["number", "line", "began", "due", "answered", "shipped", "amount", "where"], ...rows]));
}

const moneyText = (amounts: readonly MoneyView[]): string =>
  amounts.map(({ currency, amount }) => `${amount} ${currency}`.trim()).join("; ");

const tableOf = (rows: readonly (readonly string[])[]): string => table(rows.map((row) => row.map(printable)));
