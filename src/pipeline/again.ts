import { Refused } from "../errors.ts";
import type { JobQueue } from "../queue.ts";
import type { Database, Session } from "../store/database.ts";
import { findDelivery, reopenDelivery } from "../store/deliveries.ts";
import { tell } from "../store/events.ts";
import {
  findInterchange,
  type Interchange,
  lockInterchange,
  readDraft,
  updateInterchange,
} from "../store/interchanges.ts";
import { findJob } from "../store/jobs.ts";
import { findReceiptOfDocument } from "../store/publication-subscriptions.ts";
import { closeWorkItems } from "../store/work-items.ts";
import type { Draft } from "./draft.ts";
import { handOver, writeDown } from "./handover.ts";
import { jobIdOf, type NextJob, type PipelineLog } from "./step.ts";

/** What a person may ask for after the first processing did not do what was wanted. */
export interface Again {
  /**
   * Processes an inbound interchange's stored bytes again, after a fix. What succeeded before stays: no second order, no
   * second document. An outgoing one that is held is made anew from its document.
   * @throws Refused 404, 409
   */
  replay(id: string, by: string): Promise<Interchange>;
  /**
   * Lets a quarantined or duplicate interchange in after all. A quarantined one still needs an account that it fits.
   * @throws Refused 404, 409
   */
  release(id: string, by: string, reason: string): Promise<Interchange>;
  /**
   * Tries a delivery again that was given up.
   * @throws Refused 404, 409
   */
  redeliver(deliveryId: string, by: string): Promise<void>;
}

const ownedBy = ({ accountId }: { readonly accountId: string | null }): Pick<NextJob, "account"> =>
  accountId === null ? {} : { account: accountId };

/** Opens the way to process interchanges again. */
export function openAgain(database: Database, queue: JobQueue, log: PipelineLog): Again {
  async function interpretAgain(
    id: string,
    change: (session: Session, found: Interchange) => Promise<boolean>,
  ): Promise<Interchange> {
    const { interchange, next } = await database.transaction(async (session) => {
      const found = await lockInterchange(session, id);
      if (!found) throw new Refused(404, "interchange.not-found", `There is no interchange ${id}.`);
      if (found.direction !== "inbound") {
        throw new Refused(409, "interchange.outbound", "Only what came in can be processed again.");
      }
      if (await isBeingRead(session, found)) {
        throw new Refused(409, "interchange.under-way", "It is being read right now; wait until that is over.");
      }
      await closeWorkItems(session, { interchangeId: id, kind: "job-failed" }, "Processed again.");
      const release = await change(session, found);
      const replays = found.replays + 1;
      await updateInterchange(session, id, { status: "received", replays });
      const job: NextJob = { name: "interpret", ids: { interchange: id, run: replays, release }, ...ownedBy(found) };
      const next = await writeDown(session, [job]);
      return { interchange: { ...found, status: "received" as const, replays }, next };
    });
    await handOver(queue, next, log);
    return interchange;
  }

  /** A document that was held, by its rules as they are now. What was held stays to be seen, and never leaves. */
  async function generateAgain(id: string, by: string): Promise<Interchange> {
    const { interchange, next } = await database.transaction(async (session) => {
      const held = await lockInterchange(session, id);
      if (held?.status !== "held")
        throw new Refused(409, "interchange.outbound", "Of what goes out, only what is held can be made anew.");
      const draft = (await readDraft(session, id)) as Draft | null;
      const document = draft?.groups[0]?.sets[0]?.documentId;
      if (!document) {
        const answered = held.answersId ?? "that it answers";
        throw new Refused(
          409,
          "interchange.acknowledgment",
          `An acknowledgment is made anew by a replay of the interchange ${answered}.`,
        );
      }
      const edition = await findReceiptOfDocument(session, document);
      if (edition) {
        throw new Refused(
          409,
          "interchange.publication",
          `It is an account's edition of a publication, which has its turn: POST /api/v1/publications/${edition.publicationId}/retry.`,
        );
      }
      const because = `Made anew, asked for by ${by}.`;
      await updateInterchange(session, id, { status: "replaced", draft: null });
      await closeWorkItems(session, { interchangeId: id }, because);
      await tell(session, { interchangeId: id, documentId: document }, "replaced", because);
      const job: NextJob = { name: "generate", ids: { document, run: held.sequence }, ...ownedBy(held) };
      const next = await writeDown(session, [job]);
      return { interchange: { ...held, status: "replaced" as const }, next };
    });
    log.info({ interchange: id, by }, "held document made anew");
    await handOver(queue, next, log);
    return interchange;
  }

  /** Whether its last `interpret` is still to be done; one that was given up is over. */
  async function isBeingRead(session: Session, { id, replays }: Interchange): Promise<boolean> {
    for (const release of [false, true]) {
      const job = await findJob(
        session,
        jobIdOf({ name: "interpret", ids: { interchange: id, run: replays, release } }),
      );
      if (job?.state === "open") return true;
    }
    return false;
  }

  return {
    async replay(id, by) {
      if ((await findInterchange(database.session, id))?.direction === "outbound") return generateAgain(id, by);
      return interpretAgain(id, async (session, found) => {
        await tell(session, { interchangeId: id }, "replay", `Processed again, asked for by ${by}.`);
        log.info({ interchange: id, by }, "replay");
        // What was let in once stays let in: its control number is its own by now.
        return found.status === "processed";
      });
    },

    release: (id, by, reason) =>
      interpretAgain(id, async (session, found) => {
        if (found.status !== "quarantined" && found.status !== "duplicate") {
          throw new Refused(
            409,
            "interchange.not-held",
            "Only a quarantined or duplicate interchange can be released.",
          );
        }
        const because = `Released by ${by}: ${reason}`;
        await tell(session, { interchangeId: id }, "released", because);
        await closeWorkItems(session, { interchangeId: id }, because);
        log.info({ interchange: id, by }, "released");
        return true;
      }),

    async redeliver(id, by) {
      const next = await database.transaction(async (session) => {
        const delivery = await findDelivery(session, id);
        if (!delivery) throw new Refused(404, "delivery.not-found", `There is no delivery ${id}.`);
        const tries = await reopenDelivery(session, id);
        if (tries === null)
          throw new Refused(409, "delivery.not-failed", "Only a delivery that failed can be tried again.");
        const { interchangeId, documentId } = delivery;
        if (interchangeId) await updateInterchange(session, interchangeId, { status: "ready", reason: null });
        await closeWorkItems(session, { jobIdsBeginWith: `deliver-${id}-` }, `Tried again, asked for by ${by}.`);
        await tell(session, { interchangeId, documentId }, "redeliver", `To be delivered again, asked for by ${by}.`);
        return writeDown(session, [{ name: "deliver", ids: { delivery: id, run: tries }, ...ownedBy(delivery) }]);
      });
      log.info({ delivery: id, by }, "redelivery");
      await handOver(queue, next, log);
    },
  };
}
