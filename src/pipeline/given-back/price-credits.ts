/** What an invoice makes due on those before it, where it reaches a step of prices that hold for the whole period. */
import { randomUUID } from "node:crypto";
import { Big } from "big.js";
import type { AccountProfile } from "../../accounts/account.ts";
import { findAgreement, periodOf } from "../../accounts/prices/agreement.ts";
import { type CreditedLine, priceCreditMemo } from "../../accounts/prices/credit-memo.ts";
import { type PriceLadder, stepReached } from "../../accounts/prices/ladder.ts";
import {
  type BilledLine,
  isPricedBefore,
  type PriceCredit,
  type PriceCredits,
  priceCreditsDue,
} from "../../accounts/prices/price-credit.ts";
import type { Contract, PricingRule } from "../../accounts/rules/pricing.ts";
import type { Invoice } from "../../documents/index.ts";
import type { DocumentRow } from "../../store/documents.ts";
import { tell } from "../../store/events.ts";
import { type InvoicedGoods, isCreditedFor, readInvoicedGoods, writePriceCredit } from "../../store/price-credits.ts";
import { findPrices, readLaddersOf, readVolumes, type Volume } from "../../store/prices.ts";
import { openWorkItem } from "../../store/work-items.ts";
import { businessDate } from "../business-date.ts";
import { volumeOf, volumeWanted, whoseVolume } from "../prices.ts";
import type { NextJob, StepContext } from "../step.ts";
import { keepMemo } from "./memo.ts";

/** An invoiced line under the contract and ladder that its order was priced by. */
interface PricedGoods extends InvoicedGoods {
  readonly agreed: { readonly contract: Contract; readonly ladder: PriceLadder };
}

type Owed = BilledLine & { readonly goods: PricedGoods };

/**
 * Keeps a credit memo for each contract under which an invoice has made the difference of prices due on what was invoiced in its
 * period. In the transaction that posts the invoice, with the account's books locked.
 */
export async function creditReachedSteps(
  context: StepContext,
  row: DocumentRow,
  invoice: Invoice,
  profile: AccountProfile,
): Promise<NextJob[]> {
  const { pricing } = profile;
  const contracts = pricing?.contracts.filter(({ volume }) => volume.retroactive) ?? [];
  if (!pricing || contracts.length === 0) return [];
  const { session } = context;
  const posted = await readInvoicedGoods(session, row, { documentId: row.id });
  const ids = posted.flatMap(({ line }) => line.productIds.map(({ id }) => id));
  const goods = pricedGoods(profile, pricing, posted, await findPrices(session, row.accountId, [...new Set(ids)]));
  const next: NextJob[] = [];
  for (const contract of contracts) {
    const own = goods.filter(({ agreed }) => agreed.contract.number === contract.number);
    if (own.length > 0) next.push(...(await creditUnder(context, row, invoice, profile, pricing, contract, own)));
  }
  return next;
}

async function creditUnder(
  context: StepContext,
  row: DocumentRow,
  invoice: Invoice,
  profile: AccountProfile,
  pricing: PricingRule,
  contract: Contract,
  own: readonly PricedGoods[],
): Promise<NextJob[]> {
  const { session } = context;
  const { division } = whoseVolume(contract.volume.whose, row);
  const period = periodOf(contract.volume.period, contract, invoice.date);
  const cause = { causeId: row.id, contract: contract.number, division: division ?? "", periodFrom: period.from };
  if (await isCreditedFor(session, cause)) return [];
  const reached = await laddersReached(context, row, contract, invoice.date, own);
  if (reached.size === 0) return [];
  const whole = contract.volume.of === "contract";
  const ladders = whole
    ? await readLaddersOf(session, row.accountId, contract.number)
    : [...new Set(own.map(({ agreed }) => agreed.ladder))].filter((ladder) =>
        reached.has(volumeName(contract, ladder)),
      );
  const all = await readInvoicedGoods(session, row, {
    products: ladders.map(({ item: id, qualifier }) => (qualifier === "" ? { id } : { qualifier, id })),
    ...period,
    ...(division !== undefined && { division }),
  });
  const ids = new Set(all.flatMap(({ line }) => line.productIds.map(({ id }) => id)));
  const priced = pricedGoods(profile, pricing, all, await findPrices(session, row.accountId, [...ids]));
  const owed = priced.flatMap((goods): Owed[] => {
    const volume = reached.get(volumeName(contract, goods.agreed.ladder));
    return goods.agreed.contract.number !== contract.number || volume === undefined ? [] : [owedOf(goods, volume)];
  });
  const due = priceCreditsDue(owed);
  await tellOver(context, row, contract, due);
  if (due.credits.length === 0) return [];
  const total = due.credits.reduce((sum, { amount }) => sum.plus(amount), new Big(0)).toFixed(2);
  const why = `Made because invoice ${invoice.number} reached a step of contract ${contract.number}: ${total} ${contract.currency} are due on what was invoiced from ${period.from} on.`;
  const { id, number, next } = await keepMemo(context, row.usage, pricing.memoPrefix, why, (number) =>
    priceCreditMemo(
      {
        ...{ account: row.accountId, usage: row.usage, number, currency: contract.currency, contract: contract.number },
        date: businessDate(new Date(), profile.timeZone),
        parties: invoice.parties,
      },
      due.credits.map(creditedLine),
    ),
  );
  const { accountId, usage } = row;
  await writePriceCredit(
    session,
    {
      ...{ id: randomUUID(), accountId, usage, ...cause, periodTo: period.to },
      ...{ documentId: id, currency: contract.currency, amount: total },
    },
    due.credits.map(({ line: { goods }, step, amount }) => ({
      ...{ invoiceId: goods.invoiceId, path: goods.path },
      ...{ stepFrom: step.from, stepPrice: step.price, amount },
    })),
  );
  await tell(session, { documentId: row.id }, "price-step-reached", `${why} Credit memo ${number} gives them back.`);
  return [next];
}

/**
 * The volumes by now of the ladders of an invoice, by their names, for which it makes something due: it has reached another step,
 * or was billed at a price from before.
 */
async function laddersReached(
  { session }: StepContext,
  row: DocumentRow,
  contract: Contract,
  date: string,
  own: readonly PricedGoods[],
): Promise<Map<string, string>> {
  const byName = new Map(own.map(({ agreed: { ladder } }) => [volumeName(contract, ladder), ladder]));
  const wanted = [...byName].map(([name, ladder]) => volumeWanted(contract, ladder, date, name, row));
  const now = await readVolumes(session, row, wanted);
  const added = await readVolumes(session, row, wanted, { document: row.id });
  const reached = new Map<string, string>();
  for (const goods of own) {
    const { ladder } = goods.agreed;
    const name = volumeName(contract, ladder);
    const volume = volumeOf(contract, now.get(name));
    const earlier = volumeOf(contract, less(now.get(name), added.get(name)));
    const isNew =
      stepReached(ladder.steps, "volume", volume)?.from !== stepReached(ladder.steps, "volume", earlier)?.from;
    if (isNew || isPricedBefore(owedOf(goods, volume))) reached.set(name, volume);
  }
  return reached;
}

/** A volume as it was before a part of it. */
function less(volume: Volume | undefined, part: Volume | undefined): Volume {
  const without = (measure: keyof Volume) => new Big(volume?.[measure] ?? 0).minus(part?.[measure] ?? 0).toFixed();
  return { quantity: without("quantity"), amount: without("amount") };
}

/** Which ladders have one volume: those of an item and unit, or in a contract that counts them together those of a unit. */
function volumeName({ volume }: Contract, { unit, qualifier, item }: PriceLadder): string {
  const counted = volume.measure === "quantity" ? unit : "";
  return JSON.stringify(volume.of === "item" ? [counted, qualifier, item] : [counted]);
}

/** The goods that a contract of the account's priced, by the ladders that held for their orders. */
function pricedGoods(
  { timeZone }: AccountProfile,
  pricing: PricingRule,
  goods: readonly InvoicedGoods[],
  ladders: readonly PriceLadder[],
): PricedGoods[] {
  const byItem = new Map<string, PriceLadder[]>();
  for (const ladder of ladders) byItem.set(ladder.item, [...(byItem.get(ladder.item) ?? []), ladder]);
  return goods.flatMap((one): PricedGoods[] => {
    const { line, unit, currency, contract, orderedOn, orderCameAt } = one;
    const ofItem = line.productIds.flatMap(({ id }) => byItem.get(id) ?? []);
    const agreement = findAgreement(pricing, ofItem, {
      ...{ productIds: line.productIds, unit },
      date: pricing.pricedOn === "receipt" ? businessDate(orderCameAt, timeZone) : orderedOn,
      currency: currency ?? undefined,
      contract: contract ?? undefined,
    });
    return agreement.outcome === "agreed" ? [{ ...one, agreed: agreement }] : [];
  });
}

function owedOf(goods: PricedGoods, volume: string): Owed {
  const { orderLine, quantity, unit, price, priceBasis, line, credited, agreed } = goods;
  return {
    ...{ goods, orderLine, quantity, unit, price, credited, volume, ladder: agreed.ladder },
    priceBasis: priceBasis ?? line.priceBasis,
  };
}

function creditedLine({ line: { goods }, step, amount }: PriceCredit<Owed>): CreditedLine {
  const { invoice, order, release, line, quantity, unit, price } = goods;
  return {
    ...{ invoice, quantity, unit, amount, line: line.line, productIds: line.productIds },
    order: { number: order, ...(release !== "" && { release }) },
    reason: `From ${step.from} on ${step.price} instead of ${price}`.slice(0, 80),
  };
}

/** Where more was credited than is due by now, goods were taken back at a price from before the step: a person decides. */
async function tellOver(
  { session }: StepContext,
  row: DocumentRow,
  contract: Contract,
  { over }: PriceCredits<Owed>,
): Promise<void> {
  if (new Big(over).eq(0)) return;
  await openWorkItem(session, {
    kind: "price-credit-over",
    message: `By what is invoiced under contract ${contract.number} now, ${over} ${contract.currency} more was credited for steps reached than is due: goods were taken back at prices from before the step. Bill it, or leave it to be set off against what comes due later.`,
    accountId: row.accountId,
    documentId: row.id,
  });
}
