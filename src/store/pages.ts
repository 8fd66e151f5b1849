/** Which page of a list: at most `limit` items past the one numbered `after`. */
export interface PageRequest {
  readonly after: number | null;
  readonly limit: number;
}

/** Some items, and where the next page begins; null where there is none. */
export interface Page<Item> {
  readonly items: Item[];
  readonly next: string | null;
}

/** Makes a page of `limit` items from up to `limit + 1` rows: the one too many says that there is more. */
export function pageOf<Row>(rows: Row[], limit: number, numberOf: (row: Row) => number): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? cursorOf(numberOf(last)) : null };
}

/** A cursor as it goes to a client: opaque, so that nobody counts with it. */
export function cursorOf(number: number): string {
  return Buffer.from(`after:${number}`).toString("base64url");
}

/** The number in a client's cursor; null where it is none of ours. */
export function readCursor(cursor: string): number | null {
  const match = /^after:(\d{1,15})$/.exec(Buffer.from(cursor, "base64url").toString("latin1"));
  return match ? Number(match[1]) : null;
}
