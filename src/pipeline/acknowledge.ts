import type { AccountProfile } from "../accounts/account.ts";
import { outputDelimiters } from "../accounts/x12-output.ts";
import { NeedsHuman } from "../errors.ts";
import {
  findGroups,
  findInterchange,
  findTransactionSets,
  type Group,
  type Interchange,
  markTold,
  type TransactionSetRow,
} from "../store/interchanges.ts";
import {
  acceptedVersion,
  functionalAcknowledgment997,
  type GroupReport,
  implementationAcknowledgment999,
  interchangeAcknowledgment,
  isAcknowledgment,
  version997,
} from "../x12/index.ts";
import { type Draft, type DraftGroup, outputOf, partiesAnswering } from "./draft.ts";
import { prepareOutgoing } from "./outgoing.ts";
import type { NextJob, Step, StepContext } from "./step.ts";

/** The implementation guide that our 999 follows (ST03, and GS08 of its group). */
const implementationGuide999 = "005010X231A1";

/** TA1, 997 or 999: what we tell the account of an interchange that came in. */
export const acknowledge: Step<"acknowledge"> = {
  name: "acknowledge",

  async run(context, { interchange: id, first }) {
    const { session } = context;
    const inbound = await findInterchange(session, id);
    const accountId = inbound?.accountId;
    const profile = accountId && (await context.directory.load(session)).profile(accountId);
    if (!inbound || !profile)
      throw new NeedsHuman("interchange.missing", `There is no interchange ${id} of a known account.`);
    const usage = inbound.usage ?? "production";
    const base = { parties: partiesAnswering(inbound, profile, usage), usage };
    const groups = await findGroups(session, id);
    const next: NextJob[] = [];

    if (interchangeIsAnswered(inbound, groups, profile, first)) {
      const draft: Draft = { ...base, ta1s: [interchangeAcknowledgment(ta1FactsOf(inbound))], groups: [] };
      next.push(...(await prepare(context, profile, draft, "TA1", id)));
    }

    const answered =
      inbound.status === "rejected" || inbound.status === "duplicate" ? [] : await groupsToAnswer(context, id, groups);
    if (answered.length > 0) {
      const draft: Draft = {
        ...base,
        ta1s: [],
        groups: answered.map(([group, sets]) => answerGroup(context, profile, base, group, sets)),
      };
      const leaves = await prepare(context, profile, draft, profile.acknowledgments.kind, id);
      // What is held has told the account nothing: a replay, after a fix, makes it anew.
      if (leaves.length > 0) await markTold(session, id);
      next.push(...leaves);
    }
    return next;
  },
};

function prepare(
  context: StepContext,
  profile: AccountProfile,
  draft: Draft,
  name: string,
  inboundId: string,
): Promise<NextJob[]> {
  return prepareOutgoing(context, profile, draft, { purpose: "acknowledgment", name, inboundId, documentId: null });
}

/**
 * A TA1 goes where the sender asks for one, where the account always wants one, and for every bad envelope. Never for an
 * interchange that holds nothing but acknowledgments. A replay of what was taken in before answers the envelope no second
 * time.
 */
function interchangeIsAnswered(
  inbound: Interchange,
  groups: readonly Group[],
  profile: AccountProfile,
  first: boolean,
): boolean {
  if (inbound.status === "rejected" || inbound.status === "duplicate") return true;
  if (groups.length === 0 || groups.every((group) => isAcknowledgment(reportOf(group, [])))) return false;
  return first && (inbound.acknowledgmentRequested || profile.acknowledgments.interchange === "always");
}

/** The groups of which the account has not been told what we think now, each with its sets. */
async function groupsToAnswer(
  { session }: StepContext,
  interchangeId: string,
  groups: readonly Group[],
): Promise<[Group, TransactionSetRow[]][]> {
  const sets = await findTransactionSets(session, interchangeId);
  return groups
    .filter((group) => !isAcknowledgment(reportOf(group, [])))
    .map((group): [Group, TransactionSetRow[]] => [group, sets.filter((set) => set.groupId === group.id)])
    .filter(([, of]) => of.length === 0 || of.some((set) => set.told !== set.verdict));
}

/** One functional group of ours for one of theirs: its application codes turned round, in its version. */
function answerGroup(
  { library }: StepContext,
  profile: AccountProfile,
  to: Pick<Draft, "parties" | "usage">,
  group: Group,
  sets: readonly TransactionSetRow[],
): DraftGroup {
  const report = reportOf(group, sets);
  const listAccepted = profile.acknowledgments.listAccepted;
  const output = outputOf(profile, { ...to, groups: [{ receiverCode: group.senderCode }] });
  const delimiters = outputDelimiters(output);
  const back = { functionalId: "FA", senderCode: group.receiverCode, receiverCode: group.senderCode };
  if (profile.acknowledgments.kind === "999") {
    const segments = implementationAcknowledgment999(report, { listAccepted, delimiters });
    return {
      ...back,
      version: implementationGuide999,
      sets: [{ type: "999", implementation: implementationGuide999, segments }],
    };
  }
  const readBy = acceptedVersion(library, group.version, profile.acceptVersions);
  const version = version997(library, group.version, readBy ?? output.version);
  const segments = functionalAcknowledgment997(report, { version, listAccepted, delimiters });
  return { ...back, version, sets: [{ type: "997", segments }] };
}

/** What was stored of a group, in the engine's own words again. */
function reportOf(group: Group, sets: readonly TransactionSetRow[]): GroupReport {
  const { functionalId, senderCode, receiverCode, date, time, control, agency, version } = group;
  return {
    header: { functionalId, senderCode, receiverCode, date, time, control, agency, version },
    verdict: group.verdict,
    problems: group.problems,
    includedCount: group.includedCount,
    offset: group.offset ?? 0,
    length: group.length ?? 0,
    transactionSets: sets.map((set) => ({
      type: set.type,
      control: set.control,
      implementation: set.implementation,
      verdict: set.verdict,
      problems: set.problems,
      problemsOmitted: set.problemsOmitted,
      offset: set.offset ?? 0,
      length: set.length ?? 0,
      segmentCount: set.segmentCount ?? 0,
    })),
  };
}

function ta1FactsOf(inbound: Interchange) {
  const refused = inbound.status === "rejected" || inbound.status === "duplicate";
  const problems = inbound.problems.filter((problem) => problem.level === "interchange");
  return {
    header: { control: inbound.control ?? "", date: inbound.date ?? "", time: inbound.time ?? "" },
    verdict: refused ? ("R" as const) : problems.length > 0 ? ("E" as const) : ("A" as const),
    problems,
  };
}
