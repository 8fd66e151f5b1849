import type { Command } from "commander";
import { differenceLine, type ProfileDifference } from "../accounts/index.ts";
import { GatewayClient, type GatewayOptions, withGatewayOptions } from "./gateway-client.ts";
import { print, printable, printJson, table } from "./terminal.ts";

/** A version as the API shows it. */
interface VersionView {
  readonly number: number;
  readonly state: string;
  readonly author: string;
  readonly reason: string | null;
  readonly from: string | null;
  readonly approvedBy: string | null;
}

type Options = GatewayOptions & { readonly json?: true };

/** The commands of `portico accounts` about the versions of an account's rules. */
export function addAccountVersions(accounts: Command): void {
  withGatewayOptions(
    accounts
      .command("versions")
      .description("Lists the versions of an account's rules, newest first: who, when, why, and which is in force.")
      .argument("<id>", "the account's id")
      .option("--json", "one JSON object for machines"),
  )
    .addHelpText("after", "\nExample:\n  $ portico accounts versions harbor-retail")
    .action(versions);

  withGatewayOptions(
    accounts
      .command("diff")
      .description("Shows what differs between two versions of an account's rules.")
      .argument("<id>", "the account's id")
      .argument("[from]", "number of the older version (default: the one before the newer)")
      .argument("[to]", "number of the newer version (default: the newest)")
      .option("--json", "one JSON object for machines"),
  )
    .addHelpText(
      "after",
      "\nExamples:\n  $ portico accounts diff harbor-retail\n  $ portico accounts diff harbor-retail 2 5",
    )
    .action(diff);

  withGatewayOptions(
    accounts
      .command("rollback")
      .description("Takes the newest version back, or brings the one before into force again. One step.")
      .argument("<id>", "the account's id")
      .requiredOption("--reason <text>", "why, for those who read the versions later")
      .option("--json", "one JSON object for machines"),
  )
    .addHelpText(
      "after",
      '\nExample:\n  $ portico accounts rollback harbor-retail --reason "stores were raised by mistake"',
    )
    .action(rollback);

  withGatewayOptions(
    accounts
      .command("approve")
      .description("Approves a version that waits for a second person, with a token other than its author's.")
      .argument("<id>", "the account's id")
      .argument("<number>", "the version")
      .option("--json", "one JSON object for machines"),
  )
    .addHelpText("after", "\nExample:\n  $ portico accounts approve harbor-retail 4")
    .action(approve);
}

const pathOf = (id: string): string => `/api/v1/accounts/${encodeURIComponent(id)}`;

async function versions(id: string, { json, ...gateway }: Options): Promise<void> {
  const items = (await new GatewayClient(gateway).list(`${pathOf(id)}/versions`)) as VersionView[];
  if (json) return printJson({ items });
  const rows = items.map(({ number, state, from, author, approvedBy, reason }) =>
    [String(number), state, from ?? "", author, approvedBy ?? "", reason ?? ""].map(printable),
  );
  await print(table([["version", "state", "from", "by", "approved by", "reason"], ...rows]));
}

async function diff(
  id: string,
  from: string | undefined,
  to: string | undefined,
  { json, ...gateway }: Options,
): Promise<void> {
  const query = new URLSearchParams({ ...(from !== undefined && { from }), ...(to !== undefined && { to }) });
  const { body } = await new GatewayClient(gateway).request("GET", `${pathOf(id)}/diff?${query}`);
  if (json) return printJson(body);
  const found = body as { from: number; to: number; differences: ProfileDifference[] };
  const lines = found.differences.map((one) => `  ${printable(differenceLine(one))}\n`);
  const head = lines.length === 0 ? "say the same" : "differ";
  await print(`${id}: versions ${found.from} and ${found.to} ${head}\n${lines.join("")}`);
}

async function rollback(id: string, { json, reason, ...gateway }: Options & { reason: string }): Promise<void> {
  const { body } = await new GatewayClient(gateway).request("POST", `${pathOf(id)}/rollback`, { reason });
  if (json) return printJson(body);
  const { outcome, version } = body as { outcome: string; version: VersionView & { restores: number } };
  const done = outcome === "withdrawn" ? "is taken back" : `brings version ${version.restores} back into force`;
  await print(`${id}: version ${version.number} ${done}\n`);
}

async function approve(id: string, number: string, { json, ...gateway }: Options): Promise<void> {
  const path = `${pathOf(id)}/versions/${encodeURIComponent(number)}/approve`;
  const { body } = await new GatewayClient(gateway).request("POST", path);
  if (json) return printJson(body);
  const { state, from, approvedBy } = body as VersionView;
  await print(
    `${id}: version ${number} is approved by ${printable(approvedBy ?? "")}; ${state} (from ${from ?? ""})\n`,
  );
}
