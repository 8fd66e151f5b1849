import { z } from "zod";
import { locationNeedsDivision, placeFields } from "./place.ts";
import { accountId, instant } from "./values.ts";

/** Which part of an account, and when. */
export const effectiveQuery = z
  .strictObject({
    ...placeFields,
    at: z
      .union([z.iso.date(), z.iso.datetime({ offset: true })], {
        error: "must be a day, for example 2026-12-01, or an instant",
      })
      .refine((at) => at < "9999", "must be before the year 9999")
      .optional()
      .describe("By the version in force then: at the end of that day on the account's calendar. Left out: now."),
  })
  .refine(...locationNeedsDivision);

const origin = z
  .object({
    kind: z.enum(["default", "group", "division", "location"]),
    id: z.string().optional().describe("Of the division or location."),
    name: z.string().optional(),
  })
  .meta({
    id: "valueOrigin",
    description:
      "default: what stands there unless somebody says otherwise, or the same. group: the account as a whole says it.",
  });

/** Every value in force at a part of an account. */
export const effectiveRules = z
  .object({
    account: accountId,
    division: z.string().nullable(),
    location: z.string().nullable(),
    version: z.int().describe("Version of the account's rules."),
    at: instant.describe("The instant at which it is in force."),
    values: z.array(
      z.object({
        path: z.string().describe("Where in the profile: checks.tolerances.price.percent."),
        value: z.unknown().describe('Lists are one value; secrets read "(hidden)".'),
        from: origin,
      }),
    ),
  })
  .meta({ id: "effectiveRules" });
