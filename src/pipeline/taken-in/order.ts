import { randomUUID } from "node:crypto";
import { calledFor } from "../../accounts/rules/priority.ts";
import { keepDocument } from "../../store/documents.ts";
import { tell } from "../../store/events.ts";
import { openWorkItem } from "../../store/work-items.ts";
import { contactOn } from "../named-contact.ts";
import { answerTo } from "../order-answer.ts";
import { ruleOnOrder } from "../order-rules.ts";
import { priceBookOf } from "../prices.ts";
import { selectedForPriority } from "../set-as-it-came.ts";
import { offeredOrder } from "./offered-order.ts";
import { tellPrices } from "./order-prices.ts";
import { followPromise } from "./order-promise.ts";
import { tellWarranties } from "./order-warranties.ts";
import type { TakenIn } from "./taken-in.ts";

/** An order: contact, priority, prices, and whether an 855 answers it. */
export const takenInOrder: TakenIn<"order"> = {
  sameness: "same number, release, purpose and ship-to",

  decide: async ({ profile, cameAt, row, context }, order) => {
    const { session } = context;
    const selected = await selectedForPriority(session, context.library, profile, row);
    return ruleOnOrder(context, profile, order, { cameAt, ...selected, prices: priceBookOf(session, row) });
  },

  offer: ({ profile, row }, order) => offeredOrder(profile.stores.orders, order, row.id),

  async follow(taking, order) {
    const { row, profile, about, cameAt } = taking;
    const { session } = taking.context;
    await tellPrices(taking, "Order", order.lines);
    await tellWarranties(taking, order.lines);
    await tell(session, about, "priority", order.priority?.reason ?? "");
    if (profile.contacts)
      await tell(
        session,
        about,
        "contact",
        contactOn(taking.context, profile, row.usage, "order-response", cameAt).reason,
      );
    const called = order.priority && calledFor(profile.priority, order.priority);
    if (order.priority && called) {
      const message = `Order ${order.number} is to be seen to at once${called.whom}. ${order.priority.reason}`;
      const { roles } = called;
      await openWorkItem(session, { kind: "priority-order", message, accountId: row.accountId, roles, ...about });
    }
    const watched = await followPromise(taking, order);
    const decision = answerTo(taking.context, { ...row, body: order }, profile);
    await tell(session, about, "order-response", decision.reason);
    if (!decision.send) return watched;
    const id = randomUUID();
    await keepDocument(session, {
      id,
      direction: "outbound",
      type: decision.response.documentType,
      number: order.number,
      accountId: row.accountId,
      usage: row.usage,
      businessKey: JSON.stringify([row.id]),
      respondsToId: row.id,
      ruleVersion: row.ruleVersion,
      division: row.division,
      location: row.location,
      body: decision.response,
    });
    return [{ name: "generate", ids: { document: id, run: 0 } }, ...watched];
  },
};
