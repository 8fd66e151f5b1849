import type { FileReport, GroupReport, InterchangeReport, Problem, ProblemLevel, SetReport } from "../x12/index.ts";

/** A problem together with the parts of the file that it belongs to. */
export interface LocatedProblem {
  readonly problem: Problem;
  readonly interchange: InterchangeReport | null;
  readonly group: GroupReport | null;
  readonly set: SetReport | null;
}

/** Every problem of a file, in the order of their places. */
export function problemsOf(report: FileReport): LocatedProblem[] {
  const found: LocatedProblem[] = [];
  const add = (
    problems: readonly Problem[],
    interchange: InterchangeReport | null,
    group: GroupReport | null,
    set: SetReport | null,
  ) => {
    for (const problem of problems) found.push({ problem, interchange, group, set });
  };
  add(report.problems, null, null, null);
  for (const interchange of report.interchanges) {
    add(interchange.problems, interchange, null, null);
    for (const group of interchange.groups) {
      add(group.problems, interchange, group, null);
      for (const set of group.transactionSets) add(set.problems, interchange, group, set);
    }
  }
  return found.sort((a, b) => (a.problem.offset ?? 0) - (b.problem.offset ?? 0));
}

/** Whether a problem is no more than a guide's warning: it rejects nothing. */
export function isWarning({ problem }: LocatedProblem): boolean {
  return problem.severity === "warning";
}

/** How many problems were found and not kept, for there were too many. */
export function omittedOf(report: FileReport): number {
  let omitted = 0;
  for (const interchange of report.interchanges) {
    omitted += interchange.problemsOmitted;
    for (const group of interchange.groups) for (const set of group.transactionSets) omitted += set.problemsOmitted;
  }
  return omitted;
}

/** The element of the acknowledgments whose code list a problem's code is from. */
const codeElements: Readonly<Record<ProblemLevel, string>> = {
  file: "",
  interchange: "TA105",
  group: "AK905",
  set: "AK502",
  segment: "AK304",
  element: "AK403",
};

/** The code as it is looked up: "AK403 8", "not-x12". */
export function codeOf(problem: Problem): string {
  return `${codeElements[problem.level]} ${problem.code}`.trim();
}
