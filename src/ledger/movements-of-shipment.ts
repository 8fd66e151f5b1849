import { Big } from "big.js";
import type { Party } from "../documents/aggregate-components.ts";
import type { Shipment } from "../documents/index.ts";
import { levelsOf, type ShipmentLevel, type ShippedItem, shippedItems } from "../documents/shipment-levels.ts";
import { decimalText, sumOf } from "./amount.ts";
import { dateOf } from "./explode.ts";
import type { Movement } from "./movement.ts";

/** Parties that name the store whose goods go through a warehouse (X12 element 98), the plainest first. */
const storeRoles = ["Z7", "SN", "MA", "UC", "BY"] as const;

/**
 * What a ship notice moves: each item is shipped. A cancelled notice (BSN01 01) takes back what it announced: its movements
 * are negative.
 */
export function movementsOfShipment(shipment: Shipment): Movement[] {
  const sign = shipment.purpose.code === "01" ? -1 : 1;
  const above = new Map(levelsOf(shipment).map((level) => [level.path.join("."), level]));
  const header = placeOf(shipment.parties, ["ST"]);
  const date = shippedOn(shipment);
  return shippedItems(shipment).flatMap((one) => {
    const levels = withAbove(above.get(one.path.join(".")));
    const parties = levels.map(({ level }) => level.parties);
    const location = firstPlace(parties, ["ST"]) ?? header;
    const markFor = firstPlace([...parties, shipment.parties], storeRoles);
    return quantitiesOf(one).map(({ quantity, unit, place }): Movement => {
      const store = place ?? markFor;
      const { order, item } = one;
      const line = item.line ?? order?.line;
      return {
        kind: "shipped",
        ...(order && {
          order: { number: order.number, ...(order.release !== undefined && { release: order.release }) },
        }),
        ...(line !== undefined && { line }),
        productIds: item.productIds,
        ...(location && { location }),
        ...(store && { markFor: store }),
        quantity: decimalText(new Big(quantity).times(sign)),
        unit,
        ...(item.status && { code: item.status.code }),
        date,
        reference: shipment.number,
        path: one.path.join("."),
      };
    });
  });
}

/** The day that a shipment left (DTM 011); where the notice doesn't say it, its own day. */
export function shippedOn(shipment: Shipment): string {
  return dateOf(shipment.dates, "011") ?? shipment.date;
}

/** An item in one piece, or by store where it says so (SDQ); what it ships beyond its stores is for none of them. */
function quantitiesOf({
  item,
}: ShippedItem): { quantity: string; unit: string; place?: NonNullable<Movement["location"]> }[] {
  const shares = item.quantitiesByLocation ?? [];
  if (shares.length === 0 || shares.some(({ unit }) => unit !== item.unit))
    return [{ quantity: item.quantity, unit: item.unit }];
  const rest = new Big(item.quantity).minus(sumOf(shares.map(({ quantity }) => quantity)));
  return [
    ...shares.map(({ quantity, unit, location, idQualifier }) => ({
      quantity,
      unit,
      place: { ...(idQualifier !== undefined && { qualifier: idQualifier }), id: location },
    })),
    ...(rest.eq(0) ? [] : [{ quantity: decimalText(rest), unit: item.unit }]),
  ];
}

function withAbove(level: ShipmentLevel | null | undefined): ShipmentLevel[] {
  return level ? [level, ...withAbove(level.above)] : [];
}

function firstPlace(
  lists: readonly (readonly Party[] | undefined)[],
  roles: readonly string[],
): NonNullable<Movement["location"]> | undefined {
  for (const parties of lists) {
    const place = placeOf(parties, roles);
    if (place) return place;
  }
  return undefined;
}

/** The first of these parties that has an id, by the order of the roles. */
export function placeOf(
  parties: readonly Party[] | undefined,
  roles: readonly string[],
): NonNullable<Movement["location"]> | undefined {
  for (const role of roles) {
    const party = parties?.find((one) => one.role === role && one.id !== undefined);
    if (party?.id !== undefined) {
      return { ...(party.idQualifier !== undefined && { qualifier: party.idQualifier }), id: party.id };
    }
  }
  return undefined;
}
