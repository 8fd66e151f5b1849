import type { Database } from "../store/database.ts";
import { type Delivery, endDelivery, findDelivery } from "../store/deliveries.ts";
import { tell } from "../store/events.ts";
import { lockInterchange, updateInterchange } from "../store/interchanges.ts";

/**
 * The account has taken an item out of its mailbox. Asked for again, it changes nothing and gives the same answer.
 * @returns the delivery as it is now; null where there is none
 */
export function collect(database: Database, deliveryId: string): Promise<Delivery | null> {
  return database.transaction(async (session) => {
    const first = await endDelivery(session, deliveryId, "delivered");
    const delivery = await findDelivery(session, deliveryId);
    if (!first || !delivery?.interchangeId) return delivery;
    const interchange = await lockInterchange(session, delivery.interchangeId);
    // The account's own acknowledgment can have come before it said that it collected.
    if (interchange?.status === "ready") await updateInterchange(session, interchange.id, { status: "delivered" });
    await tell(
      session,
      { interchangeId: delivery.interchangeId },
      "delivered",
      "Collected by the account from its mailbox.",
    );
    if (interchange?.answersId) {
      const message = `Interchange ${interchange.control} was collected by the account.`;
      await tell(session, { interchangeId: interchange.answersId }, "delivered", message);
    }
    return delivery;
  });
}
