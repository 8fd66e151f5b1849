import { createHash, randomUUID } from "node:crypto";
import { NeedsHuman } from "../errors.ts";
import { takeNumbers } from "../store/counters.ts";
import { addDelivery } from "../store/deliveries.ts";
import { tell } from "../store/events.ts";
import { keepFile } from "../store/files.ts";
import {
  lockInterchange,
  readDraft,
  saveGroup,
  saveTransactionSets,
  updateInterchange,
} from "../store/interchanges.ts";
import { type ControlNumbers, type Draft, interchangeControl, setControl, writeDraft } from "./draft.ts";
import type { NextJob, Step, StepContext } from "./step.ts";

/** ISA13 and GS06 have nine digits; after the last comes 1 again. */
const controlNumbers = 999_999_999;

/**
 * Control numbers, ISA and GS. The numbers, the bytes that carry them and the ledger's row of them are one transaction: a
 * number is neither used twice nor lost.
 */
export const envelope: Step<"envelope"> = {
  name: "envelope",
  runsOn: true,

  async run(context, { interchange: id }) {
    const { session } = context;
    const interchange = await lockInterchange(session, id);
    const draft = (await readDraft(session, id)) as Draft | null;
    if (!interchange?.accountId || interchange.status !== "draft" || !draft) {
      throw new NeedsHuman("interchange.no-draft", `Interchange ${id} is no draft that could be sent.`);
    }
    const accountId = interchange.accountId;
    const profile = (await context.directory.load(session)).profile(accountId);
    if (!profile) throw new NeedsHuman("account.missing", `There is no account ${accountId}.`);

    const at = new Date();
    const numbers = await takeControlNumbers(context, accountId, draft);
    const bytes = writeDraft(draft, profile, numbers, at);
    const control = interchangeControl(numbers.interchange);
    const fileId = randomUUID();
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    await keepFile(
      session,
      {
        id: fileId,
        submitter: "gateway",
        sha256,
        size: bytes.length,
        mediaType: "application/edi-x12",
        name: null,
        receivedAt: at,
      },
      [bytes],
    );
    await updateInterchange(session, id, {
      status: "ready",
      fileId,
      offset: 0,
      length: bytes.length,
      control,
      verdict: "A",
      draft: null,
      sentAt: at,
    });
    await saveLedger(context, id, draft, numbers, at);
    await tell(
      session,
      { interchangeId: id },
      "enveloped",
      `Enveloped as interchange ${control}, ${bytes.length} bytes.`,
    );
    const next = await address(context, id, accountId, profile.delivery);
    if (interchange.answersId) {
      await tell(
        session,
        { interchangeId: interchange.answersId },
        "answered",
        `${nameOf(draft)} is ready for the account as interchange ${control}.`,
      );
    }
    context.log.info({ interchange: id, account: accountId, control }, "interchange ready");
    return next;
  },
};

async function takeControlNumbers({ session }: StepContext, accountId: string, draft: Draft): Promise<ControlNumbers> {
  const wrap = (number: number) => ((number - 1) % controlNumbers) + 1;
  const of = (kind: string) => `control ${kind} ${accountId} ${draft.usage}`;
  return {
    interchange: wrap(await takeNumbers(session, of("ISA13"))),
    firstGroup: draft.groups.length === 0 ? 0 : wrap(await takeNumbers(session, of("GS06"), draft.groups.length)),
  };
}

/** Every group and set that leaves, by its numbers: what an acknowledgment is matched against later. */
async function saveLedger(
  { session }: StepContext,
  interchangeId: string,
  draft: Draft,
  numbers: ControlNumbers,
  at: Date,
): Promise<void> {
  for (const [ordinal, group] of draft.groups.entries()) {
    const groupId = await saveGroup(session, {
      id: randomUUID(),
      interchangeId,
      ordinal,
      functionalId: group.functionalId,
      senderCode: group.senderCode,
      receiverCode: group.receiverCode,
      version: group.version,
      control: String(numbers.firstGroup + ordinal),
      date: at.toISOString().slice(0, 10),
      time: at.toISOString().slice(11, 16),
      agency: "X",
      verdict: "A",
      includedCount: group.sets.length,
    });
    await saveTransactionSets(
      session,
      group.sets.map((set, place) => ({
        id: randomUUID(),
        interchangeId,
        groupId,
        ordinal: place,
        type: set.type,
        control: setControl(place),
        implementation: set.implementation ?? "",
        verdict: "A" as const,
        segmentCount: set.segments.length + 2,
        documentId: set.documentId ?? null,
        documentNumber: set.documentNumber ?? null,
      })),
    );
  }
}

/** Into the account's mailbox, or on its way to the account's own address. */
async function address(
  { session }: StepContext,
  interchangeId: string,
  accountId: string,
  to: { mailbox: object } | { push: { url: string } },
): Promise<NextJob[]> {
  const delivery = randomUUID();
  if ("push" in to) {
    await addDelivery(session, { id: delivery, channel: "push", accountId, interchangeId, target: to.push.url });
    return [{ name: "deliver", ids: { delivery, run: 0 } }];
  }
  await addDelivery(session, { id: delivery, channel: "mailbox", accountId, interchangeId });
  return [];
}

function nameOf(draft: Draft): string {
  if (draft.ta1s.length > 0) return "The TA1";
  return `The ${draft.groups[0]?.sets[0]?.type ?? "answer"}`;
}
