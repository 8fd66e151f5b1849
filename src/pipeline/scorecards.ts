/** How accounts were served in a period: brings what is stored to the pure part that makes a scorecard of it. */
import type { AccountProfile } from "../accounts/account.ts";
import { calendarOf } from "../accounts/calendar.ts";
import type { Within } from "../accounts/rules/service-levels.ts";
import { type Days, dayAfter, daysBefore } from "../accounts/scorecard/days.ts";
import { dueAt, surelyInTime, verdictOn } from "../accounts/scorecard/deadline.ts";
import {
  type FigureName,
  figureNames,
  isTimed,
  type TimedMeasure,
  targetOf,
  timedMeasures,
} from "../accounts/scorecard/measures.ts";
import { type Scorecard, type ScorecardFacts, scorecardOf, type Tally } from "../accounts/scorecard/scorecard.ts";
import type { Missed } from "../accounts/scorecard/scorecard-file.ts";
import { type UnusedService, unusedServices } from "../accounts/scoring/service-use.ts";
import { versionAt } from "../store/account-versions.ts";
import { countEvents, type EventMeasure, readEvents } from "../store/counted-events.ts";
import { readUses } from "../store/customer-figures.ts";
import type { Session } from "../store/database.ts";
import { readServicesGiven } from "../store/service-value.ts";
import { countDueLines, readLateLines } from "../store/shipped-lines.ts";
import { type AccountPeriod, countAnswers, readAnswersBeyond, type TimedAnswer } from "../store/timed-answers.ts";
import { accruedRebates } from "./given-back/rebates.ts";

/** Rows read at once: memory stays bounded, however much an account does. */
const rowsAtOnce = 2_000;

/** A scorecard, by which version of the account's rules it was made, and what the account did not use. */
export interface ScorecardMade extends Scorecard {
  readonly ruleVersion: number;
  readonly asOf: Date;
  readonly unused: readonly UnusedService[];
}

/** By whose rules a period is measured, and until when. */
interface Measuring {
  readonly session: Session;
  readonly profile: AccountProfile;
  readonly asOf: Date;
}

/** An account and how it is called for people; what of it is in force now. */
interface MeasuredAccount {
  readonly id: string;
  readonly profile: AccountProfile;
  readonly version: number;
}

/**
 * The scorecard of an account over some days, and the period before. Both are measured by the rules in force at the end of the
 * period, or now where it is not over: so an agreement of today does not change what was.
 */
export async function scorecardNow(
  session: Session,
  account: MeasuredAccount,
  days: Days,
  asOf = new Date(),
): Promise<ScorecardMade> {
  const { profile, ruleVersion } = await rulesFor(session, account, days, asOf);
  const measuring = { session, profile, asOf };
  const before = daysBefore(days);
  // Side by side: over a year of a large account each takes more than a second.
  const [now, earlier] = await Promise.all([factsOf(measuring, days), factsOf(measuring, before)]);
  const months = { from: days.from.slice(0, 7), to: days.to.slice(0, 7) };
  const uses = (await readUses(session, months, account.id)).get(account.id) ?? {};
  return {
    ...scorecardOf({ days, before }, { now, before: earlier }, profile.serviceLevels),
    ruleVersion,
    asOf,
    unused: unusedServices(profile, uses, months),
  };
}

/** The rules by which a period of an account is measured. */
async function rulesFor(
  session: Session,
  account: MeasuredAccount,
  { to }: Days,
  asOf: Date,
): Promise<{ profile: AccountProfile; ruleVersion: number }> {
  const ends = calendarOf(account.profile).beginningOf(dayAfter(to));
  if (ends > asOf) return { profile: account.profile, ruleVersion: account.version };
  const version = await versionAt(session, account.id, new Date(ends.getTime() - 1));
  return version
    ? { profile: version.profile, ruleVersion: version.number }
    : { profile: account.profile, ruleVersion: account.version };
}

async function factsOf(measuring: Measuring, days: Days): Promise<ScorecardFacts> {
  const { session, profile } = measuring;
  const period = periodOf(profile, days);
  const tallies = {} as Record<FigureName, Tally>;
  for (const name of figureNames) tallies[name] = await tallyOf(measuring, name, period);
  const buyer = { accountId: profile.id, usage: "production" as const };
  const rebates = await accruedRebates(session, profile, buyer, days.to);
  return {
    tallies,
    services: {
      ...(await readServicesGiven(session, period)),
      rebates: rebates.map(({ currency, accrued }) => ({ currency, amount: accrued })),
      separateInvoicing: profile.invoicing !== undefined,
    },
  };
}

function periodOf(profile: AccountProfile, { from, to }: Days): AccountPeriod {
  const calendar = calendarOf(profile);
  return {
    accountId: profile.id,
    from,
    to,
    begins: calendar.beginningOf(from),
    ends: calendar.beginningOf(dayAfter(to)),
    timeZone: profile.timeZone,
    closes: profile.calendar.hours.to,
  };
}

async function tallyOf(measuring: Measuring, name: FigureName, period: AccountPeriod): Promise<Tally> {
  const { session, profile, asOf } = measuring;
  if (isTimed(name)) return timedTally(measuring, name, period);
  if (name === "shipOnTime") {
    const { of, inTime: count, open } = await countDueLines(session, period, calendarOf(profile).dayOf(asOf));
    return { of, count, open };
  }
  const { of, wrong, amounts } = await countEvents(session, name, period);
  return { of, count: name === "promises" ? of - wrong : wrong, open: 0, amounts };
}

async function timedTally(measuring: Measuring, name: TimedMeasure, period: AccountPeriod): Promise<Tally> {
  const { session, profile } = measuring;
  const { within } = targetOf(name, profile.serviceLevels);
  const counted = await countAnswers(session, name, period, within && surelyInTime(within), rowsAtOnce);
  if (within === null) return { of: counted.of, count: counted.answered, open: counted.of - counted.answered };
  // What the clock alone can't decide is looked at one by one.
  let [inTime, open] = [counted.within, 0];
  for await (const row of andFurther(measuring, name, within, period, counted.beyond)) {
    const verdict = verdictOn(within, row, timedMeasures[name], profile, measuring.asOf);
    if (verdict === "in-time") inTime++;
    if (verdict === "open") open++;
  }
  return { of: counted.of, count: inTime, open };
}

/** Answers that are not in time for sure: those of a page, then those of the pages after it. */
async function* andFurther(
  { session }: Measuring,
  name: TimedMeasure,
  within: Within,
  period: AccountPeriod,
  first: readonly TimedAnswer[],
): AsyncGenerator<TimedAnswer> {
  for (let rows = first; ; ) {
    yield* rows;
    const after = rows.at(-1)?.place;
    if (rows.length < rowsAtOnce || after === undefined) return;
    rows = await readAnswersBeyond(session, name, period, surelyInTime(within), { after, limit: rowsAtOnce });
  }
}

/** A page of what missed its target, or went wrong. */
export interface MissedPage {
  readonly items: readonly Missed[];
  /** Where the next page begins; null: there is nothing more. */
  readonly next: string | null;
}

/**
 * What of a figure missed its target, from the earliest on.
 * @param after the place of a page before; null: from the first
 */
export async function missedOf(
  session: Session,
  account: MeasuredAccount,
  days: Days,
  figure: FigureName,
  { after, limit }: { readonly after: string | null; readonly limit: number },
  asOf = new Date(),
): Promise<MissedPage> {
  const { profile } = await rulesFor(session, account, days, asOf);
  const period = periodOf(profile, days);
  const measuring = { session, profile, asOf };
  const found = isTimed(figure)
    ? await lateAnswers(measuring, figure, period, after, limit + 1)
    : figure === "shipOnTime"
      ? await lateLines(measuring, period, { after, limit: limit + 1 })
      : await events(session, figure, period, { after, limit: limit + 1 });
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? (items.at(-1)?.place ?? null) : null };
}

type Found = Missed & { readonly place: string };

/** What was late, at most so many. */
async function lateAnswers(
  measuring: Measuring,
  figure: TimedMeasure,
  period: AccountPeriod,
  after: string | null,
  most: number,
): Promise<Found[]> {
  const { session, profile, asOf } = measuring;
  const { within } = targetOf(figure, profile.serviceLevels);
  if (within === null) return [];
  const beginsBy = timedMeasures[figure];
  const page = { after, limit: rowsAtOnce };
  const first = await readAnswersBeyond(session, figure, period, surelyInTime(within), page);
  const kind = figure === "acknowledge" ? "interchange" : "document";
  const found: Found[] = [];
  for await (const row of andFurther(measuring, figure, within, period, first)) {
    if (verdictOn(within, row, beginsBy, profile, asOf) !== "late") continue;
    const due = dueAt(within, row.began, beginsBy, calendarOf(profile));
    found.push({ ...noMore, kind, ...row, due });
    if (found.length === most) break;
  }
  return found;
}

async function lateLines(
  { session, profile, asOf }: Measuring,
  period: AccountPeriod,
  page: { readonly after: string | null; readonly limit: number },
): Promise<Found[]> {
  const calendar = calendarOf(profile);
  const lines = await readLateLines(session, period, calendar.dayOf(asOf), page);
  return lines.map(({ orderId, countsOn, ...line }) => {
    const [began, due] = [calendar.beginningOf(countsOn), calendar.beginningOf(dayAfter(countsOn))];
    return { ...noMore, kind: "order", id: orderId, ...line, began, due };
  });
}

async function events(
  session: Session,
  figure: EventMeasure,
  period: AccountPeriod,
  page: { readonly after: string | null; readonly limit: number },
): Promise<Found[]> {
  const found = await readEvents(session, figure, period, page);
  return found.map(({ about, at, ...event }) => ({ ...noMore, kind: kinds[figure], id: about, began: at, ...event }));
}

/** What the events of a figure are about. */
const kinds: Record<EventMeasure, Missed["kind"]> = {
  promises: "order",
  invoicesRefused: "invoice",
  deductions: "document",
  deductionsAgreed: "document",
  documentsRejected: "document",
  refusedByAccount: "interchange",
  refusedByUs: "interchange",
};

/** What is not said of everything that was missed. */
const noMore = { line: null, due: null, answered: null, wanted: null, shipped: null, amount: null, currency: null };
