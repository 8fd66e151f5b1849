import type { Command } from "commander";
import { readConfig } from "../config.ts";
import { openLog } from "../log.ts";
import { print } from "./terminal.ts";

/** `portico migrate`: the database as this version needs it, before the new version starts. */
export function addMigrate(program: Command): void {
  program
    .command("migrate")
    .summary("bring the database to what this version needs")
    .description("Brings the database to what this version needs, and ends. A start does the same by itself.")
    .addHelpText(
      "after",
      `
Examples:
  $ portico migrate
  $ DATABASE_URL=postgres://portico@db/portico portico migrate`,
    )
    .action(migrate);
}

async function migrate(): Promise<void> {
  const config = readConfig();
  const log = openLog(config.LOG_LEVEL, config.LOG_FORMAT, process.stderr);
  const { migrateOnly } = await import("../gateway.ts");
  const where = await migrateOnly(config, log);
  await print(`The database is up to date: ${where}.\n`);
}
