import { randomUUID } from "node:crypto";
import { Refused } from "../errors.ts";
import type { JobQueue } from "../queue.ts";
import type { Subject } from "../store/accounts.ts";
import type { Database, Session } from "../store/database.ts";
import { tell } from "../store/events.ts";
import { findSameFile, keepFile, lockSameFile } from "../store/files.ts";
import { findInterchangesOfFile, insertInterchange } from "../store/interchanges.ts";
import type { InboundStatus, OutboundStatus } from "../store/tables.ts";
import { handOver, type WrittenJob, writeDown } from "./handover.ts";
import { type Spooled, spool } from "./spool.ts";
import type { PipelineLog } from "./step.ts";

/** A file on its way in. */
export interface Incoming {
  readonly bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** Who brings it. */
  readonly from: Subject;
  readonly mediaType: string | null;
  readonly name: string | null;
}

/** What the transport answers, after the commit and not before. */
export interface Receipt {
  /** Of the file's first interchange; others in the same file get ids of their own when it is read. */
  readonly id: string;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly receivedAt: Date;
  readonly status: InboundStatus | OutboundStatus;
  /** The same bytes came from the same submitter before; this is the first one's receipt, and nothing is done again. */
  readonly duplicate: boolean;
}

export interface Receiver {
  /**
   * Keeps a file and answers for it.
   * @throws Refused 413 where it is too large, 400 where it is empty; nothing is kept then
   */
  receive(incoming: Incoming): Promise<Receipt>;
}

/** Whose bytes they are, for telling whether they came before. */
export function submitterOf(subject: Subject): string {
  return subject.kind === "account" ? `account:${subject.accountId}` : "supplier";
}

/** The gateway's one way in: keep the bytes, commit, and only then answer. Nothing is read of them here. */
export function openReceiver(
  database: Database,
  queue: JobQueue,
  options: { spoolFolder: string; maxBytes: number; log: PipelineLog },
): Receiver {
  return {
    async receive(incoming) {
      await using file = await spool(incoming.bytes, options.spoolFolder, options.maxBytes);
      if (file.size === 0) {
        throw new Refused(
          400,
          "interchange.empty",
          "The request has no bytes: send the X12 file as the request's body.",
        );
      }
      const { receipt, next } = await database.transaction((session) => keep(session, file, incoming));
      await handOver(queue, next, options.log);
      options.log.info(
        { interchange: receipt.id, size: receipt.size, duplicate: receipt.duplicate },
        receipt.duplicate ? "the same file came again" : "file received",
      );
      return receipt;
    },
  };
}

async function keep(
  session: Session,
  file: Spooled,
  { from, mediaType, name }: Incoming,
): Promise<{ receipt: Receipt; next: readonly WrittenJob[] }> {
  const submitter = submitterOf(from);
  const { sha256, size } = file;
  await lockSameFile(session, submitter, sha256);
  const same = await findSameFile(session, submitter, sha256);
  if (same) {
    const [first] = await findInterchangesOfFile(session, same.id);
    if (first) {
      await tell(
        session,
        { interchangeId: first.id },
        "received-again",
        "The same bytes came again; nothing was done twice.",
      );
      const { id, status } = first;
      return { receipt: { id, sha256, size, receivedAt: same.receivedAt, status, duplicate: true }, next: [] };
    }
  }
  const id = randomUUID();
  const fileId = randomUUID();
  const receivedAt = new Date();
  await keepFile(session, { id: fileId, submitter, sha256, size, mediaType, name, receivedAt }, file.bytes());
  await insertInterchange(session, {
    id,
    direction: "inbound",
    status: "received",
    fileId,
    submitterAccountId: from.kind === "account" ? from.accountId : null,
    receivedAt,
  });
  await tell(session, { interchangeId: id }, "received", `${size} bytes received and kept (SHA-256 ${sha256}).`);
  const next = await writeDown(session, [
    {
      name: "interpret",
      ids: { interchange: id, run: 0, release: false },
      ...(from.kind === "account" && { account: from.accountId }),
    },
  ]);
  return { receipt: { id, sha256, size, receivedAt, status: "received", duplicate: false }, next };
}
