import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import { parse, stringify } from "yaml";
import { accountProfile, hiddenSecret, parseAccountFile } from "../accounts/index.ts";
import { messageOf } from "../errors.ts";
import { addAccountVersions } from "./account-versions.ts";
import { addEffective } from "./effective.ts";
import { CannotDo } from "./exit.ts";
import { GatewayClient, type GatewayOptions, withGatewayOptions } from "./gateway-client.ts";
import { readText } from "./input.ts";
import { addScorecard } from "./scorecard.ts";
import { print, printable, printJson, table } from "./terminal.ts";

/** An account as the API shows it. */
interface AccountView {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly updatedAt: string;
  /** Secrets read "(hidden)". */
  readonly profile: { readonly accountManager?: string };
}

type ReadingOptions = GatewayOptions & { readonly json?: true };

/** `portico accounts`: the accounts of a running gateway, as files. */
export function addAccounts(program: Command): void {
  const accounts = program
    .command("accounts")
    .summary("list, show, apply and export accounts")
    .description("The accounts of a running gateway: who they are, and everything they may differ in.")
    .addHelpText(
      "after",
      `
Examples:
  $ portico accounts list
  $ portico accounts show harbor-retail
  $ portico accounts apply samples/accounts/harbor-retail.yaml
  $ portico accounts export harbor-retail > harbor-retail.yaml
  $ portico accounts export --to accounts/`,
    );

  withGatewayOptions(
    accounts
      .command("list")
      .description("Lists every account, or those that somebody looks after.")
      .option("--manager <name>", "only accounts that this person or team looks after")
      .option("--json", "one JSON object for machines"),
  )
    .addHelpText("after", "\nExample:\n  $ portico accounts list --json")
    .action(list);

  withGatewayOptions(
    accounts
      .command("show")
      .description("Shows an account's profile as an account file has it. Secrets are hidden.")
      .argument("<id>", "the account's id")
      .option("--json", "the account as the API has it, for machines"),
  )
    .addHelpText("after", "\nExample:\n  $ portico accounts show harbor-retail")
    .action(show);

  withGatewayOptions(
    accounts
      .command("apply")
      .description('Creates or changes an account as its file says. A secret that reads "(hidden)" stays as it is.')
      .argument("<file...>", 'account files; "-" reads standard input')
      .option("--reason <text>", "why, for those who read the versions later")
      .option("--from <day>", "the first day on which it is in force, on the account's calendar (default: at once)")
      .option("--json", "what became of each, for machines"),
  )
    .addHelpText(
      "after",
      `
Exit codes: 0 it is as the file says, 1 the file is wrong, 2 it could not be done.

Examples:
  $ portico accounts apply harbor-retail.yaml
  $ portico accounts apply accounts/*.yaml
  $ portico accounts apply harbor-retail.yaml --from 2027-01-01 --reason "agreement of 2027"`,
    )
    .action(apply);

  addAccountVersions(accounts);
  addEffective(accounts);
  addScorecard(accounts);

  withGatewayOptions(
    accounts
      .command("export")
      .description("Writes accounts as files that apply takes. Secrets are hidden.")
      .argument("[id...]", "which accounts (default: every one)")
      .option("--to <folder>", "one file for each account into this folder, instead of standard output"),
  )
    .addHelpText(
      "after",
      `
Examples:
  $ portico accounts export harbor-retail > harbor-retail.yaml
  $ portico accounts export --to accounts/`,
    )
    .action(exportAccounts);
}

async function list({ json, manager, ...gateway }: ReadingOptions & { readonly manager?: string }): Promise<void> {
  const items = await allAccounts(new GatewayClient(gateway), manager);
  if (json) return printJson({ items });
  const rows = items.map(({ id, name, version, updatedAt, profile: { accountManager = "" } }) =>
    [id, name, accountManager, String(version), updatedAt].map(printable),
  );
  if (items.length === 0) return print(manager === undefined ? "There are no accounts.\n" : "There are none.\n");
  await print(table([["id", "name", "manager", "version", "changed"], ...rows]));
}

async function show(id: string, { json, ...gateway }: ReadingOptions): Promise<void> {
  const account = await oneAccount(new GatewayClient(gateway), id);
  await (json ? printJson(account) : print(accountFile(account)));
}

async function apply(
  files: readonly string[],
  { json, reason, from, ...gateway }: ReadingOptions & { reason?: string; from?: string },
): Promise<void> {
  // All are read before the first is applied: a wrong file leaves everything as it was.
  const profiles: { file: string; id: string; profile: unknown }[] = [];
  for (const file of files) profiles.push({ file, ...readProfile(await readText(file), file) });
  const client = new GatewayClient(gateway);
  const applied: { file: string; account: string; outcome: string; version: number }[] = [];
  for (const { file, id, profile } of profiles) {
    const query = new URLSearchParams({ ...(reason !== undefined && { reason }), ...(from !== undefined && { from }) });
    const { body } = await client.request("PUT", `/api/v1/accounts/${id}${query.size > 0 ? `?${query}` : ""}`, profile);
    const { outcome, version } = body as { outcome: string; version: number };
    applied.push({ file, account: id, outcome, version });
    if (!json) await print(`${id}: ${outcome} (version ${version})\n`);
  }
  if (json) await printJson({ items: applied });
}

/**
 * A profile as it is sent: what the file says, checked. A secret that an export has hidden passes as one here, for the
 * gateway keeps the one it has.
 *
 * @throws AccountFileError
 */
export function readProfile(text: string, file: string): { id: string; profile: unknown } {
  const { id } = parseAccountFile(text.replaceAll(hiddenSecret, `${hiddenSecret}, and stays as it is`), file);
  return { id, profile: parse(text) };
}

async function exportAccounts(
  ids: readonly string[],
  { to, ...gateway }: GatewayOptions & { to?: string },
): Promise<void> {
  const client = new GatewayClient(gateway);
  const accounts: AccountView[] = [];
  if (ids.length === 0) accounts.push(...(await allAccounts(client)));
  for (const id of ids) accounts.push(await oneAccount(client, id));
  if (to === undefined) return print(accounts.map(accountFile).join("---\n"));
  for (const account of accounts) {
    const file = join(to, `${account.id}.yaml`);
    try {
      await mkdir(to, { recursive: true });
      await writeFile(file, accountFile(account));
    } catch (error) {
      throw new CannotDo(`${file} can't be written: ${messageOf(error)}`);
    }
    await print(`${file}\n`);
  }
}

async function allAccounts(client: GatewayClient, manager?: string): Promise<AccountView[]> {
  const query = manager === undefined ? "" : `?${new URLSearchParams({ manager })}`;
  return (await client.list(`/api/v1/accounts${query}`)) as AccountView[];
}

async function oneAccount(client: GatewayClient, id: string): Promise<AccountView> {
  return (await client.request("GET", `/api/v1/accounts/${encodeURIComponent(id)}`)).body as AccountView;
}

/** A profile as a person would write it: in the order of the account's own description, not of a database's JSON. */
function accountFile({ profile }: AccountView): string {
  const order = Object.keys(accountProfile.shape);
  const inOrder = Object.entries(profile).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  return stringify(Object.fromEntries(inOrder), { lineWidth: 120 });
}
