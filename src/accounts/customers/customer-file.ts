import { type FileColumn, type FileRows, readTable, writeTable } from "./csv-file.ts";
import { type Customer, type CustomerSale, customer, customerSale } from "./customer.ts";

const customerColumns: Readonly<Record<string, FileColumn>> = {
  id: { field: "id" },
  name: { field: "name" },
  account: { field: "account" },
  regions: { field: "regions", as: "list" },
  since: { field: "since" },
  agreement: { field: "agreement" },
  locations: { field: "locations", as: "number" },
  central_buying: { field: "centralBuying", as: "yes-no" },
  service_level: { field: "serviceLevel" },
  profitable_share: { field: "profitableShare" },
  margin: { field: "margin" },
  note: { field: "note" },
};

const saleColumns: Readonly<Record<string, FileColumn>> = {
  customer: { field: "customer" },
  month: { field: "month" },
  date: { field: "date" },
  number: { field: "number" },
  currency: { field: "currency" },
  amount: { field: "amount" },
  profitable_amount: { field: "profitableAmount" },
  disputed_amount: { field: "disputedAmount" },
  disputes: { field: "disputes", as: "number" },
  orders: { field: "orders", as: "number" },
};

/** Reads customers from CSV, a line each: id and name, and what else is known. Regions are parted by semicolons. */
export function readCustomers(csv: string): FileRows<Customer> {
  return readTable(csv, customerColumns, ["id", "name"], customer);
}

/** Reads sales from CSV, a line for each month, or for each invoice or memo with its date and number. */
export function readSales(csv: string): FileRows<CustomerSale> {
  return readTable(csv, saleColumns, ["customer", "amount"], customerSale);
}

/** Customers as a file that {@link readCustomers} takes, but for text that a spreadsheet would run. */
export function writeCustomers(customers: readonly Customer[]): string {
  return writeTable(
    Object.keys(customerColumns),
    customers.map((one) => [
      one.id,
      one.name,
      one.account ?? null,
      one.regions.join(";"),
      one.since ?? null,
      one.agreement ?? null,
      one.locations ?? null,
      one.centralBuying === undefined ? null : one.centralBuying ? "yes" : "no",
      one.serviceLevel ?? null,
      one.profitableShare ?? null,
      one.margin ?? null,
      one.note ?? null,
    ]),
  );
}
