import { Big } from "big.js";
import type { Contact } from "../documents/aggregate-components.ts";
import type { Coded } from "../documents/basic-components.ts";
import { acknowledgmentTypes, lineStatuses, priceBases, withWord } from "../documents/code-words.ts";
import type { OrderChange } from "../documents/order-change.ts";
import type { OrderChangeResponse, OrderChangeResponseLine } from "../documents/order-change-response.ts";
import type { AgreedPrice, PriceCheck } from "../documents/price-check.ts";
import { atLeastZero, decimalText } from "./amount.ts";
import { pick } from "./changed-line.ts";
import type { LedgerLine } from "./line.ts";
import type { Movement } from "./movement.ts";
import { movementsOfLine } from "./movements-of-response.ts";
import type { ChangedOrder, ChangeOutcome } from "./order-change.ts";

/** X12 element 670: what POC02 says of a change that was refused. */
const refusedChange: Coded = { code: "RC", word: "change refused" };
/** What an 865 line can carry (POC08 to POC27). */
const productIdLimit = 10;
/** What an MSG can carry. */
const messageLimit = 264;

/**
 * Our answer to a change (865), from what became of it: as a whole where the change speaks of no line (AT taken, RJ refused), and
 * else line by line: IA as asked, ID deleted, IQ with the quantity that what was shipped allows, IR with RC refused. BCA02 is AD
 * where all was taken as asked, RD where nothing was, AC where some was.
 */
export function responseToChange(
  change: OrderChange,
  result: ChangedOrder,
  answer: {
    readonly date: string;
    readonly number?: string;
    readonly document?: string;
    /** Our contact for the order. */
    readonly contact?: Contact;
    /** Who speaks for prices; named where not every price is taken as it was asked for. */
    readonly priceContact?: Contact;
    /** Whether a line says how many are for each store (SDQ). */
    readonly namesStores?: boolean;
  },
): OrderChangeResponse {
  // A whole order that could be cancelled whole is taken in one word; what of it could not is told line by line.
  const told = result.outcomes.filter(({ path, status }) => path !== "" || status !== "applied");
  const isWhole =
    change.lines.length === 0 && told.every(({ status }) => status === "unchanged" || status === "refused");
  const lines = isWhole
    ? []
    : result.outcomes.flatMap((outcome) => lineOf(change, outcome, answer.namesStores ?? false));
  const refused = result.outcomes.filter(({ status }) => status === "refused");
  const isPriced = result.outcomes.some((outcome) => priceAnswer(outcome, askedOf(change, outcome)) !== undefined);
  const partly = isPriced || result.outcomes.some(({ status }) => status === "in-part");
  const all = refused.length === result.outcomes.length;
  const type =
    lines.length === 0
      ? all && refused.length > 0
        ? "RJ"
        : "AT"
      : all
        ? "RD"
        : refused.length > 0 || partly
          ? "AC"
          : "AD";
  const contacts = [answer.contact, isPriced ? answer.priceContact : undefined].filter((one) => one !== undefined);
  const notes = result.outcomes.filter(({ path, status }) => path === "" && status === "refused" && lines.length === 0);
  return {
    documentType: "order-change-response",
    account: change.account,
    usage: change.usage,
    purpose: { code: "00", word: "original" },
    acknowledgmentType: withWord(type, acknowledgmentTypes),
    ...(answer.number !== undefined && { number: answer.number }),
    date: answer.date,
    order: {
      number: change.number,
      date: change.orderDate,
      ...(change.release !== undefined && { release: change.release }),
      ...(change.changeSequence !== undefined && { changeSequence: change.changeSequence }),
      ...(change.date !== undefined && { changeDate: change.date }),
      ...(change.requestReference !== undefined && { requestReference: change.requestReference }),
      ...(change.contract !== undefined && { contract: change.contract }),
      ...(answer.document !== undefined && { document: answer.document }),
    },
    ...(change.currency !== undefined && { currency: change.currency }),
    ...(contacts.length > 0 && { contacts }),
    ...(notes.length > 0 && { notes: [note(notes[0]?.message ?? "")] }),
    lines,
    totals: { lineCount: lines.length },
  };
}

function lineOf(change: OrderChange, outcome: ChangeOutcome, namesStores: boolean): OrderChangeResponseLine[] {
  const asked = askedOf(change, outcome);
  const now = outcome.now ?? asked;
  if (now === undefined) return [];
  const isRefused = outcome.status === "refused";
  const line = asked?.line ?? outcome.line;
  const code = asked?.change ?? { code: "DI", word: "deleted" };
  // A line that we don't know is repeated as it was asked for: there is nothing of ours to say.
  const quantity = now.quantity;
  const left = quantity === undefined ? undefined : atLeastZero(new Big(quantity).minus(outcome.shipped ?? 0));
  const priced = priceAnswer(outcome, asked);
  const status = isRefused
    ? "IR"
    : (priced?.answer ?? (outcome.status === "in-part" ? "IQ" : outcome.action === "delete" ? "ID" : "IA"));
  const agreed = priced?.answer === "IP" ? priced.agreed : undefined;
  const notes = [
    ...(isRefused || outcome.status === "in-part" ? [note(outcome.message)] : []),
    ...(priced ? [note(priced.reason, "PRICE")] : []),
  ];
  return [
    {
      ...(line !== undefined && { line }),
      change: isRefused ? refusedChange : code,
      ...(quantity !== undefined && { quantity }),
      ...(left !== undefined && now.unit !== undefined && { quantityLeft: decimalText(left) }),
      ...(now.unit !== undefined && { unit: now.unit }),
      ...(agreed ? pricedAs(agreed) : pick(now, "price", "priceBasis")),
      productIds: now.productIds.slice(0, productIdLimit),
      ...(namesStores && now.quantitiesByLocation && { quantitiesByLocation: now.quantitiesByLocation }),
      acknowledgments: [
        {
          ...statusOf(status),
          ...((status === "IQ" || priced !== undefined) &&
            quantity !== undefined &&
            now.unit !== undefined && { quantity, unit: now.unit }),
        },
      ],
      ...(notes.length > 0 && { notes }),
    },
  ];
}

function statusOf(code: string): { status: string; word?: string } {
  const { word } = withWord(code, lineStatuses);
  return { status: code, ...(word !== undefined && { word }) };
}

function note(
  message: string,
  about = "CHANGE",
): { reference: { qualifier: string; word: string; value: string }; lines: string[] } {
  return { reference: { qualifier: "L1", word: "note", value: about }, lines: [message.slice(0, messageLimit)] };
}

function askedOf(change: OrderChange, { path }: ChangeOutcome): OrderChange["lines"][number] | undefined {
  return path === "" ? undefined : change.lines[Number(path.split(".")[1])];
}

/** What is said of the price of a line that was changed; undefined where it is plainly taken. */
function priceAnswer(
  { status }: ChangeOutcome,
  asked: OrderChange["lines"][number] | undefined,
): PriceCheck | undefined {
  const check = asked?.priceCheck;
  return check && status !== "refused" && check.answer !== "IA" && check.answer !== "hold" ? check : undefined;
}

function pricedAs({ price, priceBasis }: AgreedPrice): Pick<OrderChangeResponseLine, "price" | "priceBasis"> {
  return { price, ...(priceBasis !== undefined && { priceBasis: withWord(priceBasis, priceBases) }) };
}

/** What our answer to a change moves: what was promised of the lines that were changed; a refusal leaves the answer before it. */
export function movementsOfChangeResponse(response: OrderChangeResponse, lines: readonly LedgerLine[]): Movement[] {
  const { number, release } = response.order;
  return response.lines.flatMap((line, index) =>
    movementsOfLine(line, lines, {
      order: { number, ...(release !== undefined && { release }) },
      ...(response.date !== undefined && { date: response.date }),
      ...(response.currency !== undefined && { currency: response.currency }),
      path: `lines.${index}`,
    }).map((movement) =>
      line.change.code === refusedChange.code || movement.as === "rejected"
        ? { ...movement, as: "change-refused" as const }
        : movement,
    ),
  );
}
