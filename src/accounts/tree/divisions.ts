import { z } from "zod";
import { overrideOf } from "./override.ts";

/**
 * The fields of a profile in which divisions and locations may differ from their group. A rule that is decided document by
 * document is added here, and nowhere else.
 */
export const fieldsFurtherDown = [
  "timeZone",
  "calendar",
  "orderResponse",
  "orderChanges",
  "pricing",
  "invoicing",
  "stores",
  "payments",
  "priority",
  "warranties",
  "contact",
  "contacts",
  "accountManager",
  "serviceLevels",
  "checks",
  "adaptations",
] as const;
/**
 * The fields that are the account's as a whole: who it is, how its files are told apart, read, written and brought before anybody
 * can say of which part they are, and what is told to all of it at once. Every field of a profile is in one of the two lists.
 */
export const fieldsOfTheGroup = [
  "id",
  "name",
  "identities",
  "x12",
  "acknowledgments",
  "earlyInformation",
  "delivery",
  "approval",
  "guides",
  "crossReferences",
  "acceptVersions",
  "strictness",
  "duplicateWindowDays",
  "divisions",
] as const;

/** The name of a field of the first list. */
export type FieldFurtherDown = (typeof fieldsFurtherDown)[number];

/** What a division or location says otherwise, by field of the profile. */
export type RulesFurtherDown = { readonly [Field in FieldFurtherDown]?: unknown };

const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be lower-case letters, digits and single hyphens: garden-centers")
  .max(60);
const value = z.string().min(1).max(80);

const recognisedBy = z
  .strictObject({
    contracts: z.array(value).min(1).optional().describe("Contracts that its orders name (BEG06)."),
    references: z
      .array(
        z.strictObject({
          qualifier: z
            .string()
            .regex(/^[A-Z0-9]{2,3}$/, "must be a reference qualifier (X12 element 128), for example DP")
            .describe("Which number it is (REF01): DP department."),
          values: z.array(value).min(1).describe("Its values (REF02)."),
        }),
      )
      .min(1)
      .optional()
      .describe("Numbers in the document's heading, one of which is enough."),
    parties: z
      .array(
        z.strictObject({
          role: z
            .string()
            .regex(/^[A-Z0-9]{2,3}$/, "must be an entity code (X12 element 98), for example ST")
            .describe("Whose id it is (N101): ST ship to, BT bill to, BY buying party."),
          ids: z.array(value).min(1).describe("Ids (N104)."),
        }),
      )
      .min(1)
      .optional()
      .describe("Parties of the document's heading, one of which is enough."),
    interchange: z
      .array(
        z
          .strictObject({
            qualifier: value.optional().describe("ISA05."),
            id: value.optional().describe("ISA06."),
            application: value.optional().describe("GS02."),
          })
          .refine(({ id, application }) => id !== undefined || application !== undefined, {
            error: "must name an interchange id or an application code",
          }),
      )
      .min(1)
      .optional()
      .describe("Who sends its documents: one or several of the account's identities, or application codes in them."),
  })
  .refine((by) => Object.values(by).some((one) => one !== undefined), { error: "must name at least one sign" })
  .describe(
    "By what a document is known to be of it; one sign is enough. Contracts go first, then references, parties and the interchange.",
  );
export type RecognisedBy = z.output<typeof recognisedBy>;

const name = z.string().min(1).max(120).describe("Name as people say it.");

/** The shape of an account's divisions, whose rules are overrides of these fields of the profile. */
export function divisionsShape(fields: Readonly<Record<FieldFurtherDown, z.ZodType>>) {
  const overrides = fieldsFurtherDown.map((field) => [field, overrideOf(fields[field]).optional()] as const);
  const rules = (z.strictObject(Object.fromEntries(overrides)) as unknown as z.ZodType<RulesFurtherDown>)
    .prefault({})
    .describe(
      "What is otherwise here: groups of settings field by field, lists as a whole. What is left out is inherited.",
    );
  const location = z.strictObject({
    id: id.describe("Short name, unique in its division."),
    name,
    recognisedBy,
    rules,
  });
  const division = z.strictObject({
    id: id.describe("Short name, unique in the account."),
    name,
    recognisedBy: recognisedBy.optional().describe("Left out: its documents are known by its locations."),
    rules,
    locations: z.array(location).default([]).describe("Its places, where they differ or are to be told apart."),
  });
  return z.array(division);
}
export type Division = z.output<ReturnType<typeof divisionsShape>>[number];
export type Location = Division["locations"][number];
