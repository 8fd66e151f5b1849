/** What comes out differently for one order. */
import { Big } from "big.js";
import { acknowledgmentTypes, lineStatuses, spoken } from "../../documents/code-words.ts";
import type { Order, OrderLine, OrderResponse } from "../../documents/index.ts";
import { extendedAmount } from "../../ledger/index.ts";
import type { OrderResponseDecision } from "../rules/order-response.ts";
import type { Place } from "../tree/place.ts";
import { type Difference, moneyDifference } from "./difference.ts";

/** What an account's rules made of an order. */
export interface RuledOrder {
  /** The part of the account that it is of. */
  readonly place: Place;
  /** With everything that was decided on it. */
  readonly order: Order;
  readonly answer: OrderResponseDecision;
  /** Who is told of it, as the work item says it; null: nobody. */
  readonly told: string | null;
  /** In which form it is offered: "as it was sent", "in 3 documents". */
  readonly offered: string;
}

/** Every decision on an order that two versions of the rules take differently. */
export function compareOrders(before: RuledOrder, after: RuledOrder): Difference[] {
  const because = after.place.reason ?? "The account has no parts.";
  return [
    ...ofWhole("division", placeWords(before.place), placeWords(after.place), because),
    ...priorityDifferences(before, after),
    ...lineDifferences(before.order, after.order),
    ...ofWhole("contact", contactWords(before.order), contactWords(after.order), "The account's contact is another."),
    ...ofWhole("by-store", before.offered, after.offered, "The rule on stores (stores.orders) says so."),
    ...answerDifferences(before.answer, after.answer),
  ];
}

function placeWords({ division, location }: Place): string {
  return division === null ? "the account as a whole" : [division, location].filter((one) => one !== null).join("/");
}

/** A difference of the document as a whole; none where both are the same. */
function ofWhole(
  kind: Difference["kind"],
  before: string | null,
  after: string | null,
  because: string,
  money?: Difference["money"],
): Difference[] {
  if (before === after && money === undefined) return [];
  return [{ kind, place: "", before, after, because, ...(money && { money }) }];
}

const ranks = { normal: 0, high: 1, urgent: 2 } as const;

function priorityDifferences(before: RuledOrder, after: RuledOrder): Difference[] {
  const { priority: was } = before.order;
  const { priority: is } = after.order;
  const because = is?.reason ?? "";
  const rank = ranks[is?.level ?? "normal"] - ranks[was?.level ?? "normal"];
  const level: Difference[] =
    rank === 0
      ? ofWhole("priority-rule", ruleWords(was), ruleWords(is), because)
      : ofWhole(
          rank > 0 ? "priority-raised" : "priority-lowered",
          was?.level ?? "normal",
          is?.level ?? "normal",
          because,
        );
  const [charged, charge] = [was, is].map((one) => (one?.charge?.free === undefined ? one?.charge : undefined));
  const cost = [charged, charge].map((one) => new Big(one?.amount ?? 0)) as [Big, Big];
  return [
    ...level,
    ...ofWhole("promise", was?.promise?.date ?? null, is?.promise?.date ?? null, because),
    ...ofWhole(
      "expedite-charge",
      chargeWords(was?.charge),
      chargeWords(is?.charge),
      because,
      moneyDifference(after.order.currency, ...cost),
    ),
    ...ofWhole("priority-said", saidWords(was), saidWords(is), because),
    ...ofWhole("told", before.told, after.told, because),
  ];
}

function ruleWords(priority: Order["priority"]): string | null {
  return priority === undefined || priority.rule === "default" ? null : priority.rule;
}

function chargeWords(charge: NonNullable<Order["priority"]>["charge"]): string | null {
  if (charge === undefined) return null;
  return charge.free === undefined ? charge.amount : `${charge.amount}, not charged: ${charge.free}`;
}

/** What else of a priority the documents say, in the order of its fields. */
function saidWords(priority: Order["priority"]): string | null {
  const { dates = [], carriage, references = [], note } = priority ?? {};
  const said = [
    ...dates.map(({ qualifier, date }) => `DTM*${qualifier} ${date}`),
    ...(carriage
      ? [
          `TD5 ${[carriage.carrierId, carriage.method?.code, carriage.routing, ...(carriage.serviceLevels ?? []).map(({ code }) => code)].filter((one) => one !== undefined).join(" ")}`,
        ]
      : []),
    ...references.map(({ qualifier, value }) => `REF*${qualifier} ${value}`),
    ...(note === undefined ? [] : [`note "${note}"`]),
  ];
  return said.length === 0 ? null : said.join(", ");
}

function contactWords({ contact }: Pick<Order, "contact">): string | null {
  return contact === undefined ? null : personWords(contact);
}

function personWords({ role, name, channels = [] }: NonNullable<Order["contact"]>): string {
  return [role, name, ...channels.map(({ qualifier, value }) => `${qualifier} ${value}`)]
    .filter((one) => one !== undefined)
    .join(" ");
}

function lineDifferences(before: Order, after: Order): Difference[] {
  return after.lines.flatMap((line, index) => {
    const was = before.lines[index];
    if (was === undefined) return [];
    return [...priceDifferences(was, line, index, after.currency), ...warrantyDifference(was, line, index)];
  });
}

const atLine = (index: number, line: string | undefined): Pick<Difference, "place" | "line"> => ({
  place: `lines[${index}]`,
  ...(line !== undefined && { line }),
});

function priceDifferences(
  before: OrderLine,
  after: OrderLine,
  index: number,
  currency: string | undefined,
): Difference[] {
  const { priceCheck: was } = before;
  const { priceCheck: is } = after;
  const place = atLine(index, after.line);
  const because = is?.reason ?? "The rules check no prices.";
  const found: Difference[] = [];
  if (was?.outcome !== is?.outcome) {
    found.push({ kind: "price-check", ...place, before: was?.outcome ?? null, after: is?.outcome ?? null, because });
  }
  const [wasAgreed, isAgreed] = [agreedWords(was), agreedWords(is)];
  if (wasAgreed === isAgreed) return found;
  const [wasMoney, isMoney] = [was?.agreed?.currency ?? currency, is?.agreed?.currency ?? currency];
  const money = wasMoney === isMoney ? moneyDifference(isMoney, billed(before), billed(after)) : undefined;
  found.push({ kind: "price-agreed", ...place, before: wasAgreed, after: isAgreed, because, ...(money && { money }) });
  return found;
}

function agreedWords(check: OrderLine["priceCheck"]): string | null {
  const { agreed } = check ?? {};
  if (agreed === undefined) return null;
  const basis = agreed.priceBasis === undefined ? "" : ` (${agreed.priceBasis})`;
  return `${agreed.price}${basis} ${agreed.currency} in contract ${agreed.contract}`;
}

/** What a line comes to at the price that is billed: the agreed one, or where there is none the ordered one. */
function billed({ quantity, unit, price, priceBasis, priceCheck }: OrderLine): Big {
  const { agreed } = priceCheck ?? {};
  if (quantity === undefined) return new Big(0);
  if (agreed !== undefined) return extendedAmount(quantity, agreed.price, agreed.priceBasis, agreed.unit);
  return price === undefined ? new Big(0) : extendedAmount(quantity, price, priceBasis?.code, unit);
}

function warrantyDifference({ warranty: was }: OrderLine, after: OrderLine, index: number): Difference[] {
  const { warranty: is } = after;
  // The reason is no part of the terms.
  const terms = (one: OrderLine["warranty"]) => JSON.stringify(one && { ...one, reason: "" });
  if (terms(was) === terms(is)) return [];
  const words = (one: OrderLine["warranty"]) =>
    one === undefined ? null : `${one.terms}, ${one.months} months from the ${one.begins}: ${one.coverage}`;
  const because = is?.reason ?? "No terms of the rules are for it.";
  return [{ kind: "warranty", ...atLine(index, after.line), before: words(was), after: words(is), because }];
}

function answerDifferences(before: OrderResponseDecision, after: OrderResponseDecision): Difference[] {
  const because = after.reason;
  if (!before.send || !after.send) {
    return ofWhole("answer-sent", sentWords(before), sentWords(after), because);
  }
  const type = ({ acknowledgmentType: { code } }: OrderResponse) => spoken(code, acknowledgmentTypes);
  const people = ({ contacts = [] }: OrderResponse) =>
    contacts.length === 0 ? null : contacts.map(personWords).join(", ");
  const changed = "The account's contacts are others.";
  return [
    ...ofWhole("answer-type", type(before.response), type(after.response), because),
    ...ofWhole("answer-contact", people(before.response), people(after.response), changed),
    ...answeredLines(before.response, after.response, because),
  ];
}

function sentWords(decision: OrderResponseDecision): string {
  return decision.send
    ? `answered ${spoken(decision.response.acknowledgmentType.code, acknowledgmentTypes)}`
    : "not answered";
}

/** Lines of two answers to one order. Where one of them has fewer, only those that both have by their numbers are held together. */
function answeredLines({ lines: was }: OrderResponse, { lines: is }: OrderResponse, because: string): Difference[] {
  const sameLines = was.length === is.length;
  const byNumber = new Map(was.map((line) => [line.line, line]));
  const count = (number: number) => (number === 1 ? "1 line" : `${number} lines`);
  return [
    ...ofWhole("answer-lines", count(was.length), count(is.length), because),
    ...is.flatMap((line, index) => {
      const other = sameLines ? was[index] : line.line === undefined ? undefined : byNumber.get(line.line);
      if (other === undefined) return [];
      const place = atLine(index, line.line);
      const why = line.notes?.[0]?.lines?.[0] ?? because;
      const status = ({ acknowledgments }: typeof line) =>
        acknowledgments.map(({ status: code }) => spoken(code, lineStatuses)).join(", ");
      const price = ({ price: one, priceBasis }: typeof line) =>
        one === undefined ? null : `${one}${priceBasis === undefined ? "" : ` (${priceBasis.code})`}`;
      return [
        ...(status(other) === status(line)
          ? []
          : [
              {
                kind: "line-acknowledgment" as const,
                ...place,
                before: status(other),
                after: status(line),
                because: why,
              },
            ]),
        ...(price(other) === price(line)
          ? []
          : [{ kind: "answer-price" as const, ...place, before: price(other), after: price(line), because: why }]),
      ];
    }),
  ];
}
