import type { Problem, Verdict } from "../problem.ts";
import type { GroupReport, SetReport } from "../report.ts";
import type { OutSegment } from "../transaction-set.ts";

/** Most syntax error codes that AK5, IK5 and AK9 have room for. */
const mostCodes = 5;

/** Whether the group is rejected whole, for its own envelope: then no set in it is accepted, however right it is. */
export function isRejectedWhole(group: GroupReport): boolean {
  return group.verdict === "R" && errorsOf(group).length > 0;
}

/** What rejects the group; how we came to read it (a warning) is nothing that AK9 has a code for. */
function errorsOf(group: GroupReport): readonly Problem[] {
  return group.problems.filter(({ severity }) => severity !== "warning");
}

/** AK501 of a set: what became of it in its group. */
export function setOutcome(group: GroupReport, set: SetReport): Verdict {
  return isRejectedWhole(group) ? "R" : set.verdict;
}

/** Codes without repeats, as many as there is room for. */
export function codesThatFit(codes: readonly string[]): string[] {
  return [...new Set(codes)].slice(0, mostCodes);
}

/** AK9, the same in 997 and 999: the group's verdict, sets as declared, received and accepted, and what is wrong with it. */
export function groupTrailer(group: GroupReport): OutSegment {
  const received = group.transactionSets.length;
  const accepted = group.transactionSets.filter((set) => setOutcome(group, set) !== "R").length;
  const codes = codesThatFit(errorsOf(group).map((problem) => problem.code));
  const counts = [group.includedCount ?? received, received, accepted].map(String);
  return ["AK9", group.verdict, ...counts, ...codes];
}
