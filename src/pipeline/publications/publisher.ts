/** The door for publications, and what people decide on them. */
import { createHash, randomUUID } from "node:crypto";
import type { PublicationKind, PublicationPlan } from "../../accounts/publications/plan.ts";
import { type Topic, topicOf } from "../../accounts/publications/plan.ts";
import {
  correctionTimes,
  type ReleaseTime,
  releaseTimes,
  tierAmong,
} from "../../accounts/publications/release-times.ts";
import { Refused } from "../../errors.ts";
import type { JobQueue } from "../../queue.ts";
import type { Session } from "../../store/database.ts";
import { findKeptAnswers, keepAnswers } from "../../store/kept-answers.ts";
import {
  findReceipts,
  lockSubscription,
  readSubscriptions,
  saveReceipt,
  subscribedStreams,
  updateSubscription,
} from "../../store/publication-subscriptions.ts";
import {
  endReleases,
  findCorrection,
  findPublication,
  keepPublication,
  lastOfStream,
  lockStream,
  type PlacedPublication,
  type PlanRow,
  type Publication,
  readPlan,
  readStream,
  type Stream,
  savePlan,
  withdrawPublication,
} from "../../store/publications.ts";
import { handOver, writeDown } from "../handover.ts";
import type { NextJob, PipelineServices, StepContext } from "../step.ts";
import { type Content, readContent } from "./content.ts";
import { closeHeld, settleHeld } from "./publish.ts";
import { giveTurns } from "./turns.ts";

/** A publication as it is handed in. */
export interface HandedIn extends Stream {
  readonly kind: PublicationKind;
  readonly title: string | null;
  /** Not before this; null: at once. */
  readonly notBefore: Date | null;
  /** As it was read from JSON, not checked yet. */
  readonly content: unknown;
}

/** Takes publications in, and what people decide on them. */
export interface Publisher {
  /**
   * Keeps a publication, with the turn of each tier planned. Under the key of an earlier request it gets that one's answer.
   * @throws Refused 400, 409, 422
   */
  handIn(
    publication: HandedIn,
    submitting: { readonly by: string; readonly key: string | null },
  ): Promise<{ publication: Publication; repeated: boolean }>;
  /**
   * Corrects a publication: in the order of the original, and in its place where it has not been released.
   * @throws Refused 400, 404, 409
   */
  correct(id: string, content: unknown, by: string, reason: string): Promise<Publication>;
  /**
   * Takes a publication back where it has not been released. What has been told stays told.
   * @throws Refused 404, 409
   */
  withdraw(id: string, by: string, reason: string): Promise<Publication>;
  /**
   * Decides that an account goes without a publication, so that tiers below need not wait for it.
   * @throws Refused 404, 409
   */
  skip(id: string, account: string, by: string, reason: string): Promise<void>;
  /**
   * Tries again to tell an account what was held.
   * @throws Refused 404, 409
   */
  retry(id: string, account: string, by: string): Promise<void>;
  /** Puts a plan into force for what is handed in from now on. */
  applyPlan(plan: PublicationPlan, by: string, reason: string | null): Promise<{ row: PlanRow; changed: boolean }>;
}

/** Opens the door for publications. */
export function openPublisher(services: PipelineServices, queue: JobQueue): Publisher {
  const { database, log } = services;

  /** One change of a stream, and whose turn it is then, in one transaction. */
  async function change<Result>(
    stream: Stream | null,
    work: (context: StepContext) => Promise<{ result: Result; streams: readonly Stream[]; next?: readonly NextJob[] }>,
  ): Promise<Result> {
    const { result, next } = await database.transaction(async (session) => {
      const context = { ...services, session };
      if (stream) await lockStream(session, stream);
      const { result, streams, next: first = [] } = await work(context);
      const next = [...first];
      for (const one of streams) next.push(...(await giveTurns(context, one)));
      return { result, next: await writeDown(session, next) };
    });
    await handOver(queue, next, log);
    return result;
  }

  /** @throws Refused 404 */
  async function existing(id: string): Promise<Publication> {
    const found = await findPublication(database.session, id);
    if (found) return found;
    throw new Refused(404, "publication.not-found", `There is no publication ${id}.`);
  }

  return {
    handIn: (publication, { by, key }) =>
      change(publication, async (context) => {
        const { session } = context;
        const { topic, usage, title, notBefore } = publication;
        const request = createHash("sha256").update(JSON.stringify(publication)).digest("hex");
        const answered = key === null ? undefined : (await findKeptAnswers(session, key, [0])).get(0);
        if (answered) return { result: await repeated(session, answered, request), streams: [] };
        const plan = await existingPlan(session);
        const known = topicFor(plan.plan, publication);
        const content = contentOf(known.kind, publication.content);
        const before = await lastOfStream(session, publication);
        const start = latest(new Date(), notBefore);
        const kept = await keepPublication(
          session,
          {
            ...{ id: randomUUID(), topic, usage, kind: known.kind, keeps: known.keeps, title },
            ...{ content, planNumber: plan.number, by },
          },
          releaseTimes(plan.plan, start, timesOf(before)),
        );
        if (key !== null) await keepAnswers(session, key, [{ line: 0, request, answer: { publication: kept.id } }]);
        log.info({ publication: kept.id, topic, usage, by }, "publication handed in");
        return { result: { publication: kept, repeated: false }, streams: [publication] };
      }),

    async correct(id, value, by, reason) {
      const { topic, usage } = await existing(id);
      return change({ topic, usage }, async (context) => {
        const { session } = context;
        const original = await open(session, id);
        const correction = await findCorrection(session, id);
        if (correction) {
          throw new Refused(409, "publication.corrected", `It was corrected before: correct ${correction.id} instead.`);
        }
        const last = await lastOfStream(session, original);
        if (original.keeps === "latest" && last && last.id !== id) {
          const why = `A newer publication has taken its place: correct ${last.id}, or hand in a new one.`;
          throw new Refused(409, "publication.not-last", why);
        }
        const { kind, keeps, title, planNumber } = original;
        const kept = await keepPublication(
          session,
          {
            ...{ id: randomUUID(), topic, usage, kind, keeps, title, planNumber, by, reason },
            ...{ content: contentOf(kind, value), correctsId: id },
          },
          correctionTimes(timesOf(original), new Date(), timesOf(last)),
        );
        await endReleases(session, id, "superseded");
        log.info({ publication: kept.id, corrects: id, by }, "publication corrected");
        return { result: kept, streams: [original] };
      });
    },

    async withdraw(id, by, reason) {
      const { topic, usage } = await existing(id);
      return change({ topic, usage }, async (context) => {
        const { session } = context;
        const publication = await open(session, id);
        const because = `Withdrawn by ${by}: ${reason}`;
        await withdrawPublication(session, id, because);
        for (const { accountId } of await readSubscriptions(session, publication)) {
          const who = { accountId, topic, usage };
          await lockSubscription(session, who);
          const settled = await settleHeld(context, who, because, ({ publicationId }) => publicationId === id);
          for (const { tier } of settled) {
            await saveReceipt(session, { publicationId: id, accountId, tier, state: "passed", reason: because });
          }
        }
        log.info({ publication: id, by }, "publication withdrawn");
        return { result: (await findPublication(session, id)) as Publication, streams: [publication] };
      });
    },

    async skip(id, account, by, reason) {
      const { topic, usage } = await existing(id);
      await change({ topic, usage }, async (context) => {
        const { session } = context;
        const publication = await open(session, id);
        const who = { accountId: account, topic, usage };
        const place = await lockSubscription(session, who);
        if (!place || place.endedAt !== null || place.told >= publication.number) {
          throw new Refused(409, "publication.settled", `${account} does not wait for it.`);
        }
        const first = await firstWaiting(session, place, publication);
        if (publication.keeps === "every" && first.id !== id) {
          throw new Refused(
            409,
            "publication.not-first",
            `${account} waits for ${first.id} first: decide on that one.`,
          );
        }
        const because = `Skipped by ${by}: ${reason}`;
        const numbers = new Map((await readStream(session, who, place.told)).map((one) => [one.id, one.number]));
        const upTo = ({ publicationId }: { publicationId: string }): boolean =>
          (numbers.get(publicationId) ?? 0) <= publication.number;
        // What was held before it is over too: the account goes on after this one.
        for (const before of await settleHeld(context, who, because, upTo)) {
          const { publicationId, tier } = before;
          await saveReceipt(session, { publicationId, accountId: account, tier, state: "passed", reason: because });
        }
        await closeHeld(session, id, account, because);
        const tier = tierAmong(publication.releases, place.tier)?.tier ?? place.tier;
        await saveReceipt(session, { publicationId: id, accountId: account, tier, state: "skipped", reason: because });
        const { number } = publication;
        await updateSubscription(session, who, {
          ...{ told: number, cleared: Math.max(place.cleared, number), seen: Math.max(place.seen, number) },
        });
        log.info({ publication: id, account, by }, "publication skipped at an account");
        return { result: undefined, streams: [publication] };
      });
    },

    async retry(id, account, by) {
      const { topic, usage } = await existing(id);
      await change({ topic, usage }, async ({ session }) => {
        const publication = await open(session, id);
        const who = { accountId: account, topic, usage };
        const place = await lockSubscription(session, who);
        const [receipt] = await findReceipts(session, account, [id]);
        if (!place || place.endedAt !== null || receipt?.state !== "held") {
          throw new Refused(409, "publication.not-held", `It is not held at ${account}.`);
        }
        // Its turn comes at once, whatever its schedule says.
        const turn = place.turn + 1;
        const turnAt = new Date();
        await updateSubscription(session, who, { turn, turnAt });
        const job: NextJob = { name: "publish", ids: { account, topic, usage, turn }, at: turnAt };
        log.info({ publication: id, account, by }, "publication is tried again at an account");
        return { result: undefined, streams: [publication], next: [job] };
      });
    },

    applyPlan: (plan, by, reason) =>
      change(null, async ({ session }) => {
        const saved = await savePlan(session, plan, { author: by, reason });
        if (saved.changed) log.info({ plan: saved.row.number, by }, "publication plan applied");
        // In one order for everyone, so that two of these can't wait for each other.
        const streams = saved.changed ? await subscribedStreams(session) : [];
        streams.sort((one, other) => (`${one.topic} ${one.usage}` < `${other.topic} ${other.usage}` ? -1 : 1));
        return { result: saved, streams };
      }),
  };
}

/** A publication that was not taken back. @throws Refused 409 */
async function open(session: Session, id: string): Promise<Publication> {
  const found = (await findPublication(session, id)) as Publication;
  if (found.withdrawnAt === null) return found;
  throw new Refused(409, "publication.withdrawn", "It was withdrawn before; hand in a new one.");
}

/** The first publication of a stream that an account waits for, up to one. */
async function firstWaiting(
  session: Session,
  { topic, usage, told }: Stream & { readonly told: number },
  upTo: Publication,
): Promise<Pick<PlacedPublication, "id">> {
  const waiting = (await readStream(session, { topic, usage }, told)).filter(({ number }) => number <= upTo.number);
  const corrected = new Set(waiting.map(({ correctsId }) => correctsId));
  return waiting.find(({ id }) => !corrected.has(id)) ?? upTo;
}

/** @throws Refused 409 */
async function existingPlan(session: Session): Promise<PlanRow> {
  const plan = await readPlan(session);
  if (plan) return plan;
  throw new Refused(
    409,
    "publication.no-plan",
    "There is no publication plan: say first who is told before whom (PUT /api/v1/publication-plan, or portico publications tiers apply).",
  );
}

/** @throws Refused 400 */
function topicFor(plan: PublicationPlan, { topic, kind }: HandedIn): Topic {
  const found = topicOf(plan, topic);
  if (!found) {
    const names = plan.topics.map(({ name }) => name).join(", ");
    throw invalid({ path: "topic", message: `must be a topic of the publication plan: ${names}` });
  }
  if (found.kind === kind) return found;
  throw invalid({ path: "kind", message: `must be ${found.kind}, which is what the topic "${topic}" is for` });
}

/** @throws Refused 400 */
function contentOf(kind: PublicationKind, value: unknown): Content {
  const read = readContent(kind, value);
  if ("faults" in read) throw invalid(...read.faults);
  return read.content;
}

function invalid(...faults: { readonly path: string; readonly message: string }[]): Refused {
  const [first] = faults;
  const message = `The publication is not as it should be: ${first?.path}: ${first?.message}.`;
  return new Refused(400, "publication.invalid", message, faults);
}

/** @throws Refused 422 where the key was used for something else */
async function repeated(
  session: Session,
  before: { readonly request: string; readonly answer: unknown },
  request: string,
): Promise<{ publication: Publication; repeated: boolean }> {
  const { publication: id } = before.answer as { publication?: string };
  const publication = id === undefined ? null : await findPublication(session, id);
  if (before.request === request && publication) return { publication, repeated: true };
  const message = "This Idempotency-Key was used for something else. Give each publication a key of its own.";
  throw new Refused(422, "idempotency.key-reused", message);
}

function timesOf(publication: Pick<Publication, "releases"> | null): ReleaseTime[] {
  return (publication?.releases ?? []).map(({ tier, rank, at }) => ({ tier, rank, at }));
}

const latest = (one: Date, other: Date | null): Date => (other !== null && other > one ? other : one);
