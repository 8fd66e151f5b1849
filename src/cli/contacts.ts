import type { Command } from "commander";
import { GatewayClient, type GatewayOptions, withGatewayOptions } from "./gateway-client.ts";
import { print, printable, printJson, table } from "./terminal.ts";

interface Named {
  readonly name: string;
}

/** What of a role is printed. */
interface Duty {
  readonly role: string;
  readonly word?: string;
  readonly onDuty: (Named & { readonly phone?: string; readonly mobile?: string; readonly email?: string }) | null;
  readonly insteadOf: Named | null;
  readonly next: { readonly at: string; readonly onDuty: Named | null } | null;
}

/** `portico contacts`: the people whom an account deals with. */
export function addContacts(program: Command): void {
  const contacts = program
    .command("contacts")
    .summary("who is on duty for an account, in each role")
    .description("The people whom an account deals with, by role, hours, holidays and deputies.");

  withGatewayOptions(
    contacts
      .command("on-duty")
      .description("Shows who is on duty in each role, for whom they stand in, and when that changes next.")
      .requiredOption("--account <id>", "whose contacts")
      .option("--division <id>", "of this part of the account")
      .option("--location <id>", "of this place of the division")
      .option("--at <instant>", "the moment that is asked about, for example 2026-11-24T15:00:00Z; left out: now")
      .option("--json", "everything, for machines"),
  )
    .addHelpText(
      "after",
      `
Exit codes: 0 told, 1 the account has no contacts by role, 2 it could not be done.

Examples:
  $ portico contacts on-duty --account lakeshore-clinics
  $ portico contacts on-duty --account lakeshore-clinics --at 2026-12-24T09:00:00-06:00`,
    )
    .action(showDuty);
}

async function showDuty({
  account,
  division,
  location,
  at,
  json,
  ...gateway
}: GatewayOptions & {
  readonly account: string;
  readonly division?: string;
  readonly location?: string;
  readonly at?: string;
  readonly json?: true;
}): Promise<void> {
  const query = new URLSearchParams({
    ...(division && { division }),
    ...(location && { location }),
    ...(at && { at }),
  });
  const path = `/api/v1/accounts/${encodeURIComponent(account)}/contacts?${query}`;
  const { body } = await new GatewayClient(gateway).request("GET", path);
  const found = body as { readonly at: string; readonly contact: Named | null; readonly roles: readonly Duty[] };
  if (found.roles.length === 0) process.exitCode = 1;
  if (json) return printJson(body);
  if (found.roles.length === 0) {
    const one = found.contact ? `Its one contact is ${found.contact.name}.` : "It has no other contact either.";
    return print(`${printable(`${account} has no contacts by role. ${one}`)}\n`);
  }
  const rows = found.roles.map(({ role, word, onDuty, insteadOf, next }) => [
    word === undefined ? role : `${role} (${word})`,
    onDuty?.name ?? "nobody",
    insteadOf?.name ?? "",
    onDuty?.phone ?? onDuty?.mobile ?? onDuty?.email ?? "",
    next ? next.at.replace(/:\d\d\.\d{3}Z$/, "Z") : "",
    next ? (next.onDuty?.name ?? "nobody") : "",
  ]);
  await print(
    `At ${found.at}\n\n${table([["role", "on duty", "instead of", "reached by", "until", "then"], ...rows.map((row) => row.map(printable))])}`,
  );
}
