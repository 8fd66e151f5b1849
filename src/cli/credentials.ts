import { readFileSync } from "node:fs";
import { join } from "node:path";

/** In the data folder: the demonstration's tokens, readable by their owner only. */
export const credentialsFile = "demo-credentials.json";

/** The token of the supplier's own systems that a demonstration left in the data folder; null where there is none. */
export function demonstrationToken(environment: NodeJS.ProcessEnv = process.env): string | null {
  try {
    const file = join(environment.DATA_DIR || "./data", credentialsFile);
    const { supplier } = JSON.parse(readFileSync(file, "utf8")) as { supplier?: unknown };
    return typeof supplier === "string" ? supplier : null;
  } catch {
    return null;
  }
}
