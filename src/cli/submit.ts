import { createHash } from "node:crypto";
import { type Command, Option } from "commander";
import { exitCodes } from "./exit.ts";
import { GatewayClient, type GatewayOptions, withGatewayOptions } from "./gateway-client.ts";
import { documentsOf, type FileDocument, type FileFormat, fileFormats, formatOf } from "./submitted-file.ts";
import { counted, print, printable, remark } from "./terminal.ts";

interface Options extends GatewayOptions {
  readonly format?: FileFormat;
  readonly dryRun?: true;
  readonly json?: true;
}

/** Documents in one request, and most characters of them: an answer within seconds, and little to do again. */
const batchSize = 500;
const batchCharacters = 8 * 1024 * 1024;

/** `portico submit`: documents of the supplier's, out of a file, to a running gateway. */
export function addSubmit(program: Command): void {
  const command = program
    .command("submit")
    .summary("hand in documents to be sent")
    .description(
      "Hands documents in a file to a running gateway: answers to orders, shipments, invoices, stock, prices. JSON (one document, or a list), NDJSON (one on each line), or CSV (one row for each line).",
    )
    .argument("<file>", 'the file; "-" reads standard input')
    .addOption(
      new Option("--format <format>", "how the file is written (default: as its name ends, else json)").choices(
        fileFormats,
      ),
    )
    .option("--dry-run", "say what would come of it, with the X12, and neither keep nor send anything")
    .option("--json", "the gateway's answer to each document as a line of JSON, for machines");
  withGatewayOptions(command)
    .addHelpText(
      "after",
      `
The same file again does nothing twice. docs/submitting.md lists the columns of CSV files.

Exit codes: 0 every document was kept, 1 one was refused (or would be, or would be held), 2 it could not be done.

Examples:
  $ portico submit invoice.json
  $ portico submit samples/submit/shipment.csv --dry-run
  $ erp-export | portico submit - --format ndjson --json`,
    )
    .action(submit);
}

/** What the gateway answered to one document. */
interface Answer {
  readonly line: number;
  readonly status: number;
  readonly document?: Kept | Tried;
  readonly repeated?: boolean;
  readonly detail?: string;
  readonly errors?: readonly { path: string; message: string }[];
}
interface Sending {
  readonly set: string;
  readonly version: string;
  readonly to: { readonly qualifier: string; readonly id: string };
  readonly channel: string;
}
interface Kept {
  readonly id: string;
  readonly type: string;
  readonly number: string;
  readonly account: string;
  readonly sending: Sending;
}
interface Tried {
  readonly dryRun: true;
  readonly outcome: "refused" | "held" | "accepted";
  readonly type: string | null;
  readonly number: string | null;
  readonly x12: string | null;
  readonly problems: readonly { severity: string; path: string; message: string; mend?: string }[];
}

async function submit(file: string, { format, dryRun, json, ...gateway }: Options): Promise<void> {
  const client = new GatewayClient(gateway);
  let count = 0;
  let wrong = 0;
  for await (const batch of batches(documentsOf(file, format ?? formatOf(file)))) {
    for (const answer of await answersTo(client, batch, dryRun === true)) {
      const document = batch[answer.line - 1] as FileDocument;
      count++;
      if (isWrong(answer)) wrong++;
      if (json) await print(`${JSON.stringify({ ...answer, line: undefined, place: document.place })}\n`);
      else await tellPeople(file, document, answer);
    }
  }
  if (!json) remark(summary(count, wrong, dryRun === true));
  process.exitCode = wrong === 0 ? exitCodes.good : exitCodes.badInput;
}

function summary(count: number, wrong: number, dryRun: boolean): string {
  if (count === 0) return "There is no document in the file.";
  const good = dryRun ? "would leave" : "kept";
  return `${counted(count, "document")}: ${count - wrong} ${good}, ${wrong} ${dryRun ? "would not" : "refused"}.`;
}

const isWrong = ({ status, document }: Answer): boolean =>
  status >= 300 || (document !== undefined && "dryRun" in document && document.outcome !== "accepted");

async function* batches(documents: AsyncIterable<FileDocument>): AsyncGenerator<FileDocument[]> {
  let batch: FileDocument[] = [];
  let characters = 0;
  for await (const document of documents) {
    const length = JSON.stringify(document.value).length;
    if (batch.length > 0 && (batch.length >= batchSize || characters + length > batchCharacters)) {
      yield batch;
      batch = [];
      characters = 0;
    }
    batch.push(document);
    characters += length;
  }
  if (batch.length > 0) yield batch;
}

/** The same documents again have the same key, so that a run that was cut off can simply be begun anew. */
async function answersTo(client: GatewayClient, batch: readonly FileDocument[], dryRun: boolean): Promise<Answer[]> {
  const lines = batch.map(({ value }) => `${JSON.stringify(value)}\n`).join("");
  const key = `portico-submit-${createHash("sha256").update(lines).digest("hex")}`;
  return (await client.lines(`/api/v1/documents${dryRun ? "?dryRun=true" : ""}`, lines, {
    "idempotency-key": key,
  })) as Answer[];
}

async function tellPeople(file: string, { place, placeOf }: FileDocument, answer: Answer): Promise<void> {
  const { document, detail = "", errors = [], repeated } = answer;
  if (document === undefined) {
    if (errors.length === 0) return remark(`${file}: ${place}: ${detail}`);
    for (const { path, message } of errors) remark(`${file}: ${placeOf(path)}: ${message}`);
    return;
  }
  if (!("dryRun" in document)) {
    const { id, type, number, account, sending } = document;
    const { set, version, to, channel } = sending;
    const kept = repeated ? "was kept before" : "kept";
    const way = channel === "push" ? "pushed to" : "into the mailbox of";
    return print(
      printable(
        `${place}: ${type} ${number} ${kept} as ${id}: ${set} ${version}, ${way} ${account} (${to.qualifier} ${to.id})`,
      ).concat("\n"),
    );
  }
  for (const { path, message, severity, mend } of document.problems) {
    remark(`${file}: ${placeOf(path)}: ${severity}: ${message}${mend ? ` ${mend}` : ""}`);
  }
  if (document.x12 !== null) await print(document.x12.endsWith("\n") ? document.x12 : `${document.x12}\n`);
}
