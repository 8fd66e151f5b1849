import type { Command } from "commander";
import { Option } from "commander";
import type { EffectiveValue, Origin } from "../accounts/index.ts";
import { GatewayClient, type GatewayOptions, withGatewayOptions } from "./gateway-client.ts";
import { print, printable, printJson, table } from "./terminal.ts";

type Options = GatewayOptions & {
  readonly account: string;
  readonly division?: string;
  readonly location?: string;
  readonly at?: string;
  readonly format: "table" | "json";
};

/** `portico accounts effective`: the rules in force at a part of an account, and who says each value. */
export function addEffective(accounts: Command): void {
  withGatewayOptions(
    accounts
      .command("effective")
      .description(
        "Shows the rules in force at a division or location of an account: each value, and where it comes from.",
      )
      .requiredOption("--account <id>", "whose rules")
      .option("--division <id>", "a division of the account (default: the account as a whole)")
      .option("--location <id>", "a location of that division")
      .option("--at <date>", "as they are at the end of this day, or at an instant (default: now)")
      .addOption(
        new Option("--format <format>", "for people or for machines").choices(["table", "json"]).default("table"),
      ),
  )
    .addHelpText(
      "after",
      `
Examples:
  $ portico accounts effective --account harbor-retail
  $ portico accounts effective --account harbor-retail --division garden --location dc-0318 --at 2027-01-01`,
    )
    .action(effective);
}

interface Effective {
  readonly version: number;
  readonly values: readonly EffectiveValue[];
}

async function effective({ account, format, url, token, ...asked }: Options): Promise<void> {
  const gateway = { ...(url !== undefined && { url }), ...(token !== undefined && { token }) };
  const path = `/api/v1/accounts/${encodeURIComponent(account)}/effective?${new URLSearchParams(asked)}`;
  const { body } = await new GatewayClient(gateway).request("GET", path);
  if (format === "json") return printJson(body);
  const { version, values } = body as Effective;
  const rows = values.map(({ path, value, from }) => [path, originText(from), valueText(value)].map(printable));
  await print(
    `${printable(account)}, version ${version} of its rules\n\n${table([["rule", "from", "value"], ...rows])}`,
  );
}

function originText(from: Origin): string {
  return "id" in from ? `${from.kind} ${from.id}` : from.kind;
}

/** Text as it is, everything else as JSON. */
function valueText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
