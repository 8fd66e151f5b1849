import { asc, eq, gt, inArray, sql } from "drizzle-orm";
import type { Customer } from "../accounts/customers/customer.ts";
import { customerMonths, customerSales, customers } from "./customer-tables.ts";
import { type Session, waitForTurn } from "./database.ts";
import { accounts } from "./tables.ts";

/** Rows in one INSERT: PostgreSQL takes 65,535 parameters in a statement. */
const rowsAtOnce = 4_000;

/** Makes imports of customers and of their sales wait for one another: sums by month are made anew from all rows. */
export async function lockCustomers(session: Session): Promise<void> {
  await waitForTurn(session, "customers");
}

/** Adds customers; one of the same id takes the place of the one before. */
export async function saveCustomers(session: Session, all: readonly Customer[]): Promise<void> {
  // An account may move from one customer to another in one file: nobody has it before each gets its own.
  const taken = all.flatMap(({ account }) => account ?? []);
  for (let from = 0; from < taken.length; from += rowsAtOnce) {
    const some = taken.slice(from, from + rowsAtOnce);
    await session.update(customers).set({ accountId: null }).where(inArray(customers.accountId, some));
  }
  for (let from = 0; from < all.length; from += rowsAtOnce) {
    await session
      .insert(customers)
      .values(all.slice(from, from + rowsAtOnce).map(rowOf))
      .onConflictDoUpdate({
        target: customers.id,
        set: {
          name: sql`excluded.name`,
          accountId: sql`excluded.account_id`,
          regions: sql`excluded.regions`,
          since: sql`excluded.since`,
          agreement: sql`excluded.agreement`,
          locations: sql`excluded.locations`,
          centralBuying: sql`excluded.central_buying`,
          serviceLevel: sql`excluded.service_level`,
          profitableShare: sql`excluded.profitable_share`,
          margin: sql`excluded.margin`,
          note: sql`excluded.note`,
          updatedAt: sql`now()`,
        },
      });
  }
}

function rowOf({ account, ...customer }: Customer): typeof customers.$inferInsert {
  return {
    id: customer.id,
    name: customer.name,
    accountId: account ?? null,
    regions: [...new Set(customer.regions)].sort(),
    since: customer.since ?? null,
    agreement: customer.agreement ?? null,
    locations: customer.locations ?? null,
    centralBuying: customer.centralBuying ?? null,
    serviceLevel: customer.serviceLevel ?? null,
    profitableShare: customer.profitableShare ?? null,
    margin: customer.margin ?? null,
    note: customer.note ?? null,
  };
}

/** Takes away every customer but these, with the sales that were reported of them. @returns how many there were */
export async function removeOtherCustomers(session: Session, keep: readonly string[]): Promise<number> {
  // One parameter, however many they are.
  const gone = sql`${customers.id} not in (select jsonb_array_elements_text(${JSON.stringify(keep)}::jsonb))`;
  const of = session.select({ id: customers.id }).from(customers).where(gone);
  await session.delete(customerMonths).where(inArray(customerMonths.customerId, of));
  await session.delete(customerSales).where(inArray(customerSales.customerId, of));
  return (await session.delete(customers).where(gone).returning({ id: customers.id })).length;
}

/** Customers by their id, from behind one on. */
export async function listCustomers(session: Session, after: string | null, limit: number): Promise<Customer[]> {
  const rows = await session
    .select()
    .from(customers)
    .where(after === null ? undefined : gt(customers.id, after))
    .orderBy(asc(customers.id))
    .limit(limit);
  return rows.map(customerOf);
}

function customerOf(row: typeof customers.$inferSelect): Customer {
  const { id, name, regions, accountId, since, agreement, locations, centralBuying, serviceLevel } = row;
  const { profitableShare, margin, note } = row;
  return {
    id,
    name,
    ...(accountId !== null && { account: accountId }),
    regions,
    ...(since !== null && { since }),
    ...(agreement !== null && { agreement }),
    ...(locations !== null && { locations }),
    ...(centralBuying !== null && { centralBuying }),
    ...(serviceLevel !== null && { serviceLevel }),
    ...(profitableShare !== null && { profitableShare }),
    ...(margin !== null && { margin }),
    ...(note !== null && { note }),
  };
}

/** Which of these are customers. */
export async function knownCustomers(session: Session, ids: readonly string[]): Promise<Set<string>> {
  const known = new Set<string>();
  for (let from = 0; from < ids.length; from += rowsAtOnce) {
    const rows = await session
      .select({ id: customers.id })
      .from(customers)
      .where(inArray(customers.id, ids.slice(from, from + rowsAtOnce)));
    for (const { id } of rows) known.add(id);
  }
  return known;
}

/** Ids of all accounts, and by account the customer that it is so far. */
export async function customersOfAccounts(session: Session): Promise<Map<string, string | null>> {
  const rows = await session
    .select({ account: accounts.id, customer: customers.id })
    .from(accounts)
    .leftJoin(customers, eq(customers.accountId, accounts.id));
  return new Map(rows.map(({ account, customer }) => [account, customer]));
}

/** How many customers there are, beside accounts that nothing is said of. */
export function countCustomers(session: Session): Promise<number> {
  return session.$count(customers);
}
