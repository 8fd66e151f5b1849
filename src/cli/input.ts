import { createWriteStream } from "node:fs";
import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { messageOf } from "../errors.ts";
import { CannotDo } from "./exit.ts";

/** Bytes read from the disk in one go. */
const chunkBytes = 256 * 1024;

/** A file that a command was given, however large: read from its beginning as often as needed, or at any place of it. */
export interface Input {
  /** As it was given; "-" for standard input. */
  readonly name: string;
  /** The bytes in order. A chunk is good until the next one is asked for. */
  chunks(): AsyncIterable<Uint8Array>;
  /** The bytes from `offset` on, fewer than `length` at the end of the file. */
  range(offset: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

/**
 * Opens a file, or standard input for `-`. What can be read only once (a pipe) is first put into a temporary file.
 *
 * @throws CannotDo with one clear line
 */
export async function openInput(name: string): Promise<Input> {
  if (name === "-") return spooled(name, process.stdin);
  try {
    const handle = await open(name, "r");
    const about = await handle.stat();
    if (about.isFile()) return inputOn(name, handle, async () => {});
    if (about.isDirectory()) {
      await handle.close();
      throw new CannotDo(`${name} is a folder, not a file.`);
    }
    return await spooled(name, handle.createReadStream());
  } catch (error) {
    throw whyUnreadable(name, error);
  }
}

/** Opens a file, does something with it, and closes it whatever happens. */
export async function withInput<Result>(name: string, work: (input: Input) => Promise<Result>): Promise<Result> {
  const input = await openInput(name);
  try {
    return await work(input);
  } finally {
    await input.close();
  }
}

/** The most bytes of a file that is read as a whole: account files are some kilobytes. */
const longestText = 4 * 1024 * 1024;

/** A small file as text. @param longest most bytes that it may have */
export function readText(name: string, longest = longestText): Promise<string> {
  return withInput(name, async (input) => {
    const bytes = await input.range(0, longest + 1);
    if (bytes.length > longest) {
      throw new CannotDo(`${name} is too large: it may have ${Math.floor(longest / 1024 / 1024)} MiB.`);
    }
    return bytes.toString("utf8");
  });
}

async function spooled(name: string, from: NodeJS.ReadableStream): Promise<Input> {
  const folder = await mkdtemp(join(tmpdir(), "portico-input-"));
  const clear = () => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, "input");
    await pipeline(from, createWriteStream(path, { mode: 0o600 }));
    return inputOn(name, await open(path, "r"), clear);
  } catch (error) {
    await clear();
    throw whyUnreadable(name, error);
  }
}

function inputOn(name: string, handle: FileHandle, clear: () => Promise<void>): Input {
  const readAt = async (buffer: Buffer, offset: number): Promise<number> => {
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return filled;
  };
  return {
    name,
    async *chunks() {
      const buffer = Buffer.allocUnsafe(chunkBytes);
      for (let offset = 0; ; ) {
        const filled = await readAt(buffer, offset).catch((error) => {
          throw whyUnreadable(name, error);
        });
        if (filled === 0) return;
        yield buffer.subarray(0, filled);
        offset += filled;
      }
    },
    async range(offset, length) {
      const buffer = Buffer.alloc(length);
      return buffer.subarray(0, await readAt(buffer, offset));
    },
    async close() {
      await handle.close();
      await clear();
    },
  };
}

function whyUnreadable(name: string, error: unknown): CannotDo {
  if (error instanceof CannotDo) return error;
  const shown = name === "-" ? "Standard input" : name;
  switch ((error as NodeJS.ErrnoException).code) {
    case "ENOENT":
      return new CannotDo(`There is no file ${name}.`);
    case "EISDIR":
      return new CannotDo(`${name} is a folder, not a file.`);
    case "EACCES":
    case "EPERM":
      return new CannotDo(`${shown} can't be read: permission denied.`);
    default:
      return new CannotDo(`${shown} can't be read: ${messageOf(error)}.`);
  }
}
