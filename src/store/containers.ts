import { and, eq, inArray, sql } from "drizzle-orm";
import type { Session } from "./database.ts";
import { containers } from "./ledger-tables.ts";

export type ContainerRow = typeof containers.$inferSelect;

/** Those of some container codes that were announced before. */
export async function findContainers(
  session: Session,
  usage: "production" | "test",
  codes: readonly string[],
): Promise<ContainerRow[]> {
  if (codes.length === 0) return [];
  return session
    .select()
    .from(containers)
    .where(and(eq(containers.usage, usage), inArray(containers.sscc, [...codes])));
}

/**
 * Writes down which containers a shipment has. A corrected notice of the same shipment takes over its own codes.
 * @returns the codes that another shipment has used: they were left to it
 */
export async function keepContainers(
  session: Session,
  of: {
    readonly usage: "production" | "test";
    readonly accountId: string;
    readonly documentId: string;
    readonly shipment: string;
  },
  codes: readonly string[],
): Promise<string[]> {
  const unique = [...new Set(codes)].sort();
  const kept = new Set<string>();
  // Five values a row; PostgreSQL takes 65,535 parameters in a statement.
  const rowsAtOnce = 10_000;
  for (let first = 0; first < unique.length; first += rowsAtOnce) {
    const rows = await session
      .insert(containers)
      .values(unique.slice(first, first + rowsAtOnce).map((sscc) => ({ ...of, sscc })))
      .onConflictDoUpdate({
        target: [containers.usage, containers.sscc],
        set: { documentId: of.documentId },
        setWhere: sql`${containers.accountId} = ${of.accountId} and ${containers.shipment} = ${of.shipment}`,
      })
      .returning({ sscc: containers.sscc });
    for (const { sscc } of rows) kept.add(sscc);
  }
  return unique.filter((code) => !kept.has(code));
}
