import type { FileReport, Problem } from "../x12/index.ts";

/**
 * What `validate --json` prints. Machines rely on these keys and on no others: sender and receiver are `qualifier/id`,
 * usage is ISA15.
 */
export function validationJson(file: string, report: FileReport) {
  return {
    file,
    interchanges: report.interchanges.map(({ header, problems, groups }) => ({
      control: header.control,
      sender: `${header.senderQualifier}/${header.senderId}`,
      receiver: `${header.receiverQualifier}/${header.receiverId}`,
      usage: header.usage,
      problems: problems.map(problemJson),
      groups: groups.map((group) => ({
        control: group.header.control,
        functionalId: group.header.functionalId,
        version: group.header.version,
        verdict: group.verdict,
        problems: group.problems.map(problemJson),
        transactionSets: group.transactionSets.map((set) => ({
          type: set.type,
          control: set.control,
          verdict: set.verdict,
          problems: set.problems.map(problemJson),
        })),
      })),
    })),
    problems: report.problems.map(problemJson),
  };
}

/**
 * A problem in the order of the keys that is written down for it, without what only we ourselves need: that it is a
 * warning stands at the beginning of its message.
 */
export function problemJson(problem: Problem): Omit<Problem, "dataElement" | "severity"> {
  return {
    level: problem.level,
    code: problem.code,
    segment: problem.segment,
    position: problem.position,
    element: problem.element,
    component: problem.component,
    repetition: problem.repetition,
    offset: problem.offset,
    length: problem.length,
    value: problem.value,
    loop: problem.loop,
    message: problem.message,
  };
}
