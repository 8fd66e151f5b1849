import { type DestinationStream, type Logger, type LoggerOptions, pino } from "pino";
import pretty from "pino-pretty";

export type { Logger } from "pino";

/** Paths whose values never reach a log line. */
const secrets = [
  "token",
  "*.token",
  "secret",
  "*.secret",
  "password",
  "*.password",
  "authorization",
  "headers.authorization",
  "req.headers.authorization",
  "headers.cookie",
  "req.headers.cookie",
];

/**
 * The process's log. JSON lines on standard output, or readable ones where a person sits at the terminal.
 * @param format null chooses by whether standard output is a terminal
 */
export function openLog(level: string, format: "json" | "pretty" | null, to?: DestinationStream): Logger {
  const chosen = format ?? (process.stdout.isTTY ? "pretty" : "json");
  const options: LoggerOptions = { level, redact: { paths: secrets, censor: "(hidden)" }, base: null };
  if (chosen === "json") return to ? pino(options, to) : pino(options);
  const readable = pretty({
    colorize: process.stdout.isTTY === true,
    translateTime: "HH:MM:ss.l",
    ignore: "pid,hostname",
    singleLine: true,
    ...(to ? { destination: to } : {}),
  });
  return pino(options, readable);
}
