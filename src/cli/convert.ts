import { type Command, Option } from "commander";
import {
  fromJsediNotation,
  JsediError,
  LosslessJsonError,
  losslessBytes,
  losslessJsonText,
  toJsediNotation,
  UnwritableError,
} from "../x12/index.ts";
import { CannotDo, exitCodes } from "./exit.ts";
import { withInput } from "./input.ts";
import { type Output, withOutput } from "./output.ts";
import { readJson, wholeFile } from "./whole-file.ts";

interface Options {
  readonly to: keyof typeof conversions;
  readonly output?: string;
}

/** `portico convert`: X12 as JSON, and JSON as X12. */
export function addConvert(program: Command): void {
  program
    .command("convert")
    .summary("turn X12 into JSON, and back")
    .description(
      "Turns a file of X12 into JSON from which the identical bytes can be had again, or into node-x12's JSEDINotation; or either of them into X12.",
    )
    .argument("<file>", 'the file; "-" reads standard input')
    .addOption(
      new Option("--to <form>", "json (lossless), jsedi (JSEDINotation), or x12 from either of them")
        .choices(Object.keys(conversions))
        .makeOptionMandatory(),
    )
    .option("-o, --output <file>", "where to put it (default: standard output)")
    .addHelpText(
      "after",
      `
Nothing is checked: a bad file becomes JSON as well, and the same bad file again. To json, memory does not grow with the file.
JSEDINotation holds no trailers (they are counted anew), nothing outside transaction sets, and text only.

Exit codes: 0 done, 1 the input can't be turned into that, 2 it could not be read or written.

Examples:
  $ portico convert order.edi --to json -o order.json
  $ portico convert order.json --to x12 | cmp - order.edi
  $ portico convert order.edi --to jsedi`,
    )
    .action((file: string, options: Options) => convert(file, options));
}

async function convert(file: string, options: Options): Promise<void> {
  try {
    await withOutput(options.output, (output) => conversions[options.to](file, output));
  } catch (error) {
    if (error instanceof LosslessJsonError || error instanceof JsediError || error instanceof UnwritableError) {
      throw new CannotDo(`${file === "-" ? "Standard input" : file}: ${error.message}`, exitCodes.badInput);
    }
    throw error;
  }
}

const conversions = { json: toJson, jsedi: toJsedi, x12: toX12 } as const;

function toJson(file: string, output: Output): Promise<void> {
  return withInput(file, async (input) => {
    for await (const piece of losslessJsonText(input.chunks())) await output.write(piece);
  });
}

/** One interchange as an object, several as a list, as node-x12 has them. */
function toJsedi(file: string, output: Output): Promise<void> {
  return withInput(file, async (input) => {
    const interchanges = toJsediNotation(await wholeFile(input));
    const notation = interchanges.length === 1 ? interchanges[0] : interchanges;
    await output.write(`${JSON.stringify(notation, null, 2)}\n`);
  });
}

async function toX12(file: string, output: Output): Promise<void> {
  const json = await readJson(file);
  if (typeof json === "object" && json !== null && "interchanges" in json) {
    for (const bytes of losslessBytes(json)) await output.write(bytes);
    return;
  }
  for (const notation of Array.isArray(json) ? json : [json]) await output.write(fromJsediNotation(notation));
}
