import { lockBooks } from "../store/ledger.ts";
import { findOrder } from "../store/orders.ts";
import { findPromise, settlePromise } from "../store/promises.ts";
import { warnOf } from "./promises.ts";
import type { Step } from "./step.ts";

/** Looks whether a promise is kept: some hours ahead of the cut-off of its day, and at it. Posting closes what is shipped. */
export const watchPromise: Step<"watch-promise"> = {
  name: "watch-promise",

  async run({ session, log }, { promise: id, look }) {
    const found = await findPromise(session, id);
    if (!found) return [];
    // What is posted at the same time comes before or after, and then closes it.
    await lockBooks(session, found.accountId, found.usage);
    const known = await findPromise(session, id);
    if (known?.state !== "open") return [];
    const order = await findOrder(session, known.orderId);
    if (look === "due") await settlePromise(session, id, { state: "missed", shippedOn: null });
    await warnOf(session, known, order?.number ?? "", look);
    log.warn({ account: known.accountId, document: known.documentId, promise: id, look }, "a promise is not kept yet");
    return [];
  },
};
