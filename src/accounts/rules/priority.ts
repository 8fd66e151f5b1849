import { z } from "zod";
import {
  orderTypes,
  referenceQualifiers,
  salesRequirements,
  serviceLevels,
  spoken,
} from "../../documents/code-words.ts";
import { type Order, type Priority, priorityLevel } from "../../documents/order.ts";
import type { Calendar } from "../calendar.ts";

const codes = z.array(z.string().min(1)).min(1);

/** What has to be so in an order for a rule to fire. Several conditions must all hold. */
const conditions = z
  .strictObject({
    always: z.literal(true).optional().describe("Every order: puts the whole account on this level."),
    orderType: codes.optional().describe("Order types, BEG02: RO rush, EO emergency, US urgent service."),
    serviceLevel: codes.optional().describe("Service levels, TD512 to TD514: ND next day air, SE second day."),
    salesRequirement: codes.optional().describe("Sales requirements, CSH01: P2 ship as soon as possible."),
    reference: z
      .strictObject({ qualifier: z.string().min(2).max(3), values: codes.optional() })
      .optional()
      .describe("A reference of the heading, REF01 and (if values are named) REF02: PH priority rating."),
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
  })
  .refine((when) => Object.values(when).some((condition) => condition !== undefined), {
    error: "must name at least one condition; write `always: true` for every order",
  });

export const priorityRule = z.strictObject({
  name: z.string().min(1).describe("Shown with every order that the rule decides."),
  when: conditions,
  level: priorityLevel,
});
export type PriorityRule = z.infer<typeof priorityRule>;
type Conditions = z.infer<typeof conditions>;

/** What applies to an account that says nothing of its own, strongest signal first. */
export const defaultPriorityRules: PriorityRule[] = [
  { name: "rush order", when: { orderType: ["RO", "EO", "US", "AC", "AO", "UD"] }, level: "urgent" },
  { name: "fast freight", when: { serviceLevel: ["SA", "NF", "NM", "ND", "ON"] }, level: "urgent" },
  { name: "new store", when: { orderType: ["NS"] }, level: "high" },
  { name: "expedited freight", when: { serviceLevel: ["SE", "SC", "SM", "ES", "CX", "3D"] }, level: "high" },
  { name: "priority rating", when: { reference: { qualifier: "PH" } }, level: "high" },
  { name: "transport priority", when: { reference: { qualifier: "XE" } }, level: "high" },
  { name: "as soon as possible", when: { salesRequirement: ["P2"] }, level: "high" },
];

/** What the rules know beside the order. */
export interface PriorityFacts {
  /** When the order came. */
  readonly cameAt: Date;
  /** The day that it shows then on the account's own calendar, `YYYY-MM-DD`. */
  readonly today: string;
  readonly calendar: Calendar;
}

/** How soon an order has to be worked on. The first rule that fires decides; when none does, the order is normal. */
export function decidePriority(rules: readonly PriorityRule[], order: Order, facts: PriorityFacts): Priority {
  for (const rule of rules) {
    const evidence = evidenceFor(rule.when, order, facts);
    if (evidence === null) continue;
    const because = evidence.join(" and ");
    return {
      level: rule.level,
      reason: `The rule "${rule.name}" makes this order ${rule.level}: ${because}.`,
      rule: rule.name,
      evidence: because,
    };
  }
  return { level: "normal", reason: "No priority rule of the account applies to this order.", rule: "default" };
}

/** What in the order meets each condition, or null if one of them is not met. */
function evidenceFor(when: Conditions, order: Order, facts: PriorityFacts): string[] | null {
  const found: (string | undefined)[] = [];
  if (when.always) found.push("the account's orders always are");
  if (when.orderType) found.push(orderTypeIn(order, when.orderType));
  if (when.serviceLevel) found.push(serviceLevelIn(order, when.serviceLevel));
  if (when.salesRequirement) found.push(salesRequirementIn(order, when.salesRequirement));
  if (when.reference) found.push(referenceIn(order, when.reference));
  if (when.dueWithin) found.push(dueDateIn(order, when.dueWithin, facts));
  return found.every((evidence) => evidence !== undefined) ? found : null;
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

function referenceIn(order: Order, wanted: NonNullable<Conditions["reference"]>): string | undefined {
  const found = order.references.find(
    ({ qualifier, value }) =>
      qualifier === wanted.qualifier && (!wanted.values || (value !== undefined && wanted.values.includes(value))),
  );
  if (!found) return undefined;
  return `REF01 = ${spoken(found.qualifier, referenceQualifiers)}, REF02 = ${found.value ?? "empty"}`;
}

function dueDateIn(
  order: Order,
  wanted: NonNullable<Conditions["dueWithin"]>,
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
  { days, workingDays, workingHours }: NonNullable<Conditions["dueWithin"]>,
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
