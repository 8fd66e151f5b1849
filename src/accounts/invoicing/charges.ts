import type { Order } from "../../documents/order.ts";
import type { Shipment } from "../../documents/shipment.ts";
import { levelsOf } from "../../documents/shipment-levels.ts";
import { expediteCharge } from "../rules/priority.ts";
import { besideKind, isFixed } from "./beside.ts";
import type { AllowanceOrCharge, BillableCharge } from "./facts.ts";

/** A charge, an allowance or a tax of a fixed amount, and where it stands in its document. */
export interface StatedCharge {
  readonly path: string;
  readonly what: BillableCharge["what"];
}

/**
 * What an order gives or charges once, however often of it is shipped: amounts of its heading. What it says in percent or by the
 * piece, and what it says of its lines, comes with the lines that are billed. What the account pays for expediting is charged, too.
 */
export function chargesOfOrder(order: Order): StatedCharge[] {
  const beside = (order.allowancesAndCharges ?? []).flatMap((sac, index) =>
    isFixed(sac) && besideKind(sac) ? [{ path: `allowancesAndCharges.${index}`, what: { sac } }] : [],
  );
  const taxes = (order.taxes ?? []).flatMap((tax, index) =>
    tax.amount !== undefined && tax.percentage === undefined ? [{ path: `taxes.${index}`, what: { tax } }] : [],
  );
  const expedite = expediteCharge(order.priority?.charge);
  return [...beside, ...(expedite ? [{ path: "priority.charge", what: { sac: expedite } }] : []), ...taxes];
}

/** What a ship notice charges: the amounts of all its levels. */
export function chargesOfShipment(shipment: Shipment): StatedCharge[] {
  return statedOn(shipment).flatMap(({ path, sac }) => (isFixed(sac) ? [{ path, what: { sac } }] : []));
}

/** Where a ship notice charges in percent or by a rate alone: of what, only prices could say, and it has none. */
export function chargesWithoutAmount(shipment: Shipment): string[] {
  return statedOn(shipment).flatMap(({ path, sac }) => (isFixed(sac) ? [] : [path]));
}

/** All that a ship notice gives or charges and that is settled by invoice, of all its levels. */
function statedOn(shipment: Shipment): { path: string; sac: AllowanceOrCharge }[] {
  const levels = [
    { path: [] as readonly (string | number)[], level: shipment as Pick<Shipment, "allowancesAndCharges"> },
    ...levelsOf(shipment),
  ];
  return levels.flatMap(({ path, level }) =>
    (level.allowancesAndCharges ?? []).flatMap((sac, index) =>
      besideKind(sac) ? [{ path: [...path, "allowancesAndCharges", index].join("."), sac }] : [],
    ),
  );
}
