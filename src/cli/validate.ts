import type { Command } from "commander";
import type { FileReport } from "../x12/index.ts";
import { type AccountOptions, chosenAccount, withAccountOption } from "./account-option.ts";
import { excerptOf } from "./excerpt.ts";
import { exitCodes } from "./exit.ts";
import { type Input, withInput } from "./input.ts";
import { chosenLibrary, chosenShelf, type GuideOptions, withGuideOptions } from "./knowledge-option.ts";
import { codeOf, isWarning, type LocatedProblem, omittedOf, problemsOf } from "./located-problem.ts";
import { readReport } from "./reading.ts";
import { colour, counted, lineWidth, print, printable, printJson } from "./terminal.ts";
import { validationJson } from "./validation-json.ts";

interface Options extends AccountOptions, GuideOptions {
  readonly json?: true;
}

/** `portico validate`: what is wrong with a file, each problem where it stands. */
export function addValidate(program: Command): void {
  const command = program
    .command("validate")
    .summary("say what is wrong with a file, and where")
    .description(
      "Checks a file of X12 interchanges against the standard and, with --account, against the account's guides.",
    )
    .argument("<file>", 'the file; "-" reads standard input')
    .option("--json", "one JSON object for machines");
  withAccountOption(withGuideOptions(command), "an account file, or the id of an account of a running gateway")
    .addHelpText(
      "after",
      `
Exit codes: 0 nothing is wrong, or no more than a guide warns of, 1 problems were found, 2 the file could not be read.

Examples:
  $ portico validate order.edi
  $ portico validate order.edi --account samples/accounts/harbor-retail.yaml
  $ portico validate order.edi --account harbor-retail --url http://localhost:8080
  $ curl -s https://partner.example/order.edi | portico validate - --json`,
    )
    .action((file: string, options: Options) => validate(file, options));
}

async function validate(file: string, options: Options): Promise<void> {
  const account = await chosenAccount(options);
  await withInput(file, async (input) => {
    const library = chosenLibrary(options);
    const report = await readReport(input, library, account, chosenShelf(options, library));
    const problems = problemsOf(report);
    if (options.json) await printJson(validationJson(file, report));
    else await printProblems(input, report, problems);
    process.exitCode = problems.every(isWarning) ? exitCodes.good : exitCodes.badInput;
  });
}

async function printProblems(input: Input, report: FileReport, problems: readonly LocatedProblem[]): Promise<void> {
  for (const located of problems) await print(await describe(input, located));
  await print(`${summaryOf(input.name, report, problems)}\n`);
}

/** How far an excerpt and its message are set in. */
const margin = "  ";

async function describe(input: Input, located: LocatedProblem): Promise<string> {
  const { problem, interchange } = located;
  const lines = [`${colour.bold(printable(placeOf(located)))}  ${colour.dim(printable(codeOf(problem)))}`];
  const excerpt = await excerptOf(input, problem, interchange?.delimiters ?? null, lineWidth - margin.length);
  if (excerpt !== null) lines.push(margin + excerpt.text, margin + colour.red(excerpt.marks));
  lines.push(margin + printable(problem.message), "");
  return lines.map((line) => `${line}\n`).join("");
}

/** `850 0002, segment 7 (DTM), element 2, byte 701`. */
function placeOf({ problem, interchange, group, set }: LocatedProblem): string {
  const { segment, position, element, component, repetition, offset, loop } = problem;
  const parts = [
    set !== null
      ? `${set.type} ${set.control}`
      : group !== null
        ? `group ${group.header.control}`
        : interchange !== null
          ? `interchange ${interchange.header.control}`
          : "file",
  ];
  if (position !== null) parts.push(`segment ${position}${segment === null ? "" : ` (${segment})`}`);
  else if (segment !== null) parts.push(segment);
  if (loop !== null) parts.push(`loop ${loop}`);
  if (element !== null) parts.push(`element ${element}`);
  if (component !== null) parts.push(`component ${component}`);
  if (repetition !== null) parts.push(`repetition ${repetition}`);
  if (offset !== null) parts.push(`byte ${offset}`);
  return parts.join(", ");
}

function summaryOf(name: string, report: FileReport, problems: readonly LocatedProblem[]): string {
  const shown = printable(name === "-" ? "standard input" : name);
  const groups = report.interchanges.flatMap((interchange) => interchange.groups);
  const sets = report.interchanges.flatMap((interchange) =>
    interchange.groups.flatMap((group) => {
      const lost = interchange.verdict === "R" || group.verdict === "R";
      return group.transactionSets.map((set) => !lost && set.verdict !== "R");
    }),
  );
  const accepted = sets.filter(Boolean).length;
  const warnings = problems.filter(isWarning).length;
  const errors = problems.length - warnings + omittedOf(report);
  const found = [errors === 0 ? colour.green("no problems") : colour.red(counted(errors, "problem"))];
  if (warnings > 0) found.push(colour.yellow(counted(warnings, "warning")));
  const omitted = omittedOf(report) > 0 ? ` (the first ${problems.length} are shown)` : "";
  if (report.interchanges.length === 0) return `${shown}: ${found.join(", ")}.`;
  const content = [counted(report.interchanges.length, "interchange"), counted(groups.length, "group")];
  if (sets.length === 0) content.push("no transaction sets");
  else content.push(counted(sets.length, "transaction set"), `${accepted === sets.length ? "all" : accepted} accepted`);
  return `${shown}: ${found.join(", ")}${omitted} in ${content.join(", ")}.`;
}
