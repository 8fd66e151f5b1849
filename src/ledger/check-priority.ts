import type { Invoice, Priority, Shipment } from "../documents/index.ts";
import { levelsOf } from "../documents/shipment-levels.ts";
import { moneyText, sumOf } from "./amount.ts";
import type { CheckRules, OrderFacts } from "./check-facts.ts";
import { type Finding, found } from "./finding.ts";

/** What of an order's priority a document can be held against. */
type Raised = { readonly order: OrderFacts["order"]; readonly priority: Priority };

function raised(orders: readonly OrderFacts[]): Raised[] {
  return orders.flatMap(({ order }) => (order.priority ? [{ order, priority: order.priority }] : []));
}

/** X12 element 1300: an expedited service, an expediting fee, an expediting premium. */
const expediting: ReadonlySet<string> = new Set(["C850", "C870", "C880"]);

/** Whether the priority of an order lets a reason of a charge be billed for it. */
export function isExpediteAgreed(orders: readonly OrderFacts[], reason: string): boolean {
  return raised(orders).some(({ priority: { charge } }) => charge?.reason.code === reason && charge.free === undefined);
}

/** Charges for expediting that the account has free, or that are not as they were agreed. */
export function expediteFindings(invoice: Invoice, orders: readonly OrderFacts[], { actions }: CheckRules): Finding[] {
  const charged = [
    ...(invoice.allowancesAndCharges ?? []).map((one, index) => ({ ...one, path: `allowancesAndCharges.${index}` })),
    ...invoice.lines.flatMap((line, at) =>
      (line.allowancesAndCharges ?? []).map((one, index) => ({
        ...one,
        path: `lines.${at}.allowancesAndCharges.${index}`,
      })),
    ),
  ].filter(({ indicator, reason }) => indicator.code === "C" && expediting.has(reason?.code ?? ""));
  const rushed = raised(orders);
  return charged.flatMap(({ amount, reason, path }) => {
    const free = rushed.flatMap(({ order, priority: { charge } }) => {
      if (charge?.free === undefined) return [];
      const message = `It charges ${reason?.code} for order ${order.number}, which is expedited free: ${charge.free}.`;
      return found(actions, "expedite-charged-though-free", path, message, "Take the charge out.");
    });
    const agreed = rushed.filter(({ priority: { charge } }) => charge?.reason.code === reason?.code && !charge?.free);
    if (agreed.length === 0 || amount === undefined) return free;
    // An invoice of several orders says what they are charged in one amount.
    const whole = sumOf(agreed.map(({ priority: { charge } }) => charge?.amount));
    if (whole.gte(amount)) return free;
    const which = `${agreed.length === 1 ? "order" : "orders"} ${agreed.map(({ order }) => order.number).join(", ")}`;
    const most = agreed.length === 1 ? (agreed[0]?.priority.charge?.amount ?? "0") : moneyText(whole);
    const message = `It charges ${amount} to expedite ${which}, and ${most} was agreed.`;
    return [...free, ...found(actions, "expedite-charge-differs", path, message, `Charge ${most}.`)];
  });
}

/** A carrier or a service level that is not the one that the order was promised, once for each order. */
export function carriageFindings(
  shipment: Shipment,
  orders: readonly OrderFacts[],
  { actions }: CheckRules,
): Finding[] {
  const said = [shipment.carriage, ...levelsOf(shipment).map(({ level }) => level.carriage)].flatMap(
    (one) => one ?? [],
  );
  const levels = said.flatMap(({ serviceLevels = [] }) => serviceLevels.map(({ code }) => code));
  const carriers = said.flatMap(({ carrierId }) => carrierId ?? []);
  return raised(orders).flatMap(({ order, priority: { carriage } }) => {
    if (carriage === undefined) return [];
    const level = carriage.serviceLevels?.[0];
    const wrong = [
      ...(level && !levels.includes(level.code)
        ? [`the service level ${spokenOf(level)}, and it says ${levels.join(", ") || "none"}`]
        : []),
      ...(carriage.carrierId !== undefined && !carriers.includes(carriage.carrierId)
        ? [`the carrier ${carriage.carrierId}, and it says ${carriers.join(", ") || "none"}`]
        : []),
    ];
    if (wrong.length === 0) return [];
    const message = `Order ${order.number} was promised ${wrong.join("; ")}.`;
    const mend = "Ship it as it was promised, or agree on another carriage with the account.";
    return found(actions, "carriage-not-as-promised", "carriage", message, mend);
  });
}

const spokenOf = ({ code, word }: { code: string; word?: string | undefined }) => (word ? `${code} (${word})` : code);
