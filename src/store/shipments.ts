import { and, eq, isNull, ne } from "drizzle-orm";
import type { Session } from "./database.ts";
import { shipments } from "./shipment-tables.ts";

export type NewShipment = Omit<typeof shipments.$inferInsert, "replacedBy">;

/** Writes down when a shipment left, as its notice says. */
export async function keepShipment(session: Session, shipment: NewShipment): Promise<void> {
  await session.insert(shipments).values(shipment);
}

/** A notice takes the place of the earlier ones of the same shipment. */
export async function replaceShipments(
  session: Session,
  { accountId, usage, number, documentId }: Pick<NewShipment, "accountId" | "usage" | "number" | "documentId">,
): Promise<void> {
  await session
    .update(shipments)
    .set({ replacedBy: documentId })
    .where(
      and(
        eq(shipments.accountId, accountId),
        eq(shipments.usage, usage),
        eq(shipments.number, number),
        ne(shipments.documentId, documentId),
        isNull(shipments.replacedBy),
      ),
    );
}
