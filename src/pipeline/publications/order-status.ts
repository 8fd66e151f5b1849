import { createHash } from "node:crypto";
import type { ToldLine } from "../../accounts/publications/edition.ts";
import type { StatusOrder } from "../../documents/index.ts";
import { updateSubscription } from "../../store/publication-subscriptions.ts";
import { openWorkItem } from "../../store/work-items.ts";
import type { Ruling } from "../account-directory.ts";
import { businessDate } from "../business-date.ts";
import type { NextJob, StepContext } from "../step.ts";
import { nextReportNumber, statusOfOpen } from "../taken-in/status-inquiry.ts";
import { agreedReport } from "../taken-in/status-report.ts";
import { sendNow } from "./send-edition.ts";

/** Where an account is in its reports. */
interface ReportPlace {
  readonly accountId: string;
  readonly topic: string;
  readonly usage: "production" | "test";
  readonly editions: number;
  readonly rule: { readonly content: "full" | "changes"; readonly items?: readonly string[] | undefined };
  readonly toldLines: readonly ToldLine[] | null;
}

/**
 * An account's turn for a report of its open orders, from the ledger (870). Each account is told of its own orders only, so no
 * tier waits for another here.
 */
export async function reportStatus(context: StepContext, ruling: Ruling, place: ReportPlace): Promise<NextJob[]> {
  const { session, log } = context;
  const { profile } = ruling;
  const { accountId, usage, rule } = place;
  const today = businessDate(new Date(), profile.timeZone);
  const all = ofItems(await statusOfOpen(session, { account: accountId, usage }, today), rule.items);
  const told = all.map(toldOf);
  const before = new Map((place.toldLines ?? []).map(({ key, available }) => [key, available]));
  const isNew = (index: number) => before.get(told[index]?.key ?? "") !== told[index]?.available;
  const orders = rule.content === "changes" ? all.filter((_, index) => isNew(index)) : all;
  if (orders.length === 0) {
    log.debug({ account: accountId }, "no open order to report on");
    return [];
  }
  const edition = place.editions + 1;
  const number = await nextReportNumber(session, { account: accountId, usage });
  const report = agreedReport({ account: accountId, usage }, number, today, orders);
  const key = JSON.stringify(["agreed", number]);
  const sent = await sendNow(context, ruling, report, { number, key });
  if ("held" in sent) {
    const message = `The order status report ${number} for ${accountId} is held: ${sent.held}`;
    await openWorkItem(session, { kind: "document-held", message, accountId, documentId: sent.documentId });
    await updateSubscription(session, place, { editions: edition });
    return [];
  }
  const toldLines = rule.content === "changes" ? told : null;
  await updateSubscription(session, place, { editions: edition, toldLines });
  return [...sent.next];
}

/** What an order was last told as, shortened to what is compared. */
function toldOf({ order, ...said }: StatusOrder): ToldLine {
  const key = JSON.stringify([order?.number, order?.release]);
  const available = createHash("sha256").update(JSON.stringify(said)).digest("base64url");
  return { key, available, line: { productIds: [] } };
}

function ofItems(orders: readonly StatusOrder[], items: readonly string[] | undefined): StatusOrder[] {
  if (items === undefined) return [...orders];
  const wanted = new Set(items);
  return orders.flatMap((order) => {
    const lines = (order.lines ?? []).filter(({ productIds }) => productIds.some(({ id }) => wanted.has(id)));
    return lines.length > 0 ? [{ ...order, lines }] : [];
  });
}
