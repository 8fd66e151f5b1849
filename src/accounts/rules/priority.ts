import { z } from "zod";
import { contactRoles, dateQualifiers, spoken, withWord } from "../../documents/code-words.ts";
import { type Order, type Priority, priorityLevel } from "../../documents/order.ts";
import { evidenceFor, type PriorityFacts, priorityConditions } from "./priority-conditions.ts";

export type { PriorityFacts } from "./priority-conditions.ts";

/** What is done with an order that a rule raises. */
const effects = z.strictObject({
  shipWithin: z
    .strictObject({
      workingDays: z.int().min(0).max(365).optional().describe("Working days after the one that the order counts for."),
      workingHours: z.number().min(0).max(8760).optional().describe("Working hours from when the order came."),
      as: z.enum(["079", "068"]).default("079").describe("DTM01 in the 855: 079 ship promised, 068 ship scheduled."),
      warnHoursBefore: z
        .number()
        .min(0)
        .max(8760)
        .optional()
        .describe(
          "Hours before the cut-off of the day at which people are warned of what is not shipped. Left out: 4.",
        ),
    })
    .refine(({ workingDays, workingHours }) => (workingDays === undefined) !== (workingHours === undefined), {
      error: "must say one of workingDays and workingHours",
    })
    .optional()
    .describe("The day by which we promise to ship: on the order, and in the 855."),
  callPerson: z.boolean().default(false).describe("Whether a work item tells people of the order."),
  tell: z
    .array(z.string().regex(/^[A-Z0-9]{2}$/, "must be a two-character contact function code (X12 element 366)"))
    .min(1)
    .optional()
    .describe("Who is told of the order, by role, X12 element 366: EX expeditor, SD shipping. A work item names them."),
});

export const priorityRule = z.strictObject({
  name: z.string().min(1).describe("Shown with every order that the rule decides."),
  when: priorityConditions,
  level: priorityLevel,
  effects: effects.optional().describe("What is done with the order, beside its level."),
});
export type PriorityRule = z.infer<typeof priorityRule>;

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

/** How soon an order has to be worked on. The first rule that fires decides; when none does, the order is normal. */
export function decidePriority(rules: readonly PriorityRule[], order: Order, facts: PriorityFacts): Priority {
  for (const rule of rules) {
    const evidence = evidenceFor(rule.when, order, facts);
    if (evidence === null) continue;
    const because = evidence.join(" and ");
    const promise = promiseOf(rule, facts);
    const promised = promise === undefined ? "" : ` We promise to ship by ${promise.date}.`;
    return {
      level: rule.level,
      reason: `The rule "${rule.name}" makes this order ${rule.level}: ${because}.${promised}`,
      rule: rule.name,
      evidence: because,
      ...(promise !== undefined && { promise }),
    };
  }
  return { level: "normal", reason: "No priority rule of the account applies to this order.", rule: "default" };
}

/** Who is told of an order, by the rule that decided its priority; null: nobody. Whom is empty, or " by the expeditor (EX)". */
export function calledFor(rules: readonly PriorityRule[], priority: Priority): { readonly whom: string } | null {
  const effects = rules.find(({ name }) => name === priority.rule)?.effects;
  if (effects?.tell !== undefined) {
    return { whom: ` by ${effects.tell.map((role) => spoken(role, contactRoles)).join(" and ")}` };
  }
  return effects?.callPerson === true ? { whom: "" } : null;
}

/** The day by which we promise to ship, as a DTM says it. */
function promiseOf({ effects }: PriorityRule, { cameAt, calendar }: PriorityFacts): Priority["promise"] {
  if (effects?.shipWithin === undefined) return undefined;
  const { workingDays, workingHours, as } = effects.shipWithin;
  const date =
    workingDays === undefined
      ? calendar.dayOf(calendar.addWorkingHours(cameAt, workingHours ?? 0))
      : calendar.addWorkingDays(calendar.businessDay(cameAt), workingDays);
  const { code: qualifier, word } = withWord(as, dateQualifiers);
  return { qualifier, ...(word !== undefined && { word }), date };
}
