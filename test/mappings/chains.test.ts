import { Big } from "big.js";
import { describe, expect, it } from "vitest";
import { GuideShelf } from "../../src/accounts/index.ts";
import {
  type Document,
  type DocumentType,
  type Invoice,
  type InvoiceLine,
  invoiceTotals,
  isCredit,
  isSSCC,
  levelsOf,
  type Order,
  parseDocument,
  type Remittance,
  remittanceBalance,
  type Settlement,
  type Shipment,
  settlementsOf,
  shipmentFaults,
  shippedItems,
} from "../../src/documents/index.ts";
import { applyOrderChange, itemReleasesOf } from "../../src/ledger/index.ts";
import { documentFromSet, setFromDocument } from "../../src/mappings/index.ts";
import {
  type InterchangeReport,
  readInterchangesSync,
  readTransactionSet,
  writeTransactionSet,
} from "../../src/x12/index.ts";
import { accountOfStep, type Chain, type ChainStep, chains } from "../support/chains.ts";
import { segmentsOf } from "../support/samples.ts";
import { library } from "./sets.ts";

const steps = chains.flatMap(({ account, steps }) =>
  steps.map((step) => ({ title: `${account}/${step.name}`, step, account })),
);

/** The documents of a type in a chain, in their order. */
function of<Type extends DocumentType>({ steps }: Chain, type: Type): Extract<Document, { documentType: Type }>[] {
  return steps.flatMap(({ document }) =>
    document.documentType === type ? [document as Extract<Document, { documentType: Type }>] : [],
  );
}

function read(step: ChainStep): InterchangeReport {
  const { interchanges, problems } = readInterchangesSync(step.bytes, {
    library,
    guides: (header, group, type) => GuideShelf.empty.guidesOf(accountOfStep(step, header, [group]), type),
  });
  expect(problems).toEqual([]);
  expect(interchanges).toHaveLength(1);
  return interchanges[0] as InterchangeReport;
}

const sumOf = (values: readonly (string | undefined)[]): string =>
  values.reduce((sum, value) => sum.plus(value ?? 0), new Big(0)).toFixed();

describe("each document of the chains", () => {
  it("is there for four trades", () => {
    expect(Object.fromEntries(chains.map(({ account, steps }) => [account, steps.map(({ set }) => set)]))).toEqual({
      "green-valley-grocers": ["850", "855", "940", "945", "856", "810", "810", "820", "867"],
      "harbor-retail": ["850", "855", "860", "865", "856", "810", "824", "810", "810", "820", "846", "852"],
      "summit-industrial": ["832", "850", "855", "856", "810", "869", "870", "820"],
      "tamarack-motors": ["830", "862", "856", "856", "830", "810", "820", "864"],
    });
  });

  it.each(steps)("$title is right by the full standard and by its account's guides", ({ step }) => {
    const { verdict, problems, groups } = read(step);
    expect({ verdict, problems }).toEqual({ verdict: "A", problems: [] });
    const sets = groups.flatMap(({ transactionSets }) => transactionSets);
    expect(sets.map(({ type, verdict, problems }) => ({ type, verdict, problems }))).toEqual([
      { type: step.set, verdict: "A", problems: [] },
    ]);
  });

  it.each(steps)("$title is the same in X12 and in JSON", ({ step }) => {
    const { header, delimiters, groups } = read(step);
    const [group] = groups;
    const [found] = group?.transactionSets ?? [];
    if (!group || !found) throw new Error("there is no set");
    const account = accountOfStep(step, header, [group.header]);
    const version = library.versionOf(group.header.version) ?? "";
    expect(version).toBe(account.x12.version);
    const bytes = step.bytes.subarray(found.offset, found.offset + found.length);
    const set = readTransactionSet(bytes, delimiters, library.set(version, step.set));
    const document = documentFromSet(set, { account: account.id, usage: "production" });
    const { x12, ...asHandedIn } = document as Order;
    expect(x12?.unmapped).toEqual([]);
    expect(step.direction === "in" ? document : asHandedIn).toStrictEqual(step.document);
    expect(parseDocument(step.document)).toStrictEqual(step.document);

    const written = setFromDocument(step.document, version);
    const segments = written?.segments ?? [];
    const text = Buffer.from(writeTransactionSet({ type: step.set, control: "0001", segments }, delimiters));
    expect(text.toString("utf8").trim()).toBe(bytes.toString("utf8").trim());
  });
});

/** What the account wants in the end: its order with its changes. */
function orderInForce(chain: Chain): Order | undefined {
  const [order] = of(chain, "order");
  return of(chain, "order-change").reduce(
    (before, change) => applyOrderChange(before, change).order ?? before,
    order as Order | undefined,
  );
}

/** Net invoiced: credit memos count below zero. */
function billedOf(chain: Chain, line: string): string {
  return sumOf(
    of(chain, "invoice").flatMap((invoice) =>
      invoice.lines
        .filter((one: InvoiceLine) => one.line === line)
        .map(({ quantity }) => (isCredit(invoice) ? `-${quantity}` : quantity)),
    ),
  );
}

const shippedOf = (chain: Chain, line: string, store?: string): string =>
  sumOf(
    of(chain, "shipment").flatMap((shipment) =>
      shippedItems(shipment)
        .filter(({ item }) => item.line === line)
        .filter(
          ({ packages }) =>
            store === undefined || packages.some(({ parties }) => parties?.some(({ id }) => id === store)),
        )
        .map(({ item }) => item.quantity),
    ),
  );

describe.each(chains.map((chain) => ({ account: chain.account, chain })))("the chain of $account", ({ chain }) => {
  const invoices = of(chain, "invoice");
  const order = orderInForce(chain);

  it("speaks only of orders that came, and tells its story in the order of time", () => {
    const known = new Set([
      ...of(chain, "order").map(({ number }) => number),
      ...of(chain, "planning-schedule").map(({ orderNumber }) => orderNumber),
    ]);
    const named = [
      ...of(chain, "order-change").map(({ number }) => number),
      ...[...of(chain, "order-response"), ...of(chain, "order-change-response")].map(({ order }) => order.number),
      ...of(chain, "shipment").flatMap((shipment) => shippedItems(shipment).map(({ order }) => order?.number)),
      ...invoices.map((invoice) => invoice.order?.number),
      ...of(chain, "warehouse-order").map(({ purchaseOrder }) => purchaseOrder),
      ...of(chain, "warehouse-shipping-advice").map(({ purchaseOrder }) => purchaseOrder),
      ...of(chain, "remittance").flatMap((remittance) => settlementsOf(remittance).flatMap(({ order }) => order ?? [])),
    ];
    expect(named.length).toBeGreaterThan(0);
    for (const number of named) expect(known).toContain(number);
    const times = chain.steps.map((step) => {
      const { date, time } = read(step).header;
      return `${date} ${time}`;
    });
    expect(times).toEqual([...times].sort());
  });

  it("ships no more than is ordered, to each store, and bills what is shipped at the order's price", () => {
    for (const line of order?.lines ?? []) {
      expect(Number(shippedOf(chain, line.line ?? ""))).toBeLessThanOrEqual(Number(line.quantity));
      for (const { location, quantity } of line.quantitiesByLocation ?? [])
        expect(Number(shippedOf(chain, line.line ?? "", location))).toBeLessThanOrEqual(Number(quantity));
    }
    for (const invoice of invoices) {
      for (const { line, price, unit, productIds } of invoice.lines) {
        const ordered = order?.lines.find((one) => one.line === line);
        if (order) expect({ price, unit, productIds }).toMatchObject(pick(ordered));
        if (!isCredit(invoice))
          expect(Number(billedOf(chain, line ?? ""))).toBeLessThanOrEqual(Number(shippedOf(chain, line ?? "")));
      }
      expect(invoice.totals?.amount && new Big(invoice.totals.amount).toFixed(2)).toBe(invoiceTotals(invoice).amount);
    }
  });

  it("packs every piece in a container of its own code, and counts its levels", () => {
    const codes = of(chain, "shipment").flatMap((shipment: Shipment) =>
      levelsOf(shipment).flatMap(({ level }) => ("sscc" in level && level.sscc ? [level.sscc] : [])),
    );
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(isSSCC(code)).toBe(true);
    for (const shipment of of(chain, "shipment")) expect(shipmentFaults(shipment)).toEqual([]);
  });

  it("is paid as it was billed, with a reason for what is not", () => {
    const settled = of(chain, "remittance").flatMap((remittance: Remittance) => {
      expect(remittanceBalance(remittance)).toMatchObject({ difference: "0", withoutDetail: false });
      return settlementsOf(remittance);
    });
    expect(settled.length).toBeGreaterThan(0);
    for (const settlement of settled) {
      const invoice = invoices.find(({ number }) => number === settlement.number) as Invoice;
      const { amount, discount } = invoiceTotals(invoice);
      expect(new Big(settlement.invoiced ?? 0).abs().toFixed(2)).toBe(amount);
      expect(settlement.unexplained).toBe("0");
      if (!new Big(settlement.discount).eq(0)) expect(new Big(settlement.discount).toFixed(2)).toBe(discount);
      for (const deduction of settlement.deductions) expect(deduction.word).toBeDefined();
    }
    expect(paymentOf(settled)).toEqual(payments[chain.account]);
  });
});

const payments: Record<string, object> = {
  "harbor-retail": { paid: "2053.3", discount: "41.9", deducted: "0" },
  "summit-industrial": { paid: "3134", discount: "0", deducted: "-51.4" },
  "tamarack-motors": { paid: "2490", discount: "0", deducted: "0" },
  "green-valley-grocers": { paid: "2659.96", discount: "27.24", deducted: "0" },
};

function paymentOf(settled: readonly Settlement[]): object {
  return {
    paid: sumOf(settled.map(({ paid }) => paid)),
    discount: sumOf(settled.map(({ discount }) => discount)),
    deducted: sumOf(settled.flatMap(({ deductions }) => deductions.map(({ amount }) => amount))),
  };
}

const pick = (line: Order["lines"][number] | undefined) => ({
  price: line?.price,
  unit: line?.unit,
  productIds: line?.productIds,
});

const chainOf = (account: string): Chain => chains.find((chain) => chain.account === account) as Chain;

describe("what is particular to a trade", () => {
  it("Harbor Retail: all that was ordered in the end is shipped and, net of what was rejected, billed", () => {
    const chain = chainOf("harbor-retail");
    const lines = orderInForce(chain)?.lines ?? [];
    expect(lines.map(({ line, quantity }) => [line, quantity])).toEqual([
      ["1", "48"],
      ["2", "96"],
      ["3", "0"],
      ["4", "24"],
    ]);
    for (const { line, quantity } of lines) {
      expect(shippedOf(chain, line ?? "")).toBe(quantity);
      expect(billedOf(chain, line ?? "")).toBe(quantity);
    }
    const [rejected, memo, sentAnew] = of(chain, "invoice") as [Invoice, Invoice, Invoice];
    expect(of(chain, "application-advice")[0]?.advices).toMatchObject([
      { outcome: { code: "TR" }, reference: { qualifier: "IV", value: rejected.number } },
    ]);
    expect(memo).toMatchObject({ kind: { code: "CR" }, billingReference: rejected.number });
    expect(sentAnew.lines).toEqual(rejected.lines);
  });

  it("Summit Industrial: every price is that of the agreement", () => {
    const chain = chainOf("summit-industrial");
    const [catalog] = of(chain, "price-catalog");
    const [order] = of(chain, "order");
    const agreed = Object.fromEntries(
      (catalog?.lines ?? []).map(({ productIds, prices }) => [productIds?.[0]?.id, prices?.[0]?.price]),
    );
    for (const { productIds, price, priceBasis } of order?.lines ?? []) {
      expect(priceBasis?.code).toBe("CT");
      expect(price).toBe(agreed[productIds[0]?.id ?? ""]);
    }
    const [report] = of(chain, "order-status-report");
    expect(report?.inquiry?.number).toBe(of(chain, "status-inquiry")[0]?.number);
  });

  it("Tamarack Motors: what is shipped to date grows with each shipment, and is what the next plan says was received", () => {
    const chain = chainOf("tamarack-motors");
    let shipped = new Big(0);
    for (const shipment of of(chain, "shipment")) {
      for (const { item } of shippedItems(shipment)) {
        shipped = shipped.plus(item.quantity);
        expect(item.quantityToDate).toBe(shipped.toFixed());
        expect(sumOf((item.loads ?? []).map(({ loads, units }) => new Big(loads).times(units).toFixed()))).toBe(
          item.quantity,
        );
      }
    }
    const [first, next] = of(chain, "planning-schedule").map((plan) => itemReleasesOf(plan)[0]);
    expect(first?.received?.quantity).toBe("0");
    expect(next?.received?.quantity).toBe(shipped.toFixed());
    expect(next?.lastReceived?.shipment).toBe(of(chain, "shipment").at(-1)?.number);
    const wanted = itemReleasesOf(of(chain, "shipping-schedule")[0] as never)[0]?.needs ?? [];
    expect(sumOf(wanted.map(({ quantity }) => quantity))).toBe(shipped.toFixed());
  });

  it("Green Valley: the warehouse ships what it was told, in the containers that the ship notice names", () => {
    const chain = chainOf("green-valley-grocers");
    const [told] = of(chain, "warehouse-order");
    const [advice] = of(chain, "warehouse-shipping-advice");
    const [shipment] = of(chain, "shipment") as [Shipment];
    expect(advice?.number).toBe(told?.number);
    const picked = (advice?.handlingUnits ?? []).flatMap(({ lines }) => lines);
    for (const { item } of shippedItems(shipment)) {
      const id = item.productIds[0]?.id;
      const own = picked.filter(({ productIds }) => productIds?.some((one) => one.id === id));
      expect(sumOf(own.map(({ shipped }) => shipped))).toBe(item.quantity);
      expect(own.flatMap(({ shipped, ordered }) => (shipped === ordered ? [] : [shipped]))).toEqual([]);
    }
    const text = (set: string) => chain.steps.find((step) => step.set === set)?.bytes.toString("utf8") ?? "";
    const containers = (x12: string) => segmentsOf(x12).filter((segment) => segment.startsWith("MAN*"));
    expect(containers(text("856"))).toEqual(containers(text("945")));
  });
});
