import type { Party, Reference } from "../../documents/aggregate-components.ts";
import type { Order, OrderLine } from "../../documents/order.ts";
import type { InvoicingRule, SelectorKey, SplitKey } from "../rules/invoicing.ts";
import type { BillableLine, BilledPlace } from "./facts.ts";

/** Something by which invoices are told apart. */
export interface Dimension {
  /** In a sentence: "the department (REF*DP)". */
  readonly words: string;
  /** Its values as people say them; left out: as they are. */
  readonly speak?: (value: string) => string;
  /** What a line has there; empty where it has nothing. Lines with different values are never on one invoice. */
  valueOf(line: BillableLine): string;
}

/** What one side of the order says, kept for the next line of the same order. */
function ofOrder(words: string, read: (order: Order) => string, speak?: (value: string) => string): Dimension {
  const known = new WeakMap<Order, string>();
  return {
    words,
    ...(speak && { speak }),
    valueOf({ order }) {
      let value = known.get(order);
      if (value === undefined) {
        value = read(order);
        known.set(order, value);
      }
      return value;
    },
  };
}

const lineOf = ({ order, position }: BillableLine): OrderLine | undefined => order.lines[position - 1];
const referenceIn = (references: readonly Reference[] | undefined, qualifier: string): string | undefined =>
  references?.find((one) => one.qualifier === qualifier)?.value;
const partyIn = (parties: readonly Party[] | undefined, role: string): Party | undefined =>
  parties?.find((one) => one.role === role);
const partyName = (party: Party | undefined): string => party?.id ?? party?.name ?? "";
const placeName = (place: BilledPlace | undefined): string | undefined => place?.id;

/** Taxes without what they come to on one order. */
const kindsOf = (taxes: Order["taxes"]) => taxes?.map(({ amount: _, basis: __, ...tax }) => tax);

/** Terms as people say them: "2% 10, net 30". */
function spokenTerms(value: string): string {
  const terms = JSON.parse(value) as NonNullable<Order["terms"]>;
  const words = terms.map(({ description, discountPercent, discountDays, netDays, netDueDate, type }) => {
    if (description !== undefined) return description;
    const discount = discountPercent === undefined ? [] : [`${discountPercent}% ${discountDays ?? ""}`.trim()];
    const net = netDays === undefined ? (netDueDate ?? type?.word ?? type?.code) : `net ${netDays}`;
    return [...discount, ...(net === undefined ? [] : [net])].join(", ");
  });
  return words.join("; ");
}

/** Taxes as people say them: "ST 6.25 in IL". */
function spokenTaxes(value: string): string {
  const taxes = JSON.parse(value) as NonNullable<Order["taxes"]>;
  return taxes
    .map(({ type, percentage, jurisdiction, exempt }) => {
      const where = jurisdiction === undefined ? "" : ` in ${jurisdiction}`;
      return `${type.word ?? type.code} ${percentage ?? (exempt === undefined ? "" : "exempt")}${where}`.trim();
    })
    .join("; ");
}

/** Freight terms as people say them. */
function spokenFreight(value: string): string {
  const { payment, location } = JSON.parse(value) as NonNullable<Order["freightTerms"]>[number];
  return [payment.word ?? payment.code, location?.description].filter((one) => one !== undefined).join(", ");
}

const said = (value: unknown): string => (value === undefined ? "" : JSON.stringify(value));

/** A reference of the order's line, or else of its heading. */
function reference(qualifier: string, words: string): Dimension {
  return {
    words,
    valueOf: (line) =>
      referenceIn(lineOf(line)?.references, qualifier) ?? referenceIn(line.order.references, qualifier) ?? "",
  };
}

/** By what the heading of an 810 has room for once only. They tell invoices apart whatever the rule says. */
function forcedDimensions(rule: InvoicingRule): Dimension[] {
  return [
    ofOrder("the bill-to (N1*BT)", ({ parties }) => partyName(partyIn(parties, "BT"))),
    ofOrder("the currency (CUR02)", ({ currency }) => currency ?? ""),
    ofOrder("the exchange rate (CUR03)", ({ exchangeRate }) => exchangeRate ?? ""),
    // The rule's own terms are those of every invoice.
    ...(rule.terms === undefined ? [ofOrder("the terms (ITD)", ({ terms }) => said(terms), spokenTerms)] : []),
    ofOrder("the tax of the heading (TXI)", ({ taxes }) => said(kindsOf(taxes)), spokenTaxes),
    ofOrder("the freight terms (FOB)", ({ freightTerms }) => said(freightTerms?.[0]), spokenFreight),
  ];
}

const orderName = ofOrder("the order (BIG04)", (order) => {
  const shipTo = partyName(partyIn(order.parties, "ST"));
  return [order.number, order.release, shipTo].filter((part) => part !== undefined && part !== "").join(" ");
});

const splits: { readonly [Key in SplitKey]: Dimension } = {
  order: orderName,
  release: ofOrder("the release (BIG05)", ({ release }) => release ?? ""),
  shipment: { words: "the shipment (BSN02)", valueOf: ({ shipment }) => shipment.number },
  "bill-of-lading": { words: "the bill of lading (REF*BM)", valueOf: ({ shipment }) => shipment.billOfLading ?? "" },
  "ship-to": { words: "the ship-to (N1*ST)", valueOf: ({ shipTo }) => shipTo?.id ?? "" },
  store: {
    words: "the store (SDQ, N1*SN, REF*ST)",
    valueOf: (line) =>
      placeName(line.store) ??
      partyIn(lineOf(line)?.parties, "SN")?.id ??
      partyIn(line.order.parties, "SN")?.id ??
      referenceIn(line.order.references, "ST") ??
      "",
  },
  "mark-for": {
    words: "the mark-for (N1*Z7)",
    valueOf: (line) =>
      placeName(line.markFor) ??
      partyIn(lineOf(line)?.parties, "Z7")?.id ??
      partyIn(line.order.parties, "Z7")?.id ??
      "",
  },
  department: reference("DP", "the department (REF*DP)"),
  "bill-to": ofOrder("the bill-to (N1*BT)", ({ parties }) => partyName(partyIn(parties, "BT"))),
  contract: {
    words: "the contract (BEG06, REF*CT)",
    valueOf: (line) =>
      referenceIn(lineOf(line)?.references, "CT") ??
      line.order.contract ??
      referenceIn(line.order.references, "CT") ??
      "",
  },
  currency: ofOrder("the currency (CUR02)", ({ currency }) => currency ?? ""),
  tax: {
    words: "the tax (TXI)",
    speak: spokenTaxes,
    valueOf: (line) => said(kindsOf(lineOf(line)?.taxes ?? line.order.taxes)),
  },
  terms: ofOrder("the terms (ITD)", ({ terms }) => said(terms), spokenTerms),
  commodity: {
    words: "the commodity (TD103)",
    valueOf: (line) => line.commodity ?? lineOf(line)?.lading?.find(({ commodity }) => commodity)?.commodity ?? "",
  },
  hazard: { words: "the hazard class (TD403)", valueOf: ({ hazard }) => hazard ?? "" },
  "drop-ship": ofOrder("whether it is a drop shipment (BEG02 DS)", ({ orderType }) =>
    orderType.code === "DS" ? "drop-ship" : "",
  ),
  project: reference("JB", "the project (REF*JB)"),
};

function selected({ selector, called }: SelectorKey): Dimension {
  return { words: `the ${called} (${selector})`, valueOf: (line) => line.selected?.[selector] ?? "" };
}

/** Everything that tells an account's invoices apart, by who wants it. */
export interface Dimensions {
  readonly basis: readonly Dimension[];
  readonly split: readonly Dimension[];
  readonly forced: readonly Dimension[];
}

/** By what the rule tells invoices apart. */
export function dimensionsOf(rule: InvoicingRule): Dimensions {
  return {
    basis: rule.basis === "period" ? [] : [splits[rule.basis]],
    split: rule.split.map((key) => (typeof key === "string" ? splits[key] : selected(key))),
    forced: forcedDimensions(rule),
  };
}

/** A dimension by its key, for what is said once where all lines agree on it. */
export const dimensionOf = (key: SplitKey): Dimension => splits[key];
