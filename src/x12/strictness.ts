/** What becomes of something wrong: nothing is said, it is told, or the set is rejected for it. */
export type Strict = "off" | "warn" | "reject";

/** The lists that the standard leaves to others and that we can check. */
export type ExternalListName = "countries" | "currencies" | "states" | "carriers";

/** What one account wants done about things that partners get wrong and that do no harm to everybody. Plain data. */
export interface Strictness {
  /** Values of external code lists that are in none; where left out, off. */
  readonly externalCodes?: Readonly<Partial<Record<ExternalListName, Strict | undefined>>> | undefined;
  /** SE01 that is not the number of segments (AK502 4); where left out, reject. */
  readonly segmentCount?: Exclude<Strict, "off"> | undefined;
  /** Elements beyond the last that the standard gives a segment (AK403 3); where left out, reject. */
  readonly extraElements?: Strict | undefined;
}

/** The standard's own: everything that it says is held to, and nothing beyond. */
export const standardStrictness: Strictness = Object.freeze({});
