import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { csvDocuments, type TableDocument } from "../../src/cli/csv-documents.ts";
import { csvForms } from "../../src/cli/csv-forms.ts";
import { checkDocument } from "../../src/documents/index.ts";

const samples = join(import.meta.dirname, "../../samples/submit");

async function read(text: string): Promise<TableDocument[]> {
  async function* bytes() {
    yield Buffer.from(text);
  }
  const found: TableDocument[] = [];
  for await (const document of csvDocuments("table.csv", bytes())) found.push(document);
  return found;
}

const columnsOf = (type: string): string[] => {
  const form = csvForms[type];
  if (!form) throw new Error(`no form ${type}`);
  return [...form.heading, ...form.levels.flatMap(({ columns }) => columns)].map(({ name }) => name);
};

test.each(Object.keys(csvForms))("every column of a %s has a place in its schema, and no name twice", async (type) => {
  const columns = columnsOf(type);
  expect(new Set(columns).size).toBe(columns.length);
  const cells = columns.map((name) => {
    if (name === "usage") return "test";
    if (/date$/.test(name)) return "2025-03-10";
    if (name === "time") return "1410";
    if (/sscc$/.test(name)) return "000612800400000018";
    return "12";
  });
  const [document] = await read(`type,${columns.join(",")}\n${type},${cells.join(",")}\n`);
  const checked = checkDocument(document?.value);
  const unknown = (checked.error?.issues ?? []).filter(
    ({ code }) => code === "unrecognized_keys" || code === "invalid_type",
  );
  expect(unknown).toEqual([]);
  // Every value is in the document.
  const text = JSON.stringify(document?.value);
  expect(text.match(/"12"/g)).toHaveLength(cells.filter((cell) => cell === "12").length);
});

test.each(readdirSync(samples).filter((name) => name.endsWith(".csv")))(
  "%s is a document that its schema takes",
  async (name) => {
    const documents = await read(readFileSync(join(samples, name), "utf8"));
    expect(documents).toHaveLength(1);
    const checked = checkDocument(documents[0]?.value);
    expect(checked.error?.issues ?? []).toEqual([]);
  },
);

test("rows of a line and of a carton come together", async () => {
  const [answer] = await read(readFileSync(join(samples, "order-response.csv"), "utf8"));
  const { lines } = (answer as TableDocument).value as {
    lines: { line: string; acknowledgments: { status: string }[] }[];
  };
  expect(lines.map(({ line, acknowledgments }) => [line, acknowledgments.map(({ status }) => status)])).toEqual([
    ["1", ["IQ", "IB"]],
    ["4", ["IA"]],
  ]);
  const table = [
    "type,account,number,order_number,pallet_sscc,carton_sscc,line,quantity",
    "shipment,a,S1,PO1,P1,C1,1,5",
    "shipment,a,S1,PO1,P1,C1,2,6",
    "shipment,a,S1,PO1,P1,C2,1,7",
    "shipment,a,S1,PO1,,,3,8",
    "shipment,a,S1,PO2,,C3,1,9",
  ].join("\n");
  const [shipment] = await read(table);
  expect(shipment?.value.orders).toEqual([
    {
      order: { number: "PO1" },
      tares: [
        {
          sscc: "P1",
          packs: [
            {
              sscc: "C1",
              items: [
                { line: "1", quantity: "5" },
                { line: "2", quantity: "6" },
              ],
            },
            { sscc: "C2", items: [{ line: "1", quantity: "7" }] },
          ],
        },
      ],
      items: [{ line: "3", quantity: "8" }],
    },
    { order: { number: "PO2" }, packs: [{ sscc: "C3", items: [{ line: "1", quantity: "9" }] }] },
  ]);
  expect(shipment?.cellOf("orders[0].tares[0].packs[1].items[0].quantity")).toEqual({ row: 4, column: "quantity" });
  expect(shipment?.cellOf("orders[1].packs[0].items[0].unit")).toEqual({ row: 6, column: "unit" });
  expect(shipment?.cellOf("date")).toEqual({ row: 2, column: "date" });
});

test("tables as spreadsheets write them are read, and wrong ones are refused with row and column", async () => {
  const text = '\ufeffType;Account;Number;Date;Line;Quantity\r\ninvoice;a;1;2025-03-10;1;"1;5"\r\n;;;;;\r\n';
  expect((await read(text))[0]?.value).toMatchObject({
    documentType: "invoice",
    lines: [{ line: "1", quantity: "1;5" }],
  });
  const wrong = (table: string) =>
    read(table).then(
      () => "taken",
      (error: Error) => error.message,
    );
  expect(await wrong("type,account\npoem,a\n")).toMatch(
    /^table\.csv: row 2, column type: must be one of order-response, /,
  );
  expect(await wrong("type,account,colour\ninvoice,a,red\n")).toMatch(
    /^table\.csv: row 1, column colour: there is no such column/,
  );
  expect(await wrong("type,account,number,date\ninvoice,a,1,2025-03-10\ninvoice,a,1,2025-03-11\n")).toBe(
    'table.csv: row 3, column date: says "2025-03-11", and row 2 says "2025-03-10" of the same document',
  );
  expect(await wrong("type,account,number\ninvoice,a,1\ninvoice,a,2\ninvoice,a,1\n")).toBe(
    "table.csv: row 4: this document began in row 2; put its rows together",
  );
  expect(await wrong("type,account\ninvoice,a,b\n")).toContain("row 2: it has more cells");
  expect(await wrong('type,account\ninvoice,"a\n')).toMatch(/row \d+: it can't be read/);
  expect(await wrong(`type,account\ninvoice,${"a".repeat(300_000)}\n`)).toMatch(/it can't be read/);
  expect(await wrong("type,__proto__\ninvoice,a\n")).toContain("column __proto__: there is no such column");
  expect(await read("")).toEqual([]);
});

test("docs/submitting.md has every column of every form", () => {
  const text = readFileSync(join(import.meta.dirname, "../../docs/submitting.md"), "utf8");
  for (const type of Object.keys(csvForms)) {
    const row = text.split("\n").filter((line) => line.startsWith(`| \`${type}\` | \`account\``));
    expect(row).toHaveLength(1);
    const names = [...(row[0] ?? "").matchAll(/`([\w-]+)`/g)].map(([, name]) => name);
    expect(names).toEqual([type, ...columnsOf(type)]);
  }
});
