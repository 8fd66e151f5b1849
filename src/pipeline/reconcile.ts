import { NeedsHuman } from "../errors.ts";
import { tell } from "../store/events.ts";
import { readFileRange } from "../store/files.ts";
import {
  closeOneSet,
  countUnansweredGroups,
  findGroups,
  findInterchange,
  findSentGroup,
  findSentInterchange,
  findTransactionSets,
  type Interchange,
  updateGroup,
  updateInterchange,
  updateTransactionSet,
} from "../store/interchanges.ts";
import { openWorkItem } from "../store/work-items.ts";
import {
  acceptedVersion,
  type ReceivedAcknowledgment,
  readInterchanges,
  readTransactionSet,
  receivedAcknowledgment,
  type Ta1Received,
  ta1Problems,
  type Verdict,
} from "../x12/index.ts";
import { interchangeControl } from "./draft.ts";
import type { Step, StepContext } from "./step.ts";

interface Answers {
  readonly ta1s: readonly Ta1Received[];
  readonly acknowledgments: readonly ReceivedAcknowledgment[];
}

/** The account's own TA1, 997 or 999 against what we sent. */
export const reconcile: Step<"reconcile", Answers> = {
  name: "reconcile",

  async prepare({ database, library, directory }, { interchange: id }) {
    const { session } = database;
    const inbound = await findInterchange(session, id);
    if (!inbound?.fileId || !inbound.delimiters)
      throw new NeedsHuman("interchange.missing", `There is no interchange ${id}.`);
    const { fileId, delimiters } = inbound;
    const profile = (await directory.load(session)).profile(inbound.accountId ?? "");
    const acknowledgments: ReceivedAcknowledgment[] = [];
    const groups = (await findGroups(session, id)).filter(
      (group) => group.functionalId === "FA" && group.verdict !== "R",
    );
    const sets = (await findTransactionSets(session, id)).filter(
      (set) => set.verdict !== "R" && groups.some((group) => group.id === set.groupId),
    );
    for (const set of sets) {
      const group = groups.find((one) => one.id === set.groupId);
      const version = group ? acceptedVersion(library, group.version, profile?.acceptVersions) : null;
      const bytes = await readFileRange(session, fileId, set.offset ?? 0, set.length ?? 0);
      const schema = version === null ? null : library.set(version, set.type);
      const acknowledgment = receivedAcknowledgment(readTransactionSet(bytes, delimiters, schema));
      if (acknowledgment) acknowledgments.push(acknowledgment);
    }
    // TA1s stand between ISA and GS; the few bytes before the first group hold them all.
    const envelope = await readFileRange(
      session,
      fileId,
      inbound.offset ?? 0,
      (groups[0]?.offset ?? end(inbound)) - (inbound.offset ?? 0),
    );
    const ta1s = (await readInterchanges(envelope, { library })).interchanges.flatMap(
      (interchange) => interchange.ta1s,
    );
    return { ta1s, acknowledgments };
  },

  async run(context, { interchange: id }, { ta1s, acknowledgments }) {
    const { session } = context;
    const inbound = await findInterchange(session, id);
    if (!inbound) throw new NeedsHuman("interchange.missing", `There is no interchange ${id}.`);
    for (const ta1 of ta1s) await takeTa1(context, inbound, ta1);
    for (const acknowledgment of acknowledgments) await takeAcknowledgment(context, inbound, acknowledgment);
    if (await closeOneSet(session, id))
      await tell(session, { interchangeId: id }, "processed", "Everything in it is done.");
    return [];
  },
};

const end = (interchange: Interchange): number => (interchange.offset ?? 0) + (interchange.length ?? 0);

function scopeOf(inbound: Interchange): { accountId: string; usage: "production" | "test" } {
  return { accountId: inbound.accountId ?? "", usage: inbound.usage ?? "production" };
}

async function takeTa1({ session }: StepContext, inbound: Interchange, ta1: Ta1Received): Promise<void> {
  const control = interchangeControl(Number(ta1.control));
  const sent = await findSentInterchange(session, { ...scopeOf(inbound), control });
  if (!sent) return unmatched(session, inbound, `A TA1 speaks of interchange ${ta1.control}, which we did not send.`);
  const rejected = ta1.status === "R";
  const message = [
    `The account's TA1 ${rejected ? "rejects" : "accepts"} interchange ${ta1.control} (TA105 ${ta1.note}).`,
    ...ta1Problems(ta1).map((problem) => problem.message),
  ].join(" ");
  await tell(session, { interchangeId: sent.id }, "ta1", message);
  await tell(session, { interchangeId: inbound.id }, "ta1", message);
  if (rejected) {
    await updateInterchange(session, sent.id, {
      status: "acknowledged",
      verdict: "R",
      reason: { code: `TA1-${ta1.note}`, message },
    });
    await openWorkItem(session, {
      kind: "rejected-by-account",
      message,
      accountId: sent.accountId,
      interchangeId: sent.id,
    });
  } else if ((await findGroups(session, sent.id)).length === 0) {
    await updateInterchange(session, sent.id, { status: "acknowledged" });
  }
}

async function takeAcknowledgment(
  { session }: StepContext,
  inbound: Interchange,
  answer: ReceivedAcknowledgment,
): Promise<void> {
  const { groupFunctionalId: functionalId } = answer;
  // AK102 is a number: an account may write it with zeros in front.
  const control = answer.groupControl.replace(/^0+(?=\d)/, "");
  const group = await findSentGroup(session, { ...scopeOf(inbound), functionalId, control });
  if (!group)
    return unmatched(
      session,
      inbound,
      `An acknowledgment speaks of group ${functionalId} ${control}, which we did not send.`,
    );
  const verdict = verdictOf(answer.verdict);
  await updateGroup(session, group.id, { answer: verdict, answeredAt: new Date() });
  const sets = (await findTransactionSets(session, group.interchangeId)).filter((set) => set.groupId === group.id);
  for (const set of sets) {
    const said = answer.sets.find((one) => one.control === set.control);
    // A set that is not listed shares the group's verdict: all accepted, or all rejected.
    await updateTransactionSet(session, set.id, {
      answer: said ? verdictOf(said.verdict) : verdict === "R" ? "R" : "A",
      answerProblems: said?.problems ?? [],
    });
  }
  const words = { A: "accepts", E: "accepts with errors", P: "accepts in part", R: "rejects" }[verdict];
  const message = [
    `The account's acknowledgment ${words} group ${functionalId} ${control}.`,
    ...answer.problems.map((problem) => problem.message),
  ].join(" ");
  await tell(session, { interchangeId: group.interchangeId }, "acknowledged", message);
  await tell(session, { interchangeId: inbound.id }, "acknowledged", message);
  if ((await countUnansweredGroups(session, group.interchangeId)) === 0) {
    await updateInterchange(session, group.interchangeId, { status: "acknowledged", verdict });
  }
  if (verdict === "R" || verdict === "P") {
    const { accountId } = scopeOf(inbound);
    await openWorkItem(session, {
      kind: "rejected-by-account",
      message,
      accountId,
      interchangeId: group.interchangeId,
    });
  }
}

/** A, E and P as they are; R, and M, W, X (security) and anything unreadable, mean that it was not taken. */
function verdictOf(said: string | null): Verdict {
  return said === "A" || said === "E" || said === "P" ? said : "R";
}

async function unmatched(session: StepContext["session"], inbound: Interchange, message: string): Promise<void> {
  await tell(session, { interchangeId: inbound.id }, "unmatched", message);
  await openWorkItem(session, {
    kind: "unmatched-acknowledgment",
    message,
    accountId: inbound.accountId,
    interchangeId: inbound.id,
  });
}
