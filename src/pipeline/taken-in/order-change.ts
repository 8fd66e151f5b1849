import { randomUUID } from "node:crypto";
import { priceContactFor } from "../../accounts/index.ts";
import { responseToChange } from "../../ledger/index.ts";
import { keepDocument } from "../../store/documents.ts";
import { tell } from "../../store/events.ts";
import { contactOn } from "../named-contact.ts";
import { tellPrices, withChangedPricesChecked } from "./order-prices.ts";
import { withChangedWarranties } from "./order-warranties.ts";
import type { TakenIn } from "./taken-in.ts";

/** A change of an order: a new version of it, and an 865 that says line by line what was taken, where the account wants one. */
export const takenInOrderChange: TakenIn<"order-change"> = {
  sameness: "same order, change and content",

  decide: async (taking, change) => {
    const { contact } = contactOn(
      taking.context,
      taking.profile,
      taking.row.usage,
      "order-change-response",
      taking.cameAt,
    );
    return {
      ...(await withChangedWarranties(taking, await withChangedPricesChecked(taking, change))),
      ...(contact && { contact }),
    };
  },

  async follow(taking, change) {
    const { row, profile, about, today, posted } = taking;
    const { session } = taking.context;
    const changed = posted?.change;
    if (!changed) return [];
    await tell(session, about, "order-changed", changed.summary);
    await tellPrices(taking, "The change of order", change.lines);
    const held = change.lines.find(({ priceCheck }) => priceCheck?.answer === "hold");
    const noAnswer = whyNoAnswer(
      held?.priceCheck?.reason,
      profile.orderChanges.send,
      change.acknowledgmentType?.code,
      changed.order !== undefined,
    );
    if (noAnswer !== null) {
      await tell(session, about, "order-change-response", noAnswer);
      return [];
    }
    const now = new Date();
    // The simple form is on orders and the 855 alone.
    const named = profile.contacts
      ? contactOn(taking.context, profile, taking.row.usage, "order-change-response", now)
      : null;
    if (named) await tell(session, about, "contact", named.reason);
    const priceContact = priceContactFor(profile, now);
    const response = responseToChange(change, changed, {
      date: today,
      document: row.id,
      namesStores: profile.stores.responses !== "as-handed-in",
      ...(named?.contact && { contact: named.contact }),
      ...(priceContact && { priceContact }),
    });
    const id = randomUUID();
    await keepDocument(session, {
      id,
      direction: "outbound",
      type: response.documentType,
      number: change.number,
      accountId: row.accountId,
      usage: row.usage,
      businessKey: JSON.stringify([row.id]),
      respondsToId: row.id,
      ruleVersion: row.ruleVersion,
      division: row.division,
      location: row.location,
      body: response,
    });
    return [{ name: "generate", ids: { document: id, run: 0 } }];
  },
};

function whyNoAnswer(
  held: string | undefined,
  send: boolean,
  asked: string | undefined,
  isKnown: boolean,
): string | null {
  if (!send) return "The account takes no 865 from the gateway.";
  if (held !== undefined) return `A person answers because of a price: ${held}`;
  if (asked === "NA") return "BCH14 = NA: the buyer wants no acknowledgment of this change.";
  return isKnown ? null : "The order is unknown: a person answers.";
}
