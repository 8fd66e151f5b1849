import { type Command, Option } from "commander";
import { inboundLibrary } from "../mappings/inbound-library.ts";
import { UnwritableError } from "../x12/index.ts";
import { type AccountOptions, chosenAccount, withAccountOption } from "./account-option.ts";
import { type AcknowledgmentKind, acknowledgmentsOf } from "./acknowledgments.ts";
import { CannotDo, exitCodes } from "./exit.ts";
import { withInput } from "./input.ts";
import { chosenLibrary, chosenShelf, type GuideOptions, withGuideOptions } from "./knowledge-option.ts";
import { isWarning, problemsOf } from "./located-problem.ts";
import { readReport } from "./reading.ts";
import { print, remark } from "./terminal.ts";

interface Options extends AccountOptions, GuideOptions {
  readonly kind?: AcknowledgmentKind;
  readonly lineBreaks?: true;
}

/** `portico acknowledge`: the answer that the gateway would give to a file, without sending anything. */
export function addAcknowledge(program: Command): void {
  const command = program
    .command("acknowledge")
    .summary("write the acknowledgment of a file")
    .description(
      "Writes the acknowledgment that the gateway would send for a file to standard output. Nothing is sent.",
    )
    .argument("<file>", 'the file; "-" reads standard input')
    .addOption(
      new Option(
        "--kind <kind>",
        "which acknowledgment (default: what the account wants, else 997, and a TA1 where it is owed)",
      ).choices(["997", "999", "ta1"]),
    )
    .option("--line-breaks", "each segment on a line of its own");
  withAccountOption(withGuideOptions(command), "an account file, or the id of an account of a running gateway")
    .addHelpText(
      "after",
      `
Each inbound interchange is answered by interchanges of its own: ids turned round, control numbers from 1. A TA1 is owed
where ISA14 asks for it, where the account always wants one, and for every bad envelope. Acknowledgments are not acknowledged.

Exit codes: 0 nothing is wrong with the file, 1 it is bad (and the acknowledgment says so), 2 it could not be read.

Examples:
  $ portico acknowledge order.edi
  $ portico acknowledge order.edi --account samples/accounts/summit-industrial.yaml
  $ portico acknowledge order.edi --kind 999 --line-breaks
  $ portico acknowledge order.edi | portico validate -`,
    )
    .action((file: string, options: Options) => acknowledge(file, options));
}

async function acknowledge(file: string, options: Options): Promise<void> {
  const account = await chosenAccount(options);
  await withInput(file, async (input) => {
    // As the gateway reads what comes in: a set that it has no use for is refused.
    const known = chosenLibrary(options);
    const library = inboundLibrary(known);
    const report = await readReport(input, library, account, chosenShelf(options, known));
    const problems = problemsOf(report);
    // What is wrong with the file itself no acknowledgment can say.
    for (const problem of report.problems) remark(problem.message);
    const kind = options.kind ?? null;
    const { interchanges, remarks } = written(() =>
      acknowledgmentsOf(report, { library, account, kind, lineBreaks: options.lineBreaks === true, at: new Date() }),
    );
    for (const text of remarks) remark(text);
    for (const bytes of interchanges) await print(Buffer.from(bytes).toString("utf8"));
    process.exitCode = problems.every(isWarning) ? exitCodes.good : exitCodes.badInput;
  });
}

function written<Result>(write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    if (error instanceof UnwritableError) throw new CannotDo(`The acknowledgment can't be written: ${error.message}`);
    throw error;
  }
}
