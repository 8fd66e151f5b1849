import { Big } from "big.js";
import type { AccountProfile } from "../../accounts/account.ts";
import { calendarOf } from "../../accounts/calendar.ts";
import { rebateCreditMemo } from "../../accounts/prices/credit-memo.ts";
import type { RebateRule } from "../../accounts/rules/pricing.ts";
import { effectiveProfile } from "../../accounts/tree/effective.ts";
import { NeedsHuman } from "../../errors.ts";
import { moneyText } from "../../ledger/index.ts";
import { tell } from "../../store/events.ts";
import { lockBooks } from "../../store/ledger.ts";
import {
  findRebate,
  noteSettled,
  type RebateRow,
  readRebateBooked,
  readRebateEntries,
  writeRebateEntry,
} from "../../store/rebates.ts";
import { openWorkItem } from "../../store/work-items.ts";
import { businessDate } from "../business-date.ts";
import { jobIdOf, type NextJob, type Step, type StepContext } from "../step.ts";
import { keepMemo } from "./memo.ts";

/** The day of a period that has no end. */
const noEnd = "9999-12-31";
const dayMs = 86_400_000;

/** When the rebate of a period is settled: so many days after its last, as the day begins where the account is. */
export function settlementAt(
  profile: Pick<AccountProfile, "calendar" | "timeZone">,
  { settleAfterDays }: RebateRule,
  periodTo: string,
): Date | null {
  if (periodTo === noEnd) return null;
  const day = new Date(Date.parse(`${periodTo}T00:00:00Z`) + (1 + settleAfterDays) * dayMs).toISOString().slice(0, 10);
  return calendarOf(profile).beginningOf(day);
}

/** How many invoices a work item names. */
const namedInFull = 20;

/** Gives back what was earned in a period that is over: by a credit memo, or by telling the account's manager that it is due. */
export const settleRebate: Step<"settle-rebate"> = {
  name: "settle-rebate",

  async run(context, { rebate: id, run }) {
    const { session, log } = context;
    const found = await findRebate(session, id);
    if (!found) return [];
    await lockBooks(session, found.accountId, found.usage);
    const rebate = await findRebate(session, id);
    if (!rebate || rebate.settled >= run) return [];
    await noteSettled(session, id, run);
    const { accrued, settled } = await readRebateBooked(session, id);
    const due = moneyText(new Big(accrued).minus(settled));
    log.info({ account: rebate.accountId, contract: rebate.contract, due }, "rebate settled");
    return new Big(due).eq(0)
      ? []
      : settle(context, rebate, due, jobIdOf({ name: "settle-rebate", ids: { rebate: id, run } }));
  },
};

async function settle(context: StepContext, rebate: RebateRow, due: string, jobId: string): Promise<NextJob[]> {
  const { session } = context;
  const inForce = (await context.directory.load(session)).profile(rebate.accountId);
  if (!inForce) throw new NeedsHuman("account.missing", `There is no account ${rebate.accountId}.`);
  const profile = effectiveProfile(inForce, { division: rebate.division || null, location: null });
  const rule = profile.pricing?.contracts.find(({ number }) => number === rebate.contract)?.rebate;
  const { contract, periodFrom, periodTo, currency, usage, accountId } = rebate;
  const today = businessDate(new Date(), profile.timeZone);
  const earned = await earnedWith(context, rebate);
  const period = `${periodFrom} to ${periodTo}`;
  const entry = {
    rebateId: rebate.id,
    kind: "settled" as const,
    amount: new Big(due).neg().toFixed(2),
    happenedOn: today,
  };
  const isMemo =
    rule?.settle === "credit-memo" && new Big(due).gt(0) && earned.some(({ amount }) => new Big(amount).gt(0));
  if (isMemo && profile.pricing) {
    const why = `Made because the rebate of ${period} under contract ${contract} is due: ${due} ${currency}.`;
    const { id, number, next } = await keepMemo(context, usage, profile.pricing.memoPrefix, why, (number) =>
      rebateCreditMemo(
        { account: accountId, usage, number, date: today, currency, contract },
        due,
        earned,
        `Rebate of ${period}`,
      ),
    );
    await writeRebateEntry(session, { ...entry, documentId: id, reference: number });
    return [next];
  }
  await writeRebateEntry(session, { ...entry, documentId: null });
  const names = earned.map(({ invoice }) => invoice);
  const more = names.length > namedInFull ? ` and ${names.length - namedInFull} more` : "";
  const whose = profile.accountManager === undefined ? "" : `${profile.accountManager}: `;
  const what = new Big(due).gt(0)
    ? `${due} ${currency} of rebate are due`
    : `${new Big(due).neg().toFixed(2)} ${currency} of rebate were given too much`;
  const message = `${whose}${what} under contract ${contract} for ${period}, by invoices ${names.slice(0, namedInFull).join(", ")}${more}.`;
  const last = earned.at(-1);
  await openWorkItem(session, { kind: "rebate-due", message, accountId, jobId });
  if (last) await tell(session, { documentId: last.documentId }, "rebate-due", message);
  return [];
}

interface Earned {
  readonly documentId: string;
  readonly invoice: string;
  readonly amount: string;
}

/** The invoices and memos of a rebate since it was settled last, each with what it added to it, first one first. */
async function earnedWith({ session }: StepContext, rebate: RebateRow): Promise<Earned[]> {
  const entries = await readRebateEntries(session, rebate.id);
  const since = entries.slice(entries.findLastIndex(({ kind }) => kind === "settled") + 1);
  return since.flatMap(({ documentId, reference, amount }) =>
    documentId === null ? [] : [{ documentId, invoice: reference ?? "", amount }],
  );
}
