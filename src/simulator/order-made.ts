import type { AccountGuide, AccountProfile } from "../accounts/index.ts";
import type { Order, OrderLine, Usage } from "../documents/index.ts";
import { type CatalogueItem, catalogue, type Place, stores, warehouse } from "./catalogue.ts";
import type { Chance } from "./chance.ts";
import { daysAfter } from "./envelope.ts";
import { qualifiersAsked } from "./fitting.ts";

/** What orders look like. */
export interface OrderShape {
  /** Lines of an order, at the most as many as the catalogue has things. */
  readonly lines: number;
  /** Stores that each line is for (SDQ); 0 for orders that go to one place. */
  readonly stores: number;
  /** Share of orders that are urgent by the account's own rules, 0 to 1. */
  readonly urgent: number;
}

/** What is known of an order before it is made. */
export interface OrderFacts {
  readonly profile: AccountProfile;
  readonly usage: Usage;
  readonly number: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** The account's guides for the 850. */
  readonly guides: readonly AccountGuide[];
}

/** Product numbers that are given where a guide doesn't say which. */
const usualQualifiers = ["UP", "IN", "VN"];
/** Most pieces of a line for one place; quantities are whole dozens. */
const mostDozens = 20;
const daysToShip = 7;
const daysToDeliver = 10;

/** An order of a shape, its things and quantities by chance. */
export function orderOf(shape: OrderShape, facts: OrderFacts, chance: Chance): Order {
  const { profile, usage, number, date } = facts;
  const places = stores(shape.stores);
  const things = chance.someOf(catalogue, shape.lines);
  return {
    documentType: "order",
    account: profile.id,
    usage,
    number,
    date,
    purpose: { code: "00" },
    orderType: { code: chance.happens(shape.urgent) ? urgentType(profile) : "SA" },
    acknowledgmentType: { code: "AC" },
    currency: "USD",
    currencyParty: "BY",
    references: [{ qualifier: "IA", value: "482136" }],
    parties: [placeParty("BY", { id: "0001", name: profile.name.toUpperCase() }), placeParty("ST", warehouse)],
    dates: [
      { qualifier: "010", date: daysAfter(date, daysToShip) },
      { qualifier: "002", date: daysAfter(date, daysToDeliver) },
    ],
    terms: [{ type: { code: "01" }, basis: { code: "3" }, discountPercent: "2", discountDays: "10", netDays: "30" }],
    lines: things.map((thing, index) => lineOf(String(index + 1), thing, places, facts.guides, chance)),
    totals: {},
  };
}

/** A line of an order for something of the catalogue; for stores, the quantities of each make its own. */
export function lineOf(
  line: string,
  thing: CatalogueItem,
  places: readonly Place[],
  guides: readonly AccountGuide[],
  chance: Chance,
): OrderLine {
  const shares = places.map(({ id }) => ({
    idQualifier: "92",
    location: id,
    quantity: String(12 * chance.whole(1, mostDozens)),
    unit: thing.unit,
  }));
  const quantity =
    shares.length > 0
      ? shares.reduce((sum, share) => sum + Number(share.quantity), 0)
      : 12 * chance.whole(1, mostDozens);
  const asked = qualifiersAsked(guides, "PO1", 6);
  return {
    line,
    quantity: String(quantity),
    unit: thing.unit,
    price: thing.price,
    priceBasis: { code: "PE" },
    productIds: [...new Set([...asked, ...usualQualifiers])].flatMap((qualifier) => {
      const id = thing.ids[qualifier];
      return id === undefined ? [] : [{ qualifier, id }];
    }),
    descriptions: [{ type: "F", characteristic: { code: "08" }, text: thing.description }],
    ...(shares.length > 0 && { quantitiesByLocation: shares }),
  };
}

/** A type of order (BEG02) that the account's rules call urgent. */
function urgentType({ priority }: AccountProfile): string {
  const rule = priority.find(({ level, when }) => level === "urgent" && when.orderType !== undefined);
  return rule?.when.orderType?.[0] ?? "RO";
}

function placeParty(role: string, { id, name }: Place): Order["parties"][number] {
  return { role, name, idQualifier: "92", id };
}
