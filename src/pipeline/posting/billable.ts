/** What a ship notice gives to bill: its goods and its charges, until an invoice has them. */
import { isDeepStrictEqual } from "node:util";
import { Big } from "big.js";
import type { AccountProfile } from "../../accounts/account.ts";
import { calendarOf } from "../../accounts/calendar.ts";
import { chargesOfShipment, chargesWithoutAmount } from "../../accounts/invoicing/index.ts";
import { effectiveProfile } from "../../accounts/tree/effective.ts";
import { placeThatSays } from "../../accounts/tree/place.ts";
import { levelsOf, type Party, type Shipment, type ShipmentLevel } from "../../documents/index.ts";
import { shippedOn } from "../../ledger/index.ts";
import {
  type BillingLineRow,
  type BillingPeriodRow,
  closeLines,
  enterPeriod,
  type NewBillingLine,
  readBillingOfShipment,
  writeBillingLines,
} from "../../store/billing.ts";
import type { BillingFacts } from "../../store/invoicing-tables.ts";
import { findMadeNumbers } from "../../store/made-invoices.ts";
import type { NextJob } from "../step.ts";
import type { PlacedInBooks } from "./movements.ts";
import type { Posting } from "./posting.ts";

/** What a line of an order is wanted to be billed of in all, for a shipment and a place. */
interface Wanted {
  readonly line: NewBillingLine;
  quantity: Big;
}

type OfPeriod = Pick<NewBillingLine, "periodId">;
/** The ship notice that lines are of. */
type OfNotice = { readonly row: Pick<Posting["row"], "id" | "accountId" | "usage"> };

/** What a ship notice gives to bill where nothing of its shipment was billed before. */
export function billableOf(
  row: OfNotice["row"],
  shipment: Shipment,
  placed: readonly PlacedInBooks[],
): readonly NewBillingLine[] {
  const none = new Map<string, string>();
  return [
    ...goodsLeft({ row }, shipment, wantedGoods({ row }, shipment, placed), [], none),
    ...chargesLeft({ row }, shipment, placed, [], none),
  ];
}

/**
 * Writes down what a ship notice gives to bill, with the job that bills it: at the end of its period, or at once. A notice that
 * corrects or cancels an earlier one of the same shipment changes what is open; what was billed and did not leave is given back.
 * Nothing is written of accounts whose invoices are handed in.
 * @param inForce the account's rules as a whole, with those of its parts
 */
export async function enterBillable(
  posting: Posting,
  inForce: AccountProfile,
  shipment: Shipment,
  placed: readonly PlacedInBooks[],
): Promise<NextJob[]> {
  const { row, context } = posting;
  const { session } = context;
  const before = await readBillingOfShipment(session, row, shipment.number);
  if (effectiveProfile(inForce, row).invoicing?.from !== "shipments" && before.length === 0) return [];
  const unbilled = shipment.purpose.code === "01" ? [] : chargesWithoutAmount(shipment);
  if (unbilled.length > 0) {
    await posting.callPerson(
      "charge-not-billed",
      `Shipment ${shipment.number} charges or gives something without an amount (SAC05), which no invoice will say: ${unbilled.slice(0, 10).join(", ")}. Correct the notice with the amount, or hand in a memo for it.`,
    );
  }
  const open = before.filter(({ state }) => state === "open");
  await closeLines(
    session,
    open.map(({ id }) => id),
    `Another notice of shipment ${shipment.number} took its place.`,
  );
  const billed = before.filter(({ state }) => state === "billed");
  const numbers = await findMadeNumbers(
    session,
    billed.flatMap(({ invoiceId }) => invoiceId ?? []),
  );
  const added = [
    ...goodsLeft(posting, shipment, wantedGoods(posting, shipment, placed), billed, numbers),
    ...chargesLeft(posting, shipment, placed, billed, numbers),
  ];
  if (added.length === 0) return [];
  const period = await periodFor(posting, inForce);
  await writeBillingLines(
    session,
    added.map((line) => ({ ...line, periodId: period.id })),
  );
  return [{ name: "bill", ids: { period: period.id, run: 0 }, at: period.endsAt, account: row.accountId }];
}

/** The period that is open now. The books are locked: nobody closes one between here and the commit. */
async function periodFor({ context: { session }, row }: Posting, inForce: AccountProfile): Promise<BillingPeriodRow> {
  const now = new Date();
  // Parts of an account that have no rule of their own are billed together.
  const place = placeThatSays(inForce, row, "invoicing");
  const profile = effectiveProfile(inForce, place);
  const cutOffs = profile.invoicing?.period;
  if (cutOffs === undefined) return enterPeriod(session, row, place, row.id, now);
  const calendar = calendarOf(profile);
  for (let endsAt = calendar.nextCutOff(now, cutOffs); ; endsAt = calendar.nextCutOff(endsAt, cutOffs)) {
    const period = await enterPeriod(session, row, place, cutOffs.every, endsAt);
    if (period.closedAt === null) return period;
  }
}

/** Goods by order line and place, however many packages they are in. */
function wantedGoods(posting: OfNotice, shipment: Shipment, placed: readonly PlacedInBooks[]): Map<string, Wanted> {
  const levels = new Map(levelsOf(shipment).map((level) => [level.path.join("."), level]));
  const wanted = new Map<string, Wanted>();
  for (const one of placed) {
    const { orderId, orderLineId, line, quantity, movement } = one;
    const facts = factsOf(shipment, one, levels.get(movement.path));
    const key = keyOf({ orderLineId, facts });
    const earlier = wanted.get(key);
    if (earlier) {
      earlier.quantity = earlier.quantity.plus(quantity);
      continue;
    }
    wanted.set(key, {
      quantity: new Big(quantity),
      line: {
        ...inShipment(posting, shipment),
        kind: "goods",
        orderId,
        orderLineId,
        position: line.position,
        unit: movement.unit ?? line.unit ?? null,
        facts,
      },
    });
  }
  return wanted;
}

const inShipment = ({ row }: OfNotice, { number }: Shipment): Omit<NewBillingLine, "kind" | "orderId"> & OfPeriod => ({
  periodId: "",
  accountId: row.accountId,
  usage: row.usage,
  documentId: row.id,
  shipment: number,
});

/** Goods of one order line are apart where they go to other places, or are of another kind. */
function keyOf({ orderLineId, facts }: Pick<BillingLineRow, "orderLineId" | "facts">): string {
  const { shipTo, store, markFor, commodity, hazard } = facts;
  return JSON.stringify([orderLineId, shipTo?.id, store?.id, store?.sublocation, markFor?.id, commodity, hazard]);
}

/** What the splits need to know of an item: said of it, or of what it is packed in. */
function factsOf(
  shipment: Shipment,
  { line, movement }: PlacedInBooks,
  level: ShipmentLevel | undefined,
): BillingFacts {
  const around = [
    ...withAbove(level),
    { parties: shipment.parties, lading: shipment.lading, specialHandling: shipment.specialHandling },
  ];
  const { location } = movement;
  const ordered = line.shipTo ?? (line.location?.source === "line-quantities" ? undefined : line.location);
  const shipTo = location ?? ordered;
  const store = line.location?.source === "line-quantities" ? line.location : undefined;
  const markFor = firstOf(around, ({ parties }) => partyIn(parties, "Z7"));
  const commodity = firstOf(around, ({ lading }) => lading?.find((one) => one.commodity !== undefined)?.commodity);
  const hazard = firstOf(
    around,
    ({ specialHandling }) => specialHandling?.find((one) => one.hazardClass !== undefined)?.hazardClass,
  );
  return {
    ...(shipment.billOfLading !== undefined && { billOfLading: shipment.billOfLading }),
    shippedOn: shippedOn(shipment),
    ...(shipTo && {
      shipTo: { ...(shipTo.qualifier !== undefined && { idQualifier: shipTo.qualifier }), id: shipTo.id },
    }),
    ...(store && {
      store: {
        ...(store.qualifier !== undefined && { qualifier: store.qualifier }),
        id: store.id,
        ...(store.sublocation !== undefined && { sublocation: store.sublocation }),
      },
    }),
    ...(markFor?.id !== undefined && {
      markFor: { ...(markFor.idQualifier !== undefined && { qualifier: markFor.idQualifier }), id: markFor.id },
    }),
    ...(commodity !== undefined && { commodity }),
    ...(hazard !== undefined && { hazard }),
  };
}

type Around = Pick<Shipment, "parties" | "lading" | "specialHandling">;

function withAbove(level: ShipmentLevel | null | undefined): Around[] {
  return level ? [level.level, ...withAbove(level.above)] : [];
}

function firstOf<Value>(around: readonly Around[], read: (one: Around) => Value | undefined): Value | undefined {
  for (const one of around) {
    const value = read(one);
    if (value !== undefined) return value;
  }
  return undefined;
}

const partyIn = (parties: readonly Party[] | undefined, role: string): Party | undefined =>
  parties?.find((one) => one.role === role && one.id !== undefined);

/** What is still to be billed of goods after what was billed of them, and what of that has to be given back. */
function goodsLeft(
  posting: OfNotice,
  shipment: Shipment,
  wanted: ReadonlyMap<string, Wanted>,
  billed: readonly BillingLineRow[],
  numbers: ReadonlyMap<string, string>,
): NewBillingLine[] {
  const standing = new Map<string, BillingLineRow[]>();
  for (const line of billed.filter(({ kind }) => kind === "goods")) {
    const key = keyOf(line);
    const own = standing.get(key);
    if (own) own.push(line);
    else standing.set(key, [line]);
  }
  const added: NewBillingLine[] = [];
  for (const [key, { line, quantity }] of wanted) {
    const left = quantity.minus(sumOf(standing.get(key) ?? []));
    if (left.gt(0)) added.push({ ...line, quantity: left.toFixed() });
  }
  for (const [key, lines] of standing) {
    const over = sumOf(lines).minus(wanted.get(key)?.quantity ?? 0);
    if (over.gt(0)) added.push(...givenBack(posting, shipment, lines, over, numbers));
  }
  return added;
}

const sumOf = (lines: readonly BillingLineRow[]): Big =>
  lines.reduce((sum, { quantity }) => sum.plus(quantity ?? 0), new Big(0));

/** So much of some billed lines is given back, from the last one on. */
function givenBack(
  posting: OfNotice,
  shipment: Shipment,
  lines: readonly BillingLineRow[],
  over: Big,
  numbers: ReadonlyMap<string, string>,
): NewBillingLine[] {
  let left = over;
  return [...lines].reverse().flatMap((line): NewBillingLine[] => {
    if (line.givesBackId !== null) return [];
    const back = sumOf(lines.filter(({ givesBackId }) => givesBackId === line.id));
    const stands = new Big(line.quantity ?? 0).plus(back);
    const share = stands.lt(left) ? stands : left;
    if (share.lte(0)) return [];
    left = left.minus(share);
    const { orderId, orderLineId, position, unit, facts, price, priceBasis } = line;
    return [
      {
        ...inShipment(posting, shipment),
        kind: "goods",
        ...{ orderId, orderLineId, position, unit, facts, price, priceBasis },
        quantity: share.times(-1).toFixed(),
        givesBackId: line.id,
        givesBack: numbers.get(line.invoiceId ?? "") ?? "",
      },
    ];
  });
}

/** Charges of the notice that no invoice has, and billed ones that it does not say any more. */
function chargesLeft(
  posting: OfNotice,
  shipment: Shipment,
  placed: readonly PlacedInBooks[],
  billed: readonly BillingLineRow[],
  numbers: ReadonlyMap<string, string>,
): NewBillingLine[] {
  const wanted = shipment.purpose.code === "01" ? [] : chargesOfShipment(shipment);
  const given = new Set(billed.map(({ givesBackId }) => givesBackId));
  const standing = billed.filter(
    ({ kind, givesBackId, id }) => kind === "notice-charge" && givesBackId === null && !given.has(id),
  );
  const same = (row: BillingLineRow, one: (typeof wanted)[number]) =>
    row.path === one.path && isDeepStrictEqual(row.charge, JSON.parse(JSON.stringify(one.what)));
  const added = wanted
    .filter((one) => !standing.some((row) => same(row, one)))
    .flatMap(({ path, what }): NewBillingLine[] => {
      const level = path.slice(0, Math.max(0, path.indexOf("allowancesAndCharges") - 1));
      const within = placed.filter(
        ({ movement }) => level === "" || movement.path === level || movement.path.startsWith(`${level}.`),
      );
      const its = within.length > 0 ? within : placed;
      const [first] = its;
      if (!first) return [];
      const isOfItem = its.every(({ movement }) => movement.path === level);
      return [
        {
          ...inShipment(posting, shipment),
          kind: "notice-charge",
          orderId: first.orderId,
          orderIds: [...new Set(its.map(({ orderId }) => orderId))],
          ...(isOfItem && { orderLineId: first.orderLineId, position: first.line.position }),
          path,
          charge: what,
        },
      ];
    });
  const back = standing
    .filter((row) => !wanted.some((one) => same(row, one)))
    .map(
      ({ id, orderId, orderIds, orderLineId, position, path, charge, invoiceId }): NewBillingLine => ({
        ...inShipment(posting, shipment),
        kind: "notice-charge",
        ...{ orderId, orderIds, orderLineId, position, path, charge },
        givesBackId: id,
        givesBack: numbers.get(invoiceId ?? "") ?? "",
      }),
    );
  return [...added, ...back];
}
