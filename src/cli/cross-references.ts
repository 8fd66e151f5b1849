import type { Command } from "commander";
import {
  type CrossReferencePair,
  readCrossReferences,
  writeCrossReferences,
} from "../accounts/cross-reference-file.ts";
import { CannotDo, exitCodes } from "./exit.ts";
import { GatewayClient, type GatewayOptions, withGatewayOptions } from "./gateway-client.ts";
import { readText } from "./input.ts";
import { counted, print, printJson } from "./terminal.ts";

type Options = GatewayOptions & { readonly account: string };

/** `portico cross-references`: what an account calls our items and places, as CSV. */
export function addCrossReferences(program: Command): void {
  const references = program
    .command("cross-references")
    .summary("import and export what an account calls our items and places")
    .description("An account's numbers of items and places, and ours, as CSV with the columns kind, theirs, ours.")
    .addHelpText(
      "after",
      `
Examples:
  $ portico cross-references import items.csv --account harbor-retail
  $ portico cross-references export --account harbor-retail > items.csv`,
    );

  withGatewayOptions(
    references
      .command("import")
      .description("Imports a file. All of it is taken, or with a fault nothing of it.")
      .argument("<file>", 'the CSV file; "-" reads standard input')
      .requiredOption("--account <id>", "whose numbers they are")
      .option("--replace", "these are all there are: others that the account has are taken away")
      .option("--json", "what became of it, for machines"),
  )
    .addHelpText("after", "\nExit codes: 0 imported, 1 the file is wrong, 2 it could not be done.")
    .action(importFile);

  withGatewayOptions(
    references
      .command("export")
      .description("Writes every pair of an account as a file that import takes.")
      .requiredOption("--account <id>", "whose numbers"),
  ).action(exportFile);
}

async function importFile(
  file: string,
  { account, replace, json, ...gateway }: Options & { replace?: true; json?: true },
): Promise<void> {
  const text = await readText(file);
  const { faults } = readCrossReferences(text);
  if (faults.length > 0) {
    throw new CannotDo(faults.map(({ line, message }) => `${file}:${line}: ${message}`).join("\n"), exitCodes.badInput);
  }
  const mode = replace ? "replace" : "merge";
  const path = `/api/v1/accounts/${encodeURIComponent(account)}/cross-references?mode=${mode}`;
  const { body } = await new GatewayClient(gateway).upload(path, text, "text/csv");
  if (json) return printJson(body);
  const { imported, removed, total } = body as { imported: number; removed: number; total: number };
  const gone = removed > 0 ? `, ${removed} taken away before` : "";
  await print(`${account}: ${counted(imported, "pair")} imported${gone}; it has ${total} now\n`);
}

async function exportFile({ account, ...gateway }: Options): Promise<void> {
  const path = `/api/v1/accounts/${encodeURIComponent(account)}/cross-references`;
  await print(writeCrossReferences((await new GatewayClient(gateway).list(path)) as CrossReferencePair[]));
}
