import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { Refused } from "../errors.ts";

/** Bytes that are held in memory before a file is put on disk. */
const memoryBytes = 1024 * 1024;

/** A file that has come in whole, and waits to be kept. */
export interface Spooled extends AsyncDisposable {
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  bytes(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/**
 * Takes a file in, in bounded memory, before the database is touched: a slow sender must not hold a transaction open.
 * Disposing of it removes what it left on disk.
 * @throws Refused (413) past `limit` bytes; nothing is left then
 */
export async function spool(
  incoming: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  folder: string,
  limit: number,
): Promise<Spooled> {
  const hash = createHash("sha256");
  const held: Uint8Array[] = [];
  const path = join(folder, randomUUID());
  let file: FileHandle | undefined;
  let size = 0;
  try {
    for await (const chunk of incoming) {
      size += chunk.length;
      if (size > limit) throw tooLarge(limit);
      hash.update(chunk);
      held.push(chunk);
      if (size <= memoryBytes) continue;
      file ??= await open(path, "wx", 0o600);
      for (const part of held.splice(0)) await file.writeFile(part);
    }
  } catch (error) {
    await file?.close();
    await rm(path, { force: true });
    throw error;
  }
  await file?.close();
  const onDisk = file !== undefined;
  return {
    size,
    sha256: hash.digest("hex"),
    bytes: () => (onDisk ? createReadStream(path, { highWaterMark: 256 * 1024 }) : held),
    async [Symbol.asyncDispose]() {
      if (onDisk) await rm(path, { force: true });
    },
  };
}

/** The refusal of a file that is larger than the setting allows. */
export function tooLarge(limit: number): Refused {
  return new Refused(
    413,
    "interchange.too-large",
    `The file is larger than ${limit} bytes (MAX_INTERCHANGE_BYTES). Nothing was kept; send it in parts.`,
  );
}
