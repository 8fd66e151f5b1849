import { type SQL, sql } from "drizzle-orm";
import type { FigureName, TimedMeasure } from "../accounts/scorecard/measures.ts";
import type { Session } from "./database.ts";
import { rowsOf } from "./rows.ts";
import type { AccountPeriod } from "./timed-answers.ts";

/** Figures that are counts of what went wrong: disputes, refusals, promises that were not kept. */
export type EventMeasure = Exclude<FigureName, TimedMeasure | "shipOnTime">;

/** Something that went wrong. */
export interface CountedEvent {
  /** Of the document, interchange, order or invoice that it is about. */
  readonly about: string;
  readonly number: string;
  readonly at: Date;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly place: string;
}

const instants = (column: SQL, { begins, ends }: AccountPeriod): SQL => sql`
  ${column} >= ${begins.toISOString()}::timestamptz and ${column} < ${ends.toISOString()}::timestamptz`;

const ours = (table: SQL, { accountId }: AccountPeriod): SQL => sql`
  ${table}.account_id = ${accountId} and ${table}.usage = 'production'`;

/** That an application advice (824) rejects a document. @param document its id */
const rejected = (document: SQL): SQL => sql`exists (
  select 1 from portico.document_link link where link.speaks_of_id = ${document} and link.relation = 'rejects')`;

/** Payments that came, with what was taken off in each. @param taken amounts by document: document_id, amount */
const payments = (period: AccountPeriod, taken: SQL): SQL => sql`
  select payment.id, payment.id as about, payment.number, payment.created_at as at, taken.amount is not null as wrong,
    taken.amount, payment.body->>'currency' as currency
  from portico.document payment
  left join lateral (${taken}) taken on true
  where ${ours(sql`payment`, period)} and payment.type = 'remittance' and payment.status = 'accepted'
    and ${instants(sql`payment.created_at`, period)}`;

/** Everything that a figure is about: id, about, number, at, wrong, amount, currency. */
const facts: Record<EventMeasure, (period: AccountPeriod) => SQL> = {
  promises: (period) => sql`
    select promise.id, promise.order_id as about, ordered.number, promise.due_at as at, promise.state = 'missed' as wrong,
      null::numeric as amount, null::text as currency
    from portico.promise join portico."order" ordered on ordered.id = promise.order_id
    where ${ours(sql`promise`, period)} and promise.state in ('kept', 'missed') and ${instants(sql`promise.due_at`, period)}`,

  invoicesRefused: (period) => sql`
    select invoice.id, invoice.id as about, invoice.number, invoice.issued_on::timestamp at time zone ${period.timeZone} as at,
      ${rejected(sql`invoice.document_id`)} or exists (
        select 1 from portico.transaction_set sent where sent.document_id = invoice.document_id and sent.answer = 'R'
      ) as wrong, (
        select sum(entry.amount) from portico.invoice_entry entry where entry.invoice_id = invoice.id and entry.kind = 'billed'
      ) as amount, invoice.currency
    from portico.invoice
    where ${ours(sql`invoice`, period)} and invoice.kind <> 'credit-memo'
      and invoice.issued_on between ${period.from}::date and ${period.to}::date`,

  deductions: (period) =>
    payments(
      period,
      sql`select -sum(difference.amount) as amount from portico.payment_difference difference
        where difference.document_id = payment.id and difference.amount < 0`,
    ),

  deductionsAgreed: (period) =>
    payments(
      period,
      sql`select -sum(entry.amount) as amount from portico.invoice_entry entry
        where entry.document_id = payment.id and entry.kind = 'adjustment'`,
    ),

  documentsRejected: (period) => sql`
    select document.id, document.id as about, document.number, document.created_at as at,
      ${rejected(sql`document.id`)} as wrong, null::numeric as amount, null::text as currency
    from portico.document
    where ${ours(sql`document`, period)} and document.direction = 'outbound' and document.status = 'accepted'
      and ${instants(sql`document.created_at`, period)}`,

  refusedByAccount: (period) => sql`
    select sent.id, sent.interchange_id as about, coalesce(sent.document_number, sent.control) as number, gone.sent_at as at,
      coalesce(sent.answer = 'R', gone.verdict = 'R') as wrong, null::numeric as amount, null::text as currency
    from portico.interchange gone join portico.transaction_set sent on sent.interchange_id = gone.id
    where ${ours(sql`gone`, period)} and gone.direction = 'outbound' and gone.purpose = 'document'
      and ${instants(sql`gone.sent_at`, period)}`,

  refusedByUs: (period) => sql`
    select said.id, said.interchange_id as about, coalesce(said.document_number, said.control) as number, came.received_at as at,
      said.verdict = 'R' as wrong, null::numeric as amount, null::text as currency
    from portico.interchange came join portico.transaction_set said on said.interchange_id = came.id
    where ${ours(sql`came`, period)} and came.direction = 'inbound' and said.type not in ('997', '999')
      and ${instants(sql`came.received_at`, period)}`,
};

/** How many there are, how many went wrong, and by how much in each currency. */
export async function countEvents(
  session: Session,
  measure: EventMeasure,
  period: AccountPeriod,
): Promise<{ of: number; wrong: number; amounts: readonly { currency: string; amount: string }[] }> {
  const rows = await rowsOf<{ currency: string; of: number; wrong: number; amount: string | null }>(
    session,
    sql`select coalesce(currency, '') as currency, count(*)::int as of, count(*) filter (where wrong)::int as wrong,
        (sum(amount) filter (where wrong))::text as amount
      from (${facts[measure](period)}) fact group by 1 order by 1`,
  );
  return {
    of: rows.reduce((sum, row) => sum + row.of, 0),
    wrong: rows.reduce((sum, row) => sum + row.wrong, 0),
    amounts: rows.flatMap(({ currency, amount }) => (amount === null ? [] : [{ currency, amount }])),
  };
}

/** What went wrong, from the earliest on. */
export async function readEvents(
  session: Session,
  measure: EventMeasure,
  period: AccountPeriod,
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly CountedEvent[]> {
  const blank = page.after?.lastIndexOf(" ") ?? -1;
  const rows = await rowsOf<CountedEvent & { at: string }>(
    session,
    sql`select about, number, at, trim_scale(amount)::text as amount, currency, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ' ' || id as place
      from (${facts[measure](period)}) fact
      where wrong and ${
        page.after === null
          ? sql`true`
          : sql`(at, id) > (${page.after.slice(0, blank)}::timestamptz, ${page.after.slice(blank + 1)}::uuid)`
      }
      order by at, id limit ${page.limit}`,
  );
  return rows.map(({ at, ...row }) => ({ ...row, at: new Date(at) }));
}
