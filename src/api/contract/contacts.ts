import { z } from "zod";
import { contact } from "../../documents/aggregate-components.ts";
import { accountId, instant, plainText } from "./values.ts";

const reachable = z
  .object({
    id: z.string().describe("Short name, as the account's rules have it."),
    name: z.string(),
    phone: z.string().optional(),
    mobile: z.string().optional(),
    email: z.string().optional(),
    fax: z.string().optional(),
  })
  .meta({
    id: "contactPerson",
    description: "A person or a desk. An account is told what is published of them, the supplier everything.",
  });
const somebody = z.object({ id: z.string(), name: z.string() });

/** Who is on duty in one role. */
const dutyInRole = z
  .object({
    role: z.string().describe("X12 element 366."),
    word: z.string().optional().describe("The role in words."),
    onDuty: reachable.nullable().describe("null: nobody is there now."),
    insteadOf: somebody.nullable().describe("For whom they stand in."),
    reason: z.string(),
    deputies: z.array(somebody).describe("Who stands in for them, the nearest first."),
    next: z
      .object({ at: instant, onDuty: somebody.nullable().describe("null: nobody.") })
      .nullable()
      .describe("When it changes next, and to whom; null: not within the next weeks."),
    afterHours: reachable.nullable().describe("Who may be called at once while nobody is there."),
    documents: z.array(z.string()).describe("Types of documents on which the role is named in PER."),
  })
  .meta({ id: "dutyInRole" });

export const dutyQuery = z
  .strictObject({
    division: plainText(60).optional().describe("Id of a division. Left out: the account as a whole."),
    location: plainText(60).optional().describe("Id of a location of that division."),
    at: z.iso
      .datetime({ offset: true, error: "must be an instant with its zone, for example 2026-11-24T15:00:00Z" })
      .refine((text) => text >= "2000" && text < "2200", "must be between the years 2000 and 2200")
      .optional()
      .describe("The moment that is asked about; left out: now."),
  })
  .refine(({ division, location }) => location === undefined || division !== undefined, {
    path: ["location"],
    error: "needs the division that it is of",
  });

export const dutyList = z
  .object({
    account: accountId,
    division: z.string().nullable(),
    location: z.string().nullable(),
    at: instant,
    timeZone: z.string().describe("By which the account's days are counted."),
    contact: contact.nullable().describe("The account's one contact, who is named where nobody of the roles is found."),
    roles: z.array(dutyInRole).describe("Every role that somebody has."),
  })
  .meta({ id: "dutyList" });
