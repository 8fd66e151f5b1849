import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const home = fileURLToPath(new URL("../..", import.meta.url));

/** What a command did. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line that was built, as its user would, in the repository's folder and with no settings but those given. */
export async function runPortico(
  args: readonly string[],
  options: { stdin?: string | Uint8Array; environment?: NodeJS.ProcessEnv } = {},
): Promise<Run> {
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: home,
    env: { PATH: process.env.PATH, DATA_DIR: "/nonexistent", ...options.environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (data: Buffer) => stdout.push(data));
  child.stderr.on("data", (data: Buffer) => stderr.push(data));
  // A command that does not read its input may end before all of it is written.
  child.stdin.on("error", () => {});
  child.stdin.end(options.stdin ?? "");
  const [code] = await once(child, "close");
  return {
    code: code as number | null,
    stdout: Buffer.concat(stdout).toString(),
    stderr: Buffer.concat(stderr).toString(),
  };
}

/** The only line of a text; fails where there is none or more. */
export function onlyLine(text: string): string {
  const lines = text.split("\n");
  if (lines.length !== 2 || lines[1] !== "") throw new Error(`not one line: ${JSON.stringify(text)}`);
  return lines[0] as string;
}
