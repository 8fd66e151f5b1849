import { planInvoices } from "../../dist/accounts/invoicing/index.js";
import { invoicingRule } from "../../dist/accounts/rules/invoicing.js";
import { shippedItems } from "../../dist/documents/index.js";
import { documentFromSet } from "../../dist/mappings/index.js";
import { loadSchemaLibrary, readInterchangesSync, readTransactionSet } from "../../dist/x12/index.js";

const library = loadSchemaLibrary();
const version = "004010";
const linesOfOrder = 20;
/** The rules that are planned by, in words. */
const rules = {
  "an invoice for each shipment": { basis: "shipment" },
  "a month, by department and store, charges on the lines": {
    basis: "period",
    period: { every: "month" },
    split: ["department", "store"],
    ...{ charges: "lines", allowances: "lines", maxLines: 500 },
  },
};

/**
 * The plan of 100,000 shipment lines (10,000 with --quick), beside the engine's reading of the same orders and ship notices as X12
 * with every check of the standard, and beside reading and translating them. Rounds take turns; the best of each counts.
 */
export async function* measure({ quick } = {}) {
  const count = quick ? 10_000 : 100_000;
  const orders = Array.from({ length: count / linesOfOrder }, (_, index) => index + 1);
  const files = [interchange("PO", "850", orders.map(orderSet)), interchange("SH", "856", orders.map(shipmentSet))];
  const facts = factsOf(files.map(documentsIn));
  if (facts.lines.length !== count) throw new Error(`${facts.lines.length} lines, not ${count}`);
  const rounds = quick ? 2 : 3;
  const read = [];
  const translated = [];
  const planned = new Map(Object.keys(rules).map((name) => [name, { ms: [], invoices: 0 }]));
  for (let round = 0; round < rounds; round++) {
    read.push(timed(() => files.map((bytes) => readInterchangesSync(bytes, { library }))).ms);
    translated.push(timed(() => files.map(documentsIn)).ms);
    for (const [name, figures] of planned) {
      const rule = invoicingRule.parse({ from: "shipments", numbering: { prefix: "B-" }, ...rules[name] });
      const { ms, result } = timed(() => planInvoices(rule, facts));
      if (result.notBilled.length > 0) throw new Error(`${result.notBilled[0].reason}`);
      figures.ms.push(ms);
      figures.invoices = result.invoices.length;
    }
  }
  for (const [rule, { ms, invoices }] of planned) {
    const best = Math.min(...ms);
    yield {
      ...{
        figure: "ms of processor time for the plan of shipment lines",
        rule,
        lines: count,
        invoices,
        ms: Math.round(best),
      },
      readMs: Math.round(Math.min(...read)),
      readAndTranslatedMs: Math.round(Math.min(...translated)),
      planToRead: round(best / Math.min(...read)),
      planToReadAndTranslated: round(best / Math.min(...translated)),
      x12Bytes: files.reduce((sum, { length }) => sum + length, 0),
    };
  }
}

/** In processor time: what else the machine does counts less than by the clock. */
function timed(work) {
  const began = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(began);
  return { ms: (user + system) / 1000, result };
}

const round = (value) => Math.round(value * 1000) / 1000;

function documentsIn(bytes) {
  const { interchanges } = readInterchangesSync(bytes, { library });
  return interchanges.flatMap(({ groups, delimiters }) =>
    groups.flatMap(({ transactionSets }) =>
      transactionSets.map(({ type, offset, length, verdict, problems }) => {
        if (verdict !== "A") throw new Error(`${type}: ${JSON.stringify(problems?.[0])}`);
        const set = readTransactionSet(bytes.subarray(offset, offset + length), delimiters, library.set(version, type));
        return documentFromSet(set, { account: "bench", usage: "production" });
      }),
    ),
  );
}

function factsOf([orders, shipments]) {
  const byNumber = new Map(orders.map((order) => [order.number, order]));
  const lines = shipments.flatMap((notice) => {
    const { number, billOfLading, date: shippedOn } = notice;
    const shipment = { number, billOfLading, shippedOn };
    return shippedItems(notice).map(({ item, order }, index) => ({
      id: `${number}-${index}`,
      order: byNumber.get(order.number),
      position: Number(item.line),
      shipment,
      quantity: item.quantity,
      unit: item.unit,
      shipTo: { idQualifier: "92", id: "0318" },
      store: { qualifier: "92", id: String(100 + (index % 10)) },
    }));
  });
  return { account: "bench", usage: "production", date: "2025-03-31", lines, charges: [] };
}

function orderSet(number) {
  const lines = Array.from({ length: linesOfOrder }, (_, index) => [
    `PO1*${index + 1}*48*EA*${10 + index}.25*PE*UP*6128004${String(10_000 + index).slice(-5)}*IN*90${index}`,
    "PID*F*08***STAINLESS STEEL KETTLE",
    ...(index % 4 === 0 ? ["SAC*A*F800***480*******02***LAUNCH PROMOTION"] : []),
  ]);
  return [
    `BEG*00*SA*PO${number}**20250310**AC`,
    "CUR*BY*USD",
    `REF*DP*${String(number % 40).padStart(3, "0")}`,
    "SAC*A*I530****1*1.5*****02***VOLUME DISCOUNT",
    "ITD*01*3*2**10**30",
    "N1*ST*DC*92*0318",
    "N1*BT*ACCOUNTS PAYABLE*92*AP01",
    ...lines.flat(),
    `CTT*${linesOfOrder}`,
  ];
}

function shipmentSet(number) {
  const items = Array.from({ length: linesOfOrder }, (_, index) => [
    `HL*${index + 3}*2*I`,
    `LIN*${index + 1}*UP*6128004${String(10_000 + index).slice(-5)}`,
    `SN1**${24 + (index % 20)}*EA`,
  ]);
  return [
    `BSN*00*SH${number}*20250318*1530*0004`,
    "HL*1**S",
    `REF*BM*BOL${number}`,
    "N1*ST*DC*92*0318",
    "HL*2*1*O",
    `PRF*PO${number}`,
    ...items.flat(),
    `CTT*${linesOfOrder + 2}`,
  ];
}

function interchange(functionalId, type, sets) {
  const written = sets.map((segments, index) => {
    const control = String(index + 1).padStart(4, "0");
    return [`ST*${type}*${control}`, ...segments, `SE*${segments.length + 2}*${control}`].join("~\n");
  });
  return Buffer.from(
    [
      "ISA*00*          *00*          *ZZ*BENCH          *ZZ*PORTICO        *250310*0612*U*00401*000000001*0*P*>",
      `GS*${functionalId}*BENCH*PORTICO*20250310*0612*1*X*${version}`,
      ...written,
      `GE*${sets.length}*1`,
      "IEA*1*000000001",
      "",
    ].join("~\n"),
  );
}
