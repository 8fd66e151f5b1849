import { once } from "node:events";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { messageOf } from "../errors.ts";
import { CannotDo } from "./exit.ts";

/** Where a command puts what it makes. */
export interface Output {
  /** Takes the next piece, and waits where whoever reads it is slower than we are. */
  write(piece: string | Uint8Array): Promise<void>;
}

/**
 * Opens a file to be written, or standard output where none is named, and does something with it. A file is there only when all
 * of it is: until then it has another name, and what it may replace (the input, for one) stays as it was.
 *
 * @throws CannotDo with one clear line
 */
export async function withOutput(name: string | undefined, work: (output: Output) => Promise<void>): Promise<void> {
  if (name === undefined || name === "-") return work({ write: writeToStandardOutput });
  const unfinished = `${name}.unfinished`;
  const handle = await orUnwritable(name, open(unfinished, "w"));
  try {
    await work({ write: (piece) => writeAll(name, handle, piece) });
    await orUnwritable(name, handle.close());
    await orUnwritable(name, rename(unfinished, name));
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function writeToStandardOutput(piece: string | Uint8Array): Promise<void> {
  if (!process.stdout.write(piece)) await once(process.stdout, "drain");
}

async function writeAll(name: string, handle: FileHandle, piece: string | Uint8Array): Promise<void> {
  await orUnwritable(name, handle.writeFile(piece));
}

async function orUnwritable<Result>(name: string, done: Promise<Result>): Promise<Result> {
  try {
    return await done;
  } catch (error) {
    throw new CannotDo(`${name} can't be written: ${messageOf(error)}.`);
  }
}
