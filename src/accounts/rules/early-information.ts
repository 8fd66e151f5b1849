import { Big } from "big.js";
import { z } from "zod";
import { decimal } from "../../documents/basic-components.ts";
import { calendarOf } from "../calendar.ts";
import { isTierName, name, orderStatusTopic, type PublicationPlan, tierOf } from "../publications/plan.ts";
import { type ReleaseTime, tierAmong } from "../publications/release-times.ts";

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time of day from 00:00 to 23:59");

const schedule = z.union(
  [
    z.literal("at-once").describe("As soon as it is released to the account's tier."),
    z.strictObject({
      everyMinutes: z.int().min(1).max(1440).describe("So often, counted from midnight on the account's clock: 15."),
    }),
    z.strictObject({
      daily: clockTime.describe("A time of day on the account's clock: 06:00."),
      days: z.enum(["working", "all"]).default("working").describe("Only on the account's working days, or on all."),
    }),
  ],
  { error: 'must be at-once, { everyMinutes: 15 } or { daily: "06:00", days: working }' },
);
/** When an account is told what has been released to its tier. */
export type Schedule = z.output<typeof schedule>;

const share = decimal.regex(/^\d{1,9}(\.\d{1,4})?$/, "must be a number that is not below zero");

const threshold = z
  .strictObject({
    quantity: share.optional().describe("So many pieces more or fewer that are available."),
    percent: share.optional().describe("So many percent more or fewer than the account was last told."),
  })
  .refine(({ quantity, percent }) => quantity !== undefined || percent !== undefined, "must name quantity or percent");
/** From which change on an item is worth telling; where both are given, either is enough. */
export type Threshold = z.output<typeof threshold>;

const subscription = z.strictObject({
  topic: name("a topic").describe('A topic of the publication plan, or "order-status" for reports of open orders.'),
  schedule: schedule.default("at-once").describe("When it is told what has been released to its tier."),
  content: z
    .enum(["full", "changes"])
    .default("full")
    .describe("Everything each time, or only what differs from what the account was last told."),
  threshold: threshold.optional().describe("Stock: changes below it are not told. Left out: every change is."),
  items: z
    .array(z.string().min(1).max(48))
    .min(1)
    .max(10_000)
    .optional()
    .describe("Only these items, by any of their numbers. Left out: all."),
  warehouses: z
    .array(z.string().min(1).max(80))
    .min(1)
    .max(1_000)
    .optional()
    .describe("Stock: only what lies in these places (N104 of N1*WH, SDQ). Left out: all."),
});
/** One topic that an account is told of, and how. */
export type Subscription = z.output<typeof subscription>;

export const earlyInformationRule = z.strictObject({
  tier: name("a tier")
    .optional()
    .describe("Tier of the publication plan. Left out: the one that the plan lists the account in, or its default."),
  topics: z
    .array(subscription)
    .min(1, "must name at least one topic")
    .max(50)
    .superRefine((topics, context) => {
      for (const [index, { topic, schedule, threshold, warehouses }] of topics.entries()) {
        const issue = (field: string, message: string) =>
          context.addIssue({ code: "custom", path: [index, field], message });
        if (topics.findIndex((one) => one.topic === topic) < index) issue("topic", `names ${topic} a second time`);
        if (topic !== orderStatusTopic) continue;
        if (schedule === "at-once")
          issue("schedule", "must be everyMinutes or daily: there is no publication that an order status could follow");
        if (threshold || warehouses) issue("topic", "order-status has no threshold and no warehouses");
      }
    }),
});
/** What an account is told early. */
export type EarlyInformationRule = z.output<typeof earlyInformationRule>;

/** The clock and the calendar that schedules are read on. */
type AccountDays = Parameters<typeof calendarOf>[0];

/** The first moment of a schedule that is not before `at`. */
export function nextOccasion(schedule: Schedule, at: Date, account: AccountDays): Date {
  if (schedule === "at-once") return at;
  const calendar = calendarOf(account);
  const today = calendar.dayOf(at);
  if ("everyMinutes" in schedule) {
    const step = schedule.everyMinutes * 60_000;
    const midnight = calendar.beginningOf(today).getTime();
    const next = midnight + Math.ceil((at.getTime() - midnight) / step) * step;
    return new Date(Math.min(next, calendar.beginningOf(dayAfter(today)).getTime()));
  }
  for (let day = today; ; day = dayAfter(day)) {
    if (schedule.days === "working") day = calendar.addWorkingDays(day, 0);
    const moment = calendar.timeOn(day, schedule.daily);
    if (moment >= at) return moment;
  }
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/** What a rule for early information decides of one publication, and why. */
export type AudienceDecision =
  | { readonly gets: false; readonly reason: string }
  | {
      readonly gets: true;
      readonly tier: string;
      readonly subscription: Subscription;
      /** Before this it is embargoed to the account. */
      readonly embargoedUntil: Date;
      /** When the account's schedule brings it at the earliest. */
      readonly at: Date;
      readonly reason: string;
    };

/**
 * Whether an account gets a publication, in which tier, and when at the earliest.
 *
 * @param releases when the publication is released to each tier
 */
export function decideAudience(
  account: AccountDays & { readonly id: string; readonly earlyInformation?: EarlyInformationRule | undefined },
  plan: PublicationPlan,
  publication: { readonly topic: string; readonly releases: readonly ReleaseTime[] },
): AudienceDecision {
  const { topic, releases } = publication;
  const rule = account.earlyInformation;
  const subscription = rule?.topics.find((one) => one.topic === topic);
  if (!rule || !subscription) return { gets: false, reason: `Its rules name no topic "${topic}".` };
  const wanted = tierOf(plan, account.id, rule);
  const release = tierAmong(releases, wanted);
  if (!release) return { gets: false, reason: "The publication is released to no tier." };
  const at = nextOccasion(subscription.schedule, release.at, account);
  const known = rule.tier === undefined || isTierName(plan, rule.tier);
  const why = known ? `It is in the tier ${wanted}` : `The plan has no tier ${rule.tier}, so it counts as ${wanted}`;
  return {
    gets: true,
    tier: release.tier,
    subscription,
    embargoedUntil: release.at,
    at,
    reason: `${why}, which is released to at ${release.at.toISOString()}; its schedule brings it at ${at.toISOString()} at the earliest.`,
  };
}

/** Whether a change of a quantity is worth telling. @param before what was last told; null: nothing was */
export function isWorthTelling(threshold: Threshold | undefined, before: string | null, now: string): boolean {
  if (before === null) return true;
  const change = new Big(now).minus(before).abs();
  if (change.eq(0)) return false;
  if (!threshold) return true;
  const { quantity, percent } = threshold;
  if (quantity !== undefined && change.gte(quantity)) return true;
  if (percent === undefined) return false;
  // Of nothing, any quantity is more than any share.
  return new Big(before).eq(0) || change.times(100).gte(new Big(before).abs().times(percent));
}
