import type { AccountProfile } from "../accounts/account.ts";
import { accountContact } from "../accounts/rules/contacts.ts";
import { decideOrderResponse, type OrderResponseDecision } from "../accounts/rules/order-response.ts";
import type { Order } from "../documents/order.ts";
import type { DocumentRow } from "../store/documents.ts";
import { businessDate } from "./business-date.ts";

/** Whether an order is answered, why, and what the answer says, by the account's rules as they are now. */
export function answerTo(order: DocumentRow, profile: AccountProfile): OrderResponseDecision {
  return decideOrderResponse(profile.orderResponse, order.body as Order, {
    today: businessDate(new Date(), profile.timeZone),
    document: order.id,
    namesStores: profile.stores.responses !== "as-handed-in",
    ...(profile.contact ? { contact: accountContact(profile.contact) } : {}),
    ...(profile.pricing?.contact ? { priceContact: accountContact(profile.pricing.contact) } : {}),
  });
}
