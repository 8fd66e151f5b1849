import { inspect } from "node:util";
import { AccountFileError } from "../accounts/index.ts";
import { BadSettings } from "../config.ts";
import { CannotStart } from "../errors.ts";
import { UnfitGuide } from "../x12/index.ts";

/** What a command's exit code says. */
export const exitCodes = {
  good: 0,
  /** The input was read, and is bad. */
  badInput: 1,
  /** It could not be read or done. */
  notDone: 2,
  /** A second Ctrl-C: 128 and the number of SIGINT, as shells have it. */
  interrupted: 130,
} as const;

/** A command can't do what it was asked for: one clear line for whoever typed it, and the exit code. */
export class CannotDo extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number = exitCodes.notDone) {
    super(message);
    this.name = "CannotDo";
    this.exitCode = exitCode;
  }
}

/** What to print of an error that ended a command, and the exit code it ends with. */
export function outcomeOf(error: unknown): { readonly lines: readonly string[]; readonly exitCode: number } {
  if (error instanceof CannotDo) return { lines: error.message.split("\n"), exitCode: error.exitCode };
  if (error instanceof AccountFileError) return { lines: error.message.split("\n"), exitCode: exitCodes.badInput };
  if (error instanceof UnfitGuide) return { lines: error.faults, exitCode: exitCodes.badInput };
  if (error instanceof CannotStart || error instanceof BadSettings) {
    return { lines: error.message.split("\n"), exitCode: exitCodes.notDone };
  }
  // With its causes: what a database said is in them.
  const trace = inspect(error).replaceAll("\t", "  ");
  return {
    lines: ["this is a defect of Portico's, please report it:", ...trace.split("\n")],
    exitCode: exitCodes.notDone,
  };
}
