import { and, asc, desc, eq, inArray, lt, ne, sql } from "drizzle-orm";
import type { ProductId } from "../documents/index.ts";
import type { Session } from "./database.ts";
import { invoices, ledgerEntries, orderLines, orders, orderVersions } from "./ledger-tables.ts";
import { type Page, type PageRequest, pageOf } from "./pages.ts";
import { priceCreditLines, priceCredits } from "./price-credit-tables.ts";
import { documents } from "./tables.ts";

/** Rows in one statement: PostgreSQL takes 65,535 parameters in one. */
const rowsAtOnce = 4_000;

/** A line of an invoice as the books have it, with what its order says of the price. */
export interface InvoicedGoods {
  readonly invoiceId: string;
  readonly invoice: string;
  readonly path: string;
  readonly orderLine: string;
  readonly order: string;
  /** Empty: it is no release. */
  readonly release: string;
  readonly line: { readonly line: string; readonly productIds: readonly ProductId[]; readonly priceBasis?: string };
  /** Below zero where it was taken back. */
  readonly quantity: string;
  readonly unit: string;
  readonly price: string;
  /** X12 element 639, as the invoice says it. */
  readonly priceBasis: string | null;
  readonly orderedOn: string;
  readonly orderCameAt: Date;
  readonly currency: string | null;
  /** The contract that the order names. */
  readonly contract: string | null;
  /** What was given back of it because a step was reached. */
  readonly credited: string;
}

/** Which goods are meant: of one document, or of some items in a time. */
export type GoodsWanted =
  | { readonly documentId: string }
  | {
      /** As `productIds` of an order line has them. */
      readonly products: readonly object[];
      readonly from: string;
      readonly to: string;
      /** null: of no division. Left out: of the whole account. */
      readonly division?: string | null;
    };

/** Goods that were invoiced to an account, or taken back, in the order of posting. What only corrects a price is no goods. */
export async function readInvoicedGoods(
  session: Session,
  of: { readonly accountId: string; readonly usage: "production" | "test" },
  wanted: GoodsWanted,
): Promise<InvoicedGoods[]> {
  const isMeant =
    "documentId" in wanted
      ? eq(ledgerEntries.documentId, wanted.documentId)
      : and(
          inArray(
            ledgerEntries.orderLineId,
            sql`(select bought.id from jsonb_to_recordset(${JSON.stringify(wanted.products.map((product) => ({ product: [product] })))}::jsonb)
              as wanted(product jsonb) join portico.order_line bought on bought.line->'productIds' @> wanted.product)`,
          ),
          sql`${ledgerEntries.happenedOn} between ${wanted.from}::date and ${wanted.to}::date`,
          wanted.division === undefined ? undefined : sql`${orders.division} is not distinct from ${wanted.division}`,
        );
  const credited = sql<string>`coalesce((select sum(credit.amount) from portico.price_credit_line credit
    where credit.invoice_id = ${invoices.id} and credit.path = ${ledgerEntries.path}), 0)::text`;
  const rows = await session
    .select({
      documentId: ledgerEntries.documentId,
      orderId: orders.id,
      invoiceId: invoices.id,
      invoice: invoices.number,
      path: ledgerEntries.path,
      orderLine: sql<string>`min(${orderLines.id}::text)`,
      order: orders.number,
      release: orders.release,
      line: sql<InvoicedGoods["line"]>`(array_agg(${orderLines.line} order by ${ledgerEntries.id}))[1]`,
      quantity: sql<string>`sum(${ledgerEntries.quantity})::text`,
      unit: sql<string>`coalesce(min(${ledgerEntries.unit}), '')`,
      price: sql<string>`min(${ledgerEntries.price})::text`,
      orderedOn: orders.orderedOn,
      orderCameAt: orders.createdAt,
      currency: orders.currency,
      credited,
    })
    .from(ledgerEntries)
    .innerJoin(orderLines, eq(orderLines.id, ledgerEntries.orderLineId))
    .innerJoin(orders, eq(orders.id, ledgerEntries.orderId))
    .innerJoin(invoices, eq(invoices.documentId, ledgerEntries.documentId))
    .where(
      and(
        eq(orders.accountId, of.accountId),
        eq(orders.usage, of.usage),
        eq(ledgerEntries.kind, "invoiced"),
        ne(ledgerEntries.quantity, "0"),
        sql`${ledgerEntries.price} is not null`,
        isMeant,
      ),
    )
    .groupBy(ledgerEntries.documentId, invoices.id, ledgerEntries.path, orders.id)
    .orderBy(asc(invoices.sequence), sql`min(${ledgerEntries.id})`);
  const bases = await readPriceBases(session, new Set(rows.map(({ documentId }) => documentId)));
  const contracts = await readContractsNamed(session, new Set(rows.map(({ orderId }) => orderId)));
  return rows.map(({ documentId, orderId, ...row }) => ({
    ...row,
    priceBasis: bases.get(`${documentId} ${row.path}`) ?? null,
    contract: contracts.get(orderId) ?? null,
  }));
}

/** The price bases of invoices' lines that say one, by document and path. Each document is taken apart once. */
async function readPriceBases(session: Session, ids: ReadonlySet<string>): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const some of inParts(ids)) {
    const lines = sql`json_array_elements(${documents.body}->'lines') with ordinality as said(line, place)`;
    const rows = await session
      .select({
        id: documents.id,
        path: sql<string>`'lines.' || (said.place - 1)`,
        basis: sql<string>`said.line->'priceBasis'->>'code'`,
      })
      .from(documents)
      .crossJoinLateral(lines)
      .where(and(inArray(documents.id, some), sql`said.line->'priceBasis' is not null`));
    for (const { id, path, basis } of rows) found.set(`${id} ${path}`, basis);
  }
  return found;
}

/** The contracts that orders name, as they stand now. */
async function readContractsNamed(session: Session, ids: ReadonlySet<string>): Promise<Map<string, string | null>> {
  const found = new Map<string, string | null>();
  for (const some of inParts(ids)) {
    const rows = await session
      .select({ id: orders.id, contract: sql<string | null>`${orderVersions.body}->>'contract'` })
      .from(orders)
      .innerJoin(orderVersions, and(eq(orderVersions.orderId, orders.id), eq(orderVersions.version, orders.version)))
      .where(inArray(orders.id, some));
    for (const { id, contract } of rows) found.set(id, contract);
  }
  return found;
}

function* inParts(ids: ReadonlySet<string>): Generator<string[]> {
  const all = [...ids];
  for (let first = 0; first < all.length; first += rowsAtOnce) yield all.slice(first, first + rowsAtOnce);
}

export type PriceCreditRow = typeof priceCredits.$inferSelect;

/** Whether an invoice has made a difference due already under a contract. */
export async function isCreditedFor(
  session: Session,
  cause: Pick<PriceCreditRow, "causeId" | "contract" | "division" | "periodFrom">,
): Promise<boolean> {
  const rows = await session
    .select({ id: priceCredits.id })
    .from(priceCredits)
    .where(
      and(
        eq(priceCredits.causeId, cause.causeId),
        eq(priceCredits.contract, cause.contract),
        eq(priceCredits.division, cause.division),
        eq(priceCredits.periodFrom, cause.periodFrom),
      ),
    );
  return rows.length > 0;
}

/** Writes down what a credit memo gives back, of which lines. */
export async function writePriceCredit(
  session: Session,
  credit: typeof priceCredits.$inferInsert,
  lines: readonly Omit<typeof priceCreditLines.$inferInsert, "creditId" | "ordinal">[],
): Promise<void> {
  await session.insert(priceCredits).values(credit);
  const rows = lines.map((line, ordinal) => ({ ...line, creditId: credit.id, ordinal }));
  for (let first = 0; first < rows.length; first += rowsAtOnce) {
    await session.insert(priceCreditLines).values(rows.slice(first, first + rowsAtOnce));
  }
}

/** A credit with its memo, the invoice that called for it, and what was reached. */
export interface PriceCreditTold extends PriceCreditRow {
  readonly number: string;
  readonly status: string;
  readonly cause: string;
  readonly invoices: readonly string[];
  readonly steps: readonly string[];
}

/** Credits of an account that follow from steps reached, newest first. */
export async function listPriceCredits(
  session: Session,
  of: { readonly accountId: string; readonly usage: "production" | "test"; readonly contract?: string | undefined },
  page: PageRequest,
): Promise<Page<PriceCreditTold>> {
  const ofCredit = sql`where line.credit_id = ${priceCredits.id}`;
  const rows = await session
    .select({
      credit: priceCredits,
      number: documents.number,
      status: documents.status,
      cause: sql<string>`(select cause.number from portico.document cause where cause.id = ${priceCredits.causeId})`,
      invoices: sql<string[]>`array(select distinct invoice.number from portico.price_credit_line line
        join portico.invoice invoice on invoice.id = line.invoice_id ${ofCredit} order by invoice.number)`,
      steps: sql<string[]>`array(select distinct line.step_from from portico.price_credit_line line ${ofCredit}
        order by line.step_from)::text[]`,
    })
    .from(priceCredits)
    .innerJoin(documents, eq(documents.id, priceCredits.documentId))
    .where(
      and(
        eq(priceCredits.accountId, of.accountId),
        eq(priceCredits.usage, of.usage),
        of.contract === undefined ? undefined : eq(priceCredits.contract, of.contract),
        page.after === null ? undefined : lt(priceCredits.sequence, page.after),
      ),
    )
    .orderBy(desc(priceCredits.sequence))
    .limit(page.limit + 1);
  const told = rows.map(({ credit, ...beside }) => ({ ...credit, ...beside }));
  return pageOf(told, page.limit, (row) => row.sequence);
}

/** What was given back in a period because steps were reached, with its cents as they were written. */
export async function sumPriceCredits(
  session: Session,
  of: Pick<PriceCreditRow, "accountId" | "usage" | "contract" | "division" | "periodFrom">,
): Promise<string> {
  const [row] = await session
    .select({ amount: sql<string>`coalesce(sum(${priceCredits.amount}), 0)::text` })
    .from(priceCredits)
    .where(
      and(
        eq(priceCredits.accountId, of.accountId),
        eq(priceCredits.usage, of.usage),
        eq(priceCredits.contract, of.contract),
        eq(priceCredits.division, of.division),
        eq(priceCredits.periodFrom, of.periodFrom),
      ),
    );
  return row?.amount ?? "0";
}
