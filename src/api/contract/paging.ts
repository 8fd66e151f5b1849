import { z } from "zod";
import { readCursor } from "../../store/pages.ts";

/** Most items of one page. */
const largestPage = 200;

const cursor = z.string().transform((text, context) => {
  const number = readCursor(text);
  if (number !== null) return number;
  context.issues.push({
    code: "custom",
    input: text,
    message: 'must be a cursor that this gateway gave ("next" or "cursor")',
  });
  return z.NEVER;
});

const limit = z.coerce.number().int().min(1).max(largestPage).default(50).describe("Most items of one page.");

/** Which page of a list. */
export const paging = {
  after: cursor.optional().describe('The "next" of the page before; left out: from the start.'),
  limit,
};

/** Which page of a list that is ordered by name. */
export const pagingByName = {
  after: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/, 'must be a cursor that this gateway gave ("next")')
    .optional()
    .describe('The "next" of the page before; left out: from the start.'),
  limit,
};

/** A page of a list: `{ items, next }`. */
export function listOf<Item extends z.ZodType>(item: Item, name: string) {
  return z
    .object({
      items: z.array(item),
      next: z.string().nullable().describe("Cursor of the next page; null where there is nothing more now."),
    })
    .meta({ id: name });
}

const day = /^\d{4}-\d{2}-\d{2}$/;
const dayMs = 86_400_000;

/** From when on: a moment, or the beginning of a day (UTC). */
export const from = z
  .union(
    [z.iso.datetime({ offset: true }), z.iso.date()],
    "must be a date (2025-03-10) or a moment (2025-03-10T06:12:00Z)",
  )
  .transform((text) => new Date(text))
  .optional()
  .describe("Not before this moment; a date means its beginning (UTC).");

/** Since when: a moment, or the beginning of a day (UTC). */
export const since = from.describe(
  "Only what something happened to since this moment; a date means its beginning (UTC).",
);

/** Until when: a moment, or the end of a day (UTC). */
export const to = z
  .union(
    [z.iso.datetime({ offset: true }), z.iso.date()],
    "must be a date (2025-03-10) or a moment (2025-03-10T06:12:00Z)",
  )
  .transform((text) => (day.test(text) ? new Date(Date.parse(text) + dayMs - 1) : new Date(text)))
  .optional()
  .describe("Not after this moment; a date means its end (UTC).");
