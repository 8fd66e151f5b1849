import { stat } from "node:fs/promises";
import type { Command } from "commander";
import { type AccountProfile, accountProfile, parseAccountFile } from "../accounts/index.ts";
import { CannotDo } from "./exit.ts";
import { GatewayClient, type GatewayOptions, withGatewayOptions } from "./gateway-client.ts";
import { readText } from "./input.ts";

export interface AccountOptions extends GatewayOptions {
  readonly account?: string;
}

/** Gives a command the option `--account`, and those that say where an account's id is looked up. */
export function withAccountOption(command: Command, about: string): Command {
  return withGatewayOptions(command.option("--account <id or file>", about));
}

/** An id as accounts have it: everything else is a path. */
const accountId = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * The account that `--account` names: read from a file, or, where it is an id, asked of a running gateway. Null where the
 * option was not given.
 *
 * @throws CannotDo, AccountFileError
 */
export async function chosenAccount({ account, ...gateway }: AccountOptions): Promise<AccountProfile | null> {
  if (account === undefined) return null;
  if (!accountId.test(account) || (await isFile(account))) return parseAccountFile(await readText(account), account);
  try {
    const { body } = await new GatewayClient(gateway).request("GET", `/api/v1/accounts/${account}`);
    // How files reach the account is no matter here, and its secrets are hidden.
    return accountProfile.parse({ ...(body as { profile: object }).profile, delivery: { mailbox: {} } });
  } catch (error) {
    if (!(error instanceof CannotDo)) throw error;
    throw new CannotDo(
      `${error.message} An account may also be given as a file: --account ${account}.yaml`,
      error.exitCode,
    );
  }
}

/** Whether there is a file of this name. */
export async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
