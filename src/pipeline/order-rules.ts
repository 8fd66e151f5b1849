import type { AccountProfile } from "../accounts/account.ts";
import { calendarOf } from "../accounts/calendar.ts";
import { decidePriority, type PriorityFacts } from "../accounts/rules/priority.ts";
import { warrantedLine } from "../accounts/rules/warranty.ts";
import type { Order, OrderLine, PriceCheck } from "../documents/index.ts";
import { businessDate } from "./business-date.ts";
import { contactOn } from "./named-contact.ts";
import { checkPrices, type PriceBook } from "./prices.ts";
import type { PipelineServices } from "./step.ts";

/** What is known of an order beside what it says. */
export interface OrderFacts extends Pick<PriorityFacts, "cameAt" | "selected"> {
  readonly prices: PriceBook;
}

/** What an account's rules make of an order as it came: its lines with their prices checked and their warranties, its priority and its contact. */
export async function ruleOnOrder(
  services: Pick<PipelineServices, "library" | "guides">,
  profile: AccountProfile,
  order: Order,
  { cameAt, selected, prices }: OrderFacts,
): Promise<Order> {
  const { warranties } = profile;
  const today = businessDate(cameAt, profile.timeZone);
  const facts = { cameAt, today, calendar: calendarOf(profile), ...(selected && { selected }) };
  const { contact } = contactOn(services, profile, order.usage, "order-response", cameAt);
  const priced = await withPricesChecked(profile, order, prices, today);
  return {
    ...priced,
    ...(warranties && { lines: priced.lines.map((line) => warrantedLine(warranties, order, line)) }),
    priority: decidePriority(profile.priority, priced, facts),
    ...(contact && { contact }),
  };
}

/** An order without what rules decided on it: as the account sent it. */
export function asSent({ priority, contact, ...order }: Order): Order {
  return { ...order, lines: order.lines.map(({ priceCheck, warranty, ...line }) => line) };
}

/** The order with the check of each line's price; as it is where the account has agreed on none. */
async function withPricesChecked(
  { pricing }: AccountProfile,
  order: Order,
  prices: PriceBook,
  today: string,
): Promise<Order> {
  if (!pricing) return order;
  const date = pricing.pricedOn === "receipt" ? today : order.date;
  const checks = await checkPrices(prices, pricing, { ...order, date }, order.lines);
  return { ...order, lines: order.lines.map((line, index) => checked(line, checks[index])) };
}

/** A line with the check of its price, where there was one. */
export function checked<Line extends OrderLine>(line: Line, priceCheck: PriceCheck | undefined): Line {
  return priceCheck === undefined ? line : { ...line, priceCheck };
}
