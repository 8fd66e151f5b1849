/** Orders that were taken in, each ruled again by two versions of the rules on the same facts. */
import type { PriceLadder } from "../../accounts/prices/ladder.ts";
import { calledFor } from "../../accounts/rules/priority.ts";
import type { Difference } from "../../accounts/trial/difference.ts";
import { compareOrders, type RuledOrder } from "../../accounts/trial/orders.ts";
import type { Order } from "../../documents/index.ts";
import type { Session } from "../../store/database.ts";
import { findPrices, readVolumes, type Volume } from "../../store/prices.ts";
import { readOrdersTaken, type TakenOrder } from "../../store/traffic.ts";
import type { Ruling } from "../account-directory.ts";
import { answerTo } from "../order-answer.ts";
import { asSent, ruleOnOrder } from "../order-rules.ts";
import type { PriceBook } from "../prices.ts";
import { ruledFor } from "../ruled-by.ts";
import { selectedForPriority } from "../set-as-it-came.ts";
import { offeredOrder } from "../taken-in/offered-order.ts";
import type { BatchTrial, TrialFamily, Tried } from "./family.ts";

const splitByStore =
  "It was taken as a change of an order and offered by store: its lines are those that were offered, not those that were sent.";

/** What orders of one batch are ruled on with. */
interface OrderTrial extends BatchTrial {
  /** Every ladder of an item that an order of the batch has, by the item. */
  readonly ladders: ReadonlyMap<string, readonly PriceLadder[]>;
}

export const triedOrders: TrialFamily = {
  name: "order",

  async batch(trial, before, limit) {
    const { session, of, rules } = trial;
    // One more is looked for, to know whether there is any.
    const found = await readOrdersTaken(session, of, before, limit + 1);
    const orders = found.slice(0, limit);
    const ofBatch = { ...trial, ladders: await laddersOf(session, of.accountId, orders) };
    const tried: Tried[] = [];
    for (const taken of orders) {
      const { id, number, sequence, createdAt: cameAt } = taken;
      const inForce = await rules.before(session, cameAt);
      tried.push({
        document: { id, type: "order", number, cameAt },
        sequence,
        version: inForce.version,
        differences: () => tryOrder(ofBatch, taken, inForce),
        ...(!taken.isWhole && inForce.profile.stores.orders !== "as-sent" && { notJudged: splitByStore }),
      });
    }
    return { tried, read: tried.length, last: tried.at(-1)?.sequence ?? null, more: found.length > limit };
  },
};

async function tryOrder(trial: OrderTrial, taken: TakenOrder, before: Ruling): Promise<Difference[]> {
  const order = asSent(taken.body);
  const prices = pricesThen(trial, taken);
  const both = [before, trial.rules.after].map((ruling) => ruledBy(trial, taken, order, ruling, prices));
  const [was, is] = await Promise.all(both);
  return compareOrders(was as RuledOrder, is as RuledOrder);
}

async function ruledBy(
  { session, services, of }: OrderTrial,
  { id, createdAt: cameAt, transactionSetId, sender }: TakenOrder,
  order: Order,
  inForce: Ruling,
  prices: Omit<PriceBook, "division">,
): Promise<RuledOrder> {
  const { accountId, usage } = of;
  const { profile, place } = await ruledFor(session, inForce, { accountId, usage, sender, body: order });
  const selected = await selectedForPriority(session, services.library, profile, { transactionSetId });
  const ruled = await ruleOnOrder(services, profile, order, {
    ...{ cameAt, ...selected },
    prices: { ...prices, division: place.division },
  });
  const called = ruled.priority && calledFor(profile.priority, ruled.priority);
  const offer = offeredOrder(profile.stores.orders, ruled, id);
  return {
    place,
    order: ruled,
    answer: answerTo(services, { id, usage: order.usage, body: ruled }, profile, cameAt),
    told: called ? `to be seen to at once${called.whom}` : null,
    offered: offer.parts
      ? `in ${offer.parts.length} documents`
      : offer.document.lines.length === order.lines.length
        ? "as it was sent"
        : `in ${offer.document.lines.length} lines`,
  };
}

/** The table of prices as it is, and the ledger as it was before the order was posted. Both versions of the rules look here, and each thing is read once. */
function pricesThen({ session, of, ladders }: OrderTrial, { firstEntry }: TakenOrder): Omit<PriceBook, "division"> {
  const known = new Map<string, Promise<ReadonlyMap<string, Volume>>>();
  return {
    ladders: async (items) => items.flatMap((item) => ladders.get(item) ?? []),
    volumes(wanted) {
      const key = JSON.stringify(wanted);
      const volumes = known.get(key) ?? readVolumes(session, of, wanted, { from: firstEntry });
      known.set(key, volumes);
      return volumes;
    },
  };
}

/** The ladders of every item in some orders, by the item. */
async function laddersOf(
  session: Session,
  accountId: string,
  orders: readonly TakenOrder[],
): Promise<ReadonlyMap<string, readonly PriceLadder[]>> {
  const items = new Set(
    orders.flatMap(({ body }) => body.lines.flatMap(({ productIds }) => productIds.map(({ id }) => id))),
  );
  const byItem = new Map<string, PriceLadder[]>();
  for (const ladder of await findPrices(session, accountId, [...items])) {
    byItem.set(ladder.item, [...(byItem.get(ladder.item) ?? []), ladder]);
  }
  return byItem;
}
