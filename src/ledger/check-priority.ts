import { Big } from "big.js";
import type { Invoice, Priority, Shipment } from "../documents/index.ts";
import { levelsOf } from "../documents/shipment-levels.ts";
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
  return raised(orders).flatMap(({ order, priority: { charge } }) =>
    charged.flatMap(({ amount, reason, path }) => {
      if (charge?.free !== undefined) {
        const message = `It charges ${reason?.code} for order ${order.number}, which is expedited free: ${charge.free}.`;
        return found(actions, "expedite-charged-though-free", path, message, "Take the charge out.");
      }
      if (charge === undefined || charge.reason.code !== reason?.code || amount === undefined) return [];
      if (new Big(amount).lte(charge.amount)) return [];
      const message = `It charges ${amount} to expedite order ${order.number}, and ${charge.amount} was agreed.`;
      return found(actions, "expedite-charge-differs", path, message, `Charge ${charge.amount}.`);
    }),
  );
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
