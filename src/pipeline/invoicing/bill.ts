import { calendarOf } from "../../accounts/calendar.ts";
import { effectiveProfile } from "../../accounts/tree/effective.ts";
import { NeedsHuman, RetryLater } from "../../errors.ts";
import {
  type BillingPeriodRow,
  closeLines,
  closePeriods,
  findOpenPeriods,
  findPeriod,
  readOpenLines,
} from "../../store/billing.ts";
import { lockBooks } from "../../store/ledger.ts";
import { closeWorkItems, openWorkItem } from "../../store/work-items.ts";
import type { NextJob, Step } from "../step.ts";
import { planBilling } from "./billing-plan.ts";
import { makeInvoices } from "./make-invoices.ts";

/**
 * Makes the invoices of a period whose time is over, by the rule that was in force at its end, and of what earlier ones left open;
 * or, where a person asked for it, of all that is open and due, by the rule in force now. Closing the period, the numbers and the
 * invoices are one transaction: done twice, it is done once.
 */
export const bill: Step<"bill"> = {
  name: "bill",

  async run(context, { period: id, run }) {
    const { session, log } = context;
    const known = await findPeriod(session, id);
    if (!known) throw new NeedsHuman("period.missing", `There is no billing period ${id}.`);
    await lockBooks(session, known.accountId, known.usage);
    // What is shipped now waits for the lock, and finds this period closed.
    const now = new Date();
    const period = (await findPeriod(session, id)) ?? known;
    const isAsked = run > 0;
    if (!isAsked && period.closedAt !== null) return [];
    const early = period.endsAt.getTime() - now.getTime();
    if (!isAsked && early > 0) throw new RetryLater("period.open", "The period is not over yet.", early);

    const at = isAsked ? now : period.endsAt;
    const ruling = await (await context.directory.load(session)).ruling(session, period.accountId, at);
    if (!ruling) throw new NeedsHuman("account.missing", `There is no account ${period.accountId}.`);
    const profile = effectiveProfile(ruling.profile, period);
    const rows = await readOpenLines(session, period, isAsked ? now : undefined);
    const isDue = ({ endsAt, division, location }: BillingPeriodRow) =>
      endsAt <= now && division === period.division && location === period.location;
    const due = isAsked ? (await findOpenPeriods(session, period)).filter(isDue) : [period];
    await closePeriods(
      session,
      due.map((one) => one.id),
      now,
    );
    await closeWorkItems(session, { jobIdsBeginWith: `bill-${id}-` }, "It was billed.");
    if (rows.length === 0) return [];

    const rule = profile.invoicing;
    if (rule?.from !== "shipments") {
      await handBack(context, period.accountId, rows);
      return [];
    }
    const billing = await planBilling(context, profile, rule, period, rows, calendarOf(profile).dayOf(at));
    const next: NextJob[] = await makeInvoices(session, ruling, rule, period, billing);
    const { invoices, notBilled } = billing.plan;
    log.info(
      { account: period.accountId, period: id, lines: rows.length, invoices: invoices.length, left: notBilled.length },
      "period billed",
    );
    return next;
  },

  async giveUp({ session }, { period: id }) {
    const period = await findPeriod(session, id);
    return { accountId: period?.accountId ?? null };
  },
};

/** Why nothing is billed of what was shipped before the account's rule changed. */
export const notOurs = "The account's rule does not have the gateway make its invoices any more.";

/** The account's rule has changed: its invoices are handed in from now on, and what was shipped before is the supplier's to bill. */
async function handBack(
  { session }: Parameters<typeof bill.run>[0],
  accountId: string,
  rows: Awaited<ReturnType<typeof readOpenLines>>,
): Promise<void> {
  const reason = notOurs;
  await closeLines(
    session,
    rows.map(({ id }) => id),
    reason,
  );
  for (const documentId of new Set(rows.map((row) => row.documentId))) {
    const message = `${reason} Hand in invoices for what it announced and is not billed.`;
    await openWorkItem(session, { kind: "billing-handed-back", message, accountId, documentId });
  }
}
