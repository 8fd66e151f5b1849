import type { AccountProfile, AccountProfileInput } from "../../../src/accounts/account.ts";
import { profile } from "../profiles.ts";

export const divisions: NonNullable<AccountProfileInput["divisions"]> = [
  {
    id: "garden",
    name: "Garden",
    recognisedBy: {
      references: [{ qualifier: "DP", values: ["014", "015"] }],
      interchange: [{ id: "NORTHGARDEN" }],
    },
    rules: {
      contact: { name: "GARDEN DESK" },
      checks: { tolerances: { price: { percent: "5" } } },
      orderResponse: { send: true, detail: "none" },
    },
    locations: [
      {
        id: "east",
        name: "East",
        recognisedBy: { parties: [{ role: "ST", ids: ["0318"] }] },
        rules: { checks: { tolerances: { price: { amount: "0.10" } } } },
      },
      { id: "west", name: "West", recognisedBy: { parties: [{ role: "ST", ids: ["0422"] }] } },
    ],
  },
  {
    id: "tools",
    name: "Tools",
    recognisedBy: { contracts: ["T-1"], parties: [{ role: "BT", ids: ["9000"] }] },
    locations: [{ id: "east", name: "East", recognisedBy: { parties: [{ role: "ST", ids: ["0318"] }] } }],
  },
  {
    id: "outlet",
    name: "Outlet",
    locations: [{ id: "only", name: "Only", recognisedBy: { parties: [{ role: "ST", ids: ["0777"] }] } }],
  },
];

/** An account with three divisions, of which two share a place. */
export function grouped(more: Partial<AccountProfileInput> = {}): AccountProfile {
  return profile({
    identities: [
      { usage: "production", theirs: { qualifier: "01", id: "NORTH" }, ours: { qualifier: "ZZ", id: "CEDARRIVER" } },
      {
        usage: "production",
        theirs: { qualifier: "01", id: "NORTHGARDEN" },
        ours: { qualifier: "ZZ", id: "CEDARRIVER" },
      },
    ],
    checks: { tolerances: { price: { percent: "2", amount: "0.05" }, totalAmount: "10" } },
    divisions,
    ...more,
  });
}
