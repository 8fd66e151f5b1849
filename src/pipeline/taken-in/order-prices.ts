import type { OrderChange, OrderLine, PriceCheck } from "../../documents/index.ts";
import { applyOrderChange } from "../../ledger/index.ts";
import { tell } from "../../store/events.ts";
import { openBooks } from "../../store/ledger.ts";
import { openWorkItem } from "../../store/work-items.ts";
import { checked } from "../order-rules.ts";
import { findOrderChanged, shippedOf } from "../posting/order-change.ts";
import { checkPrices, priceBookOf } from "../prices.ts";
import type { Taking } from "./taken-in.ts";

/** How many lines a timeline and a work item tell in full. */
const toldInFull = 8;
/** Answers after which somebody still has to agree on a price. */
const openAnswers: ReadonlySet<string> = new Set(["hold", "IE", "IF", "IH"]);

/**
 * The change with the check of the price of each line that it alters, as the line will be: a new quantity may reach another
 * step. What it takes out, and what can't be taken, has no price to check.
 */
export async function withChangedPricesChecked(taking: Taking, change: OrderChange): Promise<OrderChange> {
  const { profile, row, context, today } = taking;
  const { session } = context;
  const { pricing } = profile;
  const order = pricing && (await findOrderChanged(session, row, change));
  const [book] = order ? await openBooks(session, [order]) : [];
  if (!pricing || !book) return change;
  const changed = applyOrderChange(book.body, change, shippedOf(book, today), profile.orderChanges);
  if (!changed.order) return change;
  const { lines, date: orderedOn, currency, contract } = changed.order;
  const date = pricing.pricedOn === "receipt" ? today : orderedOn;
  const prices = priceBookOf(session, row, book.order.id);
  const checks = await checkPrices(prices, pricing, { date, currency, contract }, lines);
  const byPath = new Map(
    changed.outcomes.flatMap(({ path, status, action, position }) =>
      (status === "applied" || status === "in-part") && action !== "delete" && position !== undefined
        ? [[path, decidedByPerson(checks[position - 1])] as const]
        : [],
    ),
  );
  return { ...change, lines: change.lines.map((line, index) => checked(line, byPath.get(`lines.${index}`))) };
}

/** A change that has been taken into the books can't be refused for its price by itself any more: a person decides. */
function decidedByPerson(check: PriceCheck | undefined): PriceCheck | undefined {
  return check && /^(IR|R\d)$/.test(check.answer) ? { ...check, answer: "hold" } : check;
}

/** Tells the document's story what its prices came to; what somebody still has to agree on opens a work item. */
export async function tellPrices(
  { context: { session }, row, about }: Taking,
  what: string,
  lines: readonly Pick<OrderLine, "line" | "priceCheck">[],
): Promise<void> {
  const all = lines.flatMap(({ line, priceCheck }, index) =>
    priceCheck ? [{ name: line ?? String(index + 1), ...priceCheck }] : [],
  );
  if (all.length === 0) return;
  const odd = all.filter(({ outcome }) => outcome !== "within");
  const message =
    odd.length === 0
      ? `The prices of ${all.length} lines are as agreed.`
      : `${odd.length} of ${all.length} prices are not as agreed. ${told(odd)}`;
  await tell(session, about, "prices", message);
  const open = all.filter(({ answer }) => openAnswers.has(answer));
  if (open.length === 0) return;
  await openWorkItem(session, {
    kind: "price-differs",
    message: `${what} ${row.number} waits for an agreement on ${open.length === 1 ? "a price" : `${open.length} prices`}. ${told(open)}`,
    accountId: row.accountId,
    ...about,
  });
}

function told(lines: readonly (PriceCheck & { readonly name: string })[]): string {
  const some = lines.slice(0, toldInFull).map(({ name, answer, reason }) => `Line ${name} (${answer}): ${reason}`);
  const more = lines.length - some.length;
  return `${some.join(" ")}${more > 0 ? ` And ${more} more.` : ""}`;
}
