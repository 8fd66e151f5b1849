/** An invoice that the supplier's systems hand in, held against the account's rule of invoicing. */
import type { AccountProfile } from "../../accounts/account.ts";
import { againstRule, type ToldApart } from "../../accounts/invoicing/index.ts";
import type { Document, Invoice } from "../../documents/index.ts";
import { type Finding, findingSeverities, movementsOfInvoice, placeOnOrders } from "../../ledger/index.ts";
import type { Session } from "../../store/database.ts";
import { orderFacts } from "../business-findings.ts";

/** BIG07 (X12 element 640) of memos: they put right what was billed, and no plan makes them of what was shipped. */
const memos: ReadonlySet<string> = new Set(["CR", "CN", "DR", "DI", "CE", "CG"]);

/**
 * What does not keep to the rule. Where the gateway makes the invoices, one that bills goods all the same is held and the rule
 * named; nothing is found where the account has no rule.
 */
export async function ruleFindings(session: Session, profile: AccountProfile, document: Document): Promise<Finding[]> {
  const rule = profile.invoicing;
  if (rule === undefined || document.documentType !== "invoice") return [];
  const found = (code: "invoice-made-by-gateway" | "invoice-against-rule", one: Omit<Finding, "code" | "severity">) => {
    const severity = profile.checks.actions?.[code] ?? findingSeverities[code];
    return severity === "ignore" ? [] : [{ code, severity, ...one }];
  };
  if (rule.from === "shipments" && !memos.has(document.kind?.code ?? "")) {
    return found("invoice-made-by-gateway", {
      path: "number",
      message:
        "The account's rule has the gateway make its invoices out of ship notices (invoicing.from is shipments), and this one was handed in.",
      mend: "Withdraw it; `portico invoices plan` shows what the gateway will bill. Release it only where it bills what no ship notice announces.",
    });
  }
  const lines = await toldApart(session, profile, document);
  return againstRule(rule, document, lines).flatMap((one) => found("invoice-against-rule", one));
}

async function toldApart(session: Session, profile: AccountProfile, invoice: Invoice): Promise<ToldApart[]> {
  const movements = movementsOfInvoice(invoice);
  const orders = await orderFacts(session, profile, invoice, [invoice.order, ...movements.map(({ order }) => order)]);
  const shipments = new Map<string, ToldApart["shipment"]>();
  return placeOnOrders(movements, orders, {}).checked.map(({ placed: { movement }, standing: { line }, facts }) => {
    const number = invoice.lines[Number(movement.path.split(".")[1])]?.shipment ?? invoice.shipment ?? "";
    const shipment = shipments.get(number) ?? { number, billOfLading: invoice.billOfLading };
    shipments.set(number, shipment);
    const { location, shipTo, position } = line;
    const store = location?.source === "line-quantities" ? location : undefined;
    const place = store ? shipTo : (movement.location ?? location);
    return {
      order: facts.order,
      position,
      shipment,
      ...(place && { shipTo: { idQualifier: place.qualifier, id: place.id } }),
      ...(store && { store }),
    };
  });
}
