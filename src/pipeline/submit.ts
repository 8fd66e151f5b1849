/** The other door: a document that the supplier's own systems hand in. */
import { randomUUID } from "node:crypto";
import type { AccountProfile } from "../accounts/account.ts";
import type { Document } from "../documents/index.ts";
import { messageOf, PorticoError, Refused } from "../errors.ts";
import type { JobQueue } from "../queue.ts";
import type { Session } from "../store/database.ts";
import type { DocumentRow } from "../store/documents.ts";
import { tell, tellAll } from "../store/events.ts";
import { findKeptAnswers, type KeptAnswer, keepAnswers } from "../store/kept-answers.ts";
import {
  checkSubmissionAgain,
  findByClaims,
  keepSubmissions,
  lockDocument,
  type NewSubmission,
  withdrawSubmission,
} from "../store/submitted-documents.ts";
import type { DocumentStatus, StoredFinding } from "../store/tables.ts";
import { closeWorkItems } from "../store/work-items.ts";
import type { AccountsNow } from "./account-directory.ts";
import { completedFromOrder, findingsOn } from "./check-document.ts";
import { draftOfDocument, type Sending, sendingTo } from "./document-draft.ts";
import { wordsFor } from "./document-words.ts";
import { provisionalNumbers, writeDraft } from "./draft.ts";
import { handOver, writeDown } from "./handover.ts";
import { reopenBilled, withdrawnTogether } from "./invoicing/reopen.ts";
import { ruledFor } from "./ruled-by.ts";
import type { NextJob, PipelineServices } from "./step.ts";
import { contentHash, type Fault, type Knowing, knownBy, readSubmission } from "./submittable.ts";

/** A document as it was handed in. */
export interface Submission {
  /** Line of the request that it stands on, from 1; 0: the request is the document. */
  readonly line: number;
  /** As it was read from JSON, not checked yet. */
  readonly value: unknown;
}

/** Who hands in, and the key by which a repetition is known; null: none was given. */
export interface Submitting {
  readonly by: string;
  readonly key: string | null;
}

/** What is said of a document that was kept. */
export interface SubmissionReceipt {
  readonly id: string;
  readonly type: string;
  readonly number: string;
  readonly account: string;
  readonly usage: "production" | "test";
  readonly status: "submitted";
  readonly sending: Sending;
}

/** What became of one submission. */
export type SubmissionOutcome =
  | { readonly line: number; readonly kept: SubmissionReceipt; readonly repeated: boolean }
  | { readonly line: number; readonly refused: Refused };

/** What would become of a document, had it been handed in. */
export interface Trial {
  readonly line: number;
  /** refused: it would not be kept. held: a person would have to decide. */
  readonly outcome: "refused" | "held" | "accepted";
  readonly type: string | null;
  readonly number: string | null;
  readonly sending: Sending | null;
  /** The interchange, with placeholders for its control numbers; null where it can't be written. */
  readonly x12: string | null;
  readonly problems: readonly (Fault & { code: string; severity: "refusal" | "hold" | "warning"; mend?: string })[];
}

/** Takes documents in from the supplier's own systems, and what people decide on them. */
export interface Submitter {
  /**
   * Keeps documents with their next jobs in one transaction, and says of each what became of it. Under the key of an earlier
   * request it gets that one's answer.
   */
  submit(submissions: readonly Submission[], submitting: Submitting): Promise<SubmissionOutcome[]>;
  /** What would come of documents, and nothing is kept or sent. */
  tryOut(submissions: readonly Submission[]): Promise<Trial[]>;
  /**
   * Lets a held document go. What our own engine says of its X12 is checked again and is no person's to waive.
   * @throws Refused 404, 409
   */
  release(id: string, by: string, reason: string): Promise<void>;
  /**
   * Takes a document back that has not left; its number is free again.
   * @throws Refused 404, 409
   */
  withdraw(id: string, by: string, reason: string): Promise<void>;
}

/** A submission that can be kept. */
interface Sound {
  readonly line: number;
  readonly document: Document;
  /** The rules that it would be checked by now. */
  readonly profile: AccountProfile;
  readonly known: Knowing;
  readonly sending: Sending;
}
type Read = Sound | { readonly line: number; readonly refused: Refused };

/** Opens the door for documents of the supplier's. */
export function openSubmitter(services: PipelineServices, queue: JobQueue): Submitter {
  const { database, directory, library, log } = services;

  async function read({ line, value }: Submission, accounts: AccountsNow): Promise<Read> {
    const submission = readSubmission(value);
    if ("faults" in submission) return { line, refused: invalid(submission.faults) };
    const { document } = submission;
    const { account: accountId, usage } = document;
    const inForce = await accounts.ruling(database.session, accountId, new Date());
    if (!inForce)
      return {
        line,
        refused: invalid([{ path: "account", message: `there is no account "${document.account.slice(0, 60)}"` }]),
      };
    const { profile } = await ruledFor(database.session, inForce, { accountId, usage, body: document });
    try {
      const sending = sendingTo(library, profile, document.usage, document.documentType);
      return { line, document, profile, known: knownBy(document), sending };
    } catch (error) {
      if (!(error instanceof PorticoError)) throw error;
      return { line, refused: invalid([{ path: "documentType", message: error.message }]) };
    }
  }

  /** What a person decides on a document that is in one of these states. */
  async function decide(
    id: string,
    states: readonly DocumentStatus[],
    change: (session: Session, row: DocumentRow) => Promise<NextJob[]>,
  ): Promise<void> {
    const next = await database.transaction(async (session) => {
      const row = await lockDocument(session, id);
      if (row === null || row.direction !== "outbound")
        throw new Refused(404, "document.not-found", `There is no document ${id} that could leave.`);
      if (!states.includes(row.status))
        throw new Refused(
          409,
          "document.not-held",
          `The document is ${row.status}; only one that is ${states.join(" or ")} can be decided on.`,
        );
      const { accountId: account } = row;
      return writeDown(
        session,
        (await change(session, row)).map((job) => ({ ...job, account })),
      );
    });
    await handOver(queue, next, log);
  }

  return {
    async submit(submissions, { by, key }) {
      const accounts = await directory.load(database.session);
      const all: Read[] = [];
      for (const submission of submissions) all.push(await read(submission, accounts));
      if (all.every((one) => "refused" in one)) return all;
      const { outcomes, next } = await database.transaction(async (session) => {
        const outcomes = await keepAll(session, all, { by, key });
        const checks = outcomes.flatMap((one): NextJob[] =>
          "kept" in one && !one.repeated
            ? [{ name: "check", ids: { document: one.kept.id, run: 1, release: false }, account: one.kept.account }]
            : [],
        );
        return { outcomes, next: await writeDown(session, checks) };
      });
      await handOver(queue, next, log);
      if (next.length > 0) log.info({ documents: next.length, by }, "documents handed in");
      return outcomes;
    },

    async tryOut(submissions) {
      const accounts = await directory.load(database.session);
      const trials: Trial[] = [];
      for (const submission of submissions) trials.push(await tryOne(services, await read(submission, accounts)));
      return trials;
    },

    release: (id, by, reason) =>
      decide(id, ["held"], async (session) => {
        const because = `Released by ${by}: ${reason}`;
        await tell(session, { documentId: id }, "released", because);
        await closeWorkItems(session, { documentId: id }, because);
        const run = await checkSubmissionAgain(session, id);
        log.info({ document: id, by }, "document released");
        return [{ name: "check", ids: { document: id, run, release: true } }];
      }),

    withdraw: (id, by, reason) =>
      decide(id, ["held", "submitted"], async (session, row) => {
        const because = `Withdrawn by ${by}: ${reason}`;
        for (const one of await withdrawnTogether(session, row)) {
          await withdrawSubmission(session, one.id);
          const lines = one.submittedBy === null ? await reopenBilled(session, one) : 0;
          const open = lines === 0 ? "" : " What it billed is open again, and comes with the next plan.";
          await tell(session, { documentId: one.id }, "withdrawn", `${because}${open}`);
          await closeWorkItems(session, { documentId: one.id }, because);
          log.info({ document: one.id, by, reopened: lines }, "document withdrawn");
        }
        return [];
      }),
  };
}

function invalid(faults: readonly Fault[]): Refused {
  const [first] = faults;
  const where = first?.path ? `${first.path}: ` : "";
  return new Refused(
    400,
    "document.invalid",
    `The document is not as it should be: ${where}${first?.message}.`,
    faults,
  );
}

/** What becomes of each, in the transaction that keeps those that can be kept. */
async function keepAll(session: Session, all: readonly Read[], { by, key }: Submitting): Promise<SubmissionOutcome[]> {
  const sound = all.filter((one) => !("refused" in one)) as Sound[];
  const hashes = new Map(sound.map(({ line, document }) => [line, contentHash(document)]));
  const lines = sound.map(({ line }) => line);
  const answered = key === null ? new Map<number, KeptAnswer>() : await findKeptAnswers(session, key, lines);
  const added = new Map(
    sound
      .filter(({ line }) => !answered.has(line))
      .map((one): [number, { receipt: SubmissionReceipt; row: NewSubmission }] => [one.line, newOf(one, by)]),
  );
  const kept = await keepSubmissions(
    session,
    [...added.values()].map(({ row }) => row),
  );
  const earlier = new Map((await findByClaims(session, claimsNotKept(added, kept))).map((one) => [one.claim, one.id]));
  const outcomes = all.map((one): SubmissionOutcome => {
    if ("refused" in one) return one;
    const { line } = one;
    const before = answered.get(line);
    if (before) return repeated(line, before, hashes.get(line));
    const { receipt, row } = added.get(line) as { receipt: SubmissionReceipt; row: NewSubmission };
    if (kept.has(receipt.id)) return { line, kept: receipt, repeated: false };
    return { line, refused: usedBefore(one, earlier.get(row.claim)) };
  });
  await tellAll(session, [...kept], "submitted", `Handed in by ${by}.`);
  if (key !== null) {
    await keepAnswers(
      session,
      key,
      outcomes.flatMap((one) =>
        "kept" in one && !one.repeated
          ? [{ line: one.line, request: hashes.get(one.line) ?? "", answer: one.kept }]
          : [],
      ),
    );
  }
  return outcomes;
}

function newOf({ document, known, sending }: Sound, by: string): { receipt: SubmissionReceipt; row: NewSubmission } {
  const id = randomUUID();
  const { documentType: type, account, usage } = document;
  const { number, claim, orderNumbers } = known;
  return {
    receipt: { id, type, number, account, usage, status: "submitted", sending },
    row: {
      id,
      direction: "outbound",
      type,
      number,
      accountId: account,
      usage,
      businessKey: claim,
      claim,
      orderNumbers,
      submittedBy: by,
      body: document,
    },
  };
}

const claimsNotKept = (added: ReadonlyMap<number, { row: NewSubmission }>, kept: ReadonlySet<string>): string[] =>
  [...added.values()].filter(({ row }) => !kept.has(row.id)).map(({ row }) => row.claim);

/** The same request again gets the same answer; another one under the same key is a mistake of the client's. */
function repeated(line: number, before: KeptAnswer, hash: string | undefined): SubmissionOutcome {
  if (before.request === hash) return { line, kept: before.answer as SubmissionReceipt, repeated: true };
  const message = "This Idempotency-Key was used for another document. Give each document a key of its own.";
  return { line, refused: new Refused(422, "idempotency.key-reused", message) };
}

function usedBefore({ document, known }: Sound, earlier: string | undefined): Refused {
  const what = `The ${wordsFor(document.documentType)} ${known.number}`;
  const id = earlier === undefined ? "" : `, as document ${earlier}`;
  return new Refused(
    409,
    "document.number-used",
    `${what} was handed in before${id}. Its number is used once; give a new one, or withdraw the first if it is held.`,
  );
}

async function tryOne(services: PipelineServices, one: Read): Promise<Trial> {
  const { line } = one;
  if ("refused" in one) {
    const { code, errors } = one.refused;
    const problems = errors.map((fault) => ({ ...fault, code, severity: "refusal" as const }));
    return { line, outcome: "refused", type: null, number: null, sending: null, x12: null, problems };
  }
  const { known, sending, profile } = one;
  const { document } = await completedFromOrder(services.database.session, profile, one.document);
  const [earlier] = await findByClaims(services.database.session, [known.claim]);
  const refused = earlier ? [refusal(usedBefore(one, earlier.id))] : [];
  const { session } = services.database;
  const findings = await findingsOn({ ...services, session }, profile, document, known);
  const problems = [
    ...refused,
    ...findings.map(({ severity, ...finding }: StoredFinding) => ({ ...finding, severity })),
  ];
  const held = findings.some(({ severity }) => severity === "hold");
  return {
    line,
    outcome: refused.length > 0 ? "refused" : held ? "held" : "accepted",
    type: document.documentType,
    number: known.number,
    sending,
    x12: await x12Of(services, profile, document, known),
    problems,
  };
}

const refusal = ({ code, message }: Refused) => ({ path: "", message, code, severity: "refusal" as const });

/** The interchange as it would be written now. Its control numbers are placeholders: none is taken. */
async function x12Of(
  { database, library, guides, log }: PipelineServices,
  profile: AccountProfile,
  document: Document,
  known: Knowing,
): Promise<string | null> {
  try {
    const { draft } = await draftOfDocument(database.session, { library, guides }, profile, document, known);
    return Buffer.from(writeDraft(draft, profile, provisionalNumbers, new Date())).toString("utf8");
  } catch (error) {
    // The findings say why.
    log.debug({ because: messageOf(error) }, "a trial could not be written");
    return null;
  }
}
