import { type AccountProfile, type AccountProfileInput, accountProfile } from "../../src/accounts/account.ts";
import type { Order } from "../../src/documents/order.ts";

/** The least that a profile must say, and what the test adds to it. */
export function profile(more: Partial<AccountProfileInput> = {}): AccountProfile {
  return accountProfile.parse({
    id: "north-hardware",
    name: "North Hardware",
    timeZone: "America/Chicago",
    identities: [
      { usage: "production", theirs: { qualifier: "01", id: "NORTH" }, ours: { qualifier: "ZZ", id: "CEDARRIVER" } },
    ],
    ...more,
  });
}

/** A small order, and what the test changes in it. */
export function order(more: Partial<Order> = {}): Order {
  return {
    documentType: "order",
    account: "north-hardware",
    usage: "production",
    number: "4711",
    date: "2025-03-10",
    purpose: { code: "00", word: "original" },
    orderType: { code: "SA", word: "stand-alone" },
    references: [],
    parties: [],
    dates: [],
    lines: [{ line: "1", quantity: "12", unit: "EA", price: "2.50", productIds: [], descriptions: [] }],
    ...more,
  };
}
