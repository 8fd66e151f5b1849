/** Whose turn it is in a stream of publications: the one place that lets a tier be told. */
import { isDeepStrictEqual } from "node:util";
import type { AccountProfile } from "../../accounts/account.ts";
import { orderStatusTopic, type PublicationPlan, tierOf } from "../../accounts/publications/plan.ts";
import { afterLead, tierAmong } from "../../accounts/publications/release-times.ts";
import { nextOccasion, type Subscription } from "../../accounts/rules/early-information.ts";
import type { Session } from "../../store/database.ts";
import {
  addSubscription,
  readSubscriptions,
  type SubscriptionRow,
  updateSubscription,
} from "../../store/publication-subscriptions.ts";
import {
  lastSettled,
  lockStream,
  type PlacedPublication,
  type ReleaseRow,
  readPlan,
  readStream,
  releasedSoFar,
  type Stream,
  updateRelease,
} from "../../store/publications.ts";
import type { NextJob, StepContext } from "../step.ts";

type TurnContext = Pick<StepContext, "session" | "directory" | "log">;

/** A tier that comes so much later than planned (milliseconds) moves those below it: a lead is never shortened. */
const lateMs = 60_000;

/**
 * Releases a stream's publications to every tier whose time has come and above which every account has been told, and plans
 * the turns of the accounts in them. Everything that may bring a turn on comes through here, one after another.
 */
export async function giveTurns(context: TurnContext, { topic, usage }: Stream): Promise<NextJob[]> {
  const { session } = context;
  // Only this much of what it is given goes into jobs and the log.
  const stream = { topic, usage };
  await lockStream(session, stream);
  const now = new Date();
  const plan = await readPlan(session);
  const { subscribers, late } = await enrol(context, stream, plan?.plan ?? null);
  const due = await releaseDue(context, stream, subscribers, now);
  const turns: NextJob[] = [];
  const released = new Map<string, Awaited<ReturnType<typeof releasedSoFar>>>();
  for (const one of subscribers) {
    if (one.row.turnAt !== null) continue;
    const at = await turnOf(session, stream, one, late.has(one.row.accountId), released, now);
    if (at === null) continue;
    const { accountId } = one.row;
    const turn = one.row.turn + 1;
    await updateSubscription(session, { ...stream, accountId }, { turn, turnAt: at });
    turns.push({ name: "publish", ids: { account: accountId, ...stream, turn }, at, account: accountId });
  }
  return [...due, ...turns];
}

/** An account that is told of a stream. */
interface Subscribing {
  readonly row: SubscriptionRow;
  readonly profile: AccountProfile;
}

/** When an account's next turn is; null: there is nothing that it has had no turn for. */
async function turnOf(
  session: Session,
  stream: Stream,
  { row, profile }: Subscribing,
  isLate: boolean,
  released: Map<string, Awaited<ReturnType<typeof releasedSoFar>>>,
  now: Date,
): Promise<Date | null> {
  const { schedule } = row.rule;
  if (stream.topic === orderStatusTopic) return nextOccasion(schedule, now, profile);
  const known = released.get(row.tier) ?? (await releasedSoFar(session, stream, row.tier));
  released.set(row.tier, known);
  if (known.own === null || known.own.number <= row.seen) return null;
  if (isLate) return now;
  const planned = nextOccasion(schedule, known.own.at, profile);
  // It had to wait for those above: the occasion that it was meant for is over.
  return planned < now ? nextOccasion(schedule, now, profile) : planned;
}

/** Brings the stream's subscribers to what the accounts' rules say now. @returns them, and who has come late to it */
async function enrol(
  { session, directory, log }: TurnContext,
  stream: Stream,
  plan: PublicationPlan | null,
): Promise<{ subscribers: Subscribing[]; late: ReadonlySet<string> }> {
  const accounts = await directory.load(session);
  const before = new Map((await readSubscriptions(session, stream)).map((row) => [row.accountId, row]));
  const subscribers: Subscribing[] = [];
  const late = new Set<string>();
  for (const profile of accounts.all) {
    const rule = subscriptionOf(profile, stream);
    if (!rule) continue;
    const tier = plan === null ? "" : tierOf(plan, profile.id, profile.earlyInformation);
    const row = before.get(profile.id);
    before.delete(profile.id);
    if (row && row.endedAt === null && row.tier === tier && isDeepStrictEqual(row.rule, rule)) {
      subscribers.push({ row, profile });
      continue;
    }
    const isNew = !row || row.endedAt !== null;
    const { place: changed, missed } = await place(session, stream, { profile, rule, tier, row: row ?? null });
    if (isNew && missed) late.add(profile.id);
    log.info(
      { account: profile.id, ...stream, tier },
      isNew ? "account is told of a topic" : "account is told otherwise",
    );
    subscribers.push({ row: changed, profile });
  }
  for (const row of before.values()) {
    if (row.endedAt !== null) continue;
    await updateSubscription(session, { ...stream, accountId: row.accountId }, { endedAt: new Date(), turnAt: null });
    log.info({ account: row.accountId, ...stream }, "account is no longer told of a topic");
  }
  return { subscribers, late };
}

/** How an account's rules want it to be told of a stream; null: not at all. */
export function subscriptionOf(profile: AccountProfile, { topic, usage }: Stream): Subscription | null {
  if (!profile.identities.some((one) => one.usage === usage)) return null;
  return profile.earlyInformation?.topics.find((one) => one.topic === topic) ?? null;
}

/**
 * Where an account begins that is new to a stream: with the last that was released to its tier. What tiers below have by
 * then can't be held back for it any more; what they don't have yet, it gets first.
 * @returns its place, and whether something was released to its tier before it came
 */
async function place(
  session: Session,
  stream: Stream,
  {
    profile,
    rule,
    tier,
    row,
  }: { profile: AccountProfile; rule: Subscription; tier: string; row: SubscriptionRow | null },
): Promise<{ place: SubscriptionRow; missed: boolean }> {
  const who = { ...stream, accountId: profile.id };
  const { own, below } = await releasedSoFar(session, stream, tier);
  const missed = own !== null;
  if (row === null) {
    const told = Math.max(0, (own?.number ?? 0) - 1);
    const added = { ...who, tier, rule, cleared: below, told, seen: told };
    await addSubscription(session, added);
    return { place: { ...added, editions: 0, turn: 0, turnAt: null, endedAt: null }, missed };
  }
  // Its turn is planned anew, by its rules as they are now.
  const changes = {
    ...{ tier, rule, turnAt: null, endedAt: null },
    cleared: row.endedAt === null ? row.cleared : Math.max(row.cleared, below),
    // What an account that comes back has missed meanwhile is not made up for: it gets the last.
    ...(row.endedAt !== null && own !== null && { told: Math.max(row.told, own.number - 1) }),
  };
  await updateSubscription(session, who, changes);
  return { place: { ...row, ...changes }, missed };
}

/** Releases what may be. @returns the jobs that look again when the next times have come */
async function releaseDue(
  { session, log }: TurnContext,
  stream: Stream,
  subscribers: readonly Subscribing[],
  now: Date,
): Promise<NextJob[]> {
  const settled = await lastSettled(session, stream);
  if (settled === null) return [];
  const later: NextJob[] = [];
  /** Tiers that still wait for an earlier publication. */
  const stopped = new Set<string>();
  for (const publication of await readStream(session, stream, settled)) {
    const releases = publication.releases.map((release) => ({ ...release }));
    for (const [index, release] of releases.entries()) {
      if (release.state !== "waiting") continue;
      if (release.at > now) later.push(lookAt(stream, release));
      if (release.at > now || stopped.has(release.tier) || waitsFor(publication, release, subscribers).length > 0) {
        for (const one of releases.slice(index)) stopped.add(one.tier);
        break;
      }
      await updateRelease(session, release, { state: "released", releasedAt: now });
      log.info({ publication: publication.id, ...stream, tier: release.tier }, "publication released to a tier");
      await keepLead(session, publication, releases, index, now);
    }
  }
  return later;
}

const lookAt = ({ topic, usage }: Stream, { publicationId, rank, at }: ReleaseRow): NextJob => ({
  name: "release",
  ids: { topic, usage, cause: `due-${publicationId}-${rank}-${at.getTime()}` },
  at,
});

/** The accounts above a tier that have not been told a publication, or a later one of its stream. */
function waitsFor(
  publication: PlacedPublication,
  release: ReleaseRow,
  subscribers: readonly Subscribing[],
): Subscribing[] {
  return subscribers.filter(
    ({ row }) =>
      row.cleared < publication.number && (tierAmong(publication.releases, row.tier)?.rank ?? 0) < release.rank,
  );
}

/** The tiers below one that has come late come as much later that its lead stays whole. */
async function keepLead(
  session: Session,
  publication: PlacedPublication,
  releases: ReleaseRow[],
  index: number,
  now: Date,
): Promise<void> {
  // A correction follows the times of what it corrects; the lead was given then.
  const late = releases[index] as ReleaseRow;
  if (publication.correctsId !== null || now.getTime() - late.at.getTime() < lateMs) return;
  const plan = (await readPlan(session, publication.planNumber))?.plan;
  let at = now;
  for (const [below, release] of releases.entries()) {
    if (below <= index) continue;
    const above = releases[below - 1] as ReleaseRow;
    if (plan) at = afterLead(plan, at, plan.tiers.find(({ name }) => name === above.tier)?.leads);
    if (release.at >= at) at = release.at;
    else if (release.state === "waiting") {
      release.at = at;
      await updateRelease(session, release, { at });
    }
  }
}
