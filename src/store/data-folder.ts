import { randomUUID } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, rmSync } from "node:fs";
import { createConnection, createServer, type Server } from "node:net";
import { dirname, join, relative, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { CannotStart, messageOf } from "../errors.ts";

/** Bytes that a path of a Unix socket may have, on the strictest of our systems. */
const longestSocketPath = 103;
/** How long a process that answers at all takes to say who it is, milliseconds. */
const answerMs = 2_000;

/** The folder on disk that belongs to one gateway process. */
export interface DataFolder {
  readonly path: string;
  /** Where files are put on their way in. Emptied at the start: what is in it then was never answered for. */
  readonly spool: string;
  /** Lets the next process have it. */
  release(): Promise<void>;
}

/**
 * Makes the folder ready and claims it for this process. The claim is a socket that only a living process answers, so a
 * killed one leaves nothing that has to be cleared away by hand.
 * @throws CannotStart where it can't be written to, or another process has it
 */
export async function claimDataFolder(path: string): Promise<DataFolder> {
  const folder = resolve(path);
  const spool = join(folder, "spool");
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
    const socket = await claim(folder);
    rmSync(spool, { recursive: true, force: true });
    mkdirSync(spool, { mode: 0o700 });
    return { path: folder, spool, release: () => closed(socket) };
  } catch (error) {
    if (error instanceof CannotStart) throw error;
    throw new CannotStart(`The data folder ${folder} (DATA_DIR) can't be written to: ${messageOf(error)}`);
  }
}

async function claim(folder: string): Promise<Server> {
  const path = socketPath(folder);
  const name = `${process.pid} ${randomUUID()}`;
  const first = await listenOn(path, name);
  if (first) return first;
  const owner = await ownerOf(path);
  if (owner !== null) throw inUse(folder, owner);
  // Nobody answers: a process was killed. Two may find that at once and both take the place; the later one has it.
  rmSync(path, { force: true });
  const second = await listenOn(path, name);
  await pause(50);
  const now = await ownerOf(path);
  if (!second || now !== name) {
    if (second) await closed(second);
    throw inUse(folder, now ?? "");
  }
  return second;
}

/** Not mkdir's own recursion: where a parent is there and refuses with ENOENT, as /proc does, Node's never ends. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

function inUse(folder: string, owner: string): CannotStart {
  const pid = owner.split(" ")[0];
  return new CannotStart(
    `The data folder ${folder} (DATA_DIR) is in use by a running gateway${pid ? ` (process ${pid})` : ""}. Stop it, or choose another folder.`,
  );
}

function socketPath(folder: string): string {
  const absolute = join(folder, "gateway.sock");
  if (Buffer.byteLength(absolute) <= longestSocketPath) return absolute;
  const fromHere = relative(process.cwd(), absolute);
  if (Buffer.byteLength(fromHere) <= longestSocketPath) return fromHere;
  throw new CannotStart(
    `The path of the data folder ${folder} (DATA_DIR) is too long for a socket in it; choose a shorter one.`,
  );
}

/** @returns null where the place is taken, by a living process or by what a killed one left */
function listenOn(path: string, name: string): Promise<Server | null> {
  return new Promise((done, failed) => {
    const server = createServer((connection) => {
      connection.on("error", () => {});
      connection.end(name);
    });
    server.once("error", (error: NodeJS.ErrnoException) => (error.code === "EADDRINUSE" ? done(null) : failed(error)));
    server.listen(path, () => {
      server.unref();
      done(server);
    });
  });
}

/** Who answers on the socket; null where nobody does. */
function ownerOf(path: string): Promise<string | null> {
  return new Promise((done) => {
    let said = "";
    const connection = createConnection(path);
    connection.setTimeout(answerMs, () => connection.destroy(new Error("no answer")));
    connection.on("data", (data) => {
      said += data.toString();
    });
    connection.on("end", () => done(said));
    connection.on("error", (error: NodeJS.ErrnoException) =>
      // Whatever accepts a connection and then says nothing is alive, and must not be taken for gone.
      done(error.code === "ECONNREFUSED" || error.code === "ENOENT" ? null : said),
    );
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((done) => server.close(() => done()));
}
