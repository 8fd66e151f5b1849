import { randomUUID } from "node:crypto";
import type { AccountProfile } from "../accounts/account.ts";
import { tell } from "../store/events.ts";
import { insertInterchange } from "../store/interchanges.ts";
import { openWorkItem } from "../store/work-items.ts";
import { type Draft, outputOf } from "./draft.ts";
import { checkOutgoing } from "./outgoing-check.ts";
import type { NextJob, StepContext } from "./step.ts";

/** What an outgoing interchange is about. */
export interface OutgoingFacts {
  readonly purpose: "acknowledgment" | "document";
  /** What it is, for people: "997", "TA1", "855 for order 4500012345". */
  readonly name: string;
  /** The inbound interchange whose story it belongs to. */
  readonly inboundId: string | null;
  readonly documentId: string | null;
}

/**
 * Writes a draft down as an outgoing interchange, if it passes our own check; a draft that does not pass is held for a
 * person, and never leaves.
 */
export async function prepareOutgoing(
  context: StepContext,
  profile: AccountProfile,
  draft: Draft,
  facts: OutgoingFacts,
): Promise<NextJob[]> {
  const { session } = context;
  const faults = await checkOutgoing(context, profile, draft);
  const id = randomUUID();
  const held = faults.length > 0;
  const reason = held ? { code: "own-check-failed", message: faults.slice(0, 20).join("\n") } : null;
  await insertInterchange(session, {
    id,
    direction: "outbound",
    status: held ? "held" : "draft",
    accountId: profile.id,
    usage: draft.usage,
    ...draft.parties,
    version: outputOf(profile, draft).interchangeVersion,
    purpose: facts.purpose,
    answersId: facts.inboundId,
    draft,
    reason,
  });
  const documentId = facts.documentId;
  if (held) {
    const message = `The ${facts.name} is held: our own check found ${faults.length === 1 ? "a fault" : `${faults.length} faults`} in it. ${faults[0]}`;
    await tell(session, { interchangeId: id, documentId }, "held", message);
    if (facts.inboundId) await tell(session, { interchangeId: facts.inboundId }, "held", message);
    await openWorkItem(session, { kind: "held", message, accountId: profile.id, interchangeId: id, documentId });
    context.log.error({ interchange: id, account: profile.id, faults: faults.length }, "outgoing interchange held");
    return [];
  }
  await tell(session, { interchangeId: id, documentId }, "generated", `${facts.name} generated and checked.`);
  if (facts.inboundId)
    await tell(session, { interchangeId: facts.inboundId }, "generated", `${facts.name} generated and checked.`);
  return [{ name: "envelope", ids: { interchange: id } }];
}
