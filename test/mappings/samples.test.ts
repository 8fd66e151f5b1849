import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { calendarOf } from "../../src/accounts/calendar.ts";
import {
  type AccountProfile,
  accountContact,
  decideOrderResponse,
  decidePriority,
  GuideShelf,
  identitiesOf,
  matchAccount,
  parseAccountFile,
} from "../../src/accounts/index.ts";
import { type Document, parseDocument } from "../../src/documents/document.ts";
import type { Order } from "../../src/documents/order.ts";
import type { Remittance } from "../../src/documents/remittance.ts";
import { remittanceBalance, settlementsOf } from "../../src/documents/remittance-balance.ts";
import { documentFromSet, setFromDocument } from "../../src/mappings/index.ts";
import { orderResponse855 } from "../../src/mappings/order-response-855.ts";
import { guideFaults } from "../../src/x12/guide-faults.ts";
import {
  type GroupHeader,
  type InterchangeHeader,
  type InterchangeReport,
  type Loop,
  readInterchangesSync,
  readTransactionSet,
  type TransactionSet,
} from "../../src/x12/index.ts";
import { library, problemsOnceWritten, setOf } from "./sets.ts";

const samples = new URL("../../samples/", import.meta.url);
const accounts = readdirSync(new URL("accounts", samples)).map((file) =>
  parseAccountFile(readFileSync(new URL(`accounts/${file}`, samples), "utf8"), file),
);
/** The chains are held by chains.test.ts, the stories by scenarios.test.ts. */
const files = (readdirSync(samples, { recursive: true }) as string[])
  .filter((file) => file.endsWith(".edi") && !/^(chains|scenarios)\//.test(file))
  .sort();

/** ISA06 of what we send. */
const us = "CEDARRIVER";

/** Whose file it is; in a file that we send, sender and receiver are the other way round. */
function accountOf(header: InterchangeHeader, groups: readonly GroupHeader[]): AccountProfile {
  const { senderQualifier, senderId, receiverQualifier, receiverId } = header;
  const envelope =
    senderId === us
      ? {
          ...header,
          senderQualifier: receiverQualifier,
          senderId: receiverId,
          receiverQualifier: senderQualifier,
          receiverId: senderId,
          groups: groups.map(({ senderCode, receiverCode }) => ({
            senderCode: receiverCode,
            receiverCode: senderCode,
          })),
        }
      : { ...header, groups };
  const match = matchAccount(identitiesOf(accounts), envelope);
  if (!match.matched) throw new Error(match.message);
  return accounts.find(({ id }) => id === match.account) as AccountProfile;
}

function read(file: string): { bytes: Buffer; interchange: InterchangeReport } {
  const bytes = readFileSync(new URL(file, samples));
  const { interchanges, problems } = readInterchangesSync(bytes, {
    library,
    guides: (header, group, type) => GuideShelf.empty.guidesOf(accountOf(header, [group]), type),
  });
  expect(problems).toEqual([]);
  expect(interchanges).toHaveLength(1);
  return { bytes, interchange: interchanges[0] as InterchangeReport };
}

/** The one set of a file that is right. */
function rightSet({ bytes, interchange }: ReturnType<typeof read>): { set: TransactionSet; version: string } {
  const { delimiters, groups } = interchange;
  const right = groups.flatMap(({ header, transactionSets }) =>
    transactionSets
      .filter(({ verdict }) => verdict === "A")
      .map(({ type, offset, length }) => {
        const version = library.versionOf(header.version) ?? "";
        return {
          version,
          set: readTransactionSet(bytes.subarray(offset, offset + length), delimiters, library.set(version, type)),
        };
      }),
  );
  expect(right).toHaveLength(1);
  return right[0] as (typeof right)[number];
}

/** The document beside a file. */
const beside = (file: string): Document =>
  JSON.parse(readFileSync(new URL(file.replace(/edi$/, "json"), samples), "utf8")) as Document;

/** What each set of a sample is found to be: its verdict, and code and place of each problem. */
const findings: Record<string, [verdict: string, ...problems: string[]][]> = {
  "advices/824-harbor-retail.edi": [["A"]],
  "advices/824-summit-industrial.edi": [["A"]],
  "invoices/810-harbor-retail-credit-memo.edi": [["A"]],
  "invoices/810-harbor-retail.edi": [["A"]],
  "invoices/810-summit-industrial-consolidated.edi": [["A"]],
  "invoices/810-summit-industrial.edi": [["A"]],
  "inventory/846-harbor-retail.edi": [["A"]],
  "messages/864-harbor-retail.edi": [["A"]],
  "order-changes/860-harbor-retail.edi": [["A"]],
  "order-changes/865-harbor-retail.edi": [["A"]],
  "orders/850-harbor-retail.edi": [["A"]],
  "orders/850-harbor-retail-rush.edi": [["A"]],
  "orders/850-harbor-retail-test.edi": [["A"]],
  "orders/850-harbor-retail-two-orders-one-bad.edi": [["A"], ["R", "8 DTM02", "5 PO103"]],
  "orders/850-harbor-retail-without-department.edi": [["R", "3 REF"]],
  "orders/850-summit-industrial.edi": [["A"]],
  "prices/832-summit-industrial.edi": [["A"]],
  "product-activity/852-harbor-retail.edi": [["A"]],
  "remittances/820-harbor-retail.edi": [["A"]],
  "remittances/820-summit-industrial.edi": [["A"]],
  "resales/867-summit-industrial.edi": [["A"]],
  "schedules/830-tamarack-motors.edi": [["A"]],
  "schedules/862-tamarack-motors.edi": [["A"]],
  "shipments/856-harbor-retail.edi": [["A"]],
  "shipments/856-summit-industrial.edi": [["A"]],
  "status/869-summit-industrial.edi": [["A"]],
  "status/870-summit-industrial.edi": [["A"]],
  "warehouse/940-keystone-warehouse.edi": [["A"]],
  "warehouse/945-keystone-warehouse.edi": [["A"]],
};

const right = files.filter((file) => findings[file]?.some(([verdict]) => verdict === "A"));

describe("the sample files", () => {
  it("are all spoken of here", () => {
    expect(files).toEqual(Object.keys(findings).sort());
  });

  it.each(files)("%s is right and wrong where it says", (file) => {
    const { bytes, interchange } = read(file);
    expect(bytes.indexOf(interchange.delimiters.segment, 3)).toBe(105);
    expect({ verdict: interchange.verdict, problems: interchange.problems }).toEqual({ verdict: "A", problems: [] });
    const sets = interchange.groups.flatMap(({ transactionSets }) => transactionSets);
    expect(
      sets.map(({ verdict, problems }) => [
        verdict,
        ...problems.map(
          ({ code, segment, element }) =>
            `${code} ${segment}${element === null ? "" : String(element).padStart(2, "0")}`,
        ),
      ]),
    ).toEqual(findings[file]);
  });

  it.each(right)("%s becomes the document beside it", (file) => {
    const sample = read(file);
    const { header, groups } = sample.interchange;
    const account = accountOf(
      header,
      groups.map((group) => group.header),
    );
    const usage = header.usage === "P" ? "production" : "test";
    const document = documentFromSet(rightSet(sample).set, { account: account.id, usage });
    const { x12, ...asHandedIn } = document as Remittance;
    const expected = beside(file);
    expect(header.senderId === us ? asHandedIn : document).toStrictEqual(expected);
    expect(parseDocument(expected)).toStrictEqual(expected);
    // The orders show what stays unmapped; of all others every value has its place.
    if (!file.startsWith("orders/")) expect(x12?.unmapped).toEqual([]);
  });

  it.each(right.filter((file) => !file.startsWith("orders/")))(
    "%s is what its document is written as, to the segment",
    (file) => {
      const { set, version } = rightSet(read(file));
      const written = setFromDocument(beside(file), version);
      expect(written?.type).toBe(set.type);
      expect(segmentsOf(setOf(version, set.type, written?.segments ?? []))).toEqual(segmentsOf(set));
    },
  );

  it.each(right.filter((file) => file.startsWith("remittances/")))(
    "%s adds up, and leaves nothing unexplained",
    (file) => {
      const remittance = beside(file) as Remittance;
      expect(remittanceBalance(remittance)).toMatchObject({ difference: "0", withoutDetail: false });
      for (const { unexplained } of settlementsOf(remittance)) expect(unexplained).toBe("0");
    },
  );
});

/** Every segment between ST and SE, as text. */
function segmentsOf(set: TransactionSet): string[] {
  const all: { position: number; text: string }[] = [];
  const walk = (loop: Loop) => {
    for (const { id, position, elements } of loop.segments) {
      if (id === "ST" || id === "SE") continue;
      all.push({ position, text: [id, ...elements.map((element) => JSON.stringify(element))].join("*") });
    }
    for (const inner of loop.loops) walk(inner);
  };
  walk(set.root);
  return all.sort((a, b) => a.position - b.position).map(({ text }) => text);
}

describe("the sample accounts", () => {
  const harbor = accounts.find(({ id }) => id === "harbor-retail") as AccountProfile;
  const orderOf = (file: string): Order =>
    JSON.parse(readFileSync(new URL(`orders/${file}.json`, samples), "utf8")) as Order;

  it.each(accounts)("$id has guides that fit the sets of its version", ({ guides, x12 }) => {
    for (const guide of GuideShelf.empty.guidesOf({ guides })) {
      const schema = library.set(x12.version, guide.set);
      expect(schema && guideFaults(schema, guide)).toEqual([]);
    }
  });

  it("raise the rush order and leave the others alone", () => {
    const levels = right
      .filter((file) => file.startsWith("orders/"))
      .map((path) => path.slice("orders/".length))
      .map((file) => {
        const order = orderOf(file.replace(/\.edi$/, ""));
        const account = accounts.find(({ id }) => id === order.account) as AccountProfile;
        const cameAt = new Date(`${order.date}T15:00:00Z`);
        const facts = { cameAt, today: order.date, calendar: calendarOf(account) };
        return [file, decidePriority(account.priority, order, facts).level];
      });
    expect(Object.fromEntries(levels)).toEqual({
      "850-harbor-retail.edi": "normal",
      "850-harbor-retail-rush.edi": "urgent",
      "850-harbor-retail-test.edi": "normal",
      "850-harbor-retail-two-orders-one-bad.edi": "normal",
      "850-summit-industrial.edi": "normal",
    });
  });

  it("have Harbor Retail's orders answered by an 855 that its own guide takes", () => {
    const contact = harbor.contact && accountContact(harbor.contact);
    const facts = { today: "2025-03-11", contact };
    const decision = decideOrderResponse(harbor.orderResponse, orderOf("850-harbor-retail"), facts);
    if (!decision.send) throw new Error(decision.reason);
    const { version } = harbor.x12;
    const guides = GuideShelf.empty.guidesOf(harbor, "855");
    const problems = (response: typeof decision.response) =>
      problemsOnceWritten(version, "855", orderResponse855.write(response, version), guides);
    expect(problems(decision.response)).toEqual([]);
    const { contacts, ...silent } = decision.response;
    expect(contacts).toHaveLength(1);
    expect(problems(silent)).toEqual([expect.stringContaining("PER")]);
  });
});
