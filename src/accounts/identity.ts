import { z } from "zod";
import { usage } from "../documents/basic-components.ts";
import { mergedOver, overrideOf } from "./tree/override.ts";
import { type X12Output, x12Output } from "./x12-output.ts";

const electronicAddress = z.strictObject({
  qualifier: z
    .string()
    .regex(/^[A-Z0-9]{2}$/, 'must be a two-character id qualifier (ISA05, ISA07), for example "01" or "ZZ"')
    .describe(
      "Who gave the id: 01 D-U-N-S, 08 UCC communications id, 12 telephone, 14 D-U-N-S plus suffix, ZZ agreed.",
    ),
  id: z
    .string()
    .regex(/^\S(.{0,13}\S)?$/, "must be 1 to 15 characters with no blank at either end (ISA06, ISA08)")
    .describe("Interchange id, without the blanks that pad it in the ISA."),
  application: z
    .string()
    .regex(/^\S.{0,13}\S$/, "must be 2 to 15 characters (GS02, GS03)")
    .optional()
    .describe("Application code in the GS. Left out: any code is taken, and the interchange id is sent."),
});

export const identity = z.strictObject({
  usage: usage.describe("production for ISA15 = P, test for ISA15 = T. The two never mix."),
  theirs: electronicAddress.describe("What the account calls itself."),
  ours: electronicAddress.describe("What the account calls us."),
  x12: overrideOf(x12Output)
    .optional()
    .describe("How files to this identity are written otherwise than the account's: tests in a newer version."),
});
/** A pair of names that an account and we know each other by, for business or for tests. */
export type Identity = z.infer<typeof identity>;

const known = new WeakMap<X12Output, WeakMap<Identity, X12Output>>();

/**
 * How files are written that go to one of an account's identities: as the account's are, with what the identity says otherwise. The
 * interchange version goes with the version of the sets again where the identity names only that.
 */
export function outputFor({ x12 }: { readonly x12: X12Output }, identity: Identity): X12Output {
  if (identity.x12 === undefined) return x12;
  const ofOutput = known.get(x12) ?? new WeakMap<Identity, X12Output>();
  known.set(x12, ofOutput);
  const found = ofOutput.get(identity) ?? x12Output.parse(identityOutput(x12, identity.x12));
  ofOutput.set(identity, found);
  return found;
}

/** The account's output with an identity's over it, not yet checked. */
export function identityOutput(x12: X12Output, own: NonNullable<Identity["x12"]>): unknown {
  const { interchangeVersion, ...rest } = x12;
  return mergedOver(x12Output, own.version === undefined ? { ...rest, interchangeVersion } : rest, own);
}
