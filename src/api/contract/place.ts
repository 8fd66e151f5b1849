import { plainText } from "./values.ts";

/** Fields of a query that name a part of an account. */
export const placeFields = {
  division: plainText(60).optional().describe("Id of a division. Left out: the account as a whole."),
  location: plainText(60).optional().describe("Id of a location of that division."),
};

/** A part of an account as a query names it. */
export interface PlaceAsked {
  readonly division?: string | undefined;
  readonly location?: string | undefined;
}

/** Refuses a location without the division that it is of: what `refine` takes. */
export const locationNeedsDivision: [(asked: PlaceAsked) => boolean, { path: string[]; error: string }] = [
  ({ division, location }) => location === undefined || division !== undefined,
  { path: ["location"], error: "needs the division that it is of" },
];
