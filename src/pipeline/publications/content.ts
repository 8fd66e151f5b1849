import { z } from "zod";
import type { PublicationContent } from "../../accounts/publications/edition.ts";
import type { PublicationKind } from "../../accounts/publications/plan.ts";
import { plainly, unfolded, written } from "../../documents/index.ts";
import { readSubmission } from "../submittable.ts";

/** What a publication says, as it is kept. */
export type Content = PublicationContent["body"];

/** One thing that is wrong with a content: a path that begins at the request, and a sentence. */
export interface ContentFault {
  readonly path: string;
  readonly message: string;
}

/** What a publication leaves out: each edition has its own. */
const ofEditions = ["documentType", "account", "usage", "x12", "origin"] as const;

const text = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[^\0]*$/, "must not contain NUL");

/** What is told as JSON: for people, and for their systems. */
export const announcement = z.strictObject({
  title: text(200).describe("What it is about, in a line."),
  text: text(20_000).describe("What there is to say."),
  link: z
    .url({ protocol: /^https$/ })
    .max(2_000)
    .optional()
    .describe("Where there is more."),
  effective: z.iso.date().optional().describe("The day from which it holds."),
  items: z.array(text(48)).max(10_000).optional().describe("Numbers of the items that it is about."),
});
export type Announcement = z.infer<typeof announcement>;

/** Reads what a publication says: the content of a document without the account that it goes to. */
export function readContent(
  kind: PublicationKind,
  value: unknown,
): { content: Content } | { faults: readonly ContentFault[] } {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { faults: [{ path: "content", message: "must be an object" }] };
  }
  const faults = ofEditions
    .filter((field) => Object.hasOwn(value, field))
    .map((field) => ({ path: `content.${field}`, message: "must be left out: each account's edition gets its own" }));
  if (faults.length > 0) return { faults };
  if (kind === "announcement") {
    const read = announcement.safeParse(value, { error: plainly(words) });
    if (read.success) return { content: read.data };
    const issues = read.error.issues.flatMap((issue) => unfolded(issue, words));
    return { faults: issues.map(({ path, message }) => ({ path: `content.${written(path)}`, message })) };
  }
  const stands = kind === "inventory" ? standsForStock : standsForPrices;
  const read = readSubmission({ ...stands, ...value });
  if ("faults" in read) {
    return {
      faults: read.faults.map(({ path, message }) => ({ path: path === "" ? "content" : `content.${path}`, message })),
    };
  }
  const {
    documentType: _type,
    account: _account,
    usage: _usage,
    ...body
  } = read.document as unknown as Record<string, unknown>;
  if (kind === "inventory") {
    // Each edition has its own number, day and time.
    for (const field of ["number", "date", "time"]) delete body[field];
  }
  return { content: body as Content };
}

const words = {
  kinds: { string: "a text", number: "a number", array: "a list", object: "an object" },
  unknownField: "there is no such field here",
};

/** What is added so that a content can be read as a document. */
const common = { account: "everyone", usage: "production" };
const standsForStock = {
  ...common,
  documentType: "inventory-advice",
  purpose: { code: "00", word: "original" },
  reportType: { code: "SI", word: "seller's stock" },
  number: "1",
  date: "2000-01-01",
};
const standsForPrices = {
  ...common,
  documentType: "price-catalog",
  catalogType: { code: "PC", word: "price catalog" },
};
