import { type SQL, sql } from "drizzle-orm";
import type { TimedMeasure } from "../accounts/scorecard/measures.ts";
import type { Session } from "./database.ts";
import { rowsOf } from "./rows.ts";

/** Whose traffic of which days, production only. */
export interface AccountPeriod {
  readonly accountId: string;
  /** First and last day, on the account's calendar. */
  readonly from: string;
  readonly to: string;
  /** The same as instants: from the first on, before the second. */
  readonly begins: Date;
  readonly ends: Date;
  readonly timeZone: string;
  /** When the working hours end, `HH:MM`. */
  readonly closes: string;
}

/** Something that was to be answered, and when it was. */
export interface TimedAnswer {
  /** Of the interchange or document. */
  readonly id: string;
  readonly number: string;
  readonly began: Date;
  readonly answered: Date | null;
  /** Where the next page begins. */
  readonly place: string;
}

/** When an interchange of ours was in the mailbox, or had arrived where it was pushed. */
const withAccount = sql`case when delivery.channel = 'push' then delivery.delivered_at else delivery.created_at end`;

/** When the first set that was made of a document was with the account. @param document its id */
const firstSent = (document: SQL): SQL => sql`
  select min(${withAccount}) from portico.transaction_set sent
  join portico.delivery on delivery.interchange_id = sent.interchange_id and delivery.channel <> 'webhook'
  where sent.document_id = ${document}`;

const arrivals = ({ accountId, begins, ends }: AccountPeriod): SQL => sql`
  came.account_id = ${accountId} and came.usage = 'production' and came.direction = 'inbound'
  and came.received_at >= ${begins.toISOString()}::timestamptz and came.received_at < ${ends.toISOString()}::timestamptz`;

const departures = ({ accountId, from, to }: AccountPeriod): SQL => sql`
  shipment.account_id = ${accountId} and shipment.usage = 'production' and shipment.shipped_on between ${from}::date and ${to}::date`;

const leftAt = ({ timeZone, closes }: AccountPeriod): SQL => sql`
  (shipment.shipped_on + coalesce(shipment.shipped_at, ${closes})::time) at time zone ${timeZone}`;

/** Documents of a type that came, and the first answer of another type. */
const answered = (type: string, by: string, period: AccountPeriod, only: SQL): SQL => sql`
  select asked.id, asked.number, came.received_at as began, (
    select min(sent.at) from portico.document answer
    cross join lateral (${firstSent(sql`answer.id`)}) sent(at)
    where answer.responds_to_id = asked.id and answer.type = ${by} and answer.direction = 'outbound'
  ) as answered
  from portico.interchange came
  join portico.transaction_set on transaction_set.interchange_id = came.id
  join portico.document asked on asked.transaction_set_id = transaction_set.id
  where ${arrivals(period)} and asked.type = ${type} and asked.status = 'accepted' and ${only}`;

/** Everything that a measure is about: id, number, began, answered. */
const facts: Record<TimedMeasure, (period: AccountPeriod) => SQL> = {
  acknowledge: (period) => sql`
    select came.id, coalesce(came.control, '') as number, came.received_at as began, (
      select min(${withAccount}) from portico.interchange answer
      join portico.delivery on delivery.interchange_id = answer.id and delivery.channel <> 'webhook'
      where answer.answers_id = came.id and answer.purpose = 'acknowledgment'
        and exists (select 1 from portico.functional_group said where said.interchange_id = answer.id)
    ) as answered
    from portico.interchange came
    where ${arrivals(period)} and came.status in ('processing', 'processed') and exists (
      select 1 from portico.functional_group asked where asked.interchange_id = came.id and asked.functional_id <> 'FA')`,

  orderResponse: (period) =>
    answered("order", "order-response", period, sql`asked.body->'acknowledgmentType'->>'code' is distinct from 'NA'`),

  changeResponse: (period) => answered("order-change", "order-change-response", period, sql`true`),

  shipNotice: (period) => sql`
    select shipment.document_id as id, shipment.number, ${leftAt(period)} as began,
      (${firstSent(sql`shipment.document_id`)}) as answered
    from portico.shipment
    where ${departures(period)} and not exists (
      select 1 from portico.shipment earlier where earlier.replaced_by = shipment.document_id)`,

  // What is shipped first of a line is billed first: a shipment is billed once as much of each line is as had left with it. What
  // was credited was billed all the same. OFFSET 0: each order is read once, not once for each of its lines.
  invoice: (period) => sql`
    select shipment.document_id as id, shipment.number, ${leftAt(period)} as began,
      case when bool_and(billed.at is not null) then max(billed.at) end as answered
    from portico.shipment
    cross join lateral (
      select asked.id from (
        select distinct order_id from portico.ledger_entry
        where document_id = shipment.document_id and kind = 'shipped' and quantity > 0
      ) ordered
      join portico."order" asked on asked.id = ordered.order_id
      join portico.order_version said on said.order_id = asked.id and said.version = asked.version
      where said.body->'invoiceType'->>'code' is distinct from 'INR'
      offset 0
    ) billable
    join portico.ledger_entry entry on entry.document_id = shipment.document_id and entry.order_id = billable.id
      and entry.kind = 'shipped' and entry.quantity > 0
    cross join lateral (
      select sum(earlier.quantity) as quantity from portico.ledger_entry earlier
      where earlier.order_line_id = entry.order_line_id and earlier.kind = 'shipped' and earlier.id <= entry.id
    ) shipped
    left join lateral (
      select (${firstSent(sql`covering.document_id`)}) as at from (
        select document_id, id, sum(quantity) over (order by id) as quantity from portico.ledger_entry invoiced
        where invoiced.order_line_id = entry.order_line_id and invoiced.kind = 'invoiced' and invoiced.quantity > 0
      ) covering
      where covering.quantity >= shipped.quantity order by covering.id limit 1
    ) billed on true
    where ${departures(period)} and shipment.replaced_by is null
    group by shipment.document_id, shipment.number, began`,
};

/** How many there are, how many of them are answered, and how many within a time. */
export interface AnswersCounted {
  readonly of: number;
  readonly answered: number;
  readonly within: number;
}

type AnswerRow = Omit<TimedAnswer, "began" | "answered"> & { readonly began: string; readonly answered: string | null };

/**
 * Counts answers, and reads the first of those that were not within a time, from the earliest on: one look at the facts for both.
 * @param within milliseconds; null: no time was agreed on, and only counts are wanted
 */
export async function countAnswers(
  session: Session,
  measure: TimedMeasure,
  period: AccountPeriod,
  within: number | null,
  limit: number,
): Promise<AnswersCounted & { readonly beyond: readonly TimedAnswer[] }> {
  const rows = await rowsOf<AnswersCounted & (AnswerRow | { readonly id: null })>(
    session,
    sql`with fact as materialized (${facts[measure](period)}), counted as (
        select count(*)::int as of, count(answered)::int as answered_at_all,
          count(*) filter (where ${isWithin(within)})::int as within
        from fact
      )
      select counted.of, counted.answered_at_all as "answeredAtAll", counted.within, late.*
      from counted left join (${beyond(within, null, within === null ? 0 : limit)}) late on true
      order by began, id`,
  );
  const [first] = rows as unknown as readonly { of: number; answeredAtAll: number; within: number }[];
  return {
    of: first?.of ?? 0,
    answered: first?.answeredAtAll ?? 0,
    within: first?.within ?? 0,
    beyond: rows.flatMap((row) => (row.id === null ? [] : [answerOf(row as AnswerRow)])),
  };
}

/** Those that were not answered within a time, from the earliest on. @param within milliseconds */
export async function readAnswersBeyond(
  session: Session,
  measure: TimedMeasure,
  period: AccountPeriod,
  within: number,
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly TimedAnswer[]> {
  const rows = await rowsOf<AnswerRow>(
    session,
    sql`with fact as materialized (${facts[measure](period)}) ${beyond(within, page.after, page.limit)}`,
  );
  return rows.map(answerOf);
}

const beyond = (within: number | null, after: string | null, limit: number): SQL => sql`
  select id, number, began, answered, to_char(began at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ' ' || id as place
  from fact where (${isWithin(within)}) is not true and ${isAfter(after)}
  order by began, id limit ${limit}`;

function answerOf({ id, number, began, answered, place }: AnswerRow): TimedAnswer {
  return { id, number, place, began: new Date(began), answered: answered === null ? null : new Date(answered) };
}

const isWithin = (milliseconds: number | null): SQL =>
  milliseconds === null ? sql`false` : sql`answered - began <= ${milliseconds / 1000} * interval '1 second'`;

/** Behind a place, which is an instant, a blank and an id. */
function isAfter(place: string | null): SQL {
  if (place === null) return sql`true`;
  const blank = place.lastIndexOf(" ");
  return sql`(began, id) > (${place.slice(0, blank)}::timestamptz, ${place.slice(blank + 1)}::uuid)`;
}
