import { type Command, Option } from "commander";
import { type Config, readConfig } from "../config.ts";
import { messageOf } from "../errors.ts";
import type { Gateway, Role } from "../gateway.ts";
import { type Logger, openLog } from "../log.ts";
import { version } from "../version.ts";
import { banner } from "./banner.ts";
import { exitCodes } from "./exit.ts";

/** npm hands Ctrl-C on to a process that the terminal has told already: signals this close together are one, milliseconds. */
const oneSignalMs = 500;
/** How long a closed gateway may linger before its process is ended, milliseconds. */
const lingerMs = 2_000;

/** `portico start`: the gateway, until somebody stops it. */
export function addStart(program: Command): void {
  program
    .command("start")
    .summary("start the gateway")
    .description("Starts the gateway and runs until Ctrl-C or SIGTERM, which close it cleanly.")
    .addOption(
      new Option("--role <role>", "what this process does: api answers HTTP, worker does the jobs, all does both")
        .choices(["all", "api", "worker"])
        .default("all"),
    )
    .addHelpText(
      "after",
      `
Without any setting it keeps everything in ./data and listens on http://localhost:8080. Settings come from the environment;
"portico config" lists them.

Examples:
  $ portico start
  $ PORT=9000 DATA_DIR=/var/lib/portico portico start
  $ DATABASE_URL=postgres://portico@db/portico REDIS_URL=redis://queue portico start --role api
  $ DATABASE_URL=postgres://portico@db/portico REDIS_URL=redis://queue portico start --role worker`,
    )
    .action(({ role }: { role: Role }) => start(role));
}

async function start(role: Role): Promise<void> {
  const config = readConfig();
  const stop = stopSignal();
  const progress = (doing: string) => process.stderr.write(`portico: ${doing} ...\n`);
  progress(`starting version ${version}`);
  const log = openLog(config.LOG_LEVEL, config.LOG_FORMAT);
  endOnDefect(log);
  // Loaded here and not above: the other commands start the faster without databases and servers.
  const { startGateway } = await import("../gateway.ts");
  const gateway = await startGateway({ config, role, log, progress });
  announce(gateway, config, role);

  const signal = await stop;
  process.stderr.write(`portico: closing (${signal}) ...\n`);
  await gateway.close();
  process.exitCode = exitCodes.good;
  setTimeout(() => process.exit(exitCodes.good), lingerMs).unref();
}

/** To standard output, except for those who asked for nothing but JSON there. */
function announce(gateway: Gateway, config: Config, role: Role): void {
  const stream = config.LOG_FORMAT === "json" ? process.stderr : process.stdout;
  stream.write(banner(gateway, config, role));
}

/** The first SIGINT or SIGTERM. One more, from somebody who does not want to wait, ends the process at once. */
function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((stop) => {
    let first: number | null = null;
    const told = (signal: NodeJS.Signals) => {
      if (first === null) {
        first = performance.now();
        stop(signal);
      } else if (performance.now() - first > oneSignalMs) {
        process.exit(exitCodes.interrupted);
      }
    };
    process.on("SIGINT", told).on("SIGTERM", told);
  });
}

/** After an error that nobody caught the process is in no known state: it says so and ends; whoever runs it starts it anew. */
function endOnDefect(log: Logger): void {
  const end = (error: unknown) => {
    log.fatal({ err: error }, `ended by an error that nobody caught: ${messageOf(error)}`);
    log.flush(() => process.exit(1));
    setTimeout(() => process.exit(1), oneSignalMs);
  };
  process.on("uncaughtException", end).on("unhandledRejection", end);
}
