import { sql } from "drizzle-orm";
import type { Session } from "./database.ts";
import { counters } from "./tables.ts";

/**
 * Takes the next `count` values of a counter and gives the first. The row stays locked until the transaction ends: values
 * are handed out in the order of commits, and a rollback gives them back.
 */
export async function takeNumbers(session: Session, name: string, count = 1): Promise<number> {
  const [row] = await session
    .insert(counters)
    .values({ name, next: 1 + count })
    .onConflictDoUpdate({ target: counters.name, set: { next: sql`${counters.next} + ${count}` } })
    .returning({ next: counters.next });
  return (row?.next ?? 1 + count) - count;
}
