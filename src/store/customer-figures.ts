import { Big } from "big.js";
import { type SQL, sql } from "drizzle-orm";
import type { CustomerFigures, Period } from "../accounts/scoring/figures.ts";
import type { UseCounts } from "../accounts/scoring/service-use.ts";
import { ratesOf, type ScoringSettings } from "../accounts/scoring/settings.ts";
import type { Session } from "./database.ts";
import { rowsOf } from "./rows.ts";

/** One customer, or account that nothing is said of. */
type CustomerRow = Pick<CustomerFigures, "customer" | "name" | "account" | "facts">;

/** Sums of one customer or account over a period. */
interface Sums {
  readonly key: string;
  /** By month. */
  readonly sales: Record<string, string>;
  /** First month ever. */
  readonly first: string | null;
  readonly profitable: string;
  readonly profitableOf: string;
  readonly disputes: number;
  readonly disputed: string;
  readonly orders: number;
  /** By currency. */
  readonly leftOut: Record<string, string>;
  readonly setAside: number;
}

/** What of prices is not as agreed: the customer asks for less, or for what was not agreed on. */
const rejectedPrices = ["higher", "no-contract", "expired", "other-unit"] as const;

/**
 * What every customer did in a period, production only. The traffic of an account counts itself, from its first month on; what was
 * reported of it counts for the months before, so that nothing counts twice.
 */
export async function readCustomerFigures(
  session: Session,
  period: Period,
  settings: ScoringSettings,
  uses: ReadonlyMap<string, UseCounts>,
): Promise<CustomerFigures[]> {
  const rates = ratesOf(settings);
  const traffic = await sumTraffic(session, period, rates);
  const reported = await sumReported(session, period, rates);
  return (await readCustomers(session)).map(({ customer, name, account, facts }): CustomerFigures => {
    const own = account === null ? undefined : traffic.get(account);
    const told = reported.get(customer);
    const used = (account === null ? undefined : uses.get(account)) ?? {};
    return {
      customer,
      name,
      account,
      facts,
      sales: { ...told?.sales, ...own?.sales },
      firstSale: [told?.first, own?.first].flatMap((month) => month ?? []).sort()[0] ?? null,
      profitable: told && new Big(told.profitableOf).gt(0) ? { amount: told.profitable, of: told.profitableOf } : null,
      orders: (used.order?.[""] ?? 0) + (account === null ? (told?.orders ?? 0) : 0),
      ordersRaised: account === null ? null : (used.level?.high ?? 0) + (used.level?.urgent ?? 0),
      disputes: (own?.disputes ?? 0) + (told?.disputes ?? 0),
      disputed: new Big(own?.disputed ?? 0).plus(told?.disputed ?? 0).toFixed(),
      prices: account === null ? null : pricesOf(used.price ?? {}),
      leftOut: [own, told].flatMap((sums) =>
        Object.entries(sums?.leftOut ?? {}).map(([currency, amount]) => ({ currency, amount })),
      ),
      monthsSetAside: told?.setAside ?? 0,
    };
  });
}

function pricesOf(outcomes: Readonly<Record<string, number>>): { checked: number; rejected: number } {
  return {
    checked: Object.values(outcomes).reduce((sum, one) => sum + one, 0),
    rejected: rejectedPrices.reduce((sum, outcome) => sum + (outcomes[outcome] ?? 0), 0),
  };
}

/** Every customer and every account, once. A customer that is called as an account is that account. */
function readCustomers(session: Session): Promise<readonly CustomerRow[]> {
  return rowsOf<CustomerRow>(
    session,
    sql`select coalesce(customer.id, account.id) as customer, coalesce(customer.name, account.name) as name,
        account.id as account,
        json_build_object('regions', coalesce(customer.regions, '{}'), 'since', customer.since,
          'agreement', customer.agreement, 'locations', customer.locations, 'centralBuying', customer.central_buying,
          'serviceLevel', customer.service_level, 'profitableShare', customer.profitable_share::text,
          'margin', customer.margin::text) as facts
      from portico.account full join portico.customer on coalesce(customer.account_id, customer.id) = account.id`,
  );
}

/** What accounts' invoices, memos and payments came to. */
function sumTraffic(session: Session, period: Period, rates: Record<string, string>): Promise<Map<string, Sums>> {
  return sumsOf(
    session,
    sql`select account_id as key, months.month, months.currency, months.amount, 0 as profitable, 0 as profitable_of,
        months.disputes, months.disputed, 0 as orders, false as set_aside
      from portico.account_month months where usage = 'production'`,
    period,
    rates,
  );
}

/** What was reported of customers; of accounts, only what is of months before their traffic begins. */
function sumReported(session: Session, period: Period, rates: Record<string, string>): Promise<Map<string, Sums>> {
  return sumsOf(
    session,
    sql`select customer_id as key, months.month, months.currency, months.amount, months.profitable, months.profitable_of,
        months.disputes, months.disputed, months.orders, coalesce(months.month >= traffic.first, false) as set_aside
      from portico.customer_month months
      join portico.customer on customer.id = months.customer_id
      left join (
        select account_id, min(month) as first from portico.account_month
        where usage = 'production' and invoices + credit_memos > 0 group by account_id
      ) traffic on traffic.account_id = coalesce(customer.account_id, customer.id)`,
    period,
    rates,
  );
}

async function sumsOf(
  session: Session,
  months: SQL,
  { from, to }: Period,
  rates: Record<string, string>,
): Promise<Map<string, Sums>> {
  const rows = await rowsOf<Sums>(
    session,
    sql`with rate as (
        select key as currency, value::numeric as rate from jsonb_each_text(${JSON.stringify(rates)}::jsonb)
      ), months as (${months}),
      counted as (
        select months.key, months.month, sum(months.amount * rate.rate) as amount,
          sum(months.profitable * rate.rate) as profitable, sum(months.profitable_of * rate.rate) as profitable_of,
          sum(months.disputes) as disputes, sum(months.disputed * rate.rate) as disputed, sum(months.orders) as orders
        from months join rate using (currency)
        where not months.set_aside and months.month between ${from} and ${to}
        group by months.key, months.month
      ), summed as (
        select key, json_object_agg(month, trim_scale(amount)::text) as sales, sum(profitable) as profitable,
          sum(profitable_of) as profitable_of, sum(disputes) as disputes, sum(disputed) as disputed, sum(orders) as orders
        from counted group by key
      ), ever as (
        select key, min(month) filter (where not set_aside) as first,
          count(distinct month) filter (where set_aside and month between ${from} and ${to}) as set_aside
        from months group by key
      ), odd as (
        select key, json_object_agg(currency, trim_scale(amount)::text) as left_out from (
          select key, currency, sum(amount) as amount from months
          where not set_aside and month between ${from} and ${to}
            and currency not in (select currency from rate)
          group by key, currency
        ) unrated group by key
      )
      select ever.key, coalesce(summed.sales, '{}') as sales, ever.first,
        coalesce(summed.profitable, 0)::text as profitable, coalesce(summed.profitable_of, 0)::text as "profitableOf",
        coalesce(summed.disputes, 0)::int as disputes, coalesce(summed.disputed, 0)::text as disputed,
        coalesce(summed.orders, 0)::int as orders, coalesce(odd.left_out, '{}') as "leftOut",
        ever.set_aside::int as "setAside"
      from ever left join summed using (key) left join odd using (key)`,
  );
  return new Map(rows.map((row) => [row.key, row]));
}

/** Whether an account has what it was told: it took it from the feed or its mailbox, or it was pushed. */
const isCollected = sql`receipt.collected_at is not null or exists (
  select 1 from portico.delivery where delivery.interchange_id = receipt.interchange_id and delivery.status = 'delivered')`;

/** How often each account used what its rules give in a period, production only. */
export async function readUses(
  session: Session,
  { from, to }: Period,
  accountId: string | null = null,
): Promise<Map<string, UseCounts>> {
  const ofAccount = (column: SQL): SQL => (accountId === null ? sql`true` : sql`${column} = ${accountId}`);
  const rows = await rowsOf<{ account: string; use: keyof UseCounts; counts: Record<string, number> }>(
    session,
    sql`select account_id as account, use, json_object_agg(name, count) as counts from (
        select account_id, use, name, sum(count)::int as count from portico.account_use
        where usage = 'production' and month between ${from} and ${to} and ${ofAccount(sql`account_id`)}
        group by account_id, use, name
        union all
        select account_id, 'invoice', '', sum(invoices + credit_memos)::int from portico.account_month
        where usage = 'production' and month between ${from} and ${to} and ${ofAccount(sql`account_id`)}
        group by account_id
        union all
        select receipt.account_id, taken.use, publication.topic, sum(taken.count)::int
        from portico.publication_receipt receipt
        join portico.publication on publication.id = receipt.publication_id
        cross join lateral (values ('told', 1), ('collected', (${isCollected})::int)) taken(use, count)
        where publication.usage = 'production' and receipt.state = 'served' and ${ofAccount(sql`receipt.account_id`)}
          and to_char(receipt.at at time zone 'UTC', 'YYYY-MM') between ${from} and ${to}
        group by receipt.account_id, taken.use, publication.topic
      ) used group by account_id, use`,
  );
  const uses = new Map<string, Partial<Record<keyof UseCounts, Record<string, number>>>>();
  for (const { account, use, counts } of rows) uses.set(account, { ...uses.get(account), [use]: counts });
  return uses;
}
