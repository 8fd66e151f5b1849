import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import type { FileRows } from "../accounts/customers/csv-file.ts";
import type { Customer, CustomerSale } from "../accounts/customers/customer.ts";
import { readCustomers, readSales, writeCustomers } from "../accounts/customers/customer-file.ts";
import { Refused } from "../errors.ts";
import { type ImportRow, importCustomers, importSales, WrongImport } from "../pipeline/customers.ts";
import { listCustomers } from "../store/customers.ts";
import type { Database, Session } from "../store/database.ts";
import {
  customerImport,
  customerList,
  customerQuery,
  customersImported,
  salesImport,
  salesImported,
} from "./contract/customers.ts";
import { failures } from "./contract/problem-details.ts";
import { csvMediaType, largestFile, sendCsv, takeCsv } from "./csv.ts";
import { refuseInvalid } from "./problems.ts";
import type { ApiServer, ApiServices } from "./services.ts";

const tags = ["Customers"];
const bodyOf = (name: string, columns: string) => ({
  [csvMediaType]: { schema: { type: "string", description: columns } },
  "application/json": { schema: { type: "object", description: `{ "${name}": [ ... ] } with the columns as fields.` } },
});
const customerBody = bodyOf(
  "customers",
  "Columns id, name, and as needed account, regions (parted by semicolons), since, agreement, locations, central_buying, service_level, profitable_share, margin, note.",
);
const salesBody = bodyOf(
  "sales",
  "Columns customer, amount, then month, or date and number, and as needed currency, profitable_amount, disputed_amount, disputes, orders.",
);

/** What the supplier says of its customers and their sales. Only the supplier sees any of it. */
export function serveCustomers(api: ApiServer, { database }: ApiServices): void {
  takeCsv(api);

  api.route({
    method: "GET",
    url: "/customers",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "listCustomers",
      tags,
      summary: "Customers and what was said of them",
      description: "As JSON a page at a time, or with `Accept: text/csv` as a file with this page's rows.",
      querystring: customerQuery,
      response: { 200: customerList.describe("A page of customers."), ...failures(400, 403) },
    },
    handler: async (request, reply) => {
      const { after = null, limit } = request.query;
      const rows = await listCustomers(database.session, after, limit + 1);
      const items = rows.slice(0, limit);
      const next = rows.length > limit ? (items.at(-1)?.id ?? null) : null;
      if (request.headers.accept === csvMediaType) return sendCsv(reply, writeCustomers(items), next);
      return { items, next };
    },
  });

  for (const method of ["POST", "PUT"] as const) {
    api.route({
      method,
      url: "/customers",
      bodyLimit: largestFile,
      config: { onlyFor: "supplier" },
      schema: {
        operationId: method === "POST" ? "importCustomers" : "replaceCustomers",
        tags,
        summary: method === "POST" ? "Import customers" : "Import customers, and take all others away",
        description:
          method === "POST"
            ? "A customer of the same id takes the place of the one before. All of the rows are taken, or with a fault none."
            : "These are all there are: others go, with the sales that were reported of them. Accounts stay.",
        requestContent: customerBody,
        response: { 200: customersImported, ...failures(400, 403, 413, 415) },
      },
      handler: async (request) => {
        const rows = rowsOf<Customer>(request, "customers", customerImport, readCustomers);
        const mode = method === "POST" ? "merge" : "replace";
        const done = await imported(database, (session) => importCustomers(session, rows, mode));
        request.log.info({ ...done, mode }, "customers imported");
        return done;
      },
    });
  }

  api.route({
    method: "POST",
    url: "/customers/sales",
    bodyLimit: largestFile,
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "importSales",
      tags,
      summary: "Import sales that did not run through the gateway",
      description:
        "By month, or by invoice and memo. The same month or number again takes the place of the one before, so that a file may be sent twice. Of an account only months before its traffic count.",
      requestContent: salesBody,
      response: { 200: salesImported, ...failures(400, 403, 413, 415) },
    },
    handler: async (request) => {
      const rows = rowsOf<CustomerSale>(request, "sales", salesImport, readSales);
      const done = await imported(database, (session) => importSales(session, rows));
      request.log.info(done, "sales imported");
      return done;
    },
  });
}

/** @throws Refused 400 with every row that is wrong, 415 for what is neither CSV nor JSON */
function rowsOf<Row>(
  { body }: FastifyRequest,
  name: string,
  whole: z.ZodType<Record<string, readonly Row[]>>,
  read: (csv: string) => FileRows<Row>,
): ImportRow<Row>[] {
  if (typeof body === "string") {
    const { rows, faults } = read(body);
    if (faults.length > 0) {
      throw refuseInvalid(...faults.map(({ line, message }) => ({ path: `line ${line}`, message })));
    }
    return rows.map(({ line, row }) => ({ place: `line ${line}`, row }));
  }
  if (typeof body !== "object" || body === null) {
    throw new Refused(
      415,
      "request.media-type",
      "The body has to be CSV or JSON: send content-type: text/csv, or application/json.",
    );
  }
  const checked = whole.safeParse(body);
  if (!checked.success) {
    const faults = checked.error.issues.slice(0, mostFaults);
    throw refuseInvalid(...faults.map(({ path, message }) => ({ path: `body.${path.join(".")}`, message })));
  }
  return (checked.data[name] ?? []).map((row, index) => ({ place: `body.${name}.${index}`, row }));
}

/** After so many faults no more are told. */
const mostFaults = 50;

/** In one transaction. @throws Refused 400 with every row that is wrong */
async function imported<Done>(database: Database, work: (session: Session) => Promise<Done>): Promise<Done> {
  try {
    return await database.transaction(work);
  } catch (error) {
    if (error instanceof WrongImport) throw refuseInvalid(...error.faults);
    throw error;
  }
}
