import { sql } from "drizzle-orm";
import type { PricedLines, ServiceGiven } from "../accounts/scorecard/value.ts";
import type { Session } from "./database.ts";
import { rowsOf } from "./rows.ts";
import type { AccountPeriod } from "./timed-answers.ts";

/** What an account was given in a period, but for rebates, which its contracts make. */
export async function readServicesGiven(
  session: Session,
  period: AccountPeriod,
): Promise<Omit<ServiceGiven, "rebates" | "separateInvoicing">> {
  const { accountId, from, to } = period;
  return {
    ...(await readOrdersServed(session, period)),
    covered: await readItemsCovered(session, period),
    told: await readTold(session, period),
    priced: await readPricedLines(session, period),
    invoices:
      (
        await rowsOf<{ count: number }>(
          session,
          sql`select count(*)::int as count from portico.invoice
            where account_id = ${accountId} and usage = 'production' and issued_on between ${from}::date and ${to}::date`,
        )
      )[0]?.count ?? 0,
  };
}

/** What orders that were entered in a period said at first. Each is read once: `->` would read all of it for every field. */
const entered = ({ accountId, from, to }: AccountPeriod) => sql`
  select ordered.currency, ordered.ordered_on, said.priority, said.contact, said.lines
  from portico."order" ordered
  join portico.order_version version on version.order_id = ordered.id and version.version = 1
  cross join lateral json_to_record(version.body) said(priority json, contact json, lines json)
  where ordered.account_id = ${accountId} and ordered.usage = 'production'
    and ordered.ordered_on between ${from}::date and ${to}::date`;

async function readOrdersServed(
  session: Session,
  period: AccountPeriod,
): Promise<Pick<ServiceGiven, "orders" | "raised" | "waived" | "withContact">> {
  const rows = await rowsOf<{
    currency: string;
    orders: number;
    raised: number;
    waived: number;
    amount: string | null;
    withContact: number;
  }>(
    session,
    sql`select coalesce(currency, '') as currency, count(*)::int as orders,
        count(*) filter (where priority->>'level' in ('high', 'urgent'))::int as raised,
        count(*) filter (where priority->'charge'->>'free' is not null)::int as waived,
        (sum((priority->'charge'->>'amount')::numeric) filter (where priority->'charge'->>'free' is not null))::text as amount,
        count(contact)::int as "withContact"
      from (${entered(period)}) entered
      group by 1 order by 1`,
  );
  const sum = (of: "orders" | "raised" | "waived" | "withContact") => rows.reduce((all, row) => all + row[of], 0);
  return {
    orders: sum("orders"),
    raised: sum("raised"),
    withContact: sum("withContact"),
    waived: {
      orders: sum("waived"),
      amounts: rows.flatMap(({ currency, amount }) => (amount === null ? [] : [{ currency, amount }])),
    },
  };
}

async function readItemsCovered(
  session: Session,
  { accountId, from, to }: AccountPeriod,
): Promise<ServiceGiven["covered"]> {
  const rows = await rowsOf<{ terms: string; items: number }>(
    session,
    sql`select warranty->>'terms' as terms, count(*)::int as items from portico.shipped_item
      where account_id = ${accountId} and usage = 'production' and warranty is not null
        and shipped_on between ${from}::date and ${to}::date
      group by 1 order by 1`,
  );
  return Object.fromEntries(rows.map(({ terms, items }) => [terms, items]));
}

/** Ahead of the turn that the last tier was to have, whenever it really came. */
async function readTold(session: Session, { accountId, begins, ends }: AccountPeriod): Promise<ServiceGiven["told"]> {
  const [row] = await rowsOf<ServiceGiven["told"]>(
    session,
    sql`select count(*)::int as all, count(*) filter (where ahead > 0)::int as ahead,
        coalesce(sum(ahead) filter (where ahead > 0), 0)::float8 as seconds
      from (
        select round(extract(epoch from last.at - receipt.at)) as ahead
        from portico.publication_receipt receipt
        join portico.publication on publication.id = receipt.publication_id and publication.usage = 'production'
        left join lateral (
          select release.at from portico.publication_release release
          where release.publication_id = receipt.publication_id order by release.rank desc limit 1
        ) last on true
        where receipt.account_id = ${accountId} and receipt.state = 'served'
          and receipt.at >= ${begins.toISOString()}::timestamptz and receipt.at < ${ends.toISOString()}::timestamptz
      ) told`,
  );
  return row ?? { all: 0, ahead: 0, seconds: 0 };
}

/**
 * Order lines whose price was better than the first step of their ladder, or lower than what was ordered. The ladder is that which
 * is kept now for the order's day.
 */
async function readPricedLines(session: Session, period: AccountPeriod): Promise<readonly PricedLines[]> {
  return rowsOf<PricedLines>(
    session,
    sql`with priced as (
        select entered.ordered_on, line.quantity, line.price, line.unit, line."productIds" as product_ids,
          line."priceBasis"->>'code' as basis, checked.outcome, checked.agreed
        from (${entered(period)}) entered
        cross join lateral json_to_recordset(entered.lines) line(
          quantity numeric, price numeric, unit text, "productIds" json, "priceBasis" json, "priceCheck" json)
        cross join lateral json_to_record(coalesce(line."priceCheck", '{}')) checked(outcome text, agreed json)
        where checked.agreed is not null and line.quantity is not null
      ), compared as (
        select 'step' as kind, agreed, quantity, first.price as instead, agreed->>'priceBasis' as instead_basis
        from priced left join lateral (
          select (step->>'price')::numeric as price
          from portico.price_ladder ladder cross join lateral jsonb_array_elements(ladder.steps) step
          where ladder.account_id = ${period.accountId} and ladder.contract = agreed->>'contract'
            and ladder.unit = agreed->>'unit' and ladder.valid_from <= priced.ordered_on
            and ladder.item in (select id->>'id' from json_array_elements(priced.product_ids) id)
            and (step->>'from')::numeric = 0
          order by ladder.valid_from desc, price limit 1
        ) first on true
        where (agreed->>'from')::numeric > 0
        union all
        select 'corrected', agreed, quantity, price, basis from priced where outcome = 'lower' and unit = agreed->>'unit'
      )
      select kind, agreed->>'currency' as currency, count(*)::int as lines, sum(quantity)::text as quantity,
        agreed->>'unit' as unit, agreed->>'price' as price, agreed->>'priceBasis' as basis, instead::text as instead,
        instead_basis as "insteadBasis"
      from compared group by 1, 2, 5, 6, 7, 8, 9 order by 1, 2, 5, 6, 7, 8, 9`,
  );
}
