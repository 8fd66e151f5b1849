import { warrantedLine } from "../../accounts/rules/warranty.ts";
import type { OrderChange, OrderLine } from "../../documents/index.ts";
import { tell } from "../../store/events.ts";
import { openBooks } from "../../store/ledger.ts";
import { findOrderChanged } from "../posting/order-change.ts";
import type { Taking } from "./taken-in.ts";

/** How many lines a timeline tells in full. */
const toldInFull = 5;

/** Tells the order's story which warranty its lines have, and why. */
export async function tellWarranties(
  { context: { session }, about }: Taking,
  lines: readonly Pick<OrderLine, "line" | "warranty">[],
): Promise<void> {
  const all = lines.flatMap(({ line, warranty }, index) =>
    warranty ? [`Line ${line ?? index + 1}: ${warranty.reason}`] : [],
  );
  if (all.length === 0) return;
  const more = all.length > toldInFull ? ` And ${all.length - toldInFull} more.` : "";
  const message = `${all.length} of ${lines.length} lines have a warranty. ${all.slice(0, toldInFull).join(" ")}${more}`;
  await tell(session, about, "warranties", message);
}

/**
 * The change with the warranty of each line as it would be ordered anew: by the day of the order, which the change doesn't move.
 * Lines that stay the same product keep the one that they have.
 */
export async function withChangedWarranties(taking: Taking, change: OrderChange): Promise<OrderChange> {
  const { profile, row, context } = taking;
  const { warranties } = profile;
  const order = warranties && (await findOrderChanged(context.session, row, change));
  const [book] = order ? await openBooks(context.session, [order]) : [];
  if (!warranties || !book) return change;
  return { ...change, lines: change.lines.map((line) => warrantedLine(warranties, book.body, line)) };
}
