import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createConnection, createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** A server that the tests started, or that was there. */
export interface TestServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Why a server can't be had on this machine. */
export class NoServer extends Error {}

const startMs = 30_000;

/** PostgreSQL: the one at TEST_DATABASE_URL, or one of our own from the installed binaries, on a free port in a temporary folder. */
export async function startPostgres(): Promise<TestServer> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, stop: async () => {} };
  const initdb = findBinary("initdb");
  const postgres = findBinary("postgres");
  if (!initdb || !postgres)
    throw new NoServer("no PostgreSQL: TEST_DATABASE_URL is not set and no initdb is installed");
  const folder = mkdtempSync(join(tmpdir(), "portico-postgres-"));
  const data = join(folder, "data");
  mkdirSync(data);
  // PostgreSQL refuses to run as root.
  const owner = process.getuid?.() === 0 ? unprivilegedUser() : {};
  if (owner.uid !== undefined) for (const path of [folder, data]) chownSync(path, owner.uid, owner.gid ?? 0);
  execFileSync(initdb, ["-D", data, "-U", "portico", "--auth=trust", "--no-sync", "-E", "UTF8"], {
    ...owner,
    stdio: "pipe",
  });
  const port = await freePort();
  const settings = {
    port,
    unix_socket_directories: folder,
    listen_addresses: "127.0.0.1",
    fsync: "off",
    max_connections: 200,
  };
  const child = spawn(
    postgres,
    ["-D", data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    {
      ...owner,
      stdio: "ignore",
    },
  );
  await answers(port, child);
  return { url: `postgres://portico@127.0.0.1:${port}/postgres`, stop: () => end(child, "SIGINT", folder) };
}

/** Redis: the one at TEST_REDIS_URL, or one of our own. */
export async function startRedis(): Promise<TestServer> {
  const given = process.env.TEST_REDIS_URL;
  if (given) return { url: given, stop: async () => {} };
  const binary = findBinary("redis-server");
  if (!binary) throw new NoServer("no Redis: TEST_REDIS_URL is not set and no redis-server is installed");
  const folder = mkdtempSync(join(tmpdir(), "portico-redis-"));
  const port = await freePort();
  const options = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--databases", "64"];
  const child = spawn(binary, [...options, "--maxmemory-policy", "noeviction"], { stdio: "ignore" });
  await answers(port, child);
  return { url: `redis://127.0.0.1:${port}`, stop: () => end(child, "SIGTERM", folder) };
}

/** On the PATH, or where Debian puts PostgreSQL's programs. */
function findBinary(name: string): string | null {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, "bin")),
    ...(process.env.PATH ?? "").split(delimiter),
  ];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

function unprivilegedUser(): { uid?: number; gid?: number } {
  for (const name of ["postgres", "nobody"]) {
    try {
      const id = (flag: string) => Number(execFileSync("id", [flag, name], { stdio: "pipe" }).toString());
      return { uid: id("-u"), gid: id("-g") };
    } catch {}
  }
  throw new NoServer("PostgreSQL can't run as root, and there is no user postgres or nobody");
}

/** A port that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address && typeof address === "object" ? done(address.port) : failed(new Error("no port"))));
    });
  });
}

async function answers(port: number, child: ChildProcess): Promise<void> {
  const until = Date.now() + startMs;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new NoServer(`${child.spawnfile} ended with ${child.exitCode}`);
    const open = await new Promise<boolean>((done) => {
      const connection = createConnection(port, "127.0.0.1");
      connection.once("connect", () => done(true)).once("error", () => done(false));
      connection.once("connect", () => connection.destroy());
    });
    if (open) return;
    await pause(50);
  }
  throw new NoServer(`${child.spawnfile} did not answer within ${startMs} ms`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals, folder: string): Promise<void> {
  if (child.exitCode === null) {
    const over = new Promise((done) => child.once("exit", done));
    child.kill(signal);
    await over;
  }
  rmSync(folder, { recursive: true, force: true });
}
