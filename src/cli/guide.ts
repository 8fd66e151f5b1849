import type { Command } from "commander";
import { type EffectiveGuide, effectiveGuide, noGuide } from "../x12/index.ts";
import { CannotDo, exitCodes, outcomeOf } from "./exit.ts";
import { type GatewayOptions, withGatewayOptions } from "./gateway-client.ts";
import { askedText, type GuideDifference, guideDifferences } from "./guide-diff.ts";
import { type GuideSource, guideSource, schemaFor, setsOf } from "./guide-source.ts";
import { guideMarkdown } from "./guide-table.ts";
import { guideView } from "./guide-view.ts";
import { chosenLibrary, chosenShelf, type GuideOptions, withGuideOptions } from "./knowledge-option.ts";
import { counted, print, printable, printJson, table } from "./terminal.ts";

interface Options extends GatewayOptions, GuideOptions {
  readonly set?: string;
  /** X12 version; our own is the program's, not a command's. */
  readonly version?: string;
  readonly json?: true;
}

interface ShowOptions extends Options {
  readonly all?: true;
}

/** `portico guide`: what an account asks for beyond the standard. */
export function addGuide(program: Command): void {
  const guide = program
    .command("guide")
    .summary("show an account's guide, and compare two")
    .description("What accounts ask for beyond the standard: their guides stacked on it, the later over the earlier.")
    .addHelpText(
      "after",
      `
Examples:
  $ portico guide show samples/accounts/harbor-retail.yaml --set 850
  $ portico guide diff samples/accounts/harbor-retail.yaml samples/accounts/summit-industrial.yaml`,
    );

  withOptions(
    guide
      .command("show")
      .description("Shows the effective guide as Markdown: segment by segment, and which guide asks for what.")
      .argument("<account or guide>", "an account file or id, a guide file, or a guide's name in the folder of guides")
      .option("--all", "the elements of every segment, not only of those that a guide speaks of"),
  )
    .addHelpText(
      "after",
      `
Exit codes: 0 done, 1 a guide is wrong, 2 it could not be read.

Examples:
  $ portico guide show samples/accounts/harbor-retail.yaml --set 850
  $ portico guide show harbor-retail --set 855 --json
  $ portico guide show industry/vics-850 --guides guides/ --version 005010`,
    )
    .action(show);

  withOptions(
    guide
      .command("diff")
      .description("Says what two accounts, or two guides, ask for differently. Names of guides don't count.")
      .argument("<a>", "an account file or id, a guide file, or a guide's name in the folder of guides")
      .argument("<b>", "another one"),
  )
    .addHelpText(
      "after",
      `
Exit codes: 0 they ask for the same, 1 they differ, 2 it could not be read or done.

Examples:
  $ portico guide diff samples/accounts/harbor-retail.yaml samples/accounts/summit-industrial.yaml
  $ portico guide diff old.yaml new.yaml --set 850 --json`,
    )
    .action(diff);
}

function withOptions(command: Command): Command {
  command
    .option("--set <type>", "only this set: 850 (default: every set that a guide is about)")
    .option("--version <version>", "version of the standard: 004010 (default: the account's)")
    .option("--json", "one JSON object for machines");
  return withGatewayOptions(withGuideOptions(command));
}

async function show(named: string, options: ShowOptions): Promise<void> {
  const library = chosenLibrary(options);
  const source = await guideSource(named, chosenShelf(options, library), options);
  const sets = options.set === undefined ? setsOf(source) : [options.set];
  const views = sets.map((set) => {
    const schema = schemaFor(source, set, options.version, library);
    const guides = source.guides.filter((guide) => guide.set === set);
    const names = guides.map(({ name }) => name);
    return guideView(schema, effectiveGuide(schema, guides), names);
  });
  if (options.json) return printJson({ of: source.name, sets: views });
  if (views.length === 0) return print(`${printable(source.name)} has no guide; --set shows the standard.\n`);
  const pages = views.map((view) => guideMarkdown(view, source.name, options.all === true));
  await print(pages.map((page) => page.split("\n").map(printable).join("\n")).join("\n"));
}

async function diff(first: string, second: string, options: Options): Promise<void> {
  const { a, b, differences } = await compared(first, second, options).catch((error: unknown) => {
    // 1 says that they differ: what is wrong with one of them must not say the same.
    const { lines, exitCode } = outcomeOf(error);
    throw exitCode === exitCodes.badInput ? new CannotDo(lines.join("\n")) : error;
  });
  if (options.json) await printJson({ a: a.name, b: b.name, differences });
  else await printDifferences(a, b, differences);
  process.exitCode = differences.length === 0 ? exitCodes.good : exitCodes.badInput;
}

interface Compared {
  readonly a: GuideSource;
  readonly b: GuideSource;
  readonly differences: readonly GuideDifference[];
}

async function compared(first: string, second: string, options: Options): Promise<Compared> {
  const library = chosenLibrary(options);
  const shelf = chosenShelf(options, library);
  const a = await guideSource(first, shelf, options);
  const b = await guideSource(second, shelf, options);
  const sets = options.set === undefined ? [...new Set([...setsOf(a), ...setsOf(b)])].sort() : [options.set];
  const effectively = (source: GuideSource, set: string): EffectiveGuide => {
    const guides = source.guides.filter((guide) => guide.set === set);
    return guides.length === 0 ? noGuide : effectiveGuide(schemaFor(source, set, options.version, library), guides);
  };
  const differences = sets.flatMap((set) => guideDifferences(set, effectively(a, set), effectively(b, set)));
  return { a, b, differences };
}

async function printDifferences(
  a: GuideSource,
  b: GuideSource,
  differences: readonly GuideDifference[],
): Promise<void> {
  if (differences.length === 0) return print(`${printable(a.name)} and ${printable(b.name)} ask for the same.\n`);
  const rows = differences.map((one) => [`${one.set} ${one.about}`, askedText(one.a), askedText(one.b)].map(printable));
  await print(table([["what", printable(a.name), printable(b.name)], ...rows]));
  await print(`${counted(differences.length, "difference")}.\n`);
}
