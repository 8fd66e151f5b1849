#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { addAccounts } from "./cli/accounts.ts";
import { addAcknowledge } from "./cli/acknowledge.ts";
import { addAlerts } from "./cli/alerts.ts";
import { addConfig } from "./cli/config.ts";
import { addContacts } from "./cli/contacts.ts";
import { addConvert } from "./cli/convert.ts";
import { addCrossReferences } from "./cli/cross-references.ts";
import { addCustomers } from "./cli/customers.ts";
import { exitCodes, outcomeOf } from "./cli/exit.ts";
import { addGuide } from "./cli/guide.ts";
import { addInspect } from "./cli/inspect.ts";
import { addInvoices } from "./cli/invoices.ts";
import { addMap } from "./cli/map.ts";
import { addMigrate } from "./cli/migrate.ts";
import { addPrices } from "./cli/prices.ts";
import { addPublications } from "./cli/publications.ts";
import { addReplay } from "./cli/replay.ts";
import { addRules } from "./cli/rules.ts";
import { addSimulate } from "./cli/simulate.ts";
import { addStart } from "./cli/start.ts";
import { addSubmit } from "./cli/submit.ts";
import { remark } from "./cli/terminal.ts";
import { addValidate } from "./cli/validate.ts";
import { addWarranties } from "./cli/warranties.ts";
import { version } from "./version.ts";

const program = new Command("portico")
  .description("X12 EDI gateway for major accounts: orders in, acknowledgments and order responses out.")
  .version(version)
  .showSuggestionAfterError()
  // Ours come before a command: what comes after it (--version 004010) is the command's.
  .enablePositionalOptions()
  // Our own error handling below decides about exit codes; commander's would say 1 for a wrong option.
  .exitOverride()
  .addHelpText(
    "after",
    `
Exit codes: 0 good, 1 the input is bad, 2 it could not be read or done.

Examples:
  $ portico start                        the gateway, on http://localhost:8080
  $ portico validate order.edi           what is wrong with a file, and where
  $ portico inspect order.edi            what is in it, with names
  $ portico acknowledge order.edi        the 997 that the gateway would send
  $ portico convert order.edi --to json  the same as JSON, and back to the same bytes
  $ portico submit invoices.csv          documents to be sent
  $ portico accounts list                who we trade with
  $ portico guide show harbor-retail     what it asks for beyond the standard
  $ portico validate --help              more of one command`,
  );

for (const add of [
  addStart,
  addValidate,
  addInspect,
  addAcknowledge,
  addConvert,
  addMap,
  addGuide,
  addSubmit,
  addSimulate,
  addReplay,
  addAccounts,
  addRules,
  addCrossReferences,
  addPrices,
  addInvoices,
  addContacts,
  addAlerts,
  addWarranties,
  addPublications,
  addCustomers,
  addConfig,
  addMigrate,
])
  add(program);

// Whoever reads our output may have seen enough of it: `portico inspect order.edi | head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // It has been told already; help and version that were asked for are no error.
    process.exitCode = error.exitCode === 0 ? exitCodes.good : exitCodes.notDone;
  } else {
    const { lines, exitCode } = outcomeOf(error);
    for (const line of lines) remark(`portico: ${line}`);
    process.exitCode = exitCode;
  }
}
