import { calendarOfPlan, type Lead, type PublicationPlan } from "./plan.ts";

/** When something is released to a tier. Rank 0 is the first. */
export interface ReleaseTime {
  readonly tier: string;
  readonly rank: number;
  readonly at: Date;
}

/** The moment at which the next tier's turn comes. */
export function afterLead(plan: PublicationPlan, at: Date, lead: Lead | undefined): Date {
  if (lead?.hours !== undefined) return new Date(at.getTime() + Math.round(lead.hours * 3_600_000));
  if (lead?.workingHours !== undefined) return calendarOfPlan(plan).addWorkingHours(at, lead.workingHours);
  if (lead?.workingDays === undefined) return at;
  const later = calendarOfPlan(plan).addWorkingDaysTo(at, lead.workingDays);
  return later < at ? at : later;
}

/**
 * When a publication is released to each tier: each lead counts from the tier before.
 *
 * @param before of the publication before it in its stream, which it can't overtake in any tier
 */
export function releaseTimes(plan: PublicationPlan, start: Date, before: readonly ReleaseTime[] = []): ReleaseTime[] {
  const times: ReleaseTime[] = [];
  let at = start;
  for (const [rank, tier] of plan.tiers.entries()) {
    at = later(at, tierAmong(before, tier.name)?.at);
    times.push({ tier: tier.name, rank, at });
    at = afterLead(plan, at, tier.leads);
  }
  return times;
}

/**
 * When a correction is released: to each tier not before the original's time for it, and not before the tier above. A lead
 * that has been given is not given a second time.
 */
export function correctionTimes(
  original: readonly ReleaseTime[],
  start: Date,
  before: readonly ReleaseTime[] = [],
): ReleaseTime[] {
  let at = start;
  return original.map(({ tier, rank, at: first }) => {
    at = later(at, first, tierAmong(before, tier)?.at);
    return { tier, rank, at };
  });
}

/** The tier of this name among a publication's own; under an earlier plan, where it had none such, the last. */
export function tierAmong<Time extends { readonly tier: string; readonly rank: number }>(
  times: readonly Time[],
  tier: string,
): Time | undefined {
  return times.find((one) => one.tier === tier) ?? times.at(-1);
}

function later(...moments: readonly (Date | undefined)[]): Date {
  return moments.reduce((latest: Date, one) => (one !== undefined && one > latest ? one : latest), new Date(0));
}
