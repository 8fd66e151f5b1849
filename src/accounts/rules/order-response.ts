import { z } from "zod";
import type { Contact } from "../../documents/aggregate-components.ts";
import {
  acknowledgmentTypes,
  lineStatuses,
  priceBases,
  purposes,
  spoken,
  withWord,
} from "../../documents/code-words.ts";
import type { Order, OrderLine } from "../../documents/order.ts";
import type { LineAcknowledgment, OrderResponse, OrderResponseLine } from "../../documents/order-response.ts";
import { expediteCharge } from "./priority.ts";

/** Order purposes (BEG01) that the gateway answers by itself unless the account says otherwise: originals. */
const originals = ["00"];

const noResponse = z.strictObject({ send: z.literal(false) });

const automaticResponse = z
  .strictObject({
    send: z.literal(true),
    detail: z
      .enum(["lines", "none"])
      .default("lines")
      .describe("lines: every order line is acknowledged. none: the order as a whole."),
    acknowledgmentType: z
      .enum(["AC", "AD", "AH", "AK", "AT"])
      .optional()
      .describe(
        "BAK02. AD with detail and no change (the default with lines), AK without detail (the default without).",
      ),
    lineStatus: z
      .enum(["IA", "IE", "IH", "AR", "SP"])
      .default("IA")
      .describe("ACK01 of every line: IA accepted, IE price pending, IH on hold."),
    purposes: z
      .array(z.string().length(2))
      .min(1)
      .default(originals)
      .describe("Order purposes (BEG01) that are answered by themselves; all others wait for a person."),
  })
  .refine((rule) => rule.detail === "lines" || !["AC", "AD"].includes(rule.acknowledgmentType ?? "AK"), {
    path: ["acknowledgmentType"],
    error: "says that there is detail, but `detail: none` leaves the lines out; use AK, AT or AH",
  });

export const orderResponseRule = z.union([noResponse, automaticResponse]);
export type OrderResponseRule = z.infer<typeof orderResponseRule>;

/** What the rules know beside the order. */
export interface OrderResponseFacts {
  /** Day of the answer on the account's own calendar, `YYYY-MM-DD`. */
  readonly today: string;
  /** Our contact for the order. */
  readonly contact?: Contact | undefined;
  /** Id of the order document in this gateway. */
  readonly document?: string | undefined;
  /** Who speaks for prices; named where not every price is taken as it was ordered. */
  readonly priceContact?: Contact | undefined;
  /** Whether a line says how many are for each store (SDQ). */
  readonly namesStores?: boolean;
}

export type OrderResponseDecision =
  | { readonly send: true; readonly reason: string; readonly response: OrderResponse }
  | { readonly send: false; readonly reason: string };

/** Whether the gateway answers an order by itself, why, and what it says. */
export function decideOrderResponse(
  rule: OrderResponseRule,
  order: Order,
  facts: OrderResponseFacts,
): OrderResponseDecision {
  if (!rule.send) return { send: false, reason: "The account takes no 855 from the gateway." };
  if (!rule.purposes.includes(order.purpose.code)) {
    const purpose = spoken(order.purpose.code, purposes);
    return { send: false, reason: `BEG01 = ${purpose}: the account's rules leave the answer to a person.` };
  }
  if (order.acknowledgmentType?.code === "NA") {
    return { send: false, reason: "BEG07 = NA: the buyer wants no acknowledgment of this order." };
  }
  const held = order.lines.filter(({ priceCheck }) => priceCheck?.answer === "hold");
  if (held.length > 0) {
    return { send: false, reason: `A person answers because of a price: ${held[0]?.priceCheck?.reason}` };
  }
  const told = order.lines.filter(isPriceTold);
  const type = typeOf(rule, order.lines, told);
  const wanted = rule.detail === "lines" ? order.lines : told;
  const lines = wanted.map((line) => responseLine(line, rule.lineStatus, facts.namesStores ?? false));
  const contacts = [facts.contact, told.length > 0 ? facts.priceContact : undefined].filter((one) => one !== undefined);
  const reason =
    told.length === 0
      ? `The account's rules answer every order whose BEG01 is ${rule.purposes.join(" or ")} with BAK02 = ${spoken(type, acknowledgmentTypes)}.`
      : `BAK02 = ${spoken(type, acknowledgmentTypes)}: ${told.length} of ${order.lines.length} prices are not taken as they were ordered.`;
  return {
    send: true,
    reason,
    response: {
      documentType: "order-response",
      account: order.account,
      usage: order.usage,
      purpose: withWord("00", purposes),
      acknowledgmentType: withWord(type, acknowledgmentTypes),
      date: facts.today,
      order: {
        number: order.number,
        date: order.date,
        ...(order.release !== undefined && { release: order.release }),
        ...(order.contract !== undefined && { contract: order.contract }),
        ...(facts.document !== undefined && { document: facts.document }),
      },
      ...(order.currency !== undefined && { currency: order.currency }),
      ...(contacts.length > 0 && { contacts }),
      ...saidOfPriority(order),
      ...shipTo(order),
      lines,
      ...(lines.length > 0 && { totals: { lineCount: lines.length } }),
    },
  };
}

/** What the order's priority has us say: days, carriage, charge, references and a note. */
function saidOfPriority({
  priority,
}: Order): Pick<OrderResponse, "dates" | "carriage" | "allowancesAndCharges" | "references" | "notes"> {
  if (priority === undefined) return {};
  const { promise, dates = [], carriage, charge, references, note } = priority;
  const days = [...(promise ? [promise] : []), ...dates];
  const sac = expediteCharge(charge);
  return {
    ...(days.length > 0 && { dates: days }),
    ...(carriage && { carriage: [carriage] }),
    ...(sac && { allowancesAndCharges: [sac] }),
    ...(references && { references }),
    ...(note !== undefined && { notes: [{ lines: [note] }] }),
  };
}

/** The ship-to party by its id and name, so that the buyer can tell the places of one order apart. */
function shipTo(order: Order): Pick<OrderResponse, "parties"> {
  const parties = order.parties
    .filter((party) => party.role === "ST")
    .map(({ role, word, name, idQualifier, id }) => ({ role, word, name, idQualifier, id }));
  return parties.length > 0 ? { parties } : {};
}

/** Whether the answer has more to say of a line's price than that it is taken. */
function isPriceTold({ priceCheck }: OrderLine): boolean {
  return priceCheck !== undefined && priceCheck.answer !== "IA";
}

/** ACK01 (X12 element 668): the codes that refuse an item. */
const refusal = /^(IR|R\d)$/;

/**
 * BAK02: as the account's rule says; where a price is not taken as it was ordered AC, RD if every line is refused for it, and AE
 * where the account wants no lines but has to hear of these. An answer that holds the order (AH) stays one.
 */
function typeOf(
  rule: Extract<OrderResponseRule, { send: true }>,
  lines: readonly OrderLine[],
  told: readonly OrderLine[],
): string {
  const plain = rule.acknowledgmentType ?? (rule.detail === "lines" ? "AD" : "AK");
  if (told.length === 0 || plain === "AH") return plain;
  if (lines.every(({ priceCheck }) => refusal.test(priceCheck?.answer ?? ""))) return "RD";
  return rule.detail === "lines" ? "AC" : "AE";
}

/** What an MSG can carry. */
const messageLimit = 264;

function responseLine(line: OrderLine, plain: string, namesStores: boolean): OrderResponseLine {
  const { line: number, quantity, unit, productIds, quantitiesByLocation, priceCheck } = line;
  const isTold = isPriceTold(line);
  const status = isTold && priceCheck ? priceCheck.answer : plain;
  return {
    line: number,
    quantity,
    unit,
    ...priceOf(line),
    productIds,
    acknowledgments: [acknowledgment(status, quantity, unit)],
    ...(line.warranty !== undefined && { warranty: line.warranty }),
    ...(isTold &&
      priceCheck && {
        notes: [
          {
            reference: { qualifier: "L1", word: "note", value: "PRICE" },
            lines: [priceCheck.reason.slice(0, messageLimit)],
          },
        ],
      }),
    ...(namesStores && quantitiesByLocation && { quantitiesByLocation }),
  };
}

/** The price as it was ordered; ours where the answer changes it, or the order named none. */
function priceOf({ price, priceBasis, priceCheck }: OrderLine): Pick<OrderResponseLine, "price" | "priceBasis"> {
  const agreed = priceCheck?.agreed;
  if (!agreed || !(priceCheck.answer === "IP" || priceCheck.outcome === "unpriced")) return { price, priceBasis };
  const basis = agreed.priceBasis;
  return { price: agreed.price, ...(basis !== undefined && { priceBasis: withWord(basis, priceBases) }) };
}

/** ACK02 and ACK03 stand together or not at all (note P0203). */
function acknowledgment(status: string, quantity: string | undefined, unit: string | undefined): LineAcknowledgment {
  const { code, word } = withWord(status, lineStatuses);
  const both = quantity !== undefined && unit !== undefined;
  return { status: code, word, ...(both && { quantity, unit }) };
}
