import type { Command } from "commander";
import { exitCodes } from "./exit.ts";
import { GatewayClient, type GatewayOptions, withGatewayOptions } from "./gateway-client.ts";
import { counted, print, printable, printJson, remark, table } from "./terminal.ts";

type Options = GatewayOptions & { readonly account: string; readonly usage: string; readonly json?: true };

/** What of a plan is printed. */
interface Plan {
  readonly next: readonly (Place & { readonly cutOff: string | null })[];
  readonly periods: readonly (Place & {
    readonly basis: string;
    readonly endsAt: string | null;
    readonly lines: number;
    readonly invoiceCount: number;
    readonly invoices: readonly PlannedInvoice[];
    readonly notBilledCount: number;
    readonly notBilled: readonly NotBilled[];
  })[];
}

interface Place {
  readonly division: string | null;
  readonly location: string | null;
}

interface PlannedInvoice {
  readonly number: string;
  readonly kind: string | null;
  readonly currency: string | null;
  readonly amount: string;
  readonly lineCount: number;
  readonly orders: readonly string[];
  readonly about: string | null;
  readonly separate: string;
  readonly together: string;
}

interface NotBilled {
  readonly order: string;
  readonly line: string | null;
  readonly shipment: string;
  readonly quantity: string | null;
  readonly until: string;
  readonly reason: string;
  readonly mend: string | null;
}

/** `portico invoices`: what the gateway bills by itself. */
export function addInvoices(program: Command): void {
  const invoices = program
    .command("invoices")
    .summary("the invoices that the gateway will make, and why")
    .description("Invoices that the gateway makes out of ship notices, by an account's rule.");

  withGatewayOptions(
    invoices
      .command("plan")
      .description(
        "Shows the invoices before they are made: open periods with their cut-off, and why each invoice is one.",
      )
      .requiredOption("--account <id>", "whose invoices")
      .option("--usage <usage>", "whose books: production or test", "production")
      .option("--json", "everything, for machines"),
  )
    .addHelpText(
      "after",
      `
Nothing is changed. Exit codes: 0 told, 1 the gateway does not make the account's invoices, 2 it could not be done.

Examples:
  $ portico invoices plan --account lakeshore-clinics
  $ portico invoices plan --account lakeshore-clinics --json`,
    )
    .action(plan);

  withGatewayOptions(
    invoices
      .command("retry")
      .description("Bills what is open though its time is over: it waited for a price, or its invoice was withdrawn.")
      .requiredOption("--account <id>", "whose invoices")
      .option("--usage <usage>", "whose books: production or test", "production")
      .option("--json", "what became of it, for machines"),
  )
    .addHelpText("after", "\nExit codes: 0 asked for, 1 nothing waits, 2 it could not be done.")
    .action(retry);
}

async function plan({ account, usage, json, ...gateway }: Options): Promise<void> {
  const path = `${pathOf(account)}?usage=${usage}`;
  const { status, body } = await new GatewayClient(gateway).request("GET", path, undefined, [409]);
  if (status === 409) return tellRefusal(body);
  if (json) return printJson(body);
  const { next, periods } = body as Plan;
  const cutOffs = next.map(
    ({ cutOff, ...place }) =>
      `What is shipped now${partOf(place)} is billed ${cutOff === null ? "at once" : `at ${minutesOf(cutOff)}`}.`,
  );
  await print(`${cutOffs.map((line) => `${printable(line)}\n`).join("")}`);
  if (periods.length === 0) await print("Nothing is to be billed.\n");
  for (const period of periods) await print(periodText(period));
}

function periodText(period: Plan["periods"][number]): string {
  const { basis, endsAt, lines, invoices, invoiceCount, notBilled, notBilledCount } = period;
  const when = endsAt === null ? "with the next plan, or by a retry" : minutesOf(endsAt);
  const head = `\n${basis}${partOf(period)}, ${when}: ${counted(lines, "line")}, ${counted(invoiceCount, "invoice")}\n`;
  const rows = invoices.map(({ number, kind, amount, currency, lineCount, orders, about }) =>
    [
      number,
      kind ?? "-",
      `${amount} ${currency ?? ""}`.trim(),
      counted(lineCount, "line"),
      orders.length > 3 ? `${orders.slice(0, 3).join(", ")}, ...` : orders.join(", "),
      about === null ? "" : `about ${about}`,
    ].map(printable),
  );
  const reasons = invoices.map(({ number, separate, together }) => printable(`${number}: ${separate} ${together}`));
  const more = invoiceCount > invoices.length ? `and ${counted(invoiceCount - invoices.length, "more invoice")}\n` : "";
  const left = notBilled.map(({ order, line, shipment, quantity, reason, mend }) => {
    const what = line === null ? "A charge" : `${quantity ?? ""} of line ${line}`.trim();
    return printable(`Not billed: ${what} of order ${order}, shipment ${shipment}. ${reason}${mend ? ` ${mend}` : ""}`);
  });
  const others =
    notBilledCount > notBilled.length ? `and ${notBilledCount - notBilled.length} more that are not billed\n` : "";
  const text = (all: readonly string[]) => all.map((line) => `${line}\n`).join("");
  return `${head}${rows.length > 0 ? table(rows) : ""}${more}${text(reasons)}${text(left)}${others}`;
}

async function retry({ account, usage, json, ...gateway }: Options): Promise<void> {
  const { status, body } = await new GatewayClient(gateway).request(
    "POST",
    `${pathOf(account)}/retry`,
    { usage },
    [409],
  );
  if (status === 409) return tellRefusal(body);
  if (json) return printJson(body);
  const { periods } = body as { periods: number };
  await print(`${account}: ${counted(periods, "period")} billed again; the invoices are in the feed of documents.\n`);
}

function tellRefusal(body: unknown): void {
  process.exitCode = exitCodes.badInput;
  remark(`portico: ${(body as { detail?: string }).detail ?? "the gateway refused it"}`);
}

function partOf({ division, location }: Place): string {
  if (division === null) return "";
  return ` in ${location === null ? division : `${division}, ${location}`}`;
}

/** 2026-11-27T23:00Z */
const minutesOf = (instant: string): string => instant.replace(/:\d\d\.\d{3}Z$/, "Z");

function pathOf(account: string): string {
  return `/api/v1/accounts/${encodeURIComponent(account)}/invoice-plan`;
}
