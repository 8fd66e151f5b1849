import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import type { ProductId } from "../../documents/aggregate-components.ts";
import { isoDate } from "../../documents/basic-components.ts";
import { productIdQualifiers, spoken } from "../../documents/code-words.ts";
import type { Order, OrderLine } from "../../documents/order.ts";
import { type LineWarranty, warrantyBegins } from "../../documents/warranty.ts";
import { warrantyCarriers } from "./warranty-carriers.ts";

const texts = z.array(z.string().min(1)).min(1);

const product = z
  .strictObject({
    qualifier: z.string().length(2).optional().describe("Whose number it is, X12 element 235. Left out: anybody's."),
    ids: texts.optional().describe("Numbers of products."),
    beginningWith: texts.optional().describe("Beginnings of numbers, for a family of products."),
  })
  .refine(({ ids, beginningWith }) => ids !== undefined || beginningWith !== undefined, {
    error: "must name ids or beginnings of ids",
  });

const warrantyTerms = z.strictObject({
  id: z.string().min(1).max(60).describe("Shown wherever the terms are said, and found by it."),
  coverage: z.string().min(1).max(264).describe("What is covered, in the words that documents carry."),
  months: z.int().min(1).max(1200).describe("How long, in months."),
  begins: warrantyBegins.default("shipment"),
  coverageCode: z.string().min(1).max(50).optional().describe("The account's code for it, REF*QS."),
  registration: z.string().min(1).max(50).optional().describe("Number under which it is registered, REF*QT."),
  products: z.array(product).min(1).optional().describe("Only these products. Left out: whatever was ordered."),
  class: z.string().min(1).optional().describe("Only products of this class, by its name under `classes`."),
  shipTo: texts.optional().describe("Only what goes to these places: N104 of the line's or the order's N1*ST, or SDQ."),
  validFrom: isoDate.optional().describe("Orders dated on this day or later."),
  validTo: isoDate.optional().describe("Orders dated on this day or before."),
});
export type WarrantyTerms = z.output<typeof warrantyTerms>;

/** What an account is promised beyond the usual, by product, class, place and date, and how its documents say it. */
export const warrantyRule = z
  .strictObject({
    terms: z.array(warrantyTerms).min(1).describe("Each line of an order has one of them at most, the most specific."),
    classes: z
      .array(z.strictObject({ name: z.string().min(1), products: z.array(product).min(1) }))
      .default([])
      .describe("Classes of products, to give them terms together."),
    carriedOn: warrantyCarriers.prefault({}),
  })
  .superRefine(({ terms, classes, carriedOn }, context) => {
    const fault = (path: (string | number)[], message: string) => context.addIssue({ code: "custom", path, message });
    const names = new Set(classes.map(({ name }) => name));
    const ids = new Set<string>();
    const carried = new Set(Object.values(carriedOn).flat());
    for (const [place, one] of terms.entries()) {
      const at = ["terms", place];
      if (ids.has(one.id)) fault([...at, "id"], `${one.id} is there already`);
      ids.add(one.id);
      if (one.class !== undefined && !names.has(one.class)) {
        fault([...at, "class"], `there is no class "${one.class}" among \`classes\``);
      }
      if (one.validFrom !== undefined && one.validTo !== undefined && one.validFrom > one.validTo) {
        fault([...at, "validTo"], "must not be before validFrom");
      }
      if (carried.has("REF*QS") && one.coverageCode === undefined) {
        fault([...at, "coverageCode"], "must be given, because carriedOn has REF*QS");
      }
      if (carried.has("REF*QT") && one.registration === undefined) {
        fault([...at, "registration"], "must be given, because carriedOn has REF*QT");
      }
    }
  });
export type WarrantyRule = z.output<typeof warrantyRule>;

/** What of an order line says which terms it has. */
export interface WarrantyFacts {
  readonly productIds: readonly ProductId[];
  /** Ids of the places that it goes to. */
  readonly shipTo: readonly string[];
  /** The day of the order, BEG05. */
  readonly orderedOn: string;
}

/** Terms that fit a line, and why they do; the more specific they are, the higher each number. */
interface Fit {
  readonly terms: WarrantyTerms;
  readonly because: readonly string[];
  readonly rank: readonly [byProduct: number, byPlace: number, since: string];
}

/**
 * The terms that a line has, and why, or null where none fit it. Of several the most specific hold: those that name the product
 * before those of its class, and these before others; then those that name the place; then those that are valid from the latest
 * day on; then the first by id. The order in which the rule lists them counts for nothing.
 */
export function chooseWarranty(rule: WarrantyRule, facts: WarrantyFacts): LineWarranty | null {
  const fits = rule.terms.flatMap((terms) => fitOf(rule, terms, facts) ?? []).sort(bySpecificity);
  const [first, second] = fits;
  if (!first) return null;
  const { id, coverage, months, begins, coverageCode, registration } = first.terms;
  const because = first.because.length === 0 ? "they hold for all that is ordered" : first.because.join(", and ");
  const before = second ? ` They are more specific than "${second.terms.id}".` : "";
  return {
    terms: id,
    coverage,
    months,
    begins,
    ...(coverageCode !== undefined && { coverageCode }),
    ...(registration !== undefined && { registration }),
    reason: `The terms "${id}" were in force on ${facts.orderedOn}: ${because}.${before}`,
  };
}

function fitOf(rule: WarrantyRule, terms: WarrantyTerms, facts: WarrantyFacts): Fit | null {
  const { products, class: className, shipTo, validFrom, validTo } = terms;
  if (validFrom !== undefined && facts.orderedOn < validFrom) return null;
  if (validTo !== undefined && facts.orderedOn > validTo) return null;
  const ofClass = rule.classes.find(({ name }) => name === className)?.products;
  const byProduct = products && productOf(products, facts.productIds);
  const byClass = className === undefined ? undefined : productOf(ofClass ?? [], facts.productIds);
  const place = shipTo?.find((one) => facts.shipTo.includes(one));
  if ([products && !byProduct, className !== undefined && !byClass, shipTo && !place].includes(true)) return null;
  return {
    terms,
    because: [
      ...(byProduct ? [`they name ${named(byProduct)}`] : []),
      ...(byClass ? [`they name the class "${className}", of which ${named(byClass)} is`] : []),
      ...(place ? [`they name the place ${place}`] : []),
    ],
    rank: [byProduct ? 2 : byClass ? 1 : 0, place ? 1 : 0, validFrom ?? ""],
  };
}

function productOf(
  products: readonly z.output<typeof product>[],
  ordered: readonly ProductId[],
): ProductId | undefined {
  return ordered.find(({ qualifier, id }) =>
    products.some(
      (one) =>
        (one.qualifier === undefined || one.qualifier === qualifier) &&
        (one.ids?.includes(id) || one.beginningWith?.some((beginning) => id.startsWith(beginning))),
    ),
  );
}

const named = ({ qualifier, id }: ProductId): string => `${spoken(qualifier, productIdQualifiers)} ${id}`;

function bySpecificity(one: Fit, other: Fit): number {
  const [product, place, since] = one.rank;
  const [otherProduct, otherPlace, otherSince] = other.rank;
  return (
    otherProduct - product || otherPlace - place || compare(otherSince, since) || compare(one.terms.id, other.terms.id)
  );
}

/** By code points, whatever the machine's language. */
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** A line of an order with the terms that it has; those that it has already hold. */
export function warrantedLine<Line extends OrderLine>(
  rule: WarrantyRule,
  order: Pick<Order, "parties" | "date">,
  line: Line,
): Line {
  if (line.warranty !== undefined) return line;
  const stores = line.quantitiesByLocation?.map(({ location }) => location) ?? [];
  const shipTos = [...(line.parties ?? []), ...order.parties].filter(({ role }) => role === "ST");
  const shipTo = [...stores, ...shipTos.flatMap(({ id }) => id ?? [])];
  const warranty = chooseWarranty(rule, { productIds: line.productIds, shipTo, orderedOn: order.date });
  return warranty === null ? line : { ...line, warranty };
}

/** The last day of so many months that begin on a day: 24 months from 2025-03-24 end on 2027-03-23. */
export function lastDayOf(from: string, months: number): string {
  const first = Temporal.PlainDate.from(from);
  const next = first.add({ months });
  // Where the last month has no such day, as 30 days after a January 31st, it ends with the month.
  return (next.day < first.day ? next : next.subtract({ days: 1 })).toString();
}

/** The terms with the days on which they begin and end, once the one that they are counted from is known. */
export function warrantyFrom(warranty: LineWarranty, day: string): LineWarranty {
  return { ...warranty, from: day, until: lastDayOf(day, warranty.months) };
}
