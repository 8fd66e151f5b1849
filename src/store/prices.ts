import { and, asc, count, eq, gt, inArray, lte, ne, type SQL, sql } from "drizzle-orm";
import type { PriceLadder } from "../accounts/prices/ladder.ts";
import type { Session } from "./database.ts";
import { ledgerEntries, orderLines, orders } from "./ledger-tables.ts";
import { pastPriceLadders } from "./price-credit-tables.ts";
import { priceLadders } from "./tables.ts";

const { contract, item, qualifier, unit, priceBasis, validFrom, validTo, steps } = priceLadders;
const ladderColumns = { contract, item, qualifier, unit, priceBasis, validFrom, validTo, steps };

/** Rows of one statement; PostgreSQL takes 65,535 parameters at most. */
const rowsAtOnce = 5_000;

/** Adds ladders; one of the same contract, item, unit and first day takes the place of the one before, which is kept as past. */
export async function savePrices(session: Session, accountId: string, ladders: readonly PriceLadder[]): Promise<void> {
  for (let from = 0; from < ladders.length; from += rowsAtOnce) {
    const some = ladders.slice(from, from + rowsAtOnce);
    await keepAsPast(session, accountId, isReplacedBy(some));
    await session
      .insert(priceLadders)
      .values(some.map((ladder) => ({ ...ladder, accountId })))
      .onConflictDoUpdate({
        target: [
          priceLadders.accountId,
          priceLadders.contract,
          priceLadders.item,
          priceLadders.qualifier,
          priceLadders.unit,
          priceLadders.validFrom,
        ],
        set: {
          priceBasis: sql`excluded.price_basis`,
          validTo: sql`excluded.valid_to`,
          steps: sql`excluded.steps`,
          updatedAt: sql`now()`,
        },
        // The same once more is no change, and stays as old as it is.
        setWhere: sql`(${priceBasis}, ${validTo}, ${steps}) is distinct from (excluded.price_basis, excluded.valid_to, excluded.steps)`,
      });
  }
}

/** The ladders in force that one of these, which says something else, takes the place of. */
function isReplacedBy(ladders: readonly PriceLadder[]): SQL {
  return sql`exists (
    select 1 from jsonb_to_recordset(${JSON.stringify(ladders)}::jsonb) as other(contract text, item text, qualifier text,
      unit text, "priceBasis" text, "validFrom" date, "validTo" date, steps jsonb)
    where (${contract}, ${item}, ${qualifier}, ${unit}, ${validFrom}) = (other.contract, other.item, other.qualifier, other.unit, other."validFrom")
      and (${priceBasis}, ${validTo}, ${steps}) is distinct from (other."priceBasis", other."validTo", other.steps))`;
}

async function keepAsPast(session: Session, accountId: string, which: SQL): Promise<void> {
  await session.execute(sql`
    insert into portico.price_ladder_past
      (account_id, contract, item, qualifier, unit, price_basis, valid_from, valid_to, steps, recorded_at, replaced_at)
    select account_id, contract, item, qualifier, unit, price_basis, valid_from, valid_to, steps, updated_at, now()
    from ${priceLadders} where ${priceLadders.accountId} = ${accountId} and ${which}`);
}

/** Takes away every price of the account; they are kept as past. @returns how many ladders there were */
export async function removePrices(session: Session, accountId: string): Promise<number> {
  await keepAsPast(session, accountId, sql`true`);
  const removed = await session
    .delete(priceLadders)
    .where(eq(priceLadders.accountId, accountId))
    .returning({ item: priceLadders.item });
  return removed.length;
}

/** How many ladders the account has. */
export async function countPrices(session: Session, accountId: string): Promise<number> {
  const [row] = await session
    .select({ count: count() })
    .from(priceLadders)
    .where(eq(priceLadders.accountId, accountId));
  return row?.count ?? 0;
}

/** What a ladder is told apart by, in the order of lists. */
export type LadderPlace = Pick<PriceLadder, "contract" | "item" | "qualifier" | "unit" | "validFrom">;

/** The account's ladders by contract, item and day, from behind one on. */
export async function listPrices(
  session: Session,
  accountId: string,
  after: LadderPlace | null,
  limit: number,
): Promise<PriceLadder[]> {
  const behind =
    after &&
    sql`(${contract}, ${item}, ${qualifier}, ${unit}, ${validFrom}) > (${after.contract}, ${after.item}, ${after.qualifier}, ${after.unit}, ${after.validFrom}::date)`;
  return session
    .select(ladderColumns)
    .from(priceLadders)
    .where(and(eq(priceLadders.accountId, accountId), behind ?? undefined))
    .orderBy(asc(contract), asc(item), asc(qualifier), asc(unit), asc(validFrom))
    .limit(limit);
}

/** Every ladder of these items, whenever it holds. */
export async function findPrices(
  session: Session,
  accountId: string,
  items: readonly string[],
): Promise<PriceLadder[]> {
  const found: PriceLadder[] = [];
  for (let from = 0; from < items.length; from += rowsAtOnce) {
    const which = inArray(item, items.slice(from, from + rowsAtOnce));
    found.push(
      ...(await session
        .select(ladderColumns)
        .from(priceLadders)
        .where(and(eq(priceLadders.accountId, accountId), which))),
    );
  }
  return found;
}

/** Every ladder of a contract, whenever it holds. */
export async function readLaddersOf(session: Session, accountId: string, number: string): Promise<PriceLadder[]> {
  return session
    .select(ladderColumns)
    .from(priceLadders)
    .where(and(eq(priceLadders.accountId, accountId), eq(contract, number)));
}

/**
 * The ladders of some items as they stood at an instant. What was recorded only later counts as it stands now: prices are often
 * taken in after the day that they hold from.
 */
export async function findPricesAt(
  session: Session,
  accountId: string,
  items: readonly string[],
  at: Date,
): Promise<PriceLadder[]> {
  const past = pastPriceLadders;
  const then = await session
    .select({
      ...{ contract: past.contract, item: past.item, qualifier: past.qualifier, unit: past.unit },
      ...{ priceBasis: past.priceBasis, validFrom: past.validFrom, validTo: past.validTo, steps: past.steps },
    })
    .from(past)
    .where(
      and(
        eq(past.accountId, accountId),
        inArray(past.item, [...items]),
        lte(past.recordedAt, at),
        gt(past.replacedAt, at),
      ),
    );
  const keyOf = ({ contract, item, qualifier, unit, validFrom }: LadderPlace) =>
    JSON.stringify([contract, item, qualifier, unit, validFrom]);
  const known = new Set(then.map(keyOf));
  return [...then, ...(await findPrices(session, accountId, items)).filter((ladder) => !known.has(keyOf(ladder)))];
}

/** Which part of the ledger a volume is the sum of. */
export interface VolumeWanted {
  /** What it is asked for as. */
  readonly key: string;
  /** One item, or every item that the contract has a price for. */
  readonly of: Pick<PriceLadder, "item" | "qualifier"> | { readonly contract: string };
  /** Only what is counted in this unit (X12 element 355); left out: in any. */
  readonly unit?: string;
  /** Only what is in this currency, or says none; left out: in any. */
  readonly currency?: string;
  /** Only what this division ordered; null: what is of none. Left out: what the whole account did. */
  readonly division?: string | null;
  /** Whether corrections of prices are left out: they give money back, and take no goods back. */
  readonly goodsOnly?: true;
  readonly counts: "ordered" | "shipped" | "invoiced";
  /** First and last day, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
}

/** What was bought: pieces, and money. Below zero where more was credited than bought. */
export interface Volume {
  readonly quantity: string;
  readonly amount: string;
}

const kindsCounted = {
  ordered: ["ordered", "changed", "cancelled"],
  shipped: ["shipped"],
  invoiced: ["invoiced"],
} as const;

/** Which of the ledger's entries a volume leaves out. */
export interface VolumeLimits {
  /** Id of an order. */
  readonly without?: string | null;
  /** Id of an entry: it, and what was posted after it. Whoever posts for an account has its books to himself, so that ids tell. */
  readonly from?: number | null;
  /** What this document did; left out: what all did. */
  readonly document?: string;
}

/** What an account bought by the ledger, for each volume that is wanted. */
export async function readVolumes(
  session: Session,
  of: { readonly accountId: string; readonly usage: "production" | "test" },
  wanted: readonly VolumeWanted[],
  limits: VolumeLimits = {},
): Promise<Map<string, Volume>> {
  const volumes = new Map(wanted.map(({ key }) => [key, { quantity: "0", amount: "0" }]));
  // Asked apart: the index of products serves the one, and not a choice between both.
  const ofItems = wanted.flatMap((one) => ("item" in one.of ? [{ ...one, product: [productOf(one.of)] }] : []));
  const ofContracts = wanted.flatMap((one) => ("contract" in one.of ? [{ ...one, contract: one.of.contract }] : []));
  const inLine = sql`${orderLines.line}->'productIds'`;
  const inContract = sql`exists (select 1 from ${priceLadders} where ${priceLadders.accountId} = ${of.accountId}
    and ${contract} = wanted.contract and ${inLine} @> jsonb_build_array(
      case when ${qualifier} = '' then jsonb_build_object('id', ${item})
        else jsonb_build_object('qualifier', ${qualifier}, 'id', ${item}) end))`;
  for (const [asked, isMeant] of [
    [ofItems, sql`${inLine} @> wanted.product`],
    [ofContracts, inContract],
  ] as const) {
    if (asked.length === 0) continue;
    for (const { key, ...volume } of await sumVolumes(session, of, asked, isMeant, limits)) volumes.set(key, volume);
  }
  return volumes;
}

function sumVolumes(
  session: Session,
  of: { readonly accountId: string; readonly usage: "production" | "test" },
  wanted: readonly (VolumeWanted & { product?: readonly object[]; contract?: string })[],
  isMeant: SQL,
  { without = null, from: firstLeftOut = null, document }: VolumeLimits,
): Promise<(Volume & { key: string })[]> {
  const asked = wanted.map(({ key, product, contract, unit, currency, division, goodsOnly, counts, from, to }) => ({
    ...{ key, product, contract, unit, currency, since: from, until: to },
    ...{ division, every: division === undefined, goods: goodsOnly ?? false },
    kinds: kindsCounted[counts],
  }));
  return session
    .select({
      key: sql<string>`wanted.key`,
      quantity: sql<string>`coalesce(sum(${signed(ledgerEntries.quantity)}), 0)::text`,
      amount: sql<string>`coalesce(sum(${signed(ledgerEntries.amount)}), 0)::text`,
    })
    .from(
      sql`jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as wanted(key text, product jsonb, contract text, unit text, currency text, division text, every boolean, goods boolean, kinds jsonb, since date, until date)`,
    )
    .innerJoin(orderLines, isMeant)
    .innerJoin(
      orders,
      and(
        eq(orders.id, orderLines.orderId),
        eq(orders.accountId, of.accountId),
        eq(orders.usage, of.usage),
        without === null ? undefined : ne(orders.id, without),
        sql`(wanted.every or ${orders.division} is not distinct from wanted.division)`,
      ),
    )
    .innerJoin(
      ledgerEntries,
      sql`${ledgerEntries.orderLineId} = ${orderLines.id} and wanted.kinds @> to_jsonb(${ledgerEntries.kind})
        and coalesce(${ledgerEntries.happenedOn}, ${ledgerEntries.at}::date) between wanted.since and wanted.until
        and (wanted.unit is null or coalesce(${ledgerEntries.unit}, wanted.unit) = wanted.unit)
        and (wanted.currency is null or coalesce(${ledgerEntries.currency}, wanted.currency) = wanted.currency)
        and (not wanted.goods or ${ledgerEntries.quantity} <> 0)
        ${document === undefined ? sql`` : sql`and ${ledgerEntries.documentId} = ${document}`}
        ${firstLeftOut === null ? sql`` : sql`and ${ledgerEntries.id} < ${firstLeftOut}`}`,
    )
    .groupBy(sql`wanted.key`);
}

function productOf({ item: id, qualifier: whose }: Pick<PriceLadder, "item" | "qualifier">): object {
  return whose === "" ? { id } : { qualifier: whose, id };
}

/** What was cancelled is taken off. */
function signed(value: typeof ledgerEntries.quantity | typeof ledgerEntries.amount): SQL {
  return sql`case when ${ledgerEntries.kind} = 'cancelled' then -${value} else ${value} end`;
}
