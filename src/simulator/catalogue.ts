import { checkDigitOf } from "../documents/index.ts";

/** What a customer can order, as it and its supplier know it. Ours, and of no real company. */
export interface CatalogueItem {
  readonly description: string;
  /** X12 element 355. */
  readonly unit: string;
  /** Of one unit, US dollars. */
  readonly price: string;
  /** By X12 element 235; an account's guide says which of them it uses, and in which order. */
  readonly ids: Readonly<Record<string, string>>;
}

/** Company prefix of the U.P.C. numbers; a GTIN has a zero before it. */
const companyPrefix = "614141";

const goods: readonly (readonly [description: string, unit: string, price: string])[] = [
  ["STAINLESS STEEL KETTLE 1.7 L", "EA", "21.75"],
  ["DESK LAMP WITH CLAMP", "EA", "34.50"],
  ["COTTON KITCHEN TOWEL", "EA", "3.45"],
  ["CHEF KNIFE 8 INCH", "EA", "18.20"],
  ["BAMBOO CUTTING BOARD", "EA", "9.95"],
  ["CAST IRON SKILLET 10 INCH", "EA", "24.10"],
  ["GLASS STORAGE JAR 1 L", "EA", "4.85"],
  ["ENAMEL MUG 12 OZ", "EA", "5.60"],
  ["SERVING TRAY OAK", "EA", "16.40"],
  ["PEPPER MILL BEECH", "EA", "13.99"],
  ["SALAD SPINNER 5 QT", "EA", "19.25"],
  ["MEASURING CUP SET", "EA", "8.15"],
];

/** A GS1 number with its check digit. */
const withCheckDigit = (digits: string): string => `${digits}${checkDigitOf(digits)}`;

/** Twelve things for house and kitchen, with every kind of number that accounts ask for. */
export const catalogue: readonly CatalogueItem[] = goods.map(([description, unit, price], place) => {
  const serial = 501 + place;
  const upc = withCheckDigit(`${companyPrefix}0${serial}1`);
  return {
    description,
    unit,
    price,
    ids: {
      UP: upc,
      UK: withCheckDigit(`10${companyPrefix}0${serial}1`),
      EN: withCheckDigit(`0${companyPrefix}0${serial}1`),
      IN: String(90_114_000 + serial),
      BP: `BP-${serial}`,
      SK: `SK${serial}`,
      VN: `CR-${serial}`,
      VP: `CR-${serial}`,
      VC: `CR-${serial}`,
      MG: `CRM${serial}`,
    },
  };
});

/** Where a customer wants goods: a place of its own, named by four digits. */
export interface Place {
  readonly id: string;
  readonly name: string;
}

/** Where an order without stores goes, and where goods for stores pass through. */
export const warehouse: Place = { id: "0318", name: "DISTRIBUTION CENTER 0318" };

/** Stores, numbered from 0102 on. */
export function stores(count: number): Place[] {
  return Array.from({ length: count }, (_, n) => {
    const id = String(102 + 13 * n).padStart(4, "0");
    return { id, name: `STORE ${id}` };
  });
}
