import { eq, sql } from "drizzle-orm";
import type { Session } from "./database.ts";
import { counters } from "./tables.ts";

/**
 * Takes the next `count` values of a counter and gives the first. The row stays locked until the transaction ends: values
 * are handed out in the order of commits, and a rollback gives them back.
 * @param from the first value of a counter of which none was taken
 */
export async function takeNumbers(session: Session, name: string, count = 1, from = 1): Promise<number> {
  const [row] = await session
    .insert(counters)
    .values({ name, next: from + count })
    .onConflictDoUpdate({ target: counters.name, set: { next: sql`${counters.next} + ${count}` } })
    .returning({ next: counters.next });
  return (row?.next ?? from + count) - count;
}

/** The next value of a counter, which stays there to be taken. @param from that of a counter of which none was taken */
export async function peekNumber(session: Session, name: string, from = 1): Promise<number> {
  const [row] = await session.select({ next: counters.next }).from(counters).where(eq(counters.name, name));
  return row?.next ?? from;
}
