import { z } from "zod";
import type { Contact } from "../../documents/aggregate-components.ts";
import { channelQualifiers, contactRoles, withWord, wordOf } from "../../documents/code-words.ts";

export const contactRule = z.strictObject({
  name: z.string().min(1).max(60, "PER02 carries at most 60 characters").describe("The person or desk."),
  role: z
    .string()
    .regex(/^[A-Z0-9]{2}$/, "must be a two-character contact function code (X12 element 366), for example OC")
    .default("OC")
    .describe(
      "What they are there for, X12 element 366: OC order contact, SR sales representative, EA EDI coordinator.",
    ),
  phone: z.string().min(1).max(80).optional().describe("Telephone number."),
  email: z.email("must be an e-mail address").max(80).optional().describe("E-mail address."),
  fax: z.string().min(1).max(80).optional().describe("Fax number."),
});
export type ContactRule = z.infer<typeof contactRule>;

/** The contact that an account has with us, as documents and the 855's PER say it. */
export function accountContact(rule: ContactRule): Contact {
  const channels = [
    { qualifier: "TE", value: rule.phone },
    { qualifier: "EM", value: rule.email },
    { qualifier: "FX", value: rule.fax },
  ].flatMap(({ qualifier, value }) => (value ? [{ ...named(qualifier), value }] : []));
  const { code: role, word } = withWord(rule.role, contactRoles);
  return {
    role,
    ...(word !== undefined && { word }),
    name: rule.name,
    ...(channels.length > 0 && { channels }),
  };
}

function named(qualifier: string): { qualifier: string; word?: string } {
  const word = wordOf(qualifier, channelQualifiers);
  return word === undefined ? { qualifier } : { qualifier, word };
}
