import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { eventually } from "./test-gateway.ts";

const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** The gateway as its operator starts it: a process of its own. */
export class GatewayProcess {
  readonly child: ChildProcess;
  #output = "";

  constructor(args: readonly string[], environment: NodeJS.ProcessEnv) {
    this.child = spawn(process.execPath, [cli, ...args], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const keep = (data: Buffer) => {
      this.#output += data.toString();
    };
    this.child.stdout?.on("data", keep);
    this.child.stderr?.on("data", keep);
  }

  /** Everything it has printed so far, on both outputs. */
  get output(): string {
    return this.#output;
  }

  /** Waits until its output matches. */
  prints(pattern: RegExp): Promise<RegExpExecArray> {
    return eventually(
      async () => {
        const match = pattern.exec(this.#output);
        if (match) return match;
        if (this.child.exitCode !== null) throw new Error(`it ended with ${this.child.exitCode}: ${this.#output}`);
        return undefined;
      },
      `${pattern} in the output of ${this.child.spawnargs.slice(1).join(" ")}`,
      60_000,
    );
  }

  /** Sends a signal and waits for the end. @returns its exit code; null where the signal ended it */
  async end(signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const over = once(this.child, "exit");
    this.child.kill(signal);
    const [code] = await over;
    return code as number | null;
  }

  /** Waits for it to end by itself. */
  async ended(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, "exit");
    return this.child.exitCode;
  }
}
