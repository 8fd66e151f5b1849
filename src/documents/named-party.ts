import type { z } from "zod";
import { party } from "./aggregate-components.ts";
import { coded, text } from "./basic-components.ts";

/** A party that may be a person: its name in parts (the NM1 loop). `name` is the organisation's, or the family name. */
export const namedParty = party
  .extend({
    entityType: coded.describe("X12 element 1065: 1 person, 2 no person."),
    givenName: text.optional(),
    middleName: text.optional(),
    prefix: text.optional(),
    suffix: text.optional(),
  })
  .meta({ id: "namedParty" });
export type NamedParty = z.infer<typeof namedParty>;
