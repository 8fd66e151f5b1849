/** What an account earns back of what it is invoiced: booked with each invoice and memo, settled when its period is over. */
import { Big } from "big.js";
import type { AccountProfile } from "../../accounts/account.ts";
import { periodOf } from "../../accounts/prices/agreement.ts";
import { type Rebate, rebateOn } from "../../accounts/prices/rebate.ts";
import type { Contract, PricingRule, RebateRule } from "../../accounts/rules/pricing.ts";
import type { Invoice } from "../../documents/index.ts";
import { moneyText } from "../../ledger/index.ts";
import type { Session } from "../../store/database.ts";
import type { DocumentRow } from "../../store/documents.ts";
import { readVolumes, type VolumeWanted } from "../../store/prices.ts";
import {
  callForSettlement,
  findRebateOf,
  openRebate,
  type RebateBooked,
  type RebatePeriod,
  readRebateBooked,
  writeRebateEntry,
} from "../../store/rebates.ts";
import { type Buyer, whoseVolume } from "../prices.ts";
import type { NextJob, StepContext } from "../step.ts";
import { settlementAt } from "./settle-rebate.ts";

type Rebated = Contract & { readonly rebate: RebateRule };

/** The contracts that give a rebate on what is invoiced on a day. */
function rebatedOn(pricing: PricingRule | undefined, date: string): Rebated[] {
  return (pricing?.contracts ?? []).filter(
    (contract): contract is Rebated =>
      contract.rebate !== undefined &&
      contract.validFrom <= date &&
      (contract.validTo === undefined || date <= contract.validTo),
  );
}

/** What was invoiced of a contract's items in a period, less what was credited. */
function invoicedUnder(contract: Rebated, buyer: Buyer, from: string, to: string): VolumeWanted {
  return {
    ...{ key: contract.number, of: { contract: contract.number }, counts: "invoiced", from, to },
    currency: contract.currency,
    ...whoseVolume(contract.rebate.whose, buyer),
  };
}

/**
 * Books what an invoice or memo adds to the account's rebates, or takes from them, and calls for the settlement of each when its
 * period is over. In the transaction that posts it, with the account's books locked.
 */
export async function bookRebates(
  { session }: StepContext,
  row: DocumentRow,
  invoice: Invoice,
  profile: AccountProfile,
): Promise<NextJob[]> {
  const { accountId, usage } = row;
  const contracts = rebatedOn(profile.pricing, invoice.date);
  const next: NextJob[] = [];
  for (const contract of contracts) {
    const { division } = whoseVolume(contract.rebate.whose, row);
    const { from, to } = periodOf(contract.rebate.period, contract, invoice.date);
    const period: RebatePeriod = {
      ...{ accountId, usage, contract: contract.number, division: division ?? "" },
      ...{ periodFrom: from, periodTo: to, currency: contract.currency },
    };
    const known = await findRebateOf(session, period);
    const booked = known ? await readRebateBooked(session, known.id) : { invoiced: "0", accrued: "0" };
    // What was invoiced before a rebate was agreed on is booked with the first invoice after; from then on each books its own.
    const counted = await readVolumes(
      session,
      row,
      [invoicedUnder(contract, row, from, to)],
      known ? { document: row.id } : {},
    );
    const added = new Big(counted.get(contract.number)?.amount ?? 0);
    const invoiced = added.plus(booked.invoiced).toFixed();
    const amount = new Big(rebateOn(contract.rebate, invoiced).accrued).minus(booked.accrued);
    if (added.eq(0) && amount.eq(0)) continue;
    const rebate = known ?? (await openRebate(session, period));
    await writeRebateEntry(session, {
      ...{ rebateId: rebate.id, kind: "accrued", documentId: row.id, reference: invoice.number },
      ...{ invoiced: added.toFixed(), amount: amount.toFixed(2), happenedOn: invoice.date },
    });
    // A period without an end is never settled, and one settlement at a time is enough.
    const at = settlementAt(profile, contract.rebate, to);
    if (at === null || rebate.called > rebate.settled) continue;
    const run = await callForSettlement(session, rebate.id);
    next.push({ name: "settle-rebate", ids: { rebate: rebate.id, run }, at, account: accountId });
  }
  return next;
}

/** What an account is given back under a contract by a day. */
export interface AccruedRebate extends Rebate {
  readonly contract: string;
  readonly currency: string;
  /** The part of the account that earns it; null: the account as a whole. */
  readonly division: string | null;
  readonly from: string;
  readonly to: string;
  /** What was invoiced of the contract's items in the period until the day, less what was credited. */
  readonly invoiced: string;
  /** What is booked of the whole period, and what of it was settled; null where nothing was booked yet. */
  readonly booked: Pick<RebateBooked, "accrued" | "settled"> | null;
}

/** The rebates of an account's contracts that hold on a day, from what was invoiced in their periods until then. */
export async function accruedRebates(
  session: Session,
  { pricing }: Pick<AccountProfile, "pricing">,
  buyer: Buyer,
  date: string,
): Promise<AccruedRebate[]> {
  const holding = rebatedOn(pricing, date).map((contract) => ({
    contract,
    period: periodOf(contract.rebate.period, contract, date),
    division: whoseVolume(contract.rebate.whose, buyer).division ?? null,
  }));
  const volumes = await readVolumes(
    session,
    buyer,
    holding.map(({ contract, period }) => invoicedUnder(contract, buyer, period.from, date)),
  );
  const found: AccruedRebate[] = [];
  for (const { contract, period, division } of holding) {
    const { number, currency, rebate } = contract;
    const invoiced = moneyText(new Big(volumes.get(number)?.amount ?? 0));
    const { accountId, usage } = buyer;
    const kept = await findRebateOf(session, {
      ...{ accountId, usage, contract: number, division: division ?? "", periodFrom: period.from },
    });
    const booked = kept && (await readRebateBooked(session, kept.id));
    found.push({
      ...{ contract: number, currency, division, ...period, invoiced, ...rebateOn(rebate, invoiced) },
      booked: booked && {
        accrued: moneyText(new Big(booked.accrued)),
        settled: moneyText(new Big(booked.settled)),
      },
    });
  }
  return found;
}
