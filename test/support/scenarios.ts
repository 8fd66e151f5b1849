import { existsSync, readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

const folder = new URL("../../samples/scenarios/", import.meta.url);

const files = z.array(z.string()).default([]);
const expected = {
  sent: files.describe("What the account gets by it: each a whole interchange, in any order."),
  others: files.describe("What everybody else gets by it."),
};
const step = z.union([
  z.strictObject({
    receive: z.string().describe("What the account sends."),
    document: z.string().optional().describe("The order that comes of it."),
    ...expected,
  }),
  z.strictObject({ submit: z.string().describe("What our own systems hand in."), ...expected }),
  z.strictObject({ publish: z.string().describe("What we tell our accounts, early or late."), ...expected }),
  z.strictObject({ at: z.iso.datetime({ offset: true }).describe("The clock goes on to this time."), ...expected }),
]);
/** One thing that happens, and what comes of it. */
export type ScenarioStep = z.output<typeof step>;

const scenario = z.strictObject({
  title: z.string(),
  begins: z.iso.datetime({ offset: true }).describe("What the clock shows at first."),
  steps: z.array(step).min(1),
  workItems: z.array(z.string()).default([]).describe("Kinds of what a person has to look at when all is over."),
});
/** A story about one account, in a folder of `samples/scenarios/`. */
export interface Scenario extends z.output<typeof scenario> {
  /** Of the folder, and of the account in it. */
  readonly name: string;
  /** A file of the folder, as text. */
  read(file: string): string;
  has(file: string): boolean;
  /** Where a file of the folder is. */
  place(file: string): URL;
}

/** Every story of `samples/scenarios/`. */
export const scenarios: readonly Scenario[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort()
  .map((name) => {
    const place = (file: string) => new URL(`${name}/${file}`, folder);
    const read = (file: string) => readFileSync(place(file), "utf8");
    return {
      name,
      place,
      read,
      has: (file) => existsSync(place(file)),
      ...scenario.parse(parse(read("scenario.yaml"))),
    };
  });

/** The account that has no rules of its own: what it gets, and when, shows what the others have beyond it. */
export const everybodyElse = (): string => readFileSync(new URL("everybody-else.yaml", folder), "utf8");

/** Who is told before whom. */
export const publicationPlan: unknown = parse(readFileSync(new URL("publication-plan.yaml", folder), "utf8"));

/** An interchange without what each run has another of: its dates and times of sending, and its control numbers. */
export function withoutEnvelopeTurns(x12: string): string {
  const e = x12.charAt(3);
  const t = x12.charAt(105);
  const masked: Readonly<Record<string, readonly number[]>> = {
    ISA: [9, 10, 13],
    IEA: [2],
    GS: [4, 5, 6],
    GE: [2],
    ST: [2],
    SE: [2],
  };
  return x12
    .split(t)
    .map((segment) => {
      const elements = segment.trim().split(e);
      for (const at of masked[elements[0] ?? ""] ?? []) if (elements[at] !== undefined) elements[at] = "?";
      return elements.join(e);
    })
    .join("\n")
    .trim();
}
