import { type SQL, sql } from "drizzle-orm";
import type { Database, Session } from "./database.ts";

/*
 * Both sums are said once, for one document or for all of them: what is added when a document is posted, and what a count from
 * the beginning comes to, can't differ by how they are reckoned.
 */

/** What invoices, memos and payment differences add to months. @param of which documents: a condition on `document_id` */
const amounts = (of: (documentId: SQL) => SQL): SQL => sql`
  select account_id, usage, month, currency,
    sum(invoices)::int as invoices, sum(credit_memos)::int as credit_memos, sum(amount) as amount, sum(credited) as credited,
    sum(disputes)::int as disputes, sum(disputed) as disputed
  from (
    select invoice.account_id, invoice.usage, to_char(invoice.issued_on, 'YYYY-MM') as month,
      coalesce(invoice.currency, '') as currency,
      (invoice.kind <> 'credit-memo')::int as invoices, (invoice.kind = 'credit-memo')::int as credit_memos,
      billed.amount, case when invoice.kind = 'credit-memo' then -billed.amount else 0 end as credited,
      0 as disputes, 0 as disputed
    from portico.invoice
    cross join lateral (
      select coalesce(sum(entry.amount), 0) as amount from portico.invoice_entry entry
      where entry.invoice_id = invoice.id and entry.kind = 'billed'
    ) billed
    where ${of(sql`invoice.document_id`)}
    union all
    select document.account_id, document.usage,
      coalesce(left(document.body->>'date', 7), to_char(document.created_at at time zone 'UTC', 'YYYY-MM')),
      coalesce(document.body->>'currency', invoice.currency, ''), 0, 0, 0, 0, 1, -difference.amount
    from portico.payment_difference difference
    join portico.document on document.id = difference.document_id
    left join portico.invoice on invoice.id = difference.invoice_id
    where difference.amount < 0 and ${of(sql`difference.document_id`)}
  ) added
  group by account_id, usage, month, currency`;

/** What orders and their changes add to the count of what an account uses. */
const uses = (of: (documentId: SQL) => SQL): SQL => sql`
  with entered as (
    select orders.account_id, orders.usage, to_char(orders.ordered_on, 'YYYY-MM') as month, version.body
    from portico.order_version version join portico."order" orders on orders.id = version.order_id
    where version.version = 1 and ${of(sql`version.document_id`)}
  ), priced as (
    select account_id, usage, month, line->'priceCheck' as checked
    from (
      select account_id, usage, month, body from entered
      union all
      select account_id, usage,
        coalesce(left(body->>'date', 7), to_char(created_at at time zone 'UTC', 'YYYY-MM')), body
      from portico.document where type = 'order-change' and status = 'accepted' and ${of(sql`document.id`)}
    ) said cross join lateral json_array_elements(body->'lines') as line
    where line->'priceCheck' is not null
  )
  select account_id, usage, month, use, name, count(*)::int as count
  from (
    select account_id, usage, month, 'order' as use, '' as name from entered
    union all
    select account_id, usage, month, 'level', body->'priority'->>'level' from entered
    union all
    select account_id, usage, month, 'rule', body->'priority'->>'rule' from entered
    union all
    select account_id, usage, month, 'price', checked->>'outcome' from priced
    union all
    select account_id, usage, month, 'contract', checked->'agreed'->>'contract' from priced
    union all
    select account_id, usage, month, 'step', checked->'agreed'->>'contract' from priced
    where (checked->'agreed'->>'from')::numeric > 0
    union all
    select account_id, usage, month, 'warranty', line->'warranty'->>'terms'
    from entered cross join lateral json_array_elements(body->'lines') as line
  ) used
  where name is not null
  group by account_id, usage, month, use, name`;

/**
 * Adds what a document did to its account's months. In the transaction that posts it, once; the account's books are locked, so
 * that nobody else adds to the same months.
 */
export async function addToMonths(session: Session, documentId: string): Promise<void> {
  const isThis = (id: SQL): SQL => sql`${id} = ${documentId}::uuid`;
  await session.execute(sql`
    insert into portico.account_month as kept
      (account_id, usage, month, currency, invoices, credit_memos, amount, credited, disputes, disputed)
    ${amounts(isThis)}
    on conflict (account_id, usage, month, currency) do update set
      invoices = kept.invoices + excluded.invoices, credit_memos = kept.credit_memos + excluded.credit_memos,
      amount = kept.amount + excluded.amount, credited = kept.credited + excluded.credited,
      disputes = kept.disputes + excluded.disputes, disputed = kept.disputed + excluded.disputed`);
  await session.execute(sql`
    insert into portico.account_use as kept (account_id, usage, month, use, name, count)
    ${uses(isThis)}
    on conflict (account_id, usage, month, use, name) do update set count = kept.count + excluded.count`);
}

/** Counts every month from the beginning: for documents that were posted before months were kept. Nothing may be posted meanwhile. */
export async function countMonthsAnew(session: Session): Promise<void> {
  const all = (): SQL => sql`true`;
  await session.execute(sql`delete from portico.account_month`);
  await session.execute(sql`delete from portico.account_use`);
  await session.execute(sql`
    insert into portico.account_month
      (account_id, usage, month, currency, invoices, credit_memos, amount, credited, disputes, disputed)
    ${amounts(all)}`);
  await session.execute(sql`
    insert into portico.account_use (account_id, usage, month, use, name, count) ${uses(all)}`);
}

/**
 * Counts the months of documents that were posted before months were kept: at the first start of a release that keeps them.
 * Whoever posts meanwhile waits.
 */
export async function countMonthsOnce(database: Pick<Database, "session" | "transaction">): Promise<void> {
  if (!(await isUncounted(database.session))) return;
  await database.transaction(async (session) => {
    await session.execute(
      sql`lock table portico.invoice, portico.order_version, portico.payment_difference in share mode`,
    );
    if (await isUncounted(session)) await countMonthsAnew(session);
  });
}

async function isUncounted(session: Session): Promise<boolean> {
  const found = await session.execute(sql`
    select not exists (select 1 from portico.account_month) and not exists (select 1 from portico.account_use)
      and (exists (select 1 from portico.invoice) or exists (select 1 from portico.order_version)
        or exists (select 1 from portico.payment_difference)) as uncounted`);
  return (found as unknown as { rows: { uncounted: boolean }[] }).rows[0]?.uncounted === true;
}
