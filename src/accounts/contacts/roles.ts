/** What people are there for, in the trade's words, each with its code of X12 element 366. */
export const tradeRoles = {
  orders: "OC",
  sales: "SR",
  "customer-relations": "CR",
  supplier: "SU",
  expediting: "EX",
  shipping: "SD",
  traffic: "TA",
  receivables: "AR",
  "bill-inquiry": "BI",
  prices: "PF",
  contracts: "CD",
  information: "IC",
  edi: "EA",
  alternate: "AL",
  "after-hours": "AH",
  emergency: "EM",
} as const satisfies Record<string, string>;

/** A role as a rule says it: a word of the trade, or a code of X12 element 366. */
export type Role = keyof typeof tradeRoles | (string & {});

/** The code of a role (X12 element 366), whichever way it was said. */
export function roleCode(role: Role): string {
  return Object.hasOwn(tradeRoles, role) ? tradeRoles[role as keyof typeof tradeRoles] : role;
}

/** Who may be called outside of working hours. */
export const afterHoursRoles: readonly string[] = ["AH", "EM"];
