import { calendarRule } from "../../../src/accounts/calendar.ts";
import { type ContactsRuleInput, contactsRule } from "../../../src/accounts/rules/dedicated-contacts.ts";

/** An account in Chicago that works 08:00 to 17:00 but on Thanksgiving, with these contacts. */
export function accountWith(contacts: ContactsRuleInput, more: object = {}) {
  return {
    timeZone: "America/Chicago",
    calendar: calendarRule.parse({ holidays: ["2026-11-26"] }),
    contact: undefined,
    pricing: undefined,
    ...more,
    contacts: contactsRule.parse(contacts),
  };
}

/** A team with deputies, two time zones, a desk and somebody for emergencies. */
export const team: ContactsRuleInput = {
  people: [
    {
      id: "anna",
      name: "ANNA LINDQVIST",
      roles: ["orders", "sales"],
      phone: "5635550134",
      mobile: "5635550199",
      email: "anna@cedar-river.example",
      absences: [{ from: "2026-11-23", to: "2026-11-24", reason: "surgery" }],
      deputy: "ben",
    },
    {
      id: "ben",
      name: "BEN OKAFOR",
      roles: ["shipping"],
      phone: "5635550135",
      absences: [{ from: "2026-11-24", to: "2026-11-24" }],
      deputy: "carla",
    },
    {
      id: "carla",
      name: "CARLA DIAZ",
      roles: ["EX"],
      email: "carla@cedar-river.example",
      published: ["email", "mobile"],
      mobile: "5635550177",
      timeZone: "America/Los_Angeles",
      calendar: { hours: { from: "09:00", to: "18:00" } },
    },
    { id: "noor", name: "NOOR HADDAD", roles: ["AH"], mobile: "5635550111", email: "noor@cedar-river.example" },
  ],
  desks: [
    { id: "receivables", name: "RECEIVABLES DESK", roles: ["receivables", "bill-inquiry"], phone: "5635550150" },
    { id: "dock", name: "DOCK TEAM", roles: ["traffic"], phone: "5635550151", members: ["ben", "carla"] },
  ],
};
