import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseAccountFile } from "./accounts/account-file.ts";
import { applyProfile } from "./store/account-versions.ts";
import { isEmpty, issueToken } from "./store/accounts.ts";
import { type Database, waitForTurn } from "./store/database.ts";

const accountsFolder = fileURLToPath(new URL("../samples/accounts", import.meta.url));
/** In the data folder, readable by its owner only. */
export const credentialsFile = "demo-credentials.json";

/** The demonstration's tokens: one for each account, one for the supplier's own systems. */
export interface DemoCredentials {
  readonly accounts: Readonly<Record<string, string>>;
  readonly supplier: string;
}

/**
 * Loads the accounts of `samples/accounts/` with a token each, and writes the tokens down in the data folder.
 * @returns null where the database is not empty, and nothing was done
 */
export async function loadDemonstration(database: Database, dataFolder: string): Promise<DemoCredentials | null> {
  if (!(await isEmpty(database.session))) return null;
  const names = (await readdir(accountsFolder)).filter((name) => /\.(ya?ml|json)$/.test(name)).sort();
  const profiles = await Promise.all(
    names.map(async (name) => parseAccountFile(await readFile(join(accountsFolder, name), "utf8"), name)),
  );
  const file = join(dataFolder, credentialsFile);
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  return database.transaction(async (session) => {
    // Several processes may start on the same empty database.
    await waitForTurn(session, "demonstration");
    if (!(await isEmpty(session))) return null;
    const accounts: Record<string, string> = {};
    for (const profile of profiles) {
      await applyProfile(session, profile);
      accounts[profile.id] = await issueToken(session, profile.id, "demonstration");
    }
    const credentials = { accounts, supplier: await issueToken(session, null, "demonstration") };
    // Before the commit: tokens that nobody could ever read would be worse than a start that fails.
    await writeFile(file, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
    await chmod(file, 0o600);
    return credentials;
  });
}
