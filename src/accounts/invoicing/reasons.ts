import type { InvoicingRule } from "../rules/invoicing.ts";
import type { Dimension, Dimensions } from "./dimensions.ts";
import type { BilledUnit } from "./units.ts";

/** In how many values a dimension comes among lines that agree on what stands before it. */
export interface Variety {
  /** Whether there are several, by the place of the dimension in its list. */
  readonly split: readonly boolean[];
  readonly forced: readonly boolean[];
}

/** How many orders a sentence names. */
const named = 5;

function valueWords({ words, speak }: Dimension, value: string): string {
  if (value === "") return `${words} is not said`;
  return `${words} is ${speak ? speak(value) : value}`;
}

const basisWords = {
  shipment: "The rule makes an invoice for each shipment",
  order: "The rule makes an invoice for each order",
  "ship-to": "The rule makes an invoice for each place",
  period: "The rule makes one invoice of everything in the period",
} as const;

/** Why an invoice is one of its own: the rule's basis, what the rule splits by, what has to be split, and its limit of lines. */
export function whySeparate(
  rule: InvoicingRule,
  dimensions: Dimensions,
  values: { readonly basis: readonly string[]; readonly split: readonly string[]; readonly forced: readonly string[] },
  variety: Variety,
  part: { readonly number: number; readonly of: number },
): string {
  const basis = dimensions.basis.map((one, index) => `; ${valueWords(one, values.basis[index] ?? "")}`).join("");
  const said = (list: readonly Dimension[], own: readonly string[], varies: readonly boolean[]) =>
    list.flatMap((one, index) => (varies[index] ? [valueWords(one, own[index] ?? "")] : []));
  const split = said(dimensions.split, values.split, variety.split);
  const forced = said(dimensions.forced, values.forced, variety.forced);
  return [
    `${basisWords[rule.basis]}${basis}.`,
    ...(split.length > 0 ? [`It splits by what differs here: ${split.join("; ")}.`] : []),
    ...(forced.length > 0
      ? [`An 810 says it once for all its lines, so this is split whatever the rule says: ${forced.join("; ")}.`]
      : []),
    ...(part.of > 1
      ? [
          `The rule allows ${rule.maxLines === 1 ? "one line" : `${rule.maxLines} lines`} on an invoice: this is part ${part.number} of ${part.of}.`,
        ]
      : []),
  ].join(" ");
}

/** Why the lines of an invoice are together: all that they have in common of what could have told them apart. */
export function whyTogether(
  dimensions: Dimensions,
  values: { readonly basis: readonly string[]; readonly split: readonly string[] },
  units: readonly BilledUnit[],
): string {
  const common = [
    ...dimensions.basis.map((one, index) => valueWords(one, values.basis[index] ?? "")),
    ...dimensions.split.map((one, index) => valueWords(one, values.split[index] ?? "")),
  ];
  const orders = [...new Set(units.map(({ order }) => order.number))];
  const shipments = [...new Set(units.map(({ shipment }) => shipment.number))];
  const because = common.length > 0 ? `they agree on it: ${common.join("; ")}` : "nothing of the rule tells them apart";
  const first = units.length === 1 ? "It has one line" : `Its ${units.length} lines are together because ${because}`;
  const ofOrders = orders.length === 1 ? `of order ${orders[0]}` : `of ${orders.length} orders (${list(orders)})`;
  const ofShipments =
    shipments.length === 1 ? `shipment ${shipments[0]}` : `${shipments.length} shipments (${list(shipments)})`;
  return `${first}. It is ${ofOrders} and ${ofShipments}.`;
}

function list(names: readonly string[]): string {
  const more = names.length - named;
  return `${names.slice(0, named).join(", ")}${more > 0 ? `, and ${more} more` : ""}`;
}
