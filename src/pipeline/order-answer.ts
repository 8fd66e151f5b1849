import type { AccountProfile } from "../accounts/account.ts";
import { priceContactFor } from "../accounts/index.ts";
import { decideOrderResponse, type OrderResponseDecision } from "../accounts/rules/order-response.ts";
import type { Order } from "../documents/order.ts";
import type { DocumentRow } from "../store/documents.ts";
import { businessDate } from "./business-date.ts";
import { contactOn } from "./named-contact.ts";
import type { PipelineServices } from "./step.ts";

/**
 * Whether an order is answered, why, and what the answer says, by the account's rules as they are now.
 * @param at when it is answered
 */
export function answerTo(
  services: Pick<PipelineServices, "library" | "guides">,
  order: Pick<DocumentRow, "id" | "usage" | "body">,
  profile: AccountProfile,
  at = new Date(),
): OrderResponseDecision {
  return decideOrderResponse(profile.orderResponse, order.body as Order, {
    today: businessDate(at, profile.timeZone),
    document: order.id,
    namesStores: profile.stores.responses !== "as-handed-in",
    contact: contactOn(services, profile, order.usage, "order-response", at).contact ?? undefined,
    priceContact: priceContactFor(profile, at) ?? undefined,
  });
}
