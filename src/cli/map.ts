import type { Command } from "commander";
import {
  type CompiledTransactionMap,
  compileTransactionMap,
  type Delimiters,
  type FileReport,
  type GroupReport,
  type InterchangeReport,
  type MappedValue,
  readTransactionSet,
  type SchemaLibrary,
  type SetReport,
  TransactionMapError,
} from "../x12/index.ts";
import { CannotDo, exitCodes } from "./exit.ts";
import { type Input, withInput } from "./input.ts";
import { chosenLibrary, type SchemaOptions, withSchemaOption } from "./knowledge-option.ts";
import { isWarning, problemsOf } from "./located-problem.ts";
import { readReport } from "./reading.ts";
import { counted, print, remark } from "./terminal.ts";
import { readJson } from "./whole-file.ts";

interface Options extends SchemaOptions {
  readonly map: string;
  readonly set?: string;
  readonly json?: true;
}

/** `portico map`: what an X12TransactionMap makes of each transaction set of a file. */
export function addMap(program: Command): void {
  const command = program
    .command("map")
    .summary("put a map of selectors to each transaction set")
    .description(
      "Makes an object of each transaction set of a file, by a map of keys and selectors: the JSON form of node-x12's X12TransactionMap.",
    )
    .argument("<file>", 'the file; "-" reads standard input')
    .requiredOption("--map <file>", "the map, a JSON file")
    .option("--set <type>", "only sets of this type (850)")
    .option("--json", "one JSON object for machines, with the control numbers of each set");
  withSchemaOption(command)
    .addHelpText(
      "after",
      `
Sets that are wrong are mapped too, and said to be wrong.

Exit codes: 0 nothing is wrong with the file, or no more than a warning says, 1 it has problems or the map is wrong, 2 something could not be read.

Examples:
  $ portico map order.edi --map order-map.json
  $ portico map mixed.edi --set 850 --map order-map.json --json

  order-map.json: { "number": "BEG03", "shipTo": "N104:N101[\\"ST\\"]", "items": { "sku": "FOREACH(PO1)=>PO107" } }`,
    )
    .action((file: string, options: Options) => map(file, options));
}

async function map(file: string, options: Options): Promise<void> {
  const compiled = compiledMap(options.map, await readJson(options.map));
  await withInput(file, async (input) => {
    const library = chosenLibrary(options);
    const report = await readReport(input, library, null);
    const sets = setsOf(report).filter(({ set }) => options.set === undefined || set.type === options.set);
    const mapped = mappedSets(input, library, sets, compiled);
    await (options.json ? printForMachines(file, mapped) : printForPeople(mapped));
    const problems = problemsOf(report);
    const errors = problems.filter((problem) => !isWarning(problem)).length;
    if (problems.length > 0) {
      const found = errors > 0 ? counted(errors, "problem") : counted(problems.length, "warning");
      remark(`${file} has ${found}: see portico validate ${file}`);
    }
    process.exitCode = errors === 0 ? exitCodes.good : exitCodes.badInput;
  });
}

/** A set and what it travels in. */
interface LocatedSet {
  readonly interchange: InterchangeReport;
  readonly group: GroupReport;
  readonly set: SetReport;
}

interface MappedSet extends LocatedSet {
  readonly value: MappedValue;
}

function setsOf(report: FileReport): LocatedSet[] {
  return report.interchanges.flatMap((interchange) =>
    interchange.groups.flatMap((group) => group.transactionSets.map((set) => ({ interchange, group, set }))),
  );
}

/** The sets one after the other: only one is in memory at a time. */
async function* mappedSets(
  input: Input,
  library: SchemaLibrary,
  sets: readonly LocatedSet[],
  apply: CompiledTransactionMap,
): AsyncGenerator<MappedSet> {
  const told = new Set<string>();
  for (const located of sets) {
    const { interchange, group, set } = located;
    const version = library.versionOf(group.header.version);
    const schema = version === null ? null : library.set(version, set.type);
    const name = `${set.type} in ${group.header.version}`;
    if (schema === null && !told.has(name)) {
      told.add(name);
      remark(`There is no schema of ${name}: its loops are not known, selectors go by the order of segments.`);
    }
    yield { ...located, value: apply(await setAt(input, set, interchange.delimiters, schema)) };
  }
}

async function setAt(
  input: Input,
  { offset, length }: SetReport,
  delimiters: Delimiters,
  schema: Parameters<typeof readTransactionSet>[2],
): Promise<ReturnType<typeof readTransactionSet>> {
  return readTransactionSet(await input.range(offset, length), delimiters, schema);
}

async function printForPeople(sets: AsyncIterable<MappedSet>): Promise<void> {
  let count = 0;
  for await (const { interchange, group, set, value } of sets) {
    if (count++ > 0) await print("\n");
    const rejected = set.verdict === "R" ? ", rejected" : "";
    const around = `interchange ${interchange.header.control}, group ${group.header.control}`;
    remark(`${set.type} ${set.control} (${around}${rejected})`);
    await print(`${JSON.stringify(value, null, 2)}\n`);
  }
  if (count === 0) remark("There is no transaction set to map.");
}

async function printForMachines(file: string, sets: AsyncIterable<MappedSet>): Promise<void> {
  await print(`{\n  "file": ${JSON.stringify(file)},\n  "sets": [`);
  let separator = "\n";
  for await (const { interchange, group, set, value } of sets) {
    const line = {
      interchange: interchange.header.control,
      group: group.header.control,
      type: set.type,
      control: set.control,
      verdict: set.verdict,
      value,
    };
    await print(`${separator}    ${JSON.stringify(line)}`);
    separator = ",\n";
  }
  await print("\n  ]\n}\n");
}

function compiledMap(name: string, json: unknown): CompiledTransactionMap {
  try {
    return compileTransactionMap(json);
  } catch (error) {
    if (error instanceof TransactionMapError) throw new CannotDo(`${name}: ${error.message}`, exitCodes.badInput);
    throw error;
  }
}
