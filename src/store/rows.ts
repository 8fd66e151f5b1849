import type { SQL } from "drizzle-orm";
import type { Session } from "./database.ts";

/** The rows of a query that is written out. Numbers of PostgreSQL's `bigint` and `numeric` come as text. */
export async function rowsOf<Row>(session: Session, query: SQL): Promise<readonly Row[]> {
  return ((await session.execute(query)) as unknown as { rows: Row[] }).rows;
}
