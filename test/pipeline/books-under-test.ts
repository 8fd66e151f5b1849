import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { pino } from "pino";
import { type AccountProfile, accountProfile, parseAccountFile } from "../../src/accounts/index.ts";
import { type Document, type Order, parseDocument } from "../../src/documents/index.ts";
import { businessKeyOf, documentNumberOf } from "../../src/pipeline/business-key.ts";
import { postToLedger } from "../../src/pipeline/post.ts";
import { openServices } from "../../src/pipeline/services.ts";
import type { PipelineServices } from "../../src/pipeline/step.ts";
import { applyProfile } from "../../src/store/account-versions.ts";
import { type Database, openEmbeddedDatabase, openServerDatabase } from "../../src/store/database.ts";
import { type DocumentRow, findDocument, keepDocument, offerDocument } from "../../src/store/documents.ts";
import { lockBooks } from "../../src/store/ledger.ts";
import { listWorkItems, type WorkItem } from "../../src/store/work-items.ts";
import type { Combination } from "../support/combinations.ts";
import { freshGround } from "../support/test-gateway.ts";

/** The books of one account on a database of their own. */
export interface BooksUnderTest {
  readonly database: Database;
  readonly services: PipelineServices;
  /** Accepts a document and posts it, in one transaction, as the pipeline does. */
  accept(document: unknown): Promise<DocumentRow>;
  workItems(): Promise<WorkItem[]>;
  close(): Promise<void>;
}

/** The sample account, with other rules where a test wants them. */
export function harborProfile(rules: object = {}): AccountProfile {
  const text = readFileSync(new URL("../../samples/accounts/harbor-retail.yaml", import.meta.url), "utf8");
  return accountProfile.parse({ ...parseAccountFile(text, "harbor-retail.yaml"), ...rules });
}

/** Opens a database with the sample account, and what posting needs. */
export async function openBooksUnderTest(combination: Combination): Promise<BooksUnderTest> {
  const ground = await freshGround(combination);
  const url = ground.environment.DATABASE_URL;
  const database = url ? await openServerDatabase(url, 10, () => {}) : await openEmbeddedDatabase(ground.folder);
  await database.migrate();
  await applyProfile(database.session, harborProfile());
  const services = openServices({
    database,
    http: { post: () => Promise.reject(new Error("nothing is sent here")), close: async () => {} },
    mail: null,
    settings: { webhook: null, deliveryAttempts: 1, publicUrl: null },
    folders: { schemas: null, guides: null },
    log: pino({ level: "silent" }),
  });
  return {
    database,
    services,
    accept: (value) =>
      database.transaction(async (session) => {
        const document = parseDocument(value);
        const { account: accountId, usage, documentType: type } = document;
        await lockBooks(session, accountId, usage);
        const id = randomUUID();
        await keepDocument(session, {
          id,
          direction: ["order", "order-change", "remittance"].includes(type) ? "inbound" : "outbound",
          type,
          number: documentNumberOf(document),
          accountId,
          usage,
          businessKey: businessKeyOf(document),
          body: document,
        });
        const row = (await findDocument(session, id)) as DocumentRow;
        await offerDocument(session, row, document);
        await postToLedger({ ...services, session }, row, document);
        return (await findDocument(session, id)) as DocumentRow;
      }),
    workItems: async () => (await listWorkItems(database.session, { open: true }, { after: null, limit: 200 })).items,
    async close() {
      await database.close();
      await ground.clear();
    },
  };
}

/** An order of two lines: 100 kettles at 10.00 and 40 lamps at 25.50, for one distribution centre. */
export function orderOf(number: string, more: Partial<Order> = {}): Document {
  return {
    documentType: "order",
    account: "harbor-retail",
    usage: "production",
    number,
    date: "2025-03-10",
    purpose: { code: "00", word: "original" },
    orderType: { code: "SA", word: "stand-alone" },
    currency: "USD",
    references: [],
    parties: [{ role: "ST", name: "HARBOR RETAIL DC 0318", idQualifier: "92", id: "0318" }],
    dates: [{ qualifier: "002", word: "delivery requested", date: "2025-03-28" }],
    lines: [
      { line: "1", quantity: "100", unit: "EA", price: "10.00", productIds: [kettle], descriptions: [] },
      { line: "2", quantity: "40", unit: "EA", price: "25.50", productIds: [lamp], descriptions: [] },
    ],
    ...more,
  };
}

export const kettle = { qualifier: "UP", id: "612800401156" };
export const lamp = { qualifier: "UP", id: "612800401224" };

/** A ship notice of some of an order's lines. */
export function shipmentOf(
  number: string,
  order: string,
  items: readonly { line: string; quantity: string; sscc?: string }[],
  more: object = {},
): object {
  return {
    documentType: "shipment",
    account: "harbor-retail",
    usage: "production",
    number,
    purpose: { code: "00" },
    date: "2025-03-24",
    time: "0930",
    parties: [{ role: "ST", idQualifier: "92", id: "0318" }],
    orders: [
      {
        order: { number: order },
        packs: items.map(({ line, quantity, sscc }) => ({
          ...(sscc && { sscc }),
          items: [{ line, quantity, unit: "EA", productIds: [line === "1" ? kettle : lamp] }],
        })),
      },
    ],
    ...more,
  };
}

/** An invoice for some of an order's lines, in the order's prices. */
export function invoiceOf(
  number: string,
  order: string,
  lines: readonly { line: string; quantity: string }[],
  more: object = {},
): object {
  return {
    documentType: "invoice",
    account: "harbor-retail",
    usage: "production",
    number,
    date: "2025-03-25",
    order: { number: order },
    currency: "USD",
    terms: [{ type: { code: "01" }, basis: { code: "3" }, discountPercent: "2", discountDays: "10", netDays: "30" }],
    lines: lines.map(({ line, quantity }) => ({
      line,
      quantity,
      unit: "EA",
      price: line === "1" ? "10.00" : "25.50",
      productIds: [line === "1" ? kettle : lamp],
    })),
    ...more,
  };
}

/** A payment of some invoices. */
export function remittanceOf(
  number: string,
  amount: string,
  lines: readonly {
    invoice: string;
    paid: string;
    invoiced?: string;
    discount?: string;
    deduction?: [string, string];
  }[],
  more: object = {},
): object {
  return {
    documentType: "remittance",
    account: "harbor-retail",
    usage: "production",
    number,
    handling: { code: "I" },
    amount,
    creditOrDebit: { code: "C" },
    method: { code: "ACH" },
    date: "2025-04-02",
    entities: [
      {
        lines: lines.map(({ invoice, paid, invoiced, discount, deduction }) => ({
          billingReference: { qualifier: "IV", value: invoice },
          paidAmount: paid,
          ...(invoiced && { invoiceAmount: invoiced }),
          ...(discount && { discountAmount: discount }),
          ...(deduction && { adjustments: [{ amount: deduction[0], reason: { code: deduction[1] } }] }),
        })),
      },
    ],
    ...more,
  };
}

/** A change of an order's lines. */
export function changeOf(
  order: string,
  lines: readonly { line: string; code: string; quantity?: string }[],
  more: object = {},
): object {
  return {
    documentType: "order-change",
    account: "harbor-retail",
    usage: "production",
    number: order,
    orderDate: "2025-03-10",
    date: "2025-03-12",
    purpose: { code: "04" },
    orderType: { code: "SA" },
    references: [],
    dates: [],
    parties: [],
    lines: lines.map(({ line, code, quantity }) => ({
      line,
      change: { code },
      ...(quantity && { quantity, unit: "EA" }),
      productIds: [line === "1" ? kettle : lamp],
      descriptions: [],
    })),
    ...more,
  };
}
