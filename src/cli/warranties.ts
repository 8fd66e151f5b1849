import { type Command, InvalidArgumentError } from "commander";
import { GatewayClient, type GatewayOptions, withGatewayOptions } from "./gateway-client.ts";
import { print, printable, printJson, table } from "./terminal.ts";

/** What of a shipped item is printed. */
interface Shipped {
  readonly account: string;
  readonly serial: string | null;
  readonly order: { readonly number: string; readonly line: string };
  readonly shipment: { readonly number: string };
  readonly terms: { readonly terms: string; readonly coverage: string } | null;
  readonly from: string | null;
  readonly until: string | null;
  readonly isCovered: boolean;
}

/** `portico warranties`: what covers a shipped item. */
export function addWarranties(program: Command): void {
  withGatewayOptions(
    program
      .command("warranties")
      .summary("what covers a shipped item, by its serial number or its order")
      .description("The warranty terms that hold for shipped items, as they were in force at their order's date.")
      .option("--serial <number>", "a serial number")
      .option("--order <number>", "the buyer's order number")
      .option("--line <number>", "with --order: the buyer's number of its line")
      .option("--account <id>", "only this account's")
      .option("--date <day>", "the day that is asked about, YYYY-MM-DD; left out: today", dayOf)
      .option("--usage <usage>", "production, test or all", "production")
      .option("--json", "everything, for machines"),
  )
    .addHelpText(
      "after",
      `
Exit codes: 0 found, 1 nothing was shipped under that number, 2 it could not be done.

Examples:
  $ portico warranties --serial CRK17-000421
  $ portico warranties --order 7741207 --line 1`,
    )
    .action(show);
}

function dayOf(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  throw new InvalidArgumentError("Write the day as YYYY-MM-DD.");
}

async function show({
  json,
  url,
  token,
  ...asked
}: GatewayOptions & { readonly json?: true } & Readonly<Record<string, string>>): Promise<void> {
  const gateway = { ...(url !== undefined && { url }), ...(token !== undefined && { token }) };
  const items = (await new GatewayClient(gateway).list(
    `/api/v1/warranties?${new URLSearchParams(asked as Record<string, string>)}`,
  )) as Shipped[];
  if (items.length === 0) process.exitCode = 1;
  if (json) return printJson({ items });
  if (items.length === 0) return print("Nothing was shipped under that number.\n");
  const rows = items.map(({ account, serial, order, shipment, terms, from, until, isCovered }) => [
    account,
    serial ?? "-",
    `${order.number} line ${order.line}`,
    shipment.number,
    terms ? `${terms.terms}: ${terms.coverage}` : "none beyond the usual",
    from && until ? `${from} to ${until}` : terms ? "not begun" : "-",
    isCovered ? "covered" : "not covered",
  ]);
  await print(
    table([["account", "serial", "order", "shipment", "terms", "days", ""], ...rows.map((row) => row.map(printable))]),
  );
}
