import type { AccountProfile } from "../../accounts/account.ts";
import { type Edition, editionFor, type PublicationContent } from "../../accounts/publications/edition.ts";
import { orderStatusTopic } from "../../accounts/publications/plan.ts";
import { tierAmong } from "../../accounts/publications/release-times.ts";
import type { StockReservation } from "../../accounts/publications/stock.ts";
import { NeedsHuman } from "../../errors.ts";
import type { Session } from "../../store/database.ts";
import {
  findHeld,
  lockSubscription,
  type ReceiptRow,
  type Subscriber,
  type SubscriptionRow,
  saveReceipt,
  updateSubscription,
} from "../../store/publication-subscriptions.ts";
import { findPublication, type PlacedPublication, type Publication, readStream } from "../../store/publications.ts";
import { findReservations } from "../../store/stock-reservations.ts";
import { closeWorkItems, openWorkItem } from "../../store/work-items.ts";
import type { Ruling } from "../account-directory.ts";
import { businessDate } from "../business-date.ts";
import type { JobIds, NextJob, Step, StepContext } from "../step.ts";
import { editionDocument } from "./edition-document.ts";
import { reportStatus } from "./order-status.ts";
import { dropHeld, sendNow } from "./send-edition.ts";

/** Most publications that one turn tells, where each is told; the rest follows in the next. */
const mostAtOnce = 50;

type Place = NonNullable<Awaited<ReturnType<typeof lockSubscription>>>;

/**
 * An account's turn in a stream: it is told what has been released to its tier. What it is told can be collected, or is on its
 * way, when this transaction ends; only then may tiers below it be told.
 */
export const publish: Step<"publish"> = {
  name: "publish",

  async run(context, ids) {
    const place = await lockTurn(context.session, ids);
    if (!place) return [];
    const { account, topic, usage, turn } = ids;
    const ruling = await (await context.directory.load(context.session)).ruling(context.session, account, new Date());
    if (!ruling) throw new NeedsHuman("account.missing", `There is no account ${account}.`);
    await updateSubscription(context.session, place, { turnAt: null });
    const next =
      topic === orderStatusTopic ? await reportStatus(context, ruling, place) : await tellDue(context, ruling, place);
    // Those below may have waited for this; and there may be more for the account itself.
    return [...next, { name: "release", ids: { topic, usage, cause: `told-${account}-${turn}` } }];
  },

  /** Tiers below go on waiting, and a person decides: the same as for what our own check holds. */
  async giveUp(context, ids, because) {
    const place = await lockTurn(context.session, ids);
    if (!place) return { accountId: null };
    await updateSubscription(context.session, place, { turnAt: null });
    const { due } = await dueFor(context.session, place);
    const first = due.find(({ keeps }) => keeps === "every") ?? due.at(-1);
    if (first) await hold(context, place, first, { reason: because, documentId: null });
    return { accountId: null };
  },
};

/** The account's place, locked; null: this turn is over, or was planned anew. */
async function lockTurn(session: Session, { account, topic, usage, turn }: JobIds<"publish">): Promise<Place | null> {
  const place = await lockSubscription(session, { accountId: account, topic, usage });
  return place && place.endedAt === null && place.turn === turn && place.turnAt !== null ? place : null;
}

/** What has been released to an account's tier and is not settled at it. */
interface Due {
  /** To be told, the oldest first. */
  readonly due: readonly PlacedPublication[];
  /** Corrected since. */
  readonly corrected: readonly PlacedPublication[];
}

async function dueFor(session: Session, place: SubscriptionRow): Promise<Due> {
  const released = (await readStream(session, place, place.told)).filter(
    ({ releases }) => tierAmong(releases, place.tier)?.state === "released",
  );
  const correctedIds = new Set(released.map(({ correctsId }) => correctsId));
  return {
    due: released.filter(({ id }) => !correctedIds.has(id)),
    corrected: released.filter(({ id }) => correctedIds.has(id)),
  };
}

async function tellDue(context: StepContext, ruling: Ruling, place: Place): Promise<NextJob[]> {
  const { session } = context;
  const { due, corrected } = await dueFor(session, place);
  const last = due.at(-1);
  if (!last) return [];
  const held = await findHeld(session, place);
  const wanted = last.keeps === "latest" ? [last] : due.slice(0, mostAtOnce);
  const next: NextJob[] = [];
  let now: Place = place;
  for (const one of wanted) {
    const publication = await findPublication(session, one.id);
    if (!publication) continue;
    const needless = [...due, ...corrected].filter(({ number }) => number > now.told && number < one.number);
    const told = await tellOne(context, ruling, now, publication, held);
    now = { ...now, seen: Math.max(now.seen, one.number) };
    if (told === null) {
      await updateSubscription(session, now, { seen: Math.max(now.seen, last.number) });
      return next;
    }
    next.push(...told.next);
    for (const before of needless) {
      const isCorrected = corrected.includes(before);
      await pass(context, now, before, held, isCorrected ? "A correction was told in its place." : passedOver);
    }
    now = { ...now, ...told.place, told: one.number, cleared: Math.max(now.cleared, one.number) };
    const { editions, toldLines, cleared, seen } = now;
    await updateSubscription(session, now, { editions, toldLines, told: one.number, cleared, seen });
  }
  return next;
}

const passedOver = "A newer one was told in its place.";

/** @returns what it changes at the account's place; null: it is held, and nothing after it is told */
async function tellOne(
  context: StepContext,
  ruling: Ruling,
  place: Place,
  publication: Publication,
  held: readonly ReceiptRow[],
): Promise<{ next: readonly NextJob[]; place: Partial<Place> } | null> {
  const { session } = context;
  const { profile } = ruling;
  const now = new Date();
  const content = { kind: publication.kind, body: publication.content } as PublicationContent;
  const edition = await editionOf(session, profile, place, content, now);
  const receipt = {
    publicationId: publication.id,
    accountId: profile.id,
    tier: tierAmong(publication.releases, place.tier)?.tier ?? place.tier,
    at: now,
  };
  for (const before of held) {
    if (before.documentId) await dropHeld(context, before.documentId, "Made anew for the account's next turn.");
  }
  if (!edition.tell) {
    await saveReceipt(session, { ...receipt, state: "unchanged", reason: edition.reason });
    await closeHeld(session, publication.id, profile.id, edition.reason);
    return { next: [], place: {} };
  }
  const number = place.editions + 1;
  const toldLines = keepsTold(place) ? [...edition.told] : null;
  if (edition.content.kind === "announcement") {
    await saveReceipt(session, {
      ...receipt,
      ...{ state: "served", edition: number, channel: "feed", reason: edition.reason },
    });
    await closeHeld(session, publication.id, profile.id, "It was told.");
    return { next: [], place: { editions: number } };
  }
  const document = editionDocument(edition.content, {
    ...{ profile, topic: place.topic, usage: place.usage, edition: number, at: now },
    corrects: publication.correctsId !== null,
  });
  const sent = await sendNow(context, ruling, document, {
    number: document.number ?? `${place.topic}-${number}`,
    key: JSON.stringify([publication.id, number]),
  });
  if ("held" in sent) {
    await hold(context, place, publication, { reason: sent.held, documentId: sent.documentId });
    return null;
  }
  await saveReceipt(session, {
    ...receipt,
    ...{ state: "served", edition: number, documentId: sent.documentId, interchangeId: sent.interchangeId },
    channel: "push" in profile.delivery ? "push" : "mailbox",
    reason: edition.reason,
  });
  await closeHeld(session, publication.id, profile.id, "It was told.");
  return { next: sent.next, place: { editions: number, toldLines } };
}

const keepsTold = ({ rule }: Place): boolean => rule.content === "changes" || rule.threshold !== undefined;

async function editionOf(
  session: Session,
  profile: AccountProfile,
  place: Place,
  content: PublicationContent,
  at: Date,
): Promise<Edition> {
  const items =
    content.kind === "inventory" ? content.body.lines.flatMap(({ productIds }) => productIds.map(({ id }) => id)) : [];
  const reservations: StockReservation[] = await findReservations(session, [...new Set(items)]);
  return editionFor(content, {
    account: profile.id,
    today: businessDate(at, profile.timeZone),
    subscription: place.rule,
    reservations,
    told: place.toldLines,
  });
}

/** Something newer was told: this one is settled without being told. */
async function pass(
  context: StepContext,
  place: Place,
  publication: PlacedPublication,
  held: readonly ReceiptRow[],
  reason: string,
): Promise<void> {
  const tier = tierAmong(publication.releases, place.tier)?.tier ?? place.tier;
  const { accountId } = place;
  await saveReceipt(context.session, { publicationId: publication.id, accountId, tier, state: "passed", reason });
  if (held.some(({ publicationId }) => publicationId === publication.id))
    await closeHeld(context.session, publication.id, accountId, reason);
}

/** It can't be told as it is: tiers below wait until a person has mended it, or decides that the account goes without. */
async function hold(
  { session, log }: StepContext,
  place: Place,
  { id, number, topic, releases }: PlacedPublication,
  { reason, documentId }: { reason: string; documentId: string | null },
): Promise<void> {
  const { accountId } = place;
  const tier = tierAmong(releases, place.tier)?.tier ?? place.tier;
  await saveReceipt(session, { publicationId: id, accountId, tier, state: "held", documentId, reason });
  const message = `Publication ${number} of the topic "${topic}" can't be told to ${accountId} as it is, and the tiers below ${tier} wait for it: ${reason} Mend the account's profile or guide and try again (POST /api/v1/publications/${id}/retry), or decide that the account goes without (POST /api/v1/publications/${id}/skip).`;
  // Not the account's to see: it speaks of tiers.
  await openWorkItem(session, { kind: "publication-held", message, accountId: null, jobId: heldId(id, accountId) });
  log.warn({ publication: id, account: accountId, topic }, "publication held at an account");
}

/** By what the work item of a publication that is held at an account is known. */
const heldId = (publicationId: string, accountId: string): string => `publication-${publicationId}-${accountId}-held`;

/** Ends the work item of a publication that was held at an account. */
export function closeHeld(session: Session, publicationId: string, accountId: string, because: string): Promise<void> {
  return closeWorkItems(session, { jobIdsBeginWith: heldId(publicationId, accountId) }, because);
}

/** Settles what is held of an account in a stream, or of one publication: it is not told, and nothing of it stays behind. */
export async function settleHeld(
  context: StepContext,
  who: Subscriber,
  because: string,
  isMeant: (receipt: ReceiptRow) => boolean,
): Promise<ReceiptRow[]> {
  const settled = (await findHeld(context.session, who)).filter(isMeant);
  for (const { publicationId, documentId } of settled) {
    if (documentId) await dropHeld(context, documentId, because);
    await closeHeld(context.session, publicationId, who.accountId, because);
  }
  return settled;
}
