import type { Demand } from "./guide-stack.ts";
import type { Problem } from "./problem.ts";

/** A problem with what a guide says about it: its message in place of ours, and its severity. */
export function inWordsOf({ message, severity }: Demand<unknown>, problem: Problem): Problem {
  const words = message ?? problem.message;
  return severity === "warning"
    ? { ...problem, message: `warning: ${words}`, severity }
    : { ...problem, message: words };
}
