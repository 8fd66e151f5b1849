import type { z } from "zod";

/** A document that may say how many lines it has. */
interface Counted {
  readonly lines: readonly unknown[];
  readonly totals?: { readonly lineCount?: number | undefined } | undefined;
}

/** The check that a document's `totals.lineCount`, where it is given, is the number of its lines. */
export const lineCountIsRight: z.core.CheckFn<Counted> = ({ value, issues }) => {
  const said = value.totals?.lineCount;
  if (said === undefined || said === value.lines.length) return;
  issues.push({
    code: "custom",
    path: ["totals", "lineCount"],
    message: `says ${said} lines and there are ${value.lines.length}; leave it out, it is counted`,
    input: said,
  });
};
