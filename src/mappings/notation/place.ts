/** Where in a transaction set a field of a document stands: what the documentation is made from. */
export interface Place {
  /** Path in the document, [] after what repeats: "lines[].price". */
  readonly path: string;
  /** Loop key as the schemas have it, "" outside loops: "PO1/N1". */
  readonly loop: string;
  readonly segment: string;
  /** From 1; null where a field stands for whole segments. */
  readonly element: number | null;
  readonly component: number | null;
  /** "text", "decimal", "date", "code"; or a sentence where it is not one element. */
  readonly form: string;
  /** Elements of the segment that must hold a code for this to be its place: { 1: "BM" }. */
  readonly where: Readonly<Record<number, string>>;
}

/** The places as seen from one step further out. */
export function placesWithin(step: string, places: readonly Place[], loop = ""): Place[] {
  return places.map((place) => ({
    ...place,
    path: joinedPath(step, place.path),
    loop: [loop, place.loop].filter((key) => key !== "").join("/"),
  }));
}

/** PO104, or REF02 where REF01 = BM, or PO105-1. */
export function placeName({ segment, element, component, where }: Place): string {
  if (element === null) return segment;
  const name = `${segment}${String(element).padStart(2, "0")}${component === null ? "" : `-${component}`}`;
  const conditions = Object.entries(where).map(
    ([n, code]) => `${segment}${n.padStart(2, "0")} = ${code.replaceAll("|", " or ")}`,
  );
  return conditions.length === 0 ? name : `${name} where ${conditions.join(" and ")}`;
}

/** A path with one more step before it. */
export function joinedPath(step: string, path: string): string {
  return path === "" || path.startsWith("[") ? `${step}${path}` : step === "" ? path : `${step}.${path}`;
}
