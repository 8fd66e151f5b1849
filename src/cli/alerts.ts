import { type Command, Option } from "commander";
import { GatewayClient, type GatewayOptions, withGatewayOptions } from "./gateway-client.ts";
import { counted, print, printable, printJson, table } from "./terminal.ts";

type Options = GatewayOptions & { readonly json?: true };

/** What of an alert is printed. */
interface Alert {
  readonly id: string;
  readonly account: string;
  readonly state: string;
  readonly items: { readonly total: number; readonly needing: number };
  readonly next: { readonly at: string } | null;
  readonly notices: readonly {
    readonly step: number;
    readonly channel: string;
    readonly to: { readonly name: string } | null;
    readonly state: string;
    readonly trouble: string | null;
    readonly createdAt: string;
    readonly sentAt: string | null;
  }[];
}

/** `portico alerts`: whom people were told by that something needs them. */
export function addAlerts(program: Command): void {
  const alerts = program
    .command("alerts")
    .summary("who was told that something needs a person, and take it in hand")
    .description("Work items that people were told of: who, when, by which way, and who comes next.")
    .addHelpText(
      "after",
      `
Examples:
  $ portico alerts list --state told
  $ portico alerts acknowledge 6f9619ff-8b86-4d01-b42d-00cf4fc964ff`,
    );

  withGatewayOptions(
    alerts
      .command("list")
      .description("Lists alerts, newest first, each with everybody who was told.")
      .option("--account <id>", "only this account's")
      .addOption(
        new Option("--state <state>", "only those that are so").choices([
          ...["gathering", "told", "acknowledged", "resolved"],
        ]),
      )
      .option("--json", "everything, for machines"),
  ).action(list);

  withGatewayOptions(
    alerts
      .command("acknowledge")
      .description("Says that you have in hand all that an alert tells of; nobody else is told of it.")
      .argument("<id>", "the alert's id"),
  ).action(acknowledge);
}

async function list({
  account,
  state,
  json,
  ...gateway
}: Options & { readonly account?: string; readonly state?: string }): Promise<void> {
  const query = new URLSearchParams({ ...(account && { account }), ...(state && { state }) });
  const items = (await new GatewayClient(gateway).list(`/api/v1/alerts?${query}`)) as Alert[];
  if (json) return printJson({ items });
  if (items.length === 0) return print("There are no alerts.\n");
  await print(items.map(linesOf).join("\n"));
}

function linesOf({ id, account, state, items, next, notices }: Alert): string {
  const needing = items.needing < items.total ? `, ${items.needing} in nobody's hands` : "";
  const then = next ? `; next at ${next.at}` : "";
  const rows = notices.map(({ step, channel, to, state, trouble, createdAt, sentAt }) => [
    `  ${step === 0 ? "told" : `step ${step}`}`,
    to?.name ?? "nobody",
    channel,
    state,
    sentAt ?? createdAt,
    trouble ?? "",
  ]);
  return `${printable(`${id}  ${account}  ${state}  ${counted(items.total, "work item")}${needing}${then}`)}\n${table(rows.map((row) => row.map(printable)))}`;
}

async function acknowledge(id: string, gateway: GatewayOptions): Promise<void> {
  const path = `/api/v1/alerts/${encodeURIComponent(id)}/acknowledge`;
  const { body } = await new GatewayClient(gateway).request("POST", path);
  const { acknowledged } = body as { readonly acknowledged: number };
  await print(
    acknowledged === 0
      ? "Nothing of it was in nobody's hands.\n"
      : `You have ${counted(acknowledged, "work item")} in hand; nobody else is told.\n`,
  );
}
