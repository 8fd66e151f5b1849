import { z } from "zod";
import { calendarRule } from "../calendar.ts";
import { afterHoursRoles, roleCode, tradeRoles } from "../contacts/roles.ts";
import { alertRule } from "./alerts.ts";

const words = Object.keys(tradeRoles) as (keyof typeof tradeRoles)[];

/** A role: a word of the trade, or a code. */
export const contactRole = z
  .union([
    z.enum(words),
    z
      .string()
      .regex(/^[A-Z0-9]{2}$/, "must be a two-character contact function code (X12 element 366), for example OC"),
  ])
  .describe(
    `A word of the trade, or a code of X12 element 366: ${words.map((word) => `${word} ${tradeRoles[word]}`).join(", ")}.`,
  );

/** Text of one line: it goes into PER, into headers of e-mails and into lines of tables. */
const line = (longest: number, message: string) =>
  z
    .string()
    .min(1)
    .max(longest, message)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, "must be one line, without control characters");

const number = line(80, "PER04 carries at most 80 characters");
const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be lower-case letters, digits and single hyphens: anna-lindqvist")
  .max(60);
const timeZone = z
  .string()
  .refine(isTimeZone, {
    error: (issue) => `"${String(issue.input)}" is no IANA time zone; write for example America/Chicago`,
  })
  .optional()
  .describe("By whose clocks the hours are. Left out: the account's time zone.");
const calendar = calendarRule
  .optional()
  .describe("Working days and hours, and holidays. Left out: the account's calendar.");

const reachable = {
  id: id.describe("Short name, by which deputies and desks are named."),
  name: line(60, "PER02 carries at most 60 characters").describe("As PER02 and e-mails say it."),
  roles: z.array(contactRole).min(1, "must name at least one role").max(20),
  phone: number.optional().describe("Telephone number."),
  mobile: number.optional().describe("Cell phone number. Seen by the supplier alone, unless `published` names it."),
  email: z.email("must be an e-mail address").max(80).optional().describe("E-mail address; alerts go there too."),
  fax: number.optional().describe("Fax number."),
  published: z
    .array(z.enum(["phone", "email", "fax", "mobile"]))
    .max(3, "PER has room for three ways to reach somebody")
    .default(["phone", "email", "fax"])
    .describe("What documents and the account may know, in the order in which PER says it."),
  timeZone,
  calendar,
};

const day = z.iso.date("must be a day, for example 2026-12-21").refine((text) => text < "2200", "must be before 2200");

const absence = z
  .strictObject({
    from: day.describe("First day."),
    to: day.describe("Last day."),
    reason: line(200, "must be at most 200 characters").optional().describe("For the supplier alone."),
  })
  .refine(({ from, to }) => from <= to, { path: ["to"], error: "must not be before `from`" });

const person = z.strictObject({
  ...reachable,
  absences: z.array(absence).max(200, "must be at most 200 absences").default([]),
  deputy: id.optional().describe("The person who stands in: by id."),
});

const desk = z.strictObject({
  ...reachable,
  members: z
    .array(id)
    .max(50)
    .default([])
    .describe("Its people. With members, a desk is there while one of them is; without, in its own hours."),
});

/** Documents that go to an account and have a PER for us, with the roles that are asked, the strongest first. */
export const documentRoles = {
  "order-response": ["OC", "SR"],
  "order-change-response": ["OC", "SR"],
  shipment: ["SD", "TA"],
  invoice: ["AR", "BI"],
  "inventory-advice": ["IC", "SR", "OC"],
  "price-catalog": ["PF", "SR"],
  "order-status-report": ["OC", "EX"],
} as const satisfies Record<string, readonly string[]>;
/** A document whose PER names one of our people. */
export type DocumentWithContact = keyof typeof documentRoles;

const setsOf: Record<DocumentWithContact, string> = {
  "order-response": "855",
  "order-change-response": "865",
  shipment: "856",
  invoice: "810",
  "inventory-advice": "846",
  "price-catalog": "832",
  "order-status-report": "870",
};

const onDocument = (type: DocumentWithContact) =>
  z
    .array(contactRole)
    .max(10)
    .default([...documentRoles[type]])
    .describe(`PER of the ${setsOf[type]}: roles, the strongest first; empty: none is named.`);

/**
 * The people whom an account deals with: who is named on which document, and who is told of what needs a person. Beside
 * `contact`, which is one person for orders and their answers, it comes first; `contact` is named where it finds nobody.
 */
export const contactsRule = z
  .strictObject({
    people: z.array(person).max(200).default([]).describe("In each role the first who is there is taken."),
    desks: z.array(desk).max(50).default([]).describe("Desks and teams; in a role they come after people."),
    documents: z
      .strictObject({
        "order-response": onDocument("order-response"),
        "order-change-response": onDocument("order-change-response"),
        shipment: onDocument("shipment"),
        invoice: onDocument("invoice"),
        "inventory-advice": onDocument("inventory-advice"),
        "price-catalog": onDocument("price-catalog"),
        "order-status-report": onDocument("order-status-report"),
      })
      .prefault({})
      .describe("Which role is named on which document. A document that names a contact itself is left as it is."),
    alerts: z
      .array(alertRule(contactRole))
      .max(50)
      .optional()
      .describe("Who is told of which work items, the first that fits decides. Left out: see docs/rules/contacts.md."),
  })
  .superRefine(({ people, desks }, context) => {
    const issue = (path: (string | number)[], message: string) => context.addIssue({ code: "custom", path, message });
    const seen = new Set<string>();
    for (const [list, all] of [
      ["people", people],
      ["desks", desks],
    ] as const) {
      for (const [index, { id }] of all.entries()) {
        if (seen.has(id)) issue([list, index, "id"], `${id} is there already`);
        seen.add(id);
      }
    }
    const byId = new Map(people.map((one) => [one.id, one]));
    for (const [index, { id, deputy }] of people.entries()) {
      if (deputy === undefined) continue;
      if (!byId.has(deputy)) {
        issue(["people", index, "deputy"], `there is no person "${deputy}"`);
        continue;
      }
      const chain = [id];
      for (let next: string | undefined = deputy; next !== undefined; next = byId.get(next)?.deputy) {
        chain.push(next);
        if (next === id) {
          issue(["people", index, "deputy"], `goes round in a circle: ${chain.join(", then ")}`);
          break;
        }
        if (chain.indexOf(next) < chain.length - 1) break;
      }
    }
    for (const [index, { members }] of desks.entries()) {
      for (const [place, member] of members.entries()) {
        if (!byId.has(member)) issue(["desks", index, "members", place], `there is no person "${member}"`);
      }
    }
  });
export type ContactsRule = z.output<typeof contactsRule>;
export type ContactsRuleInput = z.input<typeof contactsRule>;
/** Somebody whom an account deals with. */
export type Person = ContactsRule["people"][number];
/** A desk or a team that an account deals with. */
export type Desk = ContactsRule["desks"][number];

/** Whether somebody may be called at any time of day. */
export function isForEmergencies({ roles }: Pick<Person, "roles">): boolean {
  return roles.some((role) => afterHoursRoles.includes(roleCode(role)));
}

/**
 * The rule as an account sees its own: numbers that are not published, and why somebody is away, are not its business, nor is
 * whom we call for what. What a division says of it may be a part.
 */
export function withoutPrivateNumbers<Rule extends Partial<ContactsRule>>(rule: Rule): Rule {
  const shown = <Holder extends Person | Desk>(holder: Holder): Holder => {
    const kept = { ...holder };
    for (const way of ["phone", "mobile", "email", "fax"] as const) {
      if (!holder.published.includes(way)) delete kept[way];
    }
    return kept;
  };
  const { alerts: _, ...seen } = rule;
  return {
    ...(seen as Rule),
    ...(rule.people && {
      people: rule.people.map((one) => ({
        ...shown(one),
        absences: one.absences.map(({ from, to }) => ({ from, to })),
      })),
    }),
    ...(rule.desks && { desks: rule.desks.map(shown) }),
  };
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return /^[A-Z]/i.test(name);
  } catch {
    return false;
  }
}
