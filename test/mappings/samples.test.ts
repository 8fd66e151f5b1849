import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
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
import { parseDocument } from "../../src/documents/document.ts";
import type { Order } from "../../src/documents/order.ts";
import { documentFromSet } from "../../src/mappings/index.ts";
import { orderResponse855 } from "../../src/mappings/order-response-855.ts";
import { guideFaults } from "../../src/x12/guide-faults.ts";
import {
  type GroupHeader,
  type InterchangeHeader,
  type InterchangeReport,
  readInterchangesSync,
  readTransactionSet,
} from "../../src/x12/index.ts";
import { library, problemsOnceWritten } from "./sets.ts";

const samples = new URL("../../samples/", import.meta.url);
const accounts = readdirSync(new URL("accounts", samples)).map((file) =>
  parseAccountFile(readFileSync(new URL(`accounts/${file}`, samples), "utf8"), file),
);
const orders = readdirSync(new URL("orders", samples)).filter((file) => file.endsWith(".edi"));

function accountOf(header: InterchangeHeader, groups: readonly GroupHeader[]): AccountProfile {
  const match = matchAccount(identitiesOf(accounts), { ...header, groups });
  if (!match.matched) throw new Error(match.message);
  return accounts.find(({ id }) => id === match.account) as AccountProfile;
}

function read(file: string): { bytes: Buffer; interchange: InterchangeReport } {
  const bytes = readFileSync(new URL(`orders/${file}`, samples));
  const { interchanges, problems } = readInterchangesSync(bytes, {
    library,
    guides: (header, group, type) => GuideShelf.empty.guidesOf(accountOf(header, [group]), type),
  });
  expect(problems).toEqual([]);
  expect(interchanges).toHaveLength(1);
  return { bytes, interchange: interchanges[0] as InterchangeReport };
}

/** What each set of a sample is found to be: its verdict, and code and place of each problem. */
const findings: Record<string, [verdict: string, ...problems: string[]][]> = {
  "850-harbor-retail.edi": [["A"]],
  "850-harbor-retail-rush.edi": [["A"]],
  "850-harbor-retail-test.edi": [["A"]],
  "850-harbor-retail-two-orders-one-bad.edi": [["A"], ["R", "8 DTM02", "5 PO103"]],
  "850-harbor-retail-without-department.edi": [["R", "3 REF"]],
  "850-summit-industrial.edi": [["A"]],
};

describe("the sample orders", () => {
  it("are all spoken of here", () => {
    expect(orders.sort()).toEqual(Object.keys(findings).sort());
  });

  it.each(orders)("%s is right and wrong where it says", (file) => {
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

  it.each(orders.filter((file) => findings[file]?.some(([verdict]) => verdict === "A")))(
    "%s becomes the document beside it",
    (file) => {
      const { bytes, interchange } = read(file);
      const { header, delimiters, groups } = interchange;
      const account = accountOf(
        header,
        groups.map((group) => group.header),
      );
      const documents = groups.flatMap((group) =>
        group.transactionSets
          .filter(({ verdict }) => verdict === "A")
          .map(({ type, offset, length }) => {
            const schema = library.set(library.versionOf(group.header.version) ?? "", type);
            const set = readTransactionSet(bytes.subarray(offset, offset + length), delimiters, schema);
            return documentFromSet(set, { account: account.id, usage: header.usage === "P" ? "production" : "test" });
          }),
      );
      const expected = JSON.parse(readFileSync(new URL(`orders/${file.replace(/edi$/, "json")}`, samples), "utf8"));
      expect(documents).toStrictEqual([expected]);
      expect(parseDocument(documents[0])).toStrictEqual(expected);
    },
  );
});

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
    const levels = Object.keys(findings)
      .filter((file) => findings[file]?.some(([verdict]) => verdict === "A"))
      .map((file) => {
        const order = orderOf(file.replace(/\.edi$/, ""));
        const rules = accounts.find(({ id }) => id === order.account)?.priority ?? [];
        return [file, decidePriority(rules, order, order.date).level];
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
