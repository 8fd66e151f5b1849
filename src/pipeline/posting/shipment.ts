import { Big } from "big.js";
import type { AccountProfile } from "../../accounts/account.ts";
import { levelsOf, type Shipment } from "../../documents/index.ts";
import { movementsOfShipment, shippedOn } from "../../ledger/index.ts";
import { keepContainers } from "../../store/containers.ts";
import { readShippedUnder } from "../../store/ledger.ts";
import { keepShipment, replaceShipments } from "../../store/shipments.ts";
import type { NextJob } from "../step.ts";
import { enterBillable } from "./billable.ts";
import { postMovements } from "./movements.ts";
import type { Posting } from "./posting.ts";
import { forgetShippedItems, postShippedItems } from "./shipped-items.ts";

/** BSN01 (X12 element 353): a notice that takes back what it announced before, and nothing else. */
const cancellation = "01";

/**
 * What left for the account: each item on its order line, each container code for good. A notice that corrects or cancels an
 * earlier one of the same shipment takes back what that one posted.
 * @returns the job that bills it, where the account's rule has the gateway make the invoices
 */
export async function postShipment(posting: Posting, inForce: AccountProfile, shipment: Shipment): Promise<NextJob[]> {
  const { row } = posting;
  await noteDeparture(posting, shipment);
  const tookBack = await takeBack(posting, shipment);
  if (tookBack) await forgetShippedItems(posting, shipment);
  if (shipment.purpose.code === cancellation) {
    if (!tookBack)
      posting.leave("number", `shipment ${shipment.number} is not in the ledger, so nothing was taken back`);
    return enterBillable(posting, inForce, shipment, []);
  }
  const { placed } = await postMovements(posting, movementsOfShipment(shipment));
  await postShippedItems(posting, shipment, placed);
  const codes = levelsOf(shipment).flatMap(({ level }) => ("sscc" in level && level.sscc ? [level.sscc] : []));
  const of = { usage: row.usage, accountId: row.accountId, documentId: row.id, shipment: shipment.number };
  const taken = await keepContainers(posting.context.session, of, codes);
  if (taken.length > 0) {
    const message = `Shipment ${shipment.number} names containers of another shipment: ${taken.slice(0, 10).join(", ")}.`;
    await posting.callPerson("container-used", message);
  }
  return enterBillable(posting, inForce, shipment, placed);
}

/** Writes down when it left; earlier notices of the same shipment are replaced. */
async function noteDeparture({ context: { session }, row }: Posting, shipment: Shipment): Promise<void> {
  const { id: documentId, accountId, usage } = row;
  const of = { documentId, accountId, usage, number: shipment.number };
  await replaceShipments(session, of);
  if (shipment.purpose.code === cancellation) return;
  const time = shipment.dates?.find(({ qualifier, date }) => qualifier === "011" && date !== undefined)?.time;
  const shippedAt = time === undefined ? null : `${time.slice(0, 2)}:${time.slice(2, 4)}`;
  await keepShipment(session, { ...of, shippedOn: shippedOn(shipment), shippedAt });
}

/** Posts the opposite of what notices of this shipment have posted until now. @returns whether there was anything */
async function takeBack(posting: Posting, shipment: Shipment): Promise<boolean> {
  const { context, row } = posting;
  const standing = await readShippedUnder(context.session, row, shipment.number);
  for (const { orderId, orderLineId, quantity, amount, unit, currency } of standing) {
    posting.enter(
      { orderId, orderLineId },
      {
        kind: "shipped",
        productIds: [],
        quantity: negative(quantity),
        ...(unit !== null && { unit }),
        ...(currency !== null && { currency }),
        code: shipment.purpose.code,
        date: shippedOn(shipment),
        reference: shipment.number,
        path: "number",
      },
      { quantity: negative(quantity), ...(amount !== null && { amount: negative(amount) }), remarks: [] },
      "taken back from the notice before",
    );
  }
  return standing.length > 0;
}

const negative = (value: string): string => new Big(value).times(-1).toFixed();
