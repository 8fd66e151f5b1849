import type { Draft } from "../pipeline/draft.ts";
import { submitterOf } from "../pipeline/receive.ts";
import type { Session } from "../store/database.ts";
import { type DeliveryWithAttempts, findDeliveries } from "../store/deliveries.ts";
import { findDocumentsOfInterchange } from "../store/documents.ts";
import { type Event, readTimeline } from "../store/events.ts";
import { type FileFacts, findFile } from "../store/files.ts";
import {
  findAnswersTo,
  findFirstSets,
  findGroups,
  findInterchangesOfFile,
  findTransactionSets,
  type Group,
  type Interchange,
  type InterchangeItem,
  readDraft,
  type TransactionSetRow,
} from "../store/interchanges.ts";
import type { StoredProblem } from "../store/tables.ts";
import type { DeliveryView } from "./contract/deliveries.ts";
import type { InterchangeDetail, InterchangeSummary } from "./contract/interchanges.ts";
import type { X12Problem } from "./contract/x12-problem.ts";
import { apiPrefix } from "./services.ts";
import { maySeeInterchange } from "./visibility.ts";

/** Where a resource is. */
export function hrefOf(
  collection:
    | "interchanges"
    | "mailbox"
    | "documents"
    | "accounts"
    | "orders"
    | "invoices"
    | "webhooks"
    | "publications",
  id: string,
): string {
  return `${apiPrefix}/${collection}/${id}`;
}

/** A moment as it goes out. */
export const moment = (at: Date | null): string | null => at?.toISOString() ?? null;

/** An interchange in a list. */
export function interchangeLine(row: InterchangeItem): InterchangeSummary {
  return { ...factsOf(row), transactionSets: row.transactionSets.map(setLine) };
}

function factsOf(row: Interchange): Omit<InterchangeSummary, "transactionSets"> {
  return {
    id: row.id,
    direction: row.direction,
    account: row.accountId,
    status: row.status,
    verdict: row.verdict,
    control: row.control,
    usage: row.usage,
    sender: partyOf(row.senderQualifier, row.senderId),
    receiver: partyOf(row.receiverQualifier, row.receiverId),
    receivedAt: moment(row.receivedAt),
    sentAt: moment(row.sentAt),
    purpose: row.purpose,
    reason: row.reason,
    href: hrefOf("interchanges", row.id),
  };
}

const partyOf = (qualifier: string | null, id: string | null) =>
  qualifier === null || id === null ? null : { qualifier, id };

function setLine({ type, control, verdict, documentNumber, documentId }: TransactionSetRow) {
  return { type, control, verdict, documentNumber, document: documentId };
}

/**
 * Whether a caller may have the whole file that an interchange lies in. Several accounts' interchanges can come in one
 * file, if the supplier brings it: none of them gets to see the others'.
 */
export function isOwnFile(file: FileFacts, interchange: Interchange, confinedTo: string | null): boolean {
  if (confinedTo === null || interchange.direction === "outbound") return true;
  return file.submitter === submitterOf({ kind: "account", accountId: confinedTo });
}

/** Everything about one interchange, as far as the caller may know it. */
export async function interchangeDetail(
  session: Session,
  row: Interchange,
  confinedTo: string | null,
): Promise<InterchangeDetail> {
  const inbound = row.direction === "inbound";
  const groups = await findGroups(session, row.id);
  const sets = await findTransactionSets(session, row.id);
  const documents = await findDocumentsOfInterchange(session, row.id);
  const sent = inbound ? await sentAnswers(session, row.id) : [];
  const deliveries = await findDeliveries(session, { interchangeId: row.id });
  // Where the supplier's own systems are told of orders is none of the account's business.
  const announcements =
    inbound && confinedTo === null ? await findDeliveries(session, { documentsOfInterchange: row.id }) : [];
  const file = row.fileId ? await findFile(session, row.fileId) : null;
  const neighbours = inbound && row.fileId ? await findInterchangesOfFile(session, row.fileId) : [];
  return {
    ...factsOf(row),
    version: row.version,
    transactionSets: sets.map(setLine),
    problems: row.problems.map(problemOf),
    groups: groups.map((group) => groupOf(group, setsOf(group, sets))),
    answers: row.answersId,
    acknowledgments: {
      sent: sent.filter(({ purpose }) => purpose === "acknowledgment").map(({ shown }) => shown),
      received: groups.flatMap((group) => receivedAbout(group, setsOf(group, sets))),
    },
    responses: sent.filter(({ purpose }) => purpose === "document").map(({ shown }) => shown),
    documents: documents.map(({ id, type, number }) => ({ id, type, number, href: hrefOf("documents", id) })),
    deliveries: [...deliveries, ...announcements].map(deliveryOf),
    timeline: timelineOf(await readTimeline(session, row.id)),
    file:
      file && isOwnFile(file, row, confinedTo)
        ? {
            sha256: file.sha256,
            size: file.size,
            mediaType: file.mediaType,
            name: file.name,
            offset: row.offset,
            length: row.length,
          }
        : null,
    sameFile: neighbours
      .filter((one) => one.id !== row.id && maySeeInterchange(one, confinedTo))
      .map(({ id, control, status }) => ({ id, control, status, href: hrefOf("interchanges", id) })),
    replays: row.replays,
  };
}

const setsOf = (group: Group, sets: readonly TransactionSetRow[]) => sets.filter(({ groupId }) => groupId === group.id);

/**
 * The problem in the words of the contract, which leaves out what only we ourselves need: that it is a warning stands
 * at the beginning of its message.
 */
function problemOf(stored: StoredProblem): X12Problem {
  const { dataElement: _, severity: __, guideCode: ___, trigger: ____, ...problem } = stored;
  return problem;
}

function groupOf(group: Group, sets: readonly TransactionSetRow[]): InterchangeDetail["groups"][number] {
  const { functionalId, control, version, senderCode, receiverCode, verdict } = group;
  return {
    functionalId,
    control,
    version,
    senderCode,
    receiverCode,
    verdict,
    problems: group.problems.map(problemOf),
    transactionSets: sets.map((set) => ({
      ...setLine(set),
      id: set.id,
      implementation: set.implementation || null,
      segmentCount: set.segmentCount,
      offset: set.offset,
      length: set.length,
      problems: set.problems.map(problemOf),
      problemsOmitted: set.problemsOmitted,
      told: set.told,
    })),
  };
}

/** What the account's 997 or 999 said of a group that we sent; nothing where it has not. */
function receivedAbout(
  { functionalId, control, answer, answeredAt }: Group,
  sets: readonly TransactionSetRow[],
): InterchangeDetail["acknowledgments"]["received"] {
  if (answer === null) return [];
  const said = sets.map((set) => ({
    type: set.type,
    control: set.control,
    verdict: set.answer,
    problems: (set.answerProblems ?? []).map(problemOf),
  }));
  return [{ functionalId, control, verdict: answer, at: moment(answeredAt), transactionSets: said }];
}

type SentAnswer = InterchangeDetail["responses"][number];

/** Our interchanges that answer an inbound one, each by what it is. */
async function sentAnswers(
  session: Session,
  id: string,
): Promise<{ purpose: Interchange["purpose"]; shown: SentAnswer }[]> {
  const answers = await findAnswersTo(session, id);
  const sets = await findFirstSets(
    session,
    answers.map((answer) => answer.id),
  );
  return Promise.all(
    answers.map(async ({ id, control, status, sentAt, purpose }) => {
      const kind = sets.get(id)?.[0]?.type ?? kindOfDraft((await readDraft(session, id)) as Draft | null);
      return {
        purpose,
        shown: { id, kind, control, status, sentAt: moment(sentAt), href: hrefOf("interchanges", id) },
      };
    }),
  );
}

/** An interchange that has no set is a TA1, or has not been enveloped yet: then its draft says what it will be. */
function kindOfDraft(draft: Draft | null): string {
  return draft?.groups[0]?.sets[0]?.type ?? "TA1";
}

/** A delivery with its attempts, as it goes out. */
export function deliveryOf(row: DeliveryWithAttempts): DeliveryView {
  return {
    id: row.id,
    channel: row.channel,
    status: row.status,
    target: row.target,
    document: row.documentId,
    createdAt: row.createdAt.toISOString(),
    deliveredAt: moment(row.deliveredAt),
    attempts: row.attempts.map(({ startedAt, finishedAt, outcome, httpStatus, error }) => ({
      startedAt: startedAt.toISOString(),
      finishedAt: moment(finishedAt),
      outcome,
      httpStatus,
      error,
    })),
  };
}

/** A story as it goes out. */
export function timelineOf(events: readonly Event[]) {
  return events.map(({ at, kind, message }) => ({ at: at.toISOString(), kind, message }));
}
