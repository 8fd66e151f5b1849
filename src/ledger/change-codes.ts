/** What a line of a change wants done (X12 element 670, POC02). */
export type ChangeAction = "add" | "delete" | "change" | "keep";

/** What of a line a change may change. */
export type ChangedPart = "quantity" | "price" | "dates" | "terms" | "charges" | "carriage" | "product" | "everything";

/** What a code of element 670 wants done, and what of the line it changes. */
export interface ChangeMeaning {
  readonly action: ChangeAction;
  readonly parts: readonly ChangedPart[];
}

const all: readonly ChangedPart[] = ["quantity", "price", "dates", "terms", "charges", "carriage"];
const change = (...parts: ChangedPart[]): ChangeMeaning => ({ action: "change", parts });
const keep: ChangeMeaning = { action: "keep", parts: [] };

/** Transfer of an item (TI) is missing: between what it is transferred no element says, so a person has to. */
const meanings: ReadonlyMap<string, ChangeMeaning> = new Map<string, ChangeMeaning>([
  ["AI", { action: "add", parts: ["everything"] }],
  ["CA", change(...all)],
  ["CB", change("dates")],
  ["CC", change("terms")],
  ["CE", change("charges")],
  ["CF", { action: "delete", parts: [] }],
  ["CG", change("charges")],
  ["CH", keep],
  ["CI", keep],
  ["CT", change("dates")],
  ["DI", { action: "delete", parts: [] }],
  ["MU", change("quantity", "price", "dates")],
  ["NC", keep],
  ["OA", keep],
  ["OC", keep],
  ["PC", change("price")],
  ["PQ", change("price", "quantity")],
  ["PR", change("price", "dates")],
  ["QD", change("quantity")],
  ["QI", change("quantity")],
  ["RA", change("carriage")],
  ["RB", change("dates")],
  ["RC", keep],
  ["RE", change("product", ...all)],
  ["RM", change("product", ...all)],
  ["RQ", change("quantity", "dates")],
  ["RS", change("dates")],
  ["RZ", change("everything")],
]);

/** What a code of POC02 means; nothing where no program can tell what it wants. */
export function changeMeaning(code: string): ChangeMeaning | undefined {
  return meanings.get(code);
}
