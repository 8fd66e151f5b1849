import { Big } from "big.js";
import { z } from "zod";
import { decimal } from "../../documents/basic-components.ts";
import {
  orderTypes,
  partyRoles,
  productIdQualifiers,
  referenceQualifiers,
  salesRequirements,
  serviceLevels,
  spoken,
} from "../../documents/code-words.ts";
import type { Order } from "../../documents/order.ts";
import { extendedAmount, priceDue } from "../../ledger/index.ts";
import type { Calendar } from "../calendar.ts";

const codes = z.array(z.string().min(1)).min(1);

/** What has to be so in an order for a rule to fire. Several conditions must all hold. */
export const priorityConditions = z
  .strictObject({
    always: z.literal(true).optional().describe("Every order: puts the whole account on this level."),
    orderNumber: codes
      .optional()
      .describe("Single orders by the buyer's number, BEG03: an override that somebody has asked for."),
    orderType: codes.optional().describe("Order types, BEG02: RO rush, EO emergency, US urgent service."),
    serviceLevel: codes.optional().describe("Service levels, TD512 to TD514: ND next day air, SE second day."),
    salesRequirement: codes.optional().describe("Sales requirements, CSH01: P2 ship as soon as possible."),
    reference: z
      .strictObject({ qualifier: z.string().min(2).max(3), values: codes.optional() })
      .optional()
      .describe("A reference of the heading, REF01 and (if values are named) REF02: PH priority rating."),
    note: codes.optional().describe("Words of which one stands in a note of the heading, in capitals or not."),
    dueWithin: z
      .strictObject({
        days: z.int().min(0).max(365).optional().describe("Days of the week, worked or not."),
        workingDays: z.int().min(0).max(365).optional().describe("Working days of the account's calendar."),
        workingHours: z
          .number()
          .min(0)
          .max(8760)
          .optional()
          .describe("Working hours of the account's calendar, until work ends on the day."),
        dates: codes.default(["010", "002", "106"]).describe("Date qualifiers, DTM01."),
      })
      .refine(
        ({ days, workingDays, workingHours }) =>
          [days, workingDays, workingHours].filter((one) => one !== undefined).length === 1,
        {
          error: "must say one of days, workingDays and workingHours",
        },
      )
      .optional()
      .describe("The earliest such date of the heading is no farther away than our lead time."),
    product: z
      .strictObject({ qualifier: z.string().length(2).optional(), ids: codes })
      .optional()
      .describe("A line orders one of these products, PO107 and the ids after it."),
    shipTo: codes.optional().describe("The order goes to one of these places: N104 of its N1*ST."),
    value: z
      .strictObject({
        atLeast: decimal.describe("In the order's own currency."),
        currency: z.string().length(3).optional(),
      })
      .optional()
      .describe("Its lines come to at least so much; with a currency named, only orders in it."),
    selector: z
      .strictObject({
        path: z.string().min(1).max(500).describe('A selector over the 850 as it came: REF02:REF01["ZZ"].'),
        values: codes.optional().describe("Values of which it has to give one. Left out: any."),
        pattern: z
          .string()
          .min(1)
          .max(200)
          .refine(isPattern, "must be a regular expression")
          .optional()
          .describe("A regular expression that one of its values has to fit from end to end."),
      })
      .optional()
      .describe("Any value of the 850 as it came, in the language of selectors. Orders that came otherwise have none."),
  })
  .refine((when) => Object.values(when).some((condition) => condition !== undefined), {
    error: "must name at least one condition; write `always: true` for every order",
  });
export type PriorityConditions = z.infer<typeof priorityConditions>;

/** What the rules know beside the order. */
export interface PriorityFacts {
  /** When the order came. */
  readonly cameAt: Date;
  /** The day that it shows then on the account's own calendar, `YYYY-MM-DD`. */
  readonly today: string;
  readonly calendar: Calendar;
  /** What a selector gives in the 850 as it came; left out: the order did not come as X12, and none gives anything. */
  readonly selected?: (selector: string) => readonly SelectedEvidence[];
}

/** A value that a selector gave, and the segment and element that it stands in. */
export interface SelectedEvidence {
  readonly value: string;
  /** "REF02". */
  readonly place: string;
  /** Count of segments from ST = 1. */
  readonly position: number;
}

/** The selectors that rules put to an order, each once. */
export function selectorsOf(rules: readonly { readonly when: PriorityConditions }[]): readonly string[] {
  return [...new Set(rules.flatMap(({ when }) => (when.selector === undefined ? [] : [when.selector.path])))];
}

/** What in the order meets each condition, or null if one of them is not met. */
export function evidenceFor(when: PriorityConditions, order: Order, facts: PriorityFacts): string[] | null {
  const found: (string | undefined)[] = [];
  if (when.always) found.push("the account's orders always are");
  if (when.orderNumber) found.push(when.orderNumber.includes(order.number) ? `BEG03 = ${order.number}` : undefined);
  if (when.orderType) found.push(orderTypeIn(order, when.orderType));
  if (when.serviceLevel) found.push(serviceLevelIn(order, when.serviceLevel));
  if (when.salesRequirement) found.push(salesRequirementIn(order, when.salesRequirement));
  if (when.reference) found.push(referenceIn(order, when.reference));
  if (when.note) found.push(noteIn(order, when.note));
  if (when.dueWithin) found.push(dueDateIn(order, when.dueWithin, facts));
  if (when.product) found.push(productIn(order, when.product));
  if (when.shipTo) found.push(shipToIn(order, when.shipTo));
  if (when.value) found.push(worthOf(order, when.value));
  if (when.selector) found.push(selectedIn(when.selector, facts));
  return found.every((evidence) => evidence !== undefined) ? found : null;
}

/** Values are no longer than an element may be, and the pattern is the supplier's own. */
function selectedIn(
  { path, values, pattern }: NonNullable<PriorityConditions["selector"]>,
  { selected }: PriorityFacts,
): string | undefined {
  const fits = pattern === undefined ? null : new RegExp(`^(?:${pattern})$`, "u");
  const found = selected?.(path).find(
    ({ value }) => (values?.includes(value) ?? true) && (fits === null || fits.test(value)),
  );
  return found && `${found.place} = ${found.value} in segment ${found.position}, which ${path} selects`;
}

function isPattern(source: string): boolean {
  try {
    new RegExp(source, "u");
    return true;
  } catch {
    return false;
  }
}

function orderTypeIn(order: Order, wanted: readonly string[]): string | undefined {
  const { code } = order.orderType;
  return wanted.includes(code) ? `BEG02 = ${spoken(code, orderTypes)}` : undefined;
}

function serviceLevelIn(order: Order, wanted: readonly string[]): string | undefined {
  const places = [
    { carriage: order.carriage, where: "" },
    ...order.lines.map((line, index) => ({ carriage: line.carriage, where: ` on line ${line.line ?? index + 1}` })),
  ];
  for (const { carriage = [], where } of places) {
    for (const { serviceLevels: levels = [] } of carriage) {
      const index = levels.findIndex(({ code }) => wanted.includes(code));
      const level = levels[index];
      if (level) return `TD5${12 + index} = ${spoken(level.code, serviceLevels)}${where}`;
    }
  }
  return undefined;
}

function salesRequirementIn(order: Order, wanted: readonly string[]): string | undefined {
  const found = order.salesRequirements?.find(({ code }) => wanted.includes(code));
  return found && `CSH01 = ${spoken(found.code, salesRequirements)}`;
}

function referenceIn(order: Order, wanted: NonNullable<PriorityConditions["reference"]>): string | undefined {
  const found = order.references.find(
    ({ qualifier, value }) =>
      qualifier === wanted.qualifier && (!wanted.values || (value !== undefined && wanted.values.includes(value))),
  );
  if (!found) return undefined;
  return `REF01 = ${spoken(found.qualifier, referenceQualifiers)}, REF02 = ${found.value ?? "empty"}`;
}

function dueDateIn(
  order: Order,
  wanted: NonNullable<PriorityConditions["dueWithin"]>,
  facts: PriorityFacts,
): string | undefined {
  const due = order.dates
    .filter(({ qualifier, date }) => date !== undefined && wanted.dates.includes(qualifier))
    .sort((a, b) => (a.date as string).localeCompare(b.date as string))[0];
  if (due?.date === undefined) return undefined;
  const away = isWithin(due.date, wanted, facts);
  return away === null ? undefined : `DTM*${due.qualifier} = ${due.date}, ${away}`;
}

/** How near a day is, in words; null where it is farther away than the lead time. */
function isWithin(
  day: string,
  { days, workingDays, workingHours }: NonNullable<PriorityConditions["dueWithin"]>,
  { cameAt, today, calendar }: PriorityFacts,
): string | null {
  if (days !== undefined) {
    const away = daysBetween(today, day);
    return away > days ? null : distance(away, "day");
  }
  // What comes after the cut-off can be worked on from the next working day on.
  const away = calendar.workingDaysBetween(calendar.businessDay(cameAt), day);
  if (workingDays !== undefined) return away > workingDays ? null : distance(away, "working day");
  const ready = calendar.addWorkingHours(cameAt, workingHours ?? 0);
  if (calendar.closingOf(day) >= ready) return null;
  return `${distance(away, "working day")}, sooner than ${workingHours} working hours`;
}

function distance(count: number, unit: string): string {
  const units = Math.abs(count) === 1 ? unit : `${unit}s`;
  return count < 0 ? `${-count} ${units} ago` : `${count} ${units} away`;
}

const millisecondsPerDay = 86_400_000;

/** Whole days from one calendar day to another; both are read as UTC midnights, so no change of clocks comes in between. */
function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / millisecondsPerDay);
}

function noteIn(order: Order, words: readonly string[]): string | undefined {
  const lines = order.notes?.flatMap((note) => note.lines ?? []) ?? [];
  for (const line of lines) {
    const word = words.find((one) => line.toUpperCase().includes(one.toUpperCase()));
    if (word !== undefined) return `a note says "${word}"`;
  }
  return undefined;
}

function productIn(order: Order, wanted: NonNullable<PriorityConditions["product"]>): string | undefined {
  for (const [index, line] of order.lines.entries()) {
    const found = line.productIds.find(
      ({ qualifier, id }) =>
        (wanted.qualifier === undefined || qualifier === wanted.qualifier) && wanted.ids.includes(id),
    );
    if (found) return `${spoken(found.qualifier, productIdQualifiers)} = ${found.id} on line ${line.line ?? index + 1}`;
  }
  return undefined;
}

function shipToIn(order: Order, places: readonly string[]): string | undefined {
  const found = order.parties.find(({ role, id }) => role === "ST" && id !== undefined && places.includes(id));
  return found && `N101 = ${spoken(found.role, partyRoles)}, N104 = ${found.id}`;
}

function worthOf(order: Order, { atLeast, currency }: NonNullable<PriorityConditions["value"]>): string | undefined {
  if (currency !== undefined && order.currency !== currency) return undefined;
  const sum = worthOfLines(order);
  return sum.lt(atLeast) ? undefined : `its lines come to ${sum.toFixed(2)}, ${atLeast} or more`;
}

/**
 * What the lines of an order come to, by the prices that are due: the ordered ones, or ours where its check put them in. Those
 * without a price count nothing: what is not known to be worth that much is not.
 */
export function worthOfLines(order: Order): Big {
  return order.lines.reduce((total, { quantity, price, priceBasis, unit }, index) => {
    const due = priceDue(order, { position: index + 1, unit, price, priceBasis: priceBasis?.code });
    return quantity === undefined || due === undefined
      ? total
      : total.plus(extendedAmount(quantity, due.price, due.basis, unit));
  }, new Big(0));
}
