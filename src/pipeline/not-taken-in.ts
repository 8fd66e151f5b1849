/** What becomes of an interchange that is not taken in: kept in every case, with the reason, and what a person can do. */
import type { AccountMatch } from "../accounts/matching.ts";
import { tell } from "../store/events.ts";
import { type Interchange, type NewInterchange, updateInterchange } from "../store/interchanges.ts";
import { openWorkItem } from "../store/work-items.ts";
import type { FileReport, InterchangeReport, Problem } from "../x12/index.ts";
import type { NextJob, StepContext } from "./step.ts";

/** No ISA anywhere: nothing to answer with in X12. The problems say what the file seems to be. */
export async function refuseFile({ session, log }: StepContext, id: string, report: FileReport): Promise<NextJob[]> {
  const first = report.problems[0];
  const message = first?.message ?? "There is no interchange in the file.";
  await updateInterchange(session, id, {
    status: "rejected",
    verdict: "R",
    problems: report.problems,
    reason: { code: first?.code ?? "not-x12", message },
  });
  await tell(session, { interchangeId: id }, "rejected", message);
  log.info({ interchange: id, code: first?.code }, "file rejected");
  return [];
}

/** Nothing in it counts. The account, if anyone is known to have sent it, gets a TA1 that says why. */
export async function rejectEnvelope(
  { session, log }: StepContext,
  row: Interchange,
  facts: Partial<NewInterchange>,
  report: InterchangeReport,
  match: AccountMatch,
  submitterAccountId: string | null,
  run: number,
): Promise<NextJob[]> {
  const accountId = match.matched ? match.account : submitterAccountId;
  const worst = facts.problems?.[0];
  await updateInterchange(session, row.id, {
    ...facts,
    accountId,
    status: "rejected",
    verdict: "R",
    reason: { code: `TA1-${worst?.code ?? "022"}`, message: worst?.message ?? "The interchange's envelope is bad." },
  });
  await tell(
    session,
    { interchangeId: row.id },
    "rejected",
    `The envelope is bad: ${worst?.message ?? "see its problems"}`,
  );
  log.info({ interchange: row.id, account: accountId, code: worst?.code }, "interchange rejected");
  // A TA1 about TA1s could go back and forth for ever.
  const onlyAnswers = report.groups.length === 0 && report.ta1s.length > 0;
  return accountId && !onlyAnswers ? [{ name: "acknowledge", ids: { interchange: row.id, run, first: true } }] : [];
}

/** It is right, but nobody's: kept until a person releases it. */
export async function quarantine(
  { session, log }: StepContext,
  row: Interchange,
  facts: Partial<NewInterchange>,
  match: Extract<AccountMatch, { matched: false }>,
  submitterAccountId: string | null,
): Promise<NextJob[]> {
  const message = submitterAccountId ? `${match.message} A token speaks for its own account only.` : match.message;
  await updateInterchange(session, row.id, {
    ...facts,
    accountId: null,
    status: "quarantined",
    reason: { code: match.reason, message },
  });
  await tell(session, { interchangeId: row.id }, "quarantined", message);
  await openWorkItem(session, {
    kind: "quarantined",
    message: `${message} Release it once the account is right.`,
    accountId: submitterAccountId,
    interchangeId: row.id,
  });
  log.warn({ interchange: row.id, reason: match.reason }, "interchange quarantined");
  return [];
}

/** The sender's control number came before with other bytes: either a mistake of theirs, or the same business again. */
export async function setAsideDuplicate(
  { session, log }: StepContext,
  row: Interchange,
  facts: Partial<NewInterchange>,
  { header, offset }: InterchangeReport,
  earlier: Interchange,
  run: number,
): Promise<NextJob[]> {
  const message = `Control number ${header.control} (ISA13) came before, in interchange ${earlier.id}. Send it again with a new one, or ask for its release.`;
  const problem: Problem = {
    level: "interchange",
    code: "025",
    segment: "ISA",
    position: null,
    element: 13,
    component: null,
    repetition: null,
    offset,
    length: null,
    value: header.control,
    loop: null,
    message,
    dataElement: "I12",
  };
  await updateInterchange(session, row.id, {
    ...facts,
    status: "duplicate",
    verdict: "R",
    problems: [problem, ...(facts.problems ?? [])],
    reason: { code: "duplicate-control-number", message },
  });
  await tell(session, { interchangeId: row.id }, "duplicate", message);
  await openWorkItem(session, {
    kind: "duplicate-interchange",
    message,
    accountId: facts.accountId ?? null,
    interchangeId: row.id,
  });
  log.warn({ interchange: row.id, earlier: earlier.id }, "duplicate control number");
  return [{ name: "acknowledge", ids: { interchange: row.id, run, first: true } }];
}
