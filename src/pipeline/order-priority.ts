/** What an order's priority has its ship notices say. */
import type { AccountProfile } from "../accounts/account.ts";
import { type Document, levelsOf, type Reference, shippedItems } from "../documents/index.ts";
import type { Session } from "../store/database.ts";
import { orderFacts } from "./business-findings.ts";

/**
 * A ship notice whose orders say the references that a rule of priority gave them, in REF of the order level. One that is said
 * already is left, and so is a notice without order levels. @returns the document, and a sentence on it; null: it is as it was
 */
export async function withOrderPriority(
  session: Session,
  profile: AccountProfile,
  document: Document,
): Promise<{ readonly document: Document; readonly told: string | null }> {
  const isAsked = profile.priority.some(({ effects }) => effects?.reference !== undefined);
  if (!isAsked || document.documentType !== "shipment" || document.purpose.code === "01") {
    return { document, told: null };
  }
  const named = shippedItems(document).map(({ order }) => order);
  const wanted = new Map<string, readonly Reference[]>();
  for (const { order } of await orderFacts(session, profile, document, named)) {
    if (order.priority?.references) wanted.set(order.number, order.priority.references);
  }
  const copy = structuredClone(document);
  const raised = new Set<string>();
  for (const one of levelsOf(copy)) {
    if (one.kind !== "order") continue;
    const { number } = one.level.order;
    const said = one.level.references ?? [];
    const missing = (wanted.get(number) ?? []).filter(
      ({ qualifier }) => !said.some((reference) => reference.qualifier === qualifier),
    );
    if (missing.length === 0) continue;
    one.level.references = [...said, ...missing];
    raised.add(number);
  }
  if (raised.size === 0) return { document, told: null };
  return { document: copy, told: `It says the priority of order ${[...raised].join(", ")}.` };
}
