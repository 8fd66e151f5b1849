import { z } from "zod";
import { plainly, unfolded } from "../documents/plain-issues.ts";
import { calendarRule } from "./calendar.ts";
import { identity, identityOutput } from "./identity.ts";
import { adaptation, crossReferences } from "./rules/adaptation.ts";
import { checkRules } from "./rules/checks.ts";
import { contactRule } from "./rules/contacts.ts";
import { type ContactsRule, contactsRule, withoutPrivateNumbers } from "./rules/dedicated-contacts.ts";
import { earlyInformationRule } from "./rules/early-information.ts";
import { guide, guideName } from "./rules/guide.ts";
import { invoicingRule } from "./rules/invoicing.ts";
import { orderChangesRule } from "./rules/order-changes.ts";
import { orderResponseRule } from "./rules/order-response.ts";
import { paymentsRule } from "./rules/payments.ts";
import { pricingRule } from "./rules/pricing.ts";
import { defaultPriorityRules, priorityRule } from "./rules/priority.ts";
import { serviceLevels } from "./rules/service-levels.ts";
import { storesRule } from "./rules/stores.ts";
import { warrantyRule } from "./rules/warranty.ts";
import { divisionsShape } from "./tree/divisions.ts";
import { overrideOf } from "./tree/override.ts";
import { treeFaults } from "./tree/tree-faults.ts";
import { words } from "./words.ts";
import { acceptVersions, strictness } from "./x12-input.ts";
import { defaultX12Output, x12Output } from "./x12-output.ts";

const acknowledgments = z.strictObject({
  kind: z.enum(["997", "999"]).describe("997 functional acknowledgment, or 999 (005010 and later)."),
  listAccepted: z
    .boolean()
    .default(true)
    .describe("Whether accepted transaction sets are listed one by one, or only rejected ones."),
  interchange: z
    .enum(["when-asked", "always"])
    .default("when-asked")
    .describe("TA1: when ISA14 asks for it (and for every bad interchange), or for every interchange."),
});

const mailbox = z.strictObject({
  mailbox: z.strictObject({}).describe("Files wait in the account's mailbox until the account fetches them."),
});

/** An address of somebody else's that we may post to. */
export const webAddress = z
  .url({ protocol: /^https?$/, error: "must be an https address" })
  .refine(isSafe, "must be https; plain http is for localhost only")
  .refine(isWithoutPassword, "must not carry a user or password; put them into headers, which are kept out of sight");

const push = z.strictObject({
  push: z
    .strictObject({
      url: webAddress.describe("Where files are posted to."),
      headers: z
        .record(z.string().regex(/^[A-Za-z0-9-]+$/, "must be a header name"), z.string().meta({ writeOnly: true }))
        .optional()
        .describe("Sent with each file, for example Authorization. Values are kept out of sight."),
      secret: z
        .string()
        .min(16, "must be at least 16 characters")
        .optional()
        .meta({ writeOnly: true, description: "Signs each request. Kept out of sight." }),
    })
    .describe("Files are posted to the account's own address."),
});

/** The first version that has a 999. */
const firstWith999 = "005010";

/** What is agreed on with an account as a whole. */
const fields = {
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be lower-case letters, digits and single hyphens: harbor-retail")
    .max(60)
    .describe("Short name, used in addresses and files; it never changes."),
  name: z.string().min(1).describe("Name as people say it."),
  timeZone: z
    .string()
    .refine(isTimeZone, {
      error: (issue) => `"${String(issue.input)}" is no IANA time zone; write for example America/Chicago`,
    })
    .describe("IANA time zone by which the account's days and deadlines are counted: America/Chicago."),
  calendar: calendarRule.prefault({}).describe("When is worked: working days and hours, holidays, the daily cut-off."),
  identities: z
    .array(identity)
    .min(1, "must name at least one identity")
    .describe("How interchanges are recognised as the account's."),
  x12: x12Output.prefault(defaultX12Output).describe("How the files are written that we send."),
  acknowledgments: acknowledgments.prefault({ kind: "997" }).describe("How we acknowledge what comes in."),
  orderResponse: orderResponseRule
    .default({ send: false })
    .describe("Whether the gateway answers an 850 with an 855 by itself."),
  orderChanges: orderChangesRule.prefault({}).describe("What is done with the account's changes of its orders."),
  pricing: pricingRule
    .optional()
    .describe("What was agreed on about prices. Left out: prices of orders are not checked."),
  invoicing: invoicingRule
    .optional()
    .describe(
      "Which invoices the account gets: what comes on one together, what on another, and when, and who makes them. Left out: your systems hand in whatever they bill.",
    ),
  earlyInformation: earlyInformationRule
    .optional()
    .describe("What the account is told early, how early, how often and how much. Left out: it gets no publications."),
  stores: storesRule
    .prefault({})
    .describe("How lines that are for many stores look, on your side and on the account's."),
  payments: paymentsRule.prefault({}).describe("What the account may deduct from its payments without asking."),
  priority: z
    .array(priorityRule)
    .default(defaultPriorityRules)
    .describe("What makes an order high or urgent, strongest first; the first rule that fires decides."),
  warranties: warrantyRule
    .optional()
    .describe("Warranties beyond the usual, and how documents say them. Left out: none is kept or said."),
  contact: contactRule
    .optional()
    .describe(
      "Who the account turns to: one person, on orders and their answers. With `contacts`, where those find nobody.",
    ),
  contacts: contactsRule
    .optional()
    .describe(
      "The people whom the account deals with, by role: their hours, holidays and deputies, who is named on which document, and who is told of what needs a person.",
    ),
  accountManager: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .optional()
    .describe(
      "Who looks after the account, a person or a team: a name, or the id of one of `contacts`, to whom alerts escalate. Accounts can be listed by it, also by who looks after a part.",
    ),
  serviceLevels: serviceLevels
    .optional()
    .describe(
      "Targets agreed on: how soon we acknowledge, answer, announce and bill. The account's scorecard is held against them.",
    ),
  checks: checkRules
    .default({})
    .describe("How far our ship notices and invoices may be from what was ordered before a person has to decide."),
  delivery: z.union([mailbox, push]).default({ mailbox: {} }).describe("How our files reach the account."),
  approval: z
    .strictObject({
      secondPerson: z.boolean().default(false).describe("Whether new rules wait until a second person approves them."),
    })
    .prefault({})
    .describe("Who has to agree before new rules come into force."),
  guides: z
    .array(z.union([guide, guideName]))
    .default([])
    .describe(
      "What the account demands beyond the standard: guides, or names of those in the folder of guides. Later ones override earlier ones.",
    ),
  adaptations: z
    .array(adaptation)
    .default([])
    .describe("What the account writes otherwise than others: codes, constants, and expressions round the mapping."),
  crossReferences: crossReferences
    .prefault({})
    .describe(
      "Whether the account's numbers and ours are exchanged for each other, by the table of its cross-references.",
    ),
  acceptVersions: acceptVersions.optional(),
  strictness: strictness
    .optional()
    .describe("What the account's files are forgiven, or asked for beyond the standard, by rule."),
  duplicateWindowDays: z
    .int()
    .min(1)
    .max(3650)
    .default(365)
    .describe("Days for which a control number or an order number that comes again counts as the same."),
};

/**
 * A major account: who it is, by which names, and what it wants of us. Everything an account may differ in stands here and
 * nowhere else. Values marked `writeOnly` are secrets; `withoutSecrets` hides them.
 */
export const accountProfile = z
  .strictObject({
    ...fields,
    divisions: divisionsShape(fields)
      .default([])
      .describe("Parts of the account that differ, each with places that do. Left out: one agreement for all."),
  })
  .superRefine((profile, context) => {
    for (const { path, message } of [...outputFaults(profile), ...treeFaults(profile, fields)]) {
      context.addIssue({ code: "custom", path: [...path], message });
    }
  })
  .meta({ title: "Account", description: "A major account: who it is, by which names, and what it wants of us." });
/** A profile with every default filled in. */
export type AccountProfile = z.output<typeof accountProfile>;
/** A profile as a person writes it. */
export type AccountProfileInput = z.input<typeof accountProfile>;

/** Stands where a secret is not shown. */
export const hiddenSecret = "(hidden)";

/** The profile as it may be shown: whether there is a secret can be seen, what it is can't. */
export function withoutSecrets(profile: AccountProfile): AccountProfile {
  if (!("push" in profile.delivery)) return profile;
  const { headers, secret, ...shown } = profile.delivery.push;
  return {
    ...profile,
    delivery: {
      push: {
        ...shown,
        ...(headers && { headers: Object.fromEntries(Object.keys(headers).map((name) => [name, hiddenSecret])) }),
        ...(secret !== undefined && { secret: hiddenSecret }),
      },
    },
  };
}

/** The profile as its own account may see it: what is not published of our people is left out, in its divisions too. */
export function asTheAccountSees(profile: AccountProfile): AccountProfile {
  const seen = <Rules extends { readonly contacts?: unknown }>(rules: Rules): Rules =>
    rules.contacts ? { ...rules, contacts: withoutPrivateNumbers(rules.contacts as Partial<ContactsRule>) } : rules;
  return {
    ...seen(profile),
    divisions: profile.divisions.map((division) => ({
      ...division,
      rules: seen(division.rules),
      locations: division.locations.map((location) => ({ ...location, rules: seen(location.rules) })),
    })),
  };
}

/** How files are written to each identity, which has to be sound in itself and have the acknowledgment agreed on. */
function outputFaults({
  x12,
  identities,
  acknowledgments: { kind },
}: Pick<AccountProfile, "x12" | "identities" | "acknowledgments">) {
  const tooEarly = (version: string) => kind === "999" && version < firstWith999;
  const faults: { path: PropertyKey[]; message: string }[] = [];
  if (tooEarly(x12.version)) {
    const message = `there is no 999 in ${x12.version}; use 997, or set x12.version to 005010`;
    faults.push({ path: ["acknowledgments", "kind"], message });
  }
  for (const [place, { x12: own }] of identities.entries()) {
    if (own === undefined || !overrideOf(x12Output).safeParse(own).success) continue;
    const path = ["identities", place, "x12"];
    const read = x12Output.safeParse(identityOutput(x12, own), { error: plainly(words) });
    if (!read.success) {
      const issues = read.error.issues.flatMap((issue) => unfolded(issue, words));
      faults.push(...issues.map((issue) => ({ path: [...path, ...issue.path], message: issue.message })));
    } else if (own.version !== undefined && tooEarly(own.version)) {
      faults.push({
        path: [...path, "version"],
        message: `there is no 999 in ${own.version}, and the account gets 999s`,
      });
    }
  }
  return faults;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    // Offsets such as "+02:00" pass as time zones too, but know nothing of summer time.
    return /^[A-Z]/i.test(name);
  } catch {
    return false;
  }
}

function isWithoutPassword(url: string): boolean {
  const { username, password } = new URL(url);
  return username === "" && password === "";
}

function isSafe(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}
