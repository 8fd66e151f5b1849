import { type Command, InvalidArgumentError } from "commander";
import { exitCodes } from "./exit.ts";
import { walkFile } from "./file-walk.ts";
import { withInput } from "./input.ts";
import { InspectionCollector } from "./inspection-json.ts";
import { InspectionPrinter } from "./inspection-tree.ts";
import { chosenLibrary, type SchemaOptions, withSchemaOption } from "./knowledge-option.ts";
import { isWarning, problemsOf } from "./located-problem.ts";
import { readReport } from "./reading.ts";
import { printJson } from "./terminal.ts";

interface Options extends SchemaOptions {
  readonly json?: true;
  readonly brief?: true;
  readonly maxSegments?: number;
}

/** A JSON object is made in memory: it holds this many segments unless more are asked for. */
const segmentsInJson = 100_000;

/** `portico inspect`: what is in a file, with the standard's names. */
export function addInspect(program: Command): void {
  const command = program
    .command("inspect")
    .summary("show what is in a file, with names")
    .description(
      "Shows interchanges, groups, transaction sets, loops and segments as an indented tree, with the standard's names. What is wrong is marked where it stands.",
    )
    .argument("<file>", 'the file; "-" reads standard input')
    .option("-b, --brief", "one line for each segment, as it stands in the file")
    .option(
      "--max-segments <number>",
      `stop after so many segments (default: all; with --json ${segmentsInJson})`,
      wholeNumber,
    )
    .option("--json", "one JSON object for machines");
  withSchemaOption(command)
    .addHelpText(
      "after",
      `
Exit codes: 0 nothing is wrong, or no more than a warning says, 1 the file has problems, 2 it could not be read.

Examples:
  $ portico inspect order.edi
  $ portico inspect order.edi --brief | less
  $ portico inspect large.edi --max-segments 200
  $ portico inspect - --json < order.edi`,
    )
    .action((file: string, options: Options) => inspect(file, options));
}

async function inspect(file: string, options: Options): Promise<void> {
  await withInput(file, async (input) => {
    const library = chosenLibrary(options);
    const report = await readReport(input, library, null);
    if (options.json) {
      const collector = new InspectionCollector(report, options.maxSegments ?? segmentsInJson);
      await walkFile(input, report, library, collector);
      await printJson({ file, ...collector.result() });
    } else {
      const most = options.maxSegments ?? Number.POSITIVE_INFINITY;
      const printer = new InspectionPrinter(report, { brief: options.brief === true, most });
      await walkFile(input, report, library, printer);
      await printer.end();
    }
    process.exitCode = problemsOf(report).every(isWarning) ? exitCodes.good : exitCodes.badInput;
  });
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new InvalidArgumentError("It must be a whole number from 1.");
  return Number(text);
}
