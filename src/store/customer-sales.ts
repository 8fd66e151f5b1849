import { sql } from "drizzle-orm";
import type { CustomerSale } from "../accounts/customers/customer.ts";
import { customerSales } from "./customer-tables.ts";
import type { Session } from "./database.ts";

/** Rows in one INSERT: PostgreSQL takes 65,535 parameters in a statement. */
const rowsAtOnce = 5_000;

/** How a sale is told from others of its customer: the same again takes the place of the one before. */
export function saleKey(sale: CustomerSale): string {
  return JSON.stringify([
    sale.customer,
    "month" in sale ? "month" : "document",
    referenceOf(sale),
    sale.currency ?? "",
  ]);
}

const referenceOf = (sale: CustomerSale): string => ("month" in sale ? sale.month : sale.number);

/** Keeps sales, and makes the sums by month of their customers anew. No two of them may have the same key. */
export async function saveSales(session: Session, sales: readonly CustomerSale[]): Promise<void> {
  for (let from = 0; from < sales.length; from += rowsAtOnce) {
    await session
      .insert(customerSales)
      .values(sales.slice(from, from + rowsAtOnce).map(rowOf))
      .onConflictDoUpdate({
        target: [customerSales.customerId, customerSales.kind, customerSales.reference, customerSales.currency],
        set: {
          month: sql`excluded.month`,
          amount: sql`excluded.amount`,
          profitableAmount: sql`excluded.profitable_amount`,
          disputedAmount: sql`excluded.disputed_amount`,
          disputes: sql`excluded.disputes`,
          orders: sql`excluded.orders`,
          updatedAt: sql`now()`,
        },
      });
  }
  await sumMonths(session, [...new Set(sales.map(({ customer }) => customer))]);
}

function rowOf(sale: CustomerSale): typeof customerSales.$inferInsert {
  return {
    customerId: sale.customer,
    kind: "month" in sale ? "month" : "document",
    reference: referenceOf(sale),
    month: "month" in sale ? sale.month : sale.date.slice(0, 7),
    currency: sale.currency ?? "",
    amount: sale.amount,
    profitableAmount: sale.profitableAmount ?? null,
    disputedAmount: sale.disputedAmount,
    disputes: sale.disputes,
    orders: sale.orders,
  };
}

async function sumMonths(session: Session, customerIds: readonly string[]): Promise<void> {
  const these = sql`(select jsonb_array_elements_text(${JSON.stringify(customerIds)}::jsonb))`;
  await session.execute(sql`delete from portico.customer_month where customer_id in ${these}`);
  await session.execute(sql`
    insert into portico.customer_month
      (customer_id, month, currency, amount, profitable, profitable_of, disputed, disputes, orders)
    select customer_id, month, currency, sum(amount), coalesce(sum(profitable_amount), 0),
      coalesce(sum(amount) filter (where profitable_amount is not null), 0),
      sum(disputed_amount), sum(disputes)::int, sum(orders)::int
    from portico.customer_sale where customer_id in ${these}
    group by customer_id, month, currency`);
}

/** Months of customers that were told both as a whole and by documents: they would count twice. */
export async function monthsToldTwice(
  session: Session,
  customerIds: readonly string[],
  limit: number,
): Promise<{ customer: string; month: string }[]> {
  const found = await session.execute(sql`
    select customer_id as customer, month from portico.customer_sale
    where customer_id in (select jsonb_array_elements_text(${JSON.stringify(customerIds)}::jsonb))
    group by customer_id, month having count(distinct kind) > 1
    order by customer_id, month limit ${limit}`);
  return (found as unknown as { rows: { customer: string; month: string }[] }).rows;
}
