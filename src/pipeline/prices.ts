/** What an account agreed on for what it orders: from its contracts, its ladders and the ledger. */
import { Big } from "big.js";
import { type Agreement, findAgreement, type PriceQuestion, periodOf } from "../accounts/prices/agreement.ts";
import { agreedPriceOf, checkPrice } from "../accounts/prices/check.ts";
import { type Counted, nextStep, type PriceLadder, type PriceStep, stepReached } from "../accounts/prices/ladder.ts";
import type { Contract, PricingRule, Whose } from "../accounts/rules/pricing.ts";
import type { AgreedPrice, OrderLine, PriceCheck } from "../documents/index.ts";
import { moneyText } from "../ledger/index.ts";
import type { Session } from "../store/database.ts";
import { sumPriceCredits } from "../store/price-credits.ts";
import { findPrices, findPricesAt, readVolumes, type Volume, type VolumeWanted } from "../store/prices.ts";

/** Whose ledger counts. */
export interface Buyer {
  readonly accountId: string;
  readonly usage: "production" | "test";
  /** The part of the account that buys, where a contract counts by division; left out: none. */
  readonly division?: string | null;
}

/** The division whose ledger counts, where a contract counts by division. */
export function whoseVolume(whose: Whose, { division = null }: Pick<Buyer, "division">): { division?: string | null } {
  return whose === "division" ? { division } : {};
}

/** What an order says of all its lines. */
export interface OrderHeading {
  /** The day whose prices hold, `YYYY-MM-DD`. */
  readonly date: string;
  readonly currency?: string | undefined;
  readonly contract?: string | undefined;
}

/** Where an account's prices, and what it bought, are looked up. */
export interface PriceBook {
  /** The part of the account that buys; null: none of its divisions. */
  readonly division: string | null;
  /** Every ladder of these items, whenever it holds. */
  ladders(items: readonly string[]): Promise<readonly PriceLadder[]>;
  /** What was bought, for each volume that is wanted, by its key. */
  volumes(wanted: readonly VolumeWanted[]): Promise<ReadonlyMap<string, Volume>>;
}

/**
 * The account's table of prices, and its ledger.
 *
 * @param without id of an order that is in the ledger already and is priced anew
 * @param at by the ladders as they stood then; left out: as they stand
 */
export function priceBookOf(
  session: Session,
  buyer: Buyer,
  without: string | null = null,
  at: Date | null = null,
): PriceBook {
  const { accountId, division = null } = buyer;
  return {
    division,
    ladders: (items) => (at ? findPricesAt(session, accountId, items, at) : findPrices(session, accountId, items)),
    volumes: (wanted) => readVolumes(session, buyer, wanted, { without }),
  };
}

/** Holds the price of each line against what was agreed. An item on several lines counts with all of them. */
export async function checkPrices(
  book: PriceBook,
  rule: PricingRule,
  { date, currency, contract }: OrderHeading,
  lines: readonly OrderLine[],
): Promise<PriceCheck[]> {
  const ids = new Set(lines.flatMap(({ productIds }) => productIds.map(({ id }) => id)));
  const ladders = await book.ladders([...ids]);
  const agreements = lines.map(({ productIds, unit }) =>
    findAgreement(rule, ladders, { productIds, unit, date, currency, contract }),
  );
  const quantities = new Map<PriceLadder, Big>();
  for (const [index, agreement] of agreements.entries()) {
    if (agreement.outcome !== "agreed") continue;
    const before = quantities.get(agreement.ladder) ?? new Big(0);
    quantities.set(agreement.ladder, before.plus(lines[index]?.quantity ?? 0));
  }
  const volumes = await volumesOf(book, agreements, date);
  return lines.map((line, index) => {
    const agreement = agreements[index] as Agreement;
    const ladder = agreement.outcome === "agreed" ? agreement.ladder : undefined;
    const quantity = (ladder && quantities.get(ladder)?.toFixed()) ?? "0";
    return checkPrice(rule, agreement, countedOf(agreement, quantity, volumes), line);
  });
}

/** What counts for a line: its quantity, and the volume as the contract measures it, not below zero. */
function countedOf(agreement: Agreement, quantity: string, volumes: ReadonlyMap<string, Volume>): Counted {
  if (agreement.outcome !== "agreed") return { quantity, volume: "0" };
  const before = volumeOf(agreement.contract, volumes.get(volumeKey(agreement)));
  const volume = agreement.contract.volume.withOrder ? new Big(before).plus(quantity).toFixed() : before;
  return { quantity, volume };
}

/** A volume as a contract measures it, not below zero. */
export function volumeOf({ volume: { measure } }: Pick<Contract, "volume">, volume: Volume | undefined): string {
  const measured = new Big(volume?.[measure] ?? 0);
  return measured.lt(0) ? "0" : measured.toFixed();
}

/** Asks the ledger once for every volume that a step may depend on. */
async function volumesOf(
  book: PriceBook,
  agreements: readonly Agreement[],
  date: string,
): Promise<ReadonlyMap<string, Volume>> {
  const wanted = new Map<string, VolumeWanted>();
  for (const agreement of agreements) {
    if (agreement.outcome !== "agreed" || !agreement.ladder.steps.some(({ by }) => by === "volume")) continue;
    const key = volumeKey(agreement);
    wanted.set(key, volumeWanted(agreement.contract, agreement.ladder, date, key, book));
  }
  return wanted.size === 0 ? new Map() : book.volumes([...wanted.values()]);
}

type Agreed = Extract<Agreement, { outcome: "agreed" }>;

function volumeKey({ contract, ladder }: Agreed): string {
  const { of, measure } = contract.volume;
  const unit = measure === "quantity" ? ladder.unit : "";
  return JSON.stringify(
    of === "item" ? [contract.number, unit, ladder.qualifier, ladder.item] : [contract.number, unit],
  );
}

/** Which part of the ledger a contract's steps by volume are held against on a day. */
export function volumeWanted(
  contract: Contract,
  ladder: PriceLadder,
  date: string,
  key: string,
  buyer: Pick<Buyer, "division">,
): VolumeWanted {
  const { of, measure, counts, period, whose } = contract.volume;
  const { item, qualifier } = ladder;
  return {
    key,
    of: of === "item" ? { item, qualifier } : { contract: contract.number },
    ...(measure === "quantity" ? { unit: ladder.unit } : { currency: contract.currency }),
    ...whoseVolume(whose, buyer),
    goodsOnly: true,
    counts,
    ...periodOf(period, contract, date),
  };
}

/** A ladder's step, and whether a count has reached it. */
export interface ExplainedStep extends PriceStep {
  readonly reached: boolean;
}

/** Which price an account gets, and how it comes about. */
export interface PriceExplanation {
  readonly outcome: Agreement["outcome"];
  readonly reason: string;
  readonly agreed: AgreedPrice | null;
  readonly contract: Pick<Contract, "number" | "name" | "validFrom" | "validTo" | "currency"> | null;
  readonly ladder: readonly ExplainedStep[];
  /** What was bought in the period by now, as the contract measures it; null where no step depends on it. */
  readonly volume:
    | (Pick<Contract["volume"], "counts" | "of" | "measure" | "whose" | "retroactive"> & {
        from: string;
        to: string;
        toDate: string;
        /** What was given back in the period for steps reached; null where the contract gives nothing back. */
        credited: string | null;
      })
    | null;
  readonly next: readonly (PriceStep & { readonly missing: string })[];
}

/**
 * Explains the price of a quantity of an item on a day.
 * @param asked `at`: by the ladders as they stood then; left out: as they stand
 */
export async function explainPrice(
  session: Session,
  rule: PricingRule,
  buyer: Buyer,
  asked: PriceQuestion & { readonly quantity: string; readonly at?: Date },
): Promise<PriceExplanation> {
  const { quantity, date, at } = asked;
  const ids = asked.productIds.map(({ id }) => id);
  const book = priceBookOf(session, buyer, null, at ?? null);
  const agreement = findAgreement(rule, await book.ladders(ids), asked);
  if (agreement.outcome !== "agreed") {
    return { ...agreement, agreed: null, contract: null, ladder: [], volume: null, next: [] };
  }
  const { contract, ladder } = agreement;
  const volumes = await volumesOf(book, [agreement], date);
  const counted = countedOf(agreement, quantity, volumes);
  const agreed = agreedPriceOf(agreement, counted);
  const { reason } = checkPrice(rule, agreement, counted, { unit: ladder.unit, ...(agreed && pricedAs(agreed)) });
  const { counts, of, measure, period, whose, retroactive } = contract.volume;
  const { from, to } = periodOf(period, contract, date);
  const { division } = whoseVolume(whose, buyer);
  const creditedTo = { ...buyer, contract: contract.number, division: division ?? "", periodFrom: from };
  const credited = retroactive ? moneyText(new Big(await sumPriceCredits(session, creditedTo))) : null;
  const toDate = countedOf(agreement, "0", volumes).volume;
  return {
    outcome: agreed === null ? "no-contract" : "agreed",
    reason,
    agreed,
    contract,
    ladder: ladder.steps.map((step) => ({ ...step, reached: isReached(ladder.steps, step, counted) })),
    volume: ladder.steps.some(({ by }) => by === "volume")
      ? { counts, of, measure, whose, retroactive, from, to, toDate, credited }
      : null,
    next: (["quantity", "volume"] as const).flatMap((by) => nextStep(ladder.steps, by, counted[by]) ?? []),
  };
}

function pricedAs({ price, priceBasis }: AgreedPrice): { price: string; priceBasis?: { code: string } } {
  return { price, ...(priceBasis !== undefined && { priceBasis: { code: priceBasis } }) };
}

function isReached(steps: readonly PriceStep[], { by, from }: PriceStep, counted: Counted): boolean {
  return stepReached(steps, by, counted[by])?.from === from;
}
