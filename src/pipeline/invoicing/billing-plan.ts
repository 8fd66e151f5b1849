/** The plan of what is open in an account's books: the same for the step that makes the invoices and for who looks ahead. */
import { Big } from "big.js";
import type { AccountProfile } from "../../accounts/account.ts";
import {
  type BillableCharge,
  type BillableLine,
  type BilledShipment,
  chargesOfOrder,
  type InvoicePlan,
  planInvoices,
  pricedLine,
} from "../../accounts/invoicing/index.ts";
import type { InvoicingRule } from "../../accounts/rules/invoicing.ts";
import type { Order } from "../../documents/index.ts";
import {
  type BillingLineRow,
  type BooksOf,
  findAcceptedLines,
  findBilledShipments,
  readBilledOrderCharges,
  readBilledQuantities,
} from "../../store/billing.ts";
import type { Session } from "../../store/database.ts";
import { findOrdersById, type OrderRow, readOrdersInForce } from "../../store/orders.ts";
import type { SchemaLibrary } from "../../x12/index.ts";
import { selectedForInvoicing } from "../set-as-it-came.ts";

/** A charge of an order that a plan puts on an invoice; it is in no row before. */
export interface OrderCharge {
  readonly id: string;
  readonly orderId: string;
  readonly path: string;
  readonly what: BillableCharge["what"];
}

/** A plan, and what its ids stand for. */
export interface BillingPlan {
  readonly plan: InvoicePlan;
  readonly rows: ReadonlyMap<string, BillingLineRow>;
  readonly orderCharges: ReadonlyMap<string, OrderCharge>;
  /** The buyer's number of an order, by its id. */
  orderNumber(id: string): string;
  /** At what price goods are billed, by their ids. */
  priceOf(id: string): { readonly price: string; readonly basis: string | undefined } | null;
}

/** What a plan takes as billed, beside what the books say. */
export interface AlreadyBilled {
  /** Whether it is planned as if no invoice had anything yet. */
  readonly again?: boolean;
  /** Ids that a plan before this one has on an invoice, where several are made ahead, and the lines among them. */
  readonly ids?: ReadonlySet<string>;
  readonly rows?: readonly BillingLineRow[];
}

/**
 * Plans the invoices of open lines by a rule, dated on a day. Orders are taken as they are in force; what an order charges once is
 * planned with its goods until an invoice has it.
 */
export async function planBilling(
  { session, library }: { readonly session: Session; readonly library: SchemaLibrary },
  profile: AccountProfile,
  rule: InvoicingRule,
  of: BooksOf,
  rows: readonly BillingLineRow[],
  date: string,
  already: AlreadyBilled = {},
): Promise<BillingPlan> {
  const orderIds = [...new Set(rows.flatMap((row) => [row.orderId, ...row.orderIds]))];
  const orderRows = await findOrdersById(session, orderIds);
  const orders = await readOrdersInForce(session, orderRows);
  const shipments = shipmentsOf(rows);
  const standing = await standingOf(session, of, rows, orderIds, already);
  const lines = await billableLines({ session, library }, profile, rule, rows, orderRows, orders, shipments, standing);
  const charges = rows.flatMap((row) => noticeCharge(row, orders, shipments, standing));
  const orderCharges = (await openOrderCharges(session, rows, orders, already.again ?? false)).filter(
    ({ id }) => !already.ids?.has(id),
  );
  const plan = planInvoices(rule, {
    account: of.accountId,
    usage: of.usage,
    date,
    lines,
    charges: [
      ...charges,
      ...orderCharges.map(({ id, orderId, what }) => ({ id, orders: [orders.get(orderId) as Order], what })),
    ],
  });
  const byId = new Map(lines.map((line) => [line.id, line]));
  return {
    plan,
    rows: new Map(rows.map((row) => [String(row.id), row])),
    orderCharges: new Map(orderCharges.map((one) => [one.id, one])),
    orderNumber: (id) => orders.get(id)?.number ?? "",
    priceOf(id) {
      const line = byId.get(id);
      const priced = line && pricedLine(rule, line);
      return priced && "price" in priced ? priced : null;
    },
  };
}

/** What is on invoices before a plan. */
interface Standing {
  /** How many of the lines of orders, by the order's id and the line's position. */
  readonly quantities: ReadonlyMap<string, string>;
  /** Of which shipments there are goods. */
  readonly shipments: ReadonlySet<string>;
}

async function standingOf(
  session: Session,
  of: BooksOf,
  rows: readonly BillingLineRow[],
  orderIds: readonly string[],
  { again = false, rows: planned = [] }: AlreadyBilled,
): Promise<Standing> {
  if (again) return { quantities: new Map(), shipments: new Set() };
  const quantities = new Map(await readBilledQuantities(session, orderIds));
  const charged = [...new Set(rows.flatMap(({ kind, shipment }) => (kind === "goods" ? [] : [shipment])))];
  const shipments = new Set(await findBilledShipments(session, of, charged));
  for (const { kind, orderId, position, quantity, shipment } of planned) {
    if (kind !== "goods") continue;
    const key = `${orderId} ${position}`;
    quantities.set(key, new Big(quantities.get(key) ?? 0).plus(quantity ?? 0).toFixed());
    shipments.add(shipment);
  }
  return { quantities, shipments };
}

/** One object for each shipment, as its last notice says it. */
function shipmentsOf(rows: readonly BillingLineRow[]): Map<string, BilledShipment> {
  const shipments = new Map<string, BilledShipment>();
  for (const { shipment: number, facts } of rows) {
    const { billOfLading, shippedOn } = { ...shipments.get(number), ...facts };
    shipments.set(number, { number, billOfLading, shippedOn });
  }
  return shipments;
}

async function billableLines(
  services: { readonly session: Session; readonly library: SchemaLibrary },
  profile: AccountProfile,
  rule: InvoicingRule,
  rows: readonly BillingLineRow[],
  orderRows: readonly OrderRow[],
  orders: ReadonlyMap<string, Order>,
  shipments: ReadonlyMap<string, BilledShipment>,
  standing: Standing,
): Promise<BillableLine[]> {
  const accepted = await findAcceptedLines(services.session, [...orders.keys()]);
  const selected = await selectedForInvoicing(services, profile, rule, orderRows);
  return rows.flatMap((row): BillableLine[] => {
    const order = orders.get(row.orderId);
    const shipment = shipments.get(row.shipment);
    if (row.kind !== "goods" || !order || !shipment || row.position === null) return [];
    const { shipTo, store, markFor, commodity, hazard } = row.facts;
    const values = selected(row.orderId, row.position);
    return [
      {
        id: String(row.id),
        ...{ order, shipment, shipTo, store, markFor, commodity, hazard },
        position: row.position,
        quantity: row.quantity ?? "0",
        unit: row.unit ?? "",
        isPriceAgreed: accepted.has(row.orderLineId ?? ""),
        billedBefore: standing.quantities.get(`${row.orderId} ${row.position}`) ?? "0",
        ...(values && { selected: values }),
        ...(row.givesBack !== null && {
          givenBack: {
            invoice: row.givesBack,
            price: row.price ?? "0",
            ...(row.priceBasis !== null && { priceBasis: row.priceBasis }),
          },
        }),
      },
    ];
  });
}

function noticeCharge(
  row: BillingLineRow,
  orders: ReadonlyMap<string, Order>,
  shipments: ReadonlyMap<string, BilledShipment>,
  { shipments: billed }: Standing,
): BillableCharge[] {
  if (row.kind !== "notice-charge" || row.charge === null) return [];
  return [
    {
      id: String(row.id),
      what: row.charge,
      orders: row.orderIds.flatMap((id) => orders.get(id) ?? []),
      shipment: shipments.get(row.shipment),
      goodsBilled: billed.has(row.shipment),
      ...(row.position !== null && { position: row.position }),
      ...(row.givesBack !== null && { givenBack: { invoice: row.givesBack } }),
    },
  ];
}

/** What the orders of goods give or charge once, and no invoice has yet. */
async function openOrderCharges(
  session: Session,
  rows: readonly BillingLineRow[],
  orders: ReadonlyMap<string, Order>,
  again: boolean,
): Promise<OrderCharge[]> {
  const ofGoods = [
    ...new Set(
      rows.flatMap(({ kind, orderId, givesBackId }) => (kind === "goods" && givesBackId === null ? [orderId] : [])),
    ),
  ];
  const idOf = (orderId: string, path: string | null) => `${orderId} ${path ?? ""}`;
  const billed = new Set(
    (await readBilledOrderCharges(session, again ? [] : ofGoods)).map(({ orderId, path }) => idOf(orderId, path)),
  );
  return ofGoods.flatMap((orderId) => {
    const order = orders.get(orderId);
    if (!order) return [];
    return chargesOfOrder(order)
      .map(({ path, what }) => ({ id: idOf(orderId, path), orderId, path, what }))
      .filter(({ id }) => !billed.has(id));
  });
}
