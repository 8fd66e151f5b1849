import { z } from "zod";
import type { Note, QualifiedDate, Reference } from "../../documents/aggregate-components.ts";
import { dateQualifiers, productCharacteristics, referenceQualifiers, withWord } from "../../documents/code-words.ts";
import { type Document, type Invoice, type OrderResponse, type Shipment, shippedItems } from "../../documents/index.ts";
import type { LineWarranty } from "../../documents/warranty.ts";

const carrier = z.enum(["PID", "N9", "REF*QS", "REF*QT", "DTM*512", "DTM*AAJ"]);
export type WarrantyCarrier = z.infer<typeof carrier>;

const ways =
  "PID: PID*F*WD with the coverage. N9: N9*QS with the coverage in MSG or MTX. REF*QS: the coverage code. REF*QT: the registration. DTM*512: the last day. DTM*AAJ: the first and the last day.";

/** By type of set, which segments of a line say its warranty. */
export const warrantyCarriers = z
  .strictObject({
    "855": z
      .array(carrier)
      .default([])
      .refine((carriers) => !carriers.some((one) => one.startsWith("DTM")), {
        error: "must have no DTM: a warranty begins with the shipment or the invoice, which an 855 can't know",
      }),
    "856": z.array(carrier).default([]),
    "810": z.array(carrier).default([]),
  })
  .describe(`Which segments say it on each line of an 855, 856 and 810. ${ways}`);
export type WarrantyCarriers = z.output<typeof warrantyCarriers>;

/** What of a line can say a warranty. */
interface CarryingLine {
  warranty?: LineWarranty | undefined;
  descriptions?: NonNullable<Shipment["descriptions"]> | undefined;
  references?: Reference[] | undefined;
  dates?: QualifiedDate[] | undefined;
  notes?: Note[] | undefined;
}

/**
 * A document whose lines say the warranty that they have, in the segments that its account wants. A line that says it already,
 * in a segment of the same kind, is left as it is. Documents of other kinds, and lines without a warranty, are as they were.
 */
export function carryWarranties(carriers: WarrantyCarriers, document: Document): Document {
  switch (document.documentType) {
    case "order-response":
      return withLines(document, carriers["855"]);
    case "invoice":
      return withLines(document, carriers["810"]);
    case "shipment":
      return withItems(document, carriers["856"]);
    default:
      return document;
  }
}

function withLines<Doc extends Invoice | OrderResponse>(document: Doc, carriers: readonly WarrantyCarrier[]): Doc {
  if (carriers.length === 0) return document;
  return { ...document, lines: document.lines.map((line) => ({ ...line, ...saying(line, carriers) })) };
}

function withItems(document: Shipment, carriers: readonly WarrantyCarrier[]): Shipment {
  if (carriers.length === 0) return document;
  const copy = structuredClone(document);
  for (const { item } of shippedItems(copy)) Object.assign(item, saying(item, carriers));
  return copy;
}

function saying(line: CarryingLine, carriers: readonly WarrantyCarrier[]): Omit<CarryingLine, "warranty"> {
  const { warranty } = line;
  if (warranty === undefined) return {};
  const said: Omit<CarryingLine, "warranty"> = {};
  for (const one of carriers) Object.assign(said, carried(one, { ...line, ...said }, warranty));
  return said;
}

function carried(carrier: WarrantyCarrier, line: CarryingLine, warranty: LineWarranty): Omit<CarryingLine, "warranty"> {
  switch (carrier) {
    case "PID":
      return described(line, warranty);
    case "N9":
      return noted(line, warranty);
    case "REF*QS":
      return referenced(line, "QS", warranty.coverageCode);
    case "REF*QT":
      return referenced(line, "QT", warranty.registration);
    case "DTM*512":
      return dated(line, "512", warranty.until === undefined ? undefined : { date: warranty.until });
    case "DTM*AAJ": {
      const { from, until } = warranty;
      const days = [from, until].map((day) => day?.replaceAll("-", "")).join("-");
      return dated(
        line,
        "AAJ",
        from === undefined || until === undefined ? undefined : { period: { format: "RD8", value: days } },
      );
    }
  }
}

/** X12 element 750: what a PID describes is the warranty. */
const warrantyDescription = "WD";

function described(
  { descriptions = [] }: CarryingLine,
  { coverage }: LineWarranty,
): Pick<CarryingLine, "descriptions"> {
  if (descriptions.some(({ characteristic }) => characteristic?.code === warrantyDescription)) return {};
  const characteristic = withWord(warrantyDescription, productCharacteristics);
  return { descriptions: [...descriptions, { type: "F", characteristic, text: coverage }] };
}

function noted({ notes = [] }: CarryingLine, { coverage, coverageCode }: LineWarranty): Pick<CarryingLine, "notes"> {
  if (notes.some(({ reference }) => reference?.qualifier === "QS")) return {};
  const { code, word } = withWord("QS", referenceQualifiers);
  const says = coverageCode === undefined ? { description: "WARRANTY" } : { value: coverageCode };
  return { notes: [...notes, { reference: { qualifier: code, word, ...says }, lines: [coverage] }] };
}

function referenced(
  { references = [] }: CarryingLine,
  qualifier: "QS" | "QT",
  value: string | undefined,
): Pick<CarryingLine, "references"> {
  if (value === undefined || references.some((one) => one.qualifier === qualifier)) return {};
  const { code, word } = withWord(qualifier, referenceQualifiers);
  return { references: [...references, { qualifier: code, word, value }] };
}

function dated(
  { dates = [] }: CarryingLine,
  qualifier: "512" | "AAJ",
  said: Pick<QualifiedDate, "date" | "period"> | undefined,
): Pick<CarryingLine, "dates"> {
  if (said === undefined || dates.some((one) => one.qualifier === qualifier)) return {};
  const { code, word } = withWord(qualifier, dateQualifiers);
  return { dates: [...dates, { qualifier: code, word, ...said }] };
}
