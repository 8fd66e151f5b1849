import type { Command } from "commander";
import { readConfig, reportConfig } from "../config.ts";
import { colour, print, printJson, table } from "./terminal.ts";

/** `portico config`: every setting, its value, and where that came from. */
export function addConfig(program: Command): void {
  program
    .command("config")
    .summary("show every setting and where its value came from")
    .description("Shows every setting: its value, where that came from, and what it is for. Secrets are hidden.")
    .option("--json", "one JSON array for machines")
    .addHelpText(
      "after",
      `
A setting is an environment variable. A secret may also be in a file that NAME_FILE names: DATABASE_URL_FILE=/run/secrets/db.
The exit code is 2 where a setting can't be used.

Examples:
  $ portico config
  $ PORT=9000 portico config --json`,
    )
    .action(showConfig);
}

async function showConfig({ json }: { json?: true }): Promise<void> {
  const settings = reportConfig();
  if (json) await printJson(settings);
  else {
    const rows = settings.map(({ name, value, source, about }) => [name, value ?? "-", source, about]);
    const [head, ...lines] = table([["setting", "value", "source", "about"], ...rows]).split("\n");
    await print(`${colour.bold(head ?? "")}\n${lines.join("\n")}`);
  }
  // Shown first, judged then: whoever looks for a wrong setting sees them all.
  readConfig();
}
