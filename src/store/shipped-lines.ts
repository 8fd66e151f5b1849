import { type SQL, sql } from "drizzle-orm";
import type { Session } from "./database.ts";
import { rowsOf } from "./rows.ts";
import type { AccountPeriod } from "./timed-answers.ts";

/** An order line that had not all left by the day that counts for it. */
export interface LateLine {
  readonly orderId: string;
  /** The buyer's order number. */
  readonly number: string;
  /** The buyer's line number, else the place of the line. */
  readonly line: string;
  readonly countsOn: string;
  /** Wanted by that day, and had left by then. */
  readonly wanted: string;
  readonly shipped: string;
  readonly place: string;
}

/**
 * Order lines whose day lies in a period: what is wanted of each, and what had left by the day. Of several notices of one shipment
 * the last counts. What we refused is wanted no more, unless it left all the same (`figuresOf` has the same rule).
 */
const dueLines = ({ accountId, from, to }: AccountPeriod): SQL => sql`
  select line.id, line.order_id, line.counts_on, ordered.number,
    coalesce(line.line->>'line', line.line->>'position') as line, summed.by_day as shipped,
    summed.wanted - least(summed.refused, greatest(summed.wanted - summed.shipped, 0)) as wanted
  from portico."order" ordered
  join portico.order_line line on line.order_id = ordered.id
  cross join lateral (
    select
      coalesce(sum(case entry.kind when 'cancelled' then -entry.quantity else entry.quantity end)
        filter (where entry.kind in ('ordered', 'changed', 'cancelled')), 0) as wanted,
      coalesce(sum(entry.quantity) filter (where entry.kind = 'shipped'), 0) as shipped,
      coalesce(sum(entry.quantity) filter (where entry.kind = 'shipped' and entry.quantity > 0
        and entry.happened_on <= line.counts_on and not exists (
          select 1 from portico.ledger_entry later
          where later.order_line_id = entry.order_line_id and later.kind = 'shipped' and later.reference = entry.reference
            and later.document_id <> entry.document_id and later.id > entry.id
        )), 0) as by_day,
      coalesce(sum(entry.quantity) filter (where entry.kind = 'acknowledged'
        and entry.acknowledged_as in ('rejected', 'deleted') and entry.document_id = (
          select last.document_id from portico.ledger_entry last
          where last.order_line_id = line.id and last.kind = 'acknowledged' and last.acknowledged_as <> 'change-refused'
          order by last.id desc limit 1
        )), 0) as refused
    from portico.ledger_entry entry where entry.order_line_id = line.id
  ) summed
  where ordered.account_id = ${accountId} and ordered.usage = 'production'
    and line.counts_on between ${from}::date and ${to}::date`;

/** How many lines were due, how many had left in time, and how many may still. @param today on the account's calendar */
export async function countDueLines(
  session: Session,
  period: AccountPeriod,
  today: string,
): Promise<{ of: number; inTime: number; open: number }> {
  const [row] = await rowsOf<{ of: number; inTime: number; open: number }>(
    session,
    sql`select count(*)::int as of, count(*) filter (where shipped >= wanted)::int as "inTime",
        count(*) filter (where shipped < wanted and counts_on >= ${today}::date)::int as open
      from (${dueLines(period)}) due where wanted > 0`,
  );
  return row ?? { of: 0, inTime: 0, open: 0 };
}

/** Lines that had not left in time, by their days. */
export function readLateLines(
  session: Session,
  period: AccountPeriod,
  today: string,
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly LateLine[]> {
  const [day, id] = page.after?.split(" ") ?? [];
  return rowsOf<LateLine>(
    session,
    sql`select order_id as "orderId", number, line, counts_on::text as "countsOn", trim_scale(wanted)::text as wanted,
        trim_scale(shipped)::text as shipped, counts_on || ' ' || id as place
      from (${dueLines(period)}) due
      where wanted > 0 and shipped < wanted and counts_on < ${today}::date
        and ${day === undefined ? sql`true` : sql`(counts_on, id) > (${day}::date, ${id}::uuid)`}
      order by counts_on, id limit ${page.limit}`,
  );
}
