import type { Command } from "commander";
import type { PriceLadder } from "../accounts/prices/ladder.ts";
import { writePrices } from "../accounts/prices/price-file.ts";
import { GatewayClient, type GatewayOptions, withGatewayOptions } from "./gateway-client.ts";
import { readText } from "./input.ts";
import { counted, print, printable, printJson, table } from "./terminal.ts";

type Options = GatewayOptions & { readonly account: string; readonly json?: true };

/** `portico prices`: what was agreed on with an account about prices. */
export function addPrices(program: Command): void {
  const prices = program
    .command("prices")
    .summary("import, export and explain an account's prices, and its rebates")
    .description("Prices by contract, item and step, as CSV; which price an account gets, and why.")
    .addHelpText(
      "after",
      `
Examples:
  $ portico prices import prices.csv --account harbor-retail
  $ portico prices export --account harbor-retail > prices.csv
  $ portico prices explain --account harbor-retail --item 612800401156 --quantity 120
  $ portico prices explain --account harbor-retail --item 612800401156 --division garden
  $ portico prices rebates --account harbor-retail --date 2025-12-31
  $ portico prices credits --account harbor-retail`,
    );

  withGatewayOptions(
    prices
      .command("import")
      .description("Imports a file. All of it is taken, or with a fault nothing of it.")
      .argument("<file>", 'the CSV file; "-" reads standard input')
      .requiredOption("--account <id>", "whose prices they are")
      .option("--replace", "these are all there are: others that the account has are taken away")
      .option("--json", "what became of it, for machines"),
  )
    .addHelpText("after", "\nExit codes: 0 imported, 1 the gateway refused the file, 2 it could not be done.")
    .action(importFile);

  withGatewayOptions(
    prices
      .command("export")
      .description("Writes every price of an account as a file that import takes.")
      .requiredOption("--account <id>", "whose prices"),
  ).action(exportFile);

  withGatewayOptions(
    prices
      .command("explain")
      .description("Shows which price an account gets: the ladder, the volume to date, the next step.")
      .requiredOption("--account <id>", "whose price")
      .requiredOption("--item <number>", "the item's number, as orders write it")
      .option("--qualifier <code>", "whose number it is (X12 element 235)")
      .option("--quantity <number>", "how many", "1")
      .option("--unit <code>", "of what (X12 element 355)")
      .option("--date <day>", "YYYY-MM-DD; left out: today")
      .option("--contract <number>", "only by this contract")
      .option("--division <id>", "the division that buys (default: the account as a whole)")
      .option("--location <id>", "the location of that division")
      .option("--usage <usage>", "whose ledger counts: production or test", "production")
      .option("--json", "everything, for machines"),
  ).action(explain);

  withGatewayOptions(
    prices
      .command("rebates")
      .description("Shows the rebates that an account has earned, and what is missing to the next step.")
      .requiredOption("--account <id>", "whose rebates")
      .option("--division <id>", "of this division, where a contract counts by division")
      .option("--date <day>", "YYYY-MM-DD; left out: today")
      .option("--usage <usage>", "whose ledger counts: production or test", "production")
      .option("--json", "everything, for machines"),
  ).action(rebates);

  withGatewayOptions(
    prices
      .command("credits")
      .description("Shows what was given back because a step by volume was reached, and by which credit memo.")
      .requiredOption("--account <id>", "to whom")
      .option("--contract <number>", "only under this contract")
      .option("--usage <usage>", "business or tests: production or test", "production")
      .option("--json", "everything, for machines"),
  ).action(credits);
}

async function importFile(
  file: string,
  { account, replace, json, ...gateway }: Options & { readonly replace?: true },
): Promise<void> {
  const mode = replace ? "replace" : "merge";
  // The gateway knows the account's contracts, so it is the one that checks the lines.
  const { body } = await new GatewayClient(gateway).upload(
    `${pathOf(account)}?mode=${mode}`,
    await readText(file),
    "text/csv",
  );
  if (json) return printJson(body);
  const { imported, removed, total } = body as { imported: number; removed: number; total: number };
  const gone = removed > 0 ? `, ${removed} taken away before` : "";
  await print(`${account}: ${counted(imported, "ladder")} imported${gone}; it has ${total} now\n`);
}

async function exportFile({ account, ...gateway }: Options): Promise<void> {
  await print(writePrices((await new GatewayClient(gateway).list(pathOf(account))) as PriceLadder[]));
}

/** The part of an explanation that is printed. */
interface Explained {
  readonly reason: string;
  readonly agreed: { readonly price: string; readonly currency: string; readonly unit: string } | null;
  readonly contract: {
    readonly number: string;
    readonly name?: string;
    readonly validFrom: string;
    readonly validTo?: string;
  } | null;
  readonly ladder: readonly (Step & { readonly reached: boolean })[];
  readonly volume: {
    readonly counts: string;
    readonly of: string;
    readonly measure: string;
    readonly from: string;
    readonly to: string;
    readonly toDate: string;
    readonly whose: string;
    readonly retroactive: boolean;
    readonly credited: string | null;
  } | null;
  readonly division: string | null;
  readonly rebate: Earned | null;
  readonly next: readonly (Step & { readonly missing: string })[];
}

/** A rebate as it is printed. */
interface Earned extends Readonly<Record<"from" | "invoiced" | "percent" | "accrued", string>> {
  readonly booked: { readonly accrued: string; readonly settled: string } | null;
  readonly next: { readonly from: string; readonly percent: string; readonly missing: string } | null;
}

interface Step {
  readonly by: string;
  readonly from: string;
  readonly price: string;
}

async function explain({
  account,
  json,
  url,
  token,
  ...asked
}: Options &
  Readonly<Record<"item" | "quantity" | "usage", string>> & {
    readonly qualifier?: string;
    readonly unit?: string;
    readonly date?: string;
    readonly contract?: string;
    readonly division?: string;
    readonly location?: string;
  }): Promise<void> {
  const path = `${pathOf(account)}/explain?${new URLSearchParams(asked)}`;
  const { body } = await new GatewayClient(gatewayOf(url, token)).request("GET", path);
  if (json) return printJson(body);
  const { reason, agreed, contract, ladder, volume, next, division, rebate } = body as Explained;
  const price = agreed ? `${agreed.price} ${agreed.currency} by ${agreed.unit}` : "no price";
  const lines = [
    `${asked.quantity} of ${asked.item}: ${price}`,
    reason,
    ...(contract
      ? [
          `Contract ${contract.number}${contract.name ? ` (${contract.name})` : ""}, from ${contract.validFrom}${contract.validTo ? ` to ${contract.validTo}` : " on"}`,
        ]
      : []),
    ...(volume
      ? [
          `Volume ${volume.from} to ${volume.to}: ${volume.toDate} (${volume.measure} ${volume.counts}, of the ${volume.of}${volume.whose === "division" ? `, of ${division === null ? "no division" : `division ${division}`}` : ""})`,
          ...(volume.retroactive
            ? [`A step that is reached also holds for what was invoiced before; ${volume.credited} credited so far`]
            : []),
        ]
      : []),
    ...(rebate ? [`Rebate since ${rebate.from}: ${rebate.percent} % of ${rebate.invoiced}, ${rebate.accrued}`] : []),
  ];
  await print(`${lines.map(printable).join("\n")}\n`);
  if (ladder.length === 0) return;
  const rows = ladder.map(({ by, from, price, reached }) => [
    by,
    from,
    price,
    reached ? "reached" : missingTo(next, by, from),
  ]);
  await print(`\n${table([["by", "from", "price", ""], ...rows])}`);
}

function missingTo(next: Explained["next"], by: string, from: string): string {
  const step = next.find((one) => one.by === by && one.from === from);
  return step ? `next, ${step.missing} missing` : "";
}

async function rebates({
  account,
  json,
  url,
  token,
  ...asked
}: Options & { readonly date?: string; readonly division?: string; readonly usage: string }): Promise<void> {
  const path = `${pathOf(account)}/rebates?${new URLSearchParams(asked)}`;
  const { body } = await new GatewayClient(gatewayOf(url, token)).request("GET", path);
  if (json) return printJson(body);
  const { items, date } = body as {
    date: string;
    items: readonly (Earned & { readonly contract: string; readonly currency: string })[];
  };
  if (items.length === 0) return print(`No contract of ${account} gives a rebate on ${date}.\n`);
  const rows = items.map(({ contract, currency, from, invoiced, percent, accrued, next }) => [
    contract,
    from,
    `${invoiced} ${currency}`,
    `${percent} %`,
    `${accrued} ${currency}`,
    next ? `${next.percent} % from ${next.from} on, ${next.missing} missing` : "highest step",
  ]);
  await print(table([["contract", "since", "invoiced", "rebate", "accrued", "next"], ...rows]));
}

async function credits({
  account,
  json,
  url,
  token,
  ...asked
}: Options & { readonly contract?: string; readonly usage: string }): Promise<void> {
  const path = `${pathOf(account)}/credits?${new URLSearchParams(asked)}`;
  const items = (await new GatewayClient(gatewayOf(url, token)).list(path)) as readonly Credit[];
  if (json) return printJson(items);
  if (items.length === 0) return print(`Nothing was given back to ${account} for steps reached.\n`);
  const rows = items.map(({ contract, division, from, steps, cause, memo, invoices, amount, currency }) =>
    [
      ...[division === null ? contract : `${contract} (${division})`, from, steps.join(", "), cause.number],
      ...[`${memo.number} (${memo.status})`, `${amount} ${currency}`, invoices.join(", ")],
    ].map(printable),
  );
  await print(table([["contract", "since", "steps", "reached by", "memo", "amount", "invoices"], ...rows]));
}

interface Credit {
  readonly contract: string;
  readonly division: string | null;
  readonly from: string;
  readonly steps: readonly string[];
  readonly cause: { readonly number: string };
  readonly memo: { readonly number: string; readonly status: string };
  readonly invoices: readonly string[];
  readonly amount: string;
  readonly currency: string;
}

function pathOf(account: string): string {
  return `/api/v1/accounts/${encodeURIComponent(account)}/prices`;
}

function gatewayOf(url: string | undefined, token: string | undefined): GatewayOptions {
  return { ...(url !== undefined && { url }), ...(token !== undefined && { token }) };
}
