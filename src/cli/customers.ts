import type { Command } from "commander";
import { parse, stringify } from "yaml";
import { scoreComponents, scoringSettings } from "../accounts/scoring/settings.ts";
import { CannotDo, exitCodes } from "./exit.ts";
import { GatewayClient, type GatewayOptions, withGatewayOptions } from "./gateway-client.ts";
import { readText } from "./input.ts";
import { counted, print, printable, printJson, table } from "./terminal.ts";

type Options = GatewayOptions & { readonly json?: true };
type PeriodOptions = Options & { readonly csv?: true; readonly from?: string; readonly to?: string };

/** Largest file of customers or sales, bytes: what the gateway takes. */
const largestFile = 16 * 1024 * 1024;
/** Customers printed where nobody says how many. */
const usualCount = 20;

/** `portico customers`: which customers should be major accounts. */
export function addCustomers(program: Command): void {
  const customers = program
    .command("customers")
    .summary("score customers, and find who should be a major account")
    .description(
      "Which customers should be major accounts: what is known of them, their scores, and how those are made.",
    )
    .addHelpText(
      "after",
      `
Examples:
  $ portico customers import samples/customers/customers.csv
  $ portico customers import --sales samples/customers/sales.csv
  $ portico customers rank --from 2025-01 --to 2025-12
  $ portico customers candidates
  $ portico customers weights > scoring.yaml
  $ portico customers weights --apply scoring.yaml --reason "regions count more"`,
    );

  withGatewayOptions(
    customers
      .command("import")
      .description("Imports customers, or with --sales what they bought elsewhere. All of a file is taken, or nothing.")
      .argument("<file>", 'the CSV file; "-" reads standard input')
      .option("--sales", "the file is of sales: by month, or by invoice")
      .option("--replace", "these are all the customers there are: others go, with their sales")
      .option("--json", "what became of it, for machines"),
  )
    .addHelpText("after", "\nExit codes: 0 imported, 1 the gateway refused the file, 2 it could not be done.")
    .action(importFile);

  withPeriod(customers.command("rank").description("Shows customers by score, with the score of each component."))
    .option("--limit <number>", `how many (default: ${usualCount}; as CSV all)`)
    .option("--why <customer>", "what the score of one customer is made of")
    .action(rank);

  withPeriod(
    customers
      .command("candidates")
      .description("Shows who should be an account, who perhaps not, and accounts that don't use what they are given."),
  ).action(candidates);

  withGatewayOptions(
    customers
      .command("weights")
      .description("Writes the settings that scores are made with as YAML, or sets them.")
      .option("--apply <file>", 'sets them as a YAML or JSON file says; "-" reads standard input')
      .option("--reason <text>", "why, for those who read the versions later")
      .option("--versions", "shows who set them when and why")
      .option("--json", "as the API has it, for machines"),
  ).action(weights);
}

function withPeriod(command: Command): Command {
  return withGatewayOptions(
    command
      .option("--from <month>", "first month, YYYY-MM")
      .option("--to <month>", "last month, YYYY-MM (default: the last whole one)")
      .option("--csv", "as a file for a spreadsheet")
      .option("--json", "everything, for machines"),
  );
}

async function importFile(
  file: string,
  { sales, replace, json, ...gateway }: Options & { readonly sales?: true; readonly replace?: true },
): Promise<void> {
  if (sales && replace) throw new CannotDo("Sales are never replaced as a whole: leave --replace away.");
  const client = new GatewayClient(gateway);
  const text = await readText(file, largestFile);
  const path = `/api/v1/customers${sales ? "/sales" : ""}`;
  const { body } = await client.upload(path, text, "text/csv", replace ? "PUT" : "POST");
  if (json) return printJson(body);
  const { imported, removed = 0, total } = body as { imported: number; removed?: number; total?: number };
  if (sales) return print(`${counted(imported, "sale")} imported\n`);
  const gone = removed > 0 ? `, ${removed} others taken away` : "";
  await print(`${counted(imported, "customer")} imported${gone}; there are ${total} now\n`);
}

interface Scored {
  readonly rank: number;
  readonly customer: string;
  readonly name: string;
  readonly account: string | null;
  readonly score: string;
  readonly sales: string;
  readonly pareto: { readonly share: string | null; readonly cumulative: string | null };
  readonly components: readonly {
    readonly component: string;
    readonly weight: string;
    readonly score: string | null;
    readonly because: string;
  }[];
}

interface Made {
  readonly from: string;
  readonly to: string;
  readonly currency: string;
  readonly settings: number;
  readonly pareto: {
    readonly total: string;
    readonly asked: string;
    readonly customers: number;
    readonly ofCustomers: number;
    readonly percentOfCustomers: string | null;
    readonly broughtByLargestFifth: string | null;
  };
}

async function rank({
  json,
  csv,
  from,
  to,
  limit,
  why,
  ...gateway
}: PeriodOptions & { readonly limit?: string; readonly why?: string }): Promise<void> {
  const client = new GatewayClient(gateway);
  const path = "/api/v1/customers/ranking";
  if (csv) return print(await client.text(`${path}?${queryOf({ from, to, limit, format: "csv" })}`));
  if (why !== undefined) return explain(client, why, { from, to }, json);
  const { body } = await client.request("GET", `${path}?${queryOf({ from, to, limit: limit ?? String(usualCount) })}`);
  if (json) return printJson(body);
  const { items, ...made } = body as Made & { items: readonly Scored[] };
  await print(`${headingOf(made)}\n`);
  if (items.length > 0) await print(`\n${tableOf(items)}`);
}

/** One customer's score, over as many pages as it takes to find it. */
async function explain(
  client: GatewayClient,
  customer: string,
  period: { from: string | undefined; to: string | undefined },
  json: true | undefined,
): Promise<void> {
  for (let after: string | null = "0"; after !== null; ) {
    const query = queryOf({ ...period, after, limit: "1000" });
    const { body } = await client.request("GET", `/api/v1/customers/ranking?${query}`);
    const { items, next, currency } = body as Made & { items: readonly Scored[]; next: string | null };
    const found = items.find((one) => one.customer === customer);
    if (found && json) return printJson(found);
    if (found) {
      const rows = found.components.map(({ component, weight, score, because }) => [
        component,
        weight,
        score ?? "",
        because,
      ]);
      const head = `${found.name} (${customer}): rank ${found.rank}, score ${found.score}, sales ${found.sales} ${currency}`;
      return print(`${printable(head)}\n\n${table([["component", "weight", "score", "because"], ...rows].map(plain))}`);
    }
    after = next;
  }
  throw new CannotDo(`There is no customer ${customer}.`, exitCodes.badInput);
}

async function candidates({ json, csv, from, to, ...gateway }: PeriodOptions): Promise<void> {
  const client = new GatewayClient(gateway);
  const path = "/api/v1/customers/candidates";
  if (csv) return print(await client.text(`${path}?${queryOf({ from, to, format: "csv" })}`));
  const { body } = await client.request("GET", `${path}?${queryOf({ from, to })}`);
  if (json) return printJson(body);
  const { promote, demote, notUsing, ...made } = body as Made & {
    promote: readonly { customer: Scored; because: string }[];
    demote: readonly { customer: Scored; because: string }[];
    notUsing: readonly { account: string; unused: readonly { because: string }[] }[];
  };
  const proposals = (all: typeof promote) =>
    all.map(({ customer: { rank, customer, name, score }, because }) => [String(rank), customer, name, score, because]);
  const unused = notUsing.flatMap(({ account, unused }) => unused.map(({ because }) => [account, because]));
  await print(
    [
      `${headingOf(made)}\n`,
      section("To promote", proposals(promote), "Nobody should become an account."),
      section("To look at", proposals(demote), "No account is below what is asked for."),
      section("Given and not used", unused, "Every account uses what it is given."),
    ].join("\n"),
  );
}

function section(title: string, rows: readonly (readonly string[])[], none: string): string {
  return `${title}\n${rows.length === 0 ? `  ${none}\n` : table(rows.map((row) => ["", ...plain(row)]))}`;
}

async function weights({
  apply,
  reason,
  versions,
  json,
  ...gateway
}: Options & { readonly apply?: string; readonly reason?: string; readonly versions?: true }): Promise<void> {
  const client = new GatewayClient(gateway);
  const path = "/api/v1/customers/weights";
  if (apply !== undefined) {
    const settings = settingsIn(await readText(apply), apply);
    const { body } = await client.request("PUT", path, { settings, ...(reason !== undefined && { reason }) });
    const { outcome, number } = body as { outcome: string; number: number };
    return json ? printJson(body) : print(`scoring: ${outcome} (version ${number})\n`);
  }
  if (versions) {
    const items = (await client.list(`${path}/versions`)) as {
      number: number;
      author: string;
      reason: string | null;
      createdAt: string;
    }[];
    if (json) return printJson({ items });
    if (items.length === 0) return print("Nobody has set any; the defaults hold.\n");
    const rows = items.map(({ number, author, reason, createdAt }) => [
      String(number),
      createdAt,
      author,
      reason ?? "",
    ]);
    return print(table([["version", "set", "by", "reason"], ...rows].map(plain)));
  }
  const { body } = await client.request("GET", path);
  await (json ? printJson(body) : print(stringify((body as { settings: object }).settings, { lineWidth: 120 })));
}

/** Settings as they are sent: what the file says, checked. @throws CannotDo with everything that is wrong */
function settingsIn(text: string, file: string): unknown {
  let said: unknown;
  try {
    said = parse(text);
  } catch (error) {
    throw new CannotDo(`${file}: ${(error as Error).message}`, exitCodes.badInput);
  }
  const read = scoringSettings.safeParse(said);
  if (read.success) return said;
  const faults = read.error.issues.map(({ path, message }) => `${file}: ${path.join(".") || "settings"}: ${message}`);
  throw new CannotDo(faults.join("\n"), exitCodes.badInput);
}

function headingOf({ from, to, currency, settings, pareto }: Made): string {
  const by = settings === 0 ? "default settings" : `settings ${settings}`;
  const { customers, ofCustomers, percentOfCustomers, asked, total, broughtByLargestFifth } = pareto;
  const lines = [`${from} to ${to}, by ${by}: ${ofCustomers} customers, sales ${total} ${currency}`];
  if (broughtByLargestFifth !== null) {
    lines.push(
      `${customers} of them (${percentOfCustomers} %) bring ${asked} %; the largest fifth brings ${broughtByLargestFifth} %`,
    );
  }
  return lines.join("\n");
}

function tableOf(items: readonly Scored[]): string {
  const heading = ["rank", "customer", "name", "account", "score", "sales", "share", "together", ...scoreComponents];
  const rows = items.map(({ rank, customer, name, account, score, sales, pareto, components }) => [
    ...[String(rank), customer, name, account ?? "", score, sales, pareto.share ?? "", pareto.cumulative ?? ""],
    ...components.map((one) => one.score ?? "-"),
  ]);
  return table([heading, ...rows].map(plain));
}

const plain = (row: readonly string[]): string[] => row.map(printable);

function queryOf(values: Readonly<Record<string, string | undefined>>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
