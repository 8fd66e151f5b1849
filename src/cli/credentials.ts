import { readFileSync } from "node:fs";
import { join } from "node:path";

/** In the data folder: the demonstration's tokens, readable by their owner only. */
export const credentialsFile = "demo-credentials.json";

/** The token of the supplier's own systems that a demonstration left in the data folder; null where there is none. */
export function demonstrationToken(environment: NodeJS.ProcessEnv = process.env): string | null {
  const { supplier } = readCredentials(environment);
  return typeof supplier === "string" ? supplier : null;
}

/** The token of an account that a demonstration left there; null where there is none. */
export function demonstrationTokenOf(account: string, environment: NodeJS.ProcessEnv = process.env): string | null {
  const { accounts } = readCredentials(environment);
  if (typeof accounts !== "object" || accounts === null || !Object.hasOwn(accounts, account)) return null;
  const token = (accounts as Record<string, unknown>)[account];
  return typeof token === "string" ? token : null;
}

function readCredentials(environment: NodeJS.ProcessEnv): { supplier?: unknown; accounts?: unknown } {
  try {
    const file = join(environment.DATA_DIR || "./data", credentialsFile);
    const read: unknown = JSON.parse(readFileSync(file, "utf8"));
    return typeof read === "object" && read !== null ? read : {};
  } catch {
    return {};
  }
}
