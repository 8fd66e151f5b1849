import { Big } from "big.js";
import { z } from "zod";
import { decimal } from "../../documents/basic-components.ts";
import {
  allowanceIndicators,
  allowanceReasons,
  contactRoles,
  dateQualifiers,
  referenceQualifiers,
  serviceLevels,
  spoken,
  transportMethods,
  withWord,
} from "../../documents/code-words.ts";
import { type Order, type Priority, priorityLevel } from "../../documents/order.ts";
import { moneyText } from "../../ledger/index.ts";
import { evidenceFor, type PriorityFacts, priorityConditions, worthOfLines } from "./priority-conditions.ts";

export type { PriorityFacts } from "./priority-conditions.ts";

const notNegative = decimal.refine((value) => !value.startsWith("-"), "must not be below zero");

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
  dates: z
    .array(
      z.strictObject({
        qualifier: z.string().length(3).describe("DTM01: 017 delivery estimated, 067 delivery scheduled."),
        workingDays: z.int().min(0).max(365).describe("Working days after the one that the order counts for."),
      }),
    )
    .min(1)
    .max(9)
    .optional()
    .describe("Other days that the 855 says."),
  carriage: z
    .strictObject({
      serviceLevel: z.string().length(2).optional().describe("TD512: ND next day air, SE second day."),
      carrier: z
        .strictObject({ qualifier: z.string().min(1).max(2).default("2"), id: z.string().min(2).max(80) })
        .optional()
        .describe("TD502 and TD503: a SCAC where the qualifier is 2."),
      method: z.string().min(1).max(2).optional().describe("TD504: A air, M motor."),
      routing: z.string().min(1).max(35).optional().describe("TD505."),
    })
    .refine(({ serviceLevel, carrier }) => serviceLevel !== undefined || carrier !== undefined, {
      error: "must say a service level or a carrier",
    })
    .optional()
    .describe("How it is to be shipped: in the 855, in the order as an instruction, and checked in the ship notice."),
  expedite: z
    .strictObject({
      reason: z.enum(["C850", "C870", "C880"]).default("C850").describe("SAC02: expedited service, fee, premium."),
      amount: notNegative.optional().describe("In the order's currency."),
      percent: notNegative.optional().describe("Of what the lines come to."),
      description: z.string().min(1).max(80).optional().describe("SAC15."),
      free: z
        .string()
        .min(1)
        .max(200)
        .optional()
        .describe("Why it is never charged: it is written down, and not billed."),
      freeUnder: z
        .array(z.string().min(1))
        .min(1)
        .optional()
        .describe("Contracts (BEG06 or REF*CT) that give it free."),
    })
    .refine(({ amount, percent }) => (amount === undefined) !== (percent === undefined), {
      error: "must say one of amount and percent",
    })
    .optional()
    .describe("What expediting costs: in the 855, and held against the invoice."),
  reference: z
    .strictObject({ qualifier: z.string().min(2).max(3), value: z.string().min(1).max(30) })
    .optional()
    .describe("A REF of the 855 that says it."),
  note: z.string().min(1).max(264).optional().describe("A note of the 855 that says it."),
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
      ...effectsOn(rule, order, facts),
    };
  }
  return { level: "normal", reason: "No priority rule of the account applies to this order.", rule: "default" };
}

/** What a rule's effects come to for one order, as its documents say it. */
function effectsOn(
  { effects }: PriorityRule,
  order: Order,
  { cameAt, calendar }: PriorityFacts,
): Pick<Priority, "dates" | "carriage" | "charge" | "references" | "note"> {
  if (effects === undefined) return {};
  const { dates, carriage, reference, note } = effects;
  const charge = chargeOf(effects, order);
  return {
    ...(dates && {
      dates: dates.map(({ qualifier, workingDays }) => ({
        ...qualified(qualifier, dateQualifiers),
        date: calendar.addWorkingDays(calendar.businessDay(cameAt), workingDays),
      })),
    }),
    ...(carriage && {
      carriage: {
        ...(carriage.carrier && { carrierIdQualifier: carriage.carrier.qualifier, carrierId: carriage.carrier.id }),
        ...(carriage.method !== undefined && { method: withWord(carriage.method, transportMethods) }),
        ...(carriage.routing !== undefined && { routing: carriage.routing }),
        ...(carriage.serviceLevel !== undefined && {
          serviceLevels: [withWord(carriage.serviceLevel, serviceLevels)],
        }),
      },
    }),
    ...(charge && { charge }),
    ...(reference && {
      references: [{ ...qualified(reference.qualifier, referenceQualifiers), value: reference.value }],
    }),
    ...(note !== undefined && { note }),
  };
}

function qualified(code: string, words: Readonly<Record<string, string>>): { qualifier: string; word?: string } {
  const { code: qualifier, word } = withWord(code, words);
  return { qualifier, ...(word !== undefined && { word }) };
}

/** What expediting costs the account, and why not where it has it free; nothing where a percentage is of nothing. */
function chargeOf({ expedite }: z.output<typeof effects>, order: Order): Priority["charge"] {
  if (expedite === undefined) return undefined;
  const { reason, amount, percent, description, freeUnder = [] } = expedite;
  const cost = moneyText(percent === undefined ? new Big(amount ?? 0) : worthOfLines(order).times(percent).div(100));
  if (new Big(cost).eq(0)) return undefined;
  const contracts = [
    order.contract,
    ...order.references.flatMap(({ qualifier, value }) => (qualifier === "CT" ? [value] : [])),
  ];
  const contract = freeUnder.find((one) => contracts.includes(one));
  const free = expedite.free ?? (contract === undefined ? undefined : `contract ${contract} gives it free`);
  return {
    reason: withWord(reason, allowanceReasons),
    amount: cost,
    ...(description !== undefined && { description }),
    ...(free !== undefined && { free }),
  };
}

/** The charge for expediting as a SAC says it; undefined where there is none, or the account has it free. */
export function expediteCharge(charge: Priority["charge"]): ExpediteCharge | undefined {
  if (charge === undefined || charge.free !== undefined) return undefined;
  const { reason, amount, description } = charge;
  return {
    indicator: withWord("C", allowanceIndicators),
    reason,
    amount,
    ...(description !== undefined && { description }),
  };
}

type ExpediteCharge = NonNullable<Order["allowancesAndCharges"]>[number];

/** Who is told of an order, by the rule that decided its priority; null: nobody. Whom is empty, or " by the expeditor (EX)". */
export function calledFor(
  rules: readonly PriorityRule[],
  priority: Priority,
): { readonly whom: string; readonly roles: readonly string[] } | null {
  const effects = rules.find(({ name }) => name === priority.rule)?.effects;
  if (effects?.tell !== undefined) {
    return { whom: ` by ${effects.tell.map((role) => spoken(role, contactRoles)).join(" and ")}`, roles: effects.tell };
  }
  return effects?.callPerson === true ? { whom: "", roles: [] } : null;
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
