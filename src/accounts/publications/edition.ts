/** What of a publication one account is told: its edition. */
import type { CatalogLine, InventoryAdvice, InventoryLine, PriceCatalog } from "../../documents/index.ts";
import { isWorthTelling, type Subscription } from "../rules/early-information.ts";
import { availableOf, inWarehouses, noneLeft, type StockReservation, withoutReserved } from "./stock.ts";

/** What a publication says, for whomever it is; number, day and account are each edition's own. */
export type PublicationContent =
  | { readonly kind: "inventory"; readonly body: StockBody }
  | { readonly kind: "prices"; readonly body: PriceBody }
  | { readonly kind: "announcement"; readonly body: unknown };
export type StockBody = Omit<
  InventoryAdvice,
  "documentType" | "account" | "usage" | "number" | "date" | "x12" | "origin"
>;
export type PriceBody = Omit<PriceCatalog, "documentType" | "account" | "usage" | "x12" | "origin">;

/** What is known of an account when an edition is made for it. */
export interface EditionFacts {
  readonly account: string;
  /** The day on the account's calendar. */
  readonly today: string;
  readonly subscription: Subscription;
  /** Every reservation of stock, this account's too. */
  readonly reservations: readonly StockReservation[];
  /** Everything that it has been told by now; null: nothing yet. */
  readonly told: readonly ToldLine[] | null;
}

/** A line as an account was last told it, by what tells it apart from others. */
export interface ToldLine {
  readonly key: string;
  /** Stock only: how much was available. */
  readonly available?: string;
  readonly line: InventoryLine | CatalogLine;
}

/** What an account is told, or why nothing. */
export type Edition =
  | { readonly tell: false; readonly reason: string }
  | {
      readonly tell: true;
      readonly content: PublicationContent;
      /** What it has been told then. */
      readonly told: readonly ToldLine[];
      readonly reason: string;
    };

/** The edition of a publication for one account: filtered, less what is kept for others, whole or only what has changed. */
export function editionFor(content: PublicationContent, facts: EditionFacts): Edition {
  switch (content.kind) {
    case "announcement":
      return { tell: true, content, told: [], reason: "Announcements are told whole." };
    case "inventory": {
      const { account, today, subscription, reservations } = facts;
      const free = withoutReserved(content.body.lines, reservations, account, today);
      const lines = inWarehouses(ofItems(free, subscription.items), subscription.warehouses);
      const chosen = chooseStock(lines, facts);
      if ("reason" in chosen) return { tell: false, reason: chosen.reason };
      const purpose = chosen.whole ? content.body.purpose : changePurpose;
      const body = { ...content.body, purpose, lines: numbered(chosen.lines), ...totalsOf(content.body, chosen.lines) };
      return { tell: true, content: { kind: "inventory", body }, told: chosen.told, reason: reasonFor(chosen) };
    }
    case "prices": {
      const lines = ofItems(content.body.lines, facts.subscription.items);
      const chosen = choosePrices(lines, facts);
      if ("reason" in chosen) return { tell: false, reason: chosen.reason };
      const purpose = chosen.whole ? {} : { purpose: changePurpose };
      const body = {
        ...content.body,
        ...purpose,
        lines: numbered(chosen.lines),
        ...totalsOf(content.body, chosen.lines),
      };
      return { tell: true, content: { kind: "prices", body }, told: chosen.told, reason: reasonFor(chosen) };
    }
  }
}

/** BIA01, BCT10. */
const changePurpose = { code: "04", word: "change" };

type Chosen<Line> =
  | { readonly reason: string }
  | { readonly lines: readonly Line[]; readonly whole: boolean; readonly told: readonly ToldLine[] };

function chooseStock(lines: readonly InventoryLine[], { told, subscription }: EditionFacts): Chosen<InventoryLine> {
  const now = keyed(lines).map((one): ToldLine & { line: InventoryLine } => ({
    ...one,
    available: availableOf(one.line),
  }));
  const { content, threshold } = subscription;
  if (told === null || (content === "full" && !threshold))
    return lines.length === 0 ? nothingForIt : { lines, whole: true, told: now };
  const before = new Map(told.map((one) => [one.key, one]));
  const isChanged = (one: (typeof now)[number]): boolean => {
    const last = before.get(one.key);
    if (!last) return true;
    if (threshold) return isWorthTelling(threshold, last.available ?? null, one.available ?? "0");
    return !sameLine(last.line, one.line);
  };
  const changed = now.filter(isChanged);
  const present = new Set(now.map(({ key }) => key));
  const gone = told.filter(({ key, available }) => !present.has(key) && available !== "0");
  if (changed.length + gone.length === 0) return threshold ? belowThreshold : nothingNew;
  const none = gone.map(({ key, line }): ToldLine & { line: InventoryLine } => ({
    key,
    available: "0",
    line: noneLeft(line as InventoryLine),
  }));
  if (content === "full") return { lines, whole: true, told: now };
  const tellable = [...changed, ...none].map(({ line }) => line);
  // What was not told stays as it was last told, so that small steps add up until they are worth it.
  const merged = new Map([...told, ...changed, ...none].map((one) => [one.key, one]));
  return { lines: tellable, whole: false, told: [...merged.values()] };
}

function choosePrices(lines: readonly CatalogLine[], { told, subscription }: EditionFacts): Chosen<CatalogLine> {
  const now = keyed(lines);
  if (told === null || subscription.content === "full")
    return lines.length === 0 ? nothingForIt : { lines, whole: true, told: now };
  const before = new Map(told.map((one) => [one.key, one]));
  const changed = now.filter((one) => !sameLine(before.get(one.key)?.line, one.line));
  const present = new Set(now.map(({ key }) => key));
  const gone = told.filter(({ key }) => !present.has(key));
  if (changed.length + gone.length === 0) return nothingNew;
  // G53: 002 delete.
  const deleted = gone.map(
    ({ line }): CatalogLine => ({ productIds: line.productIds, maintenance: { code: "002", word: "delete" } }),
  );
  return { lines: [...changed.map(({ line }) => line), ...deleted], whole: false, told: now };
}

const nothingForIt = { reason: "Nothing in it is for the account, by the items and places that its rules name." };
const nothingNew = { reason: "Nothing has changed since the account was last told." };
const belowThreshold = { reason: "No quantity has changed by as much as the account's rules name." };

const reasonFor = ({ lines, whole }: { lines: readonly unknown[]; whole: boolean }): string =>
  whole ? `All ${lines.length} lines are told.` : `${lines.length} lines have changed and are told.`;

/** Lines by their items and places; where two are the same in that, by which of them it is too. */
function keyed<Line extends InventoryLine | CatalogLine>(lines: readonly Line[]): { key: string; line: Line }[] {
  const met = new Map<string, number>();
  return lines.map((line) => {
    const places = (line.parties ?? []).map(({ role, id, name }) => [role, id ?? name ?? ""]);
    const key = JSON.stringify([line.productIds.map(({ qualifier, id }) => [qualifier, id]), places]);
    const count = met.get(key) ?? 0;
    met.set(key, count + 1);
    return { key: count === 0 ? key : `${key} ${count}`, line };
  });
}

function sameLine(one: object | undefined, other: object): boolean {
  return one !== undefined && JSON.stringify({ ...one, line: "" }) === JSON.stringify({ ...other, line: "" });
}

function ofItems<Line extends { productIds: readonly { id: string }[] }>(
  lines: readonly Line[],
  items: readonly string[] | undefined,
): Line[] {
  if (items === undefined) return [...lines];
  const wanted = new Set(items);
  return lines.filter(({ productIds }) => productIds.some(({ id }) => wanted.has(id)));
}

/** LIN01 counts the lines of the edition. */
function numbered<Line extends { line?: string | undefined }>(lines: readonly Line[]): Line[] {
  return lines.map((line, index) => ({ ...line, line: String(index + 1) }));
}

function totalsOf(body: { totals?: object | undefined }, lines: readonly unknown[]) {
  return body.totals === undefined ? {} : { totals: { lineCount: lines.length } };
}
