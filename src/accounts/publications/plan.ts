import { z } from "zod";
import { Calendar, calendarRule } from "../calendar.ts";

/** A short name of lower-case letters, digits and hyphens, as it stands in job ids and addresses. */
export const name = (what: string) =>
  z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, `must be ${what}: lower-case letters, digits and single hyphens`)
    // With the number of an edition behind it, it has to fit into BIA03 (X12 element 127).
    .max(20, "must have at most 20 characters");

/** The topic that nobody hands in: it is reported from the ledger. */
export const orderStatusTopic = "order-status";

const lead = z
  .strictObject({
    hours: z.number().min(0).max(8_760).optional().describe("So many hours, by any clock."),
    workingHours: z.number().min(0).max(2_000).optional().describe("So many working hours of the plan's calendar."),
    workingDays: z.int().min(0).max(260).optional().describe("So many working days, at the same time of day."),
  })
  .refine(
    (given) => Object.values(given).filter((one) => one !== undefined).length === 1,
    "must name one of hours, workingHours and workingDays",
  );
/** How long one tier is ahead of the next. */
export type Lead = z.output<typeof lead>;

const tier = z.strictObject({
  name: name("a tier").describe("What accounts name in their rules."),
  accounts: z.array(z.string().max(60)).default([]).describe("Accounts in this tier whose own rules name none."),
  default: z.boolean().default(false).describe("Whether accounts are in it that are in no other."),
  leads: lead.optional().describe("How long before the next tier it is told; the last tier leads nobody."),
});

/** What kinds of publications there are: stock (846), prices (832), and announcements as JSON. */
export const publicationKind = z.enum(["inventory", "prices", "announcement"]);
export type PublicationKind = z.infer<typeof publicationKind>;

const topic = z.strictObject({
  name: name("a topic").refine((one) => one !== orderStatusTopic, `"${orderStatusTopic}" is made from the ledger`),
  kind: publicationKind.describe("inventory becomes an 846, prices an 832, an announcement stays JSON."),
  keeps: z
    .enum(["latest", "every"])
    .optional()
    .describe(
      "latest: a newer publication makes the older ones needless. every: each is told. Left out: latest for stock, else every.",
    ),
});

/** Who is told before whom, by how much, and of what. */
export const publicationPlan = z
  .strictObject({
    timeZone: z
      .string()
      .refine(isTimeZone, "must be an IANA time zone; write for example America/Chicago")
      .default("UTC")
      .describe("IANA time zone by which leads are counted."),
    calendar: calendarRule.prefault({}).describe("The supplier's working days and hours, by which leads are counted."),
    tiers: z
      .array(tier)
      .min(1, "must name at least one tier")
      .max(20)
      .superRefine((tiers, context) => {
        const issue = (index: number, field: string, message: string) =>
          context.addIssue({ code: "custom", path: [index, field], message });
        const accounts = new Map<string, string>();
        for (const [index, one] of tiers.entries()) {
          if (tiers.findIndex((other) => other.name === one.name) < index)
            issue(index, "name", `names ${one.name} a second time`);
          if (index < tiers.length - 1 && !one.leads) issue(index, "leads", "must say how long before the next tier");
          if (index === tiers.length - 1 && one.leads)
            issue(index, "leads", "must not be there: the last tier leads nobody");
          if (one.default && tiers.findIndex((other) => other.default) < index)
            issue(index, "default", "must be true for one tier only");
          for (const account of one.accounts) {
            const before = accounts.get(account);
            if (before !== undefined) issue(index, "accounts", `names ${account}, which is in ${before}`);
            accounts.set(account, one.name);
          }
        }
      })
      .describe("In their order: the first is told first."),
    topics: z
      .array(topic)
      .max(200)
      .refine((topics) => new Set(topics.map((one) => one.name)).size === topics.length, "must name each topic once")
      .default([
        { name: "inventory", kind: "inventory" },
        { name: "prices", kind: "prices" },
        { name: "announcements", kind: "announcement" },
      ])
      .describe("The streams that publications belong to."),
  })
  .meta({ title: "Publication plan", description: "Who is told before whom, by how much, and of what." });
export type PublicationPlan = z.output<typeof publicationPlan>;
export type PublicationPlanInput = z.input<typeof publicationPlan>;

/** A topic of a plan, with everything decided. */
export interface Topic {
  readonly name: string;
  readonly kind: PublicationKind;
  readonly keeps: "latest" | "every";
}

/** A topic of the plan; null: it has none of this name. */
export function topicOf(plan: PublicationPlan, wanted: string): Topic | null {
  const found = plan.topics.find((one) => one.name === wanted);
  if (!found) return null;
  return { ...found, keeps: found.keeps ?? (found.kind === "inventory" ? "latest" : "every") };
}

/** Whether the plan has a tier of this name. */
export const isTierName = (plan: PublicationPlan, wanted: string): boolean =>
  plan.tiers.some((one) => one.name === wanted);

/** The tier that an account is in: its own rules say it, or the plan. */
export function tierOf(
  plan: PublicationPlan,
  accountId: string,
  rule: { tier?: string | undefined } | undefined,
): string {
  if (rule?.tier !== undefined && isTierName(plan, rule.tier)) return rule.tier;
  const listed = plan.tiers.find(({ accounts }) => accounts.includes(accountId));
  const others = plan.tiers.find((one) => one.default) ?? plan.tiers.at(-1);
  return (listed ?? others)?.name ?? "";
}

const calendars = new WeakMap<PublicationPlan, Calendar>();

/** The calendar by which a plan's leads are counted. */
export function calendarOfPlan(plan: PublicationPlan): Calendar {
  const known = calendars.get(plan) ?? new Calendar(plan.calendar, plan.timeZone);
  calendars.set(plan, known);
  return known;
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return /^[A-Z]/i.test(zone);
  } catch {
    return false;
  }
}
