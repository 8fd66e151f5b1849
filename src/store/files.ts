import { and, asc, eq, gte, lte, ne } from "drizzle-orm";
import { type Session, waitForTurn } from "./database.ts";
import { filePieces, files } from "./tables.ts";

/** Bytes in one row: large enough to be quick, small enough to hold several at once. */
export const archivePieceBytes = 256 * 1024;

export interface FileFacts {
  readonly id: string;
  readonly submitter: string;
  /** Lower-case hexadecimal SHA-256. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly mediaType: string | null;
  readonly name: string | null;
  readonly receivedAt: Date;
}

/** The file of the same bytes from the same submitter, if it came before. */
export async function findSameFile(session: Session, submitter: string, sha256: string): Promise<FileFacts | null> {
  const [row] = await session
    .select()
    .from(files)
    .where(and(eq(files.submitter, submitter), eq(files.sha256, sha256), ne(files.submitter, "gateway")));
  return row ?? null;
}

/**
 * Keeps a file's bytes. Pieces may be of any size; they are cut anew.
 * @returns false where the same bytes from the same submitter are there already, and nothing was written
 */
export async function keepFile(
  session: Session,
  file: FileFacts,
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<boolean> {
  const written = await session.insert(files).values(file).onConflictDoNothing().returning({ id: files.id });
  if (written.length === 0) return false;
  let ordinal = 0;
  for await (const piece of recut(bytes, archivePieceBytes)) {
    await session.insert(filePieces).values({ fileId: file.id, ordinal, bytes: piece });
    ordinal += 1;
  }
  return true;
}

/** A file's bytes from the first to the last, a piece at a time. */
export async function* readFile(session: Session, fileId: string): AsyncGenerator<Uint8Array> {
  for (let ordinal = 0; ; ordinal += 1) {
    const [row] = await session
      .select({ bytes: filePieces.bytes })
      .from(filePieces)
      .where(and(eq(filePieces.fileId, fileId), eq(filePieces.ordinal, ordinal)));
    if (!row) return;
    yield row.bytes;
    if (row.bytes.length < archivePieceBytes) return;
  }
}

/** `length` bytes of a file from `offset` on. */
export async function readFileRange(session: Session, fileId: string, offset: number, length: number): Promise<Buffer> {
  const first = Math.floor(offset / archivePieceBytes);
  const last = Math.floor((offset + length - 1) / archivePieceBytes);
  const rows = await session
    .select({ bytes: filePieces.bytes })
    .from(filePieces)
    .where(and(eq(filePieces.fileId, fileId), gte(filePieces.ordinal, first), lte(filePieces.ordinal, last)))
    .orderBy(asc(filePieces.ordinal));
  const whole = Buffer.concat(rows.map((row) => row.bytes));
  const start = offset - first * archivePieceBytes;
  return whole.subarray(start, start + length);
}

/** The facts of one file. */
export async function findFile(session: Session, fileId: string): Promise<FileFacts | null> {
  const [row] = await session.select().from(files).where(eq(files.id, fileId));
  return row ?? null;
}

/** Waits for any other transaction that is keeping a file of this submitter and hash, until this one ends. */
export async function lockSameFile(session: Session, submitter: string, sha256: string): Promise<void> {
  await waitForTurn(session, `file ${submitter} ${sha256}`);
}

async function* recut(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array> {
  let kept: Uint8Array[] = [];
  let held = 0;
  for await (const chunk of bytes) {
    let rest = chunk;
    while (held + rest.length >= size) {
      yield Buffer.concat([...kept, rest.subarray(0, size - held)]);
      rest = rest.subarray(size - held);
      kept = [];
      held = 0;
    }
    if (rest.length > 0) {
      kept.push(rest);
      held += rest.length;
    }
  }
  if (held > 0) yield Buffer.concat(kept);
}
