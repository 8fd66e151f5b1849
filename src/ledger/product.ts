import type { ProductId } from "../documents/aggregate-components.ts";

/**
 * Numbers of one family, the GTIN (X12 element 235); padded with zeros they compare. A case's number (UK) is one of the same
 * product only where it begins with 0: otherwise it is another packaging of it, with a number of its own.
 */
const gtinQualifiers = new Set(["EN", "EO", "UK", "UP"]);
/** Qualifiers whose ids say nothing of which product it is: the buyer's order and its line, serial and lot, size and colour,
 * the engineering change level. */
const notOfProducts = new Set(["BO", "EC", "IZ", "LT", "PL", "PO", "SN"]);

/**
 * What a product is found by: each of its ids with who gave it. A U.P.C. and an EAN of the same product give the same key; ids
 * that say nothing of the product (a buyer's order line, a serial number) give none.
 */
export function productKeys(productIds: readonly ProductId[]): string[] {
  return productIds.flatMap(({ qualifier, id }) => (notOfProducts.has(qualifier) ? [] : [productKey(qualifier, id)]));
}

/**
 * Whether two lists of ids are of the same product: true where one id is in both, false where ids of the same kind differ,
 * undefined where they have no kind in common.
 */
export function sameProduct(one: readonly ProductId[], other: readonly ProductId[]): boolean | undefined {
  const keys = new Set(productKeys(one));
  const others = productKeys(other);
  if (others.some((key) => keys.has(key))) return true;
  const kinds = new Set([...keys].map(kindOf));
  return others.some((key) => kinds.has(kindOf(key))) ? false : undefined;
}

function productKey(qualifier: string, id: string): string {
  const isGtin = gtinQualifiers.has(qualifier) && (qualifier !== "UK" || id.startsWith("0"));
  return isGtin ? `GTIN ${id.padStart(14, "0")}` : `${qualifier} ${id}`;
}

function kindOf(key: string): string {
  return key.slice(0, key.indexOf(" "));
}
