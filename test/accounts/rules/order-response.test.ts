import { describe, expect, it } from "vitest";
import { accountContact, contactRule } from "../../../src/accounts/rules/contacts.ts";
import { decideOrderResponse, orderResponseRule } from "../../../src/accounts/rules/order-response.ts";
import { orderResponse } from "../../../src/documents/order-response.ts";
import { order } from "../profiles.ts";

const facts = { today: "2025-03-11" };
const automatic = orderResponseRule.parse({ send: true });

describe("the answer to an order", () => {
  it("is none where the account takes none", () => {
    expect(decideOrderResponse({ send: false }, order(), facts)).toEqual({
      send: false,
      reason: "The account takes no 855 from the gateway.",
    });
  });

  it("accepts every line with its quantity", () => {
    const contact = accountContact(contactRule.parse({ name: "ANNA LINDQVIST", phone: "5635550134" }));
    const given = order({
      release: "7",
      contract: "C-1",
      currency: "USD",
      parties: [
        { role: "BT", name: "PAYABLES" },
        { role: "ST", word: "ship to", name: "DC 3", idQualifier: "92", id: "0003", address: { city: "JOLIET" } },
      ],
      lines: [
        {
          line: "1",
          quantity: "12",
          unit: "EA",
          price: "2.50",
          priceBasis: { code: "PE" },
          productIds: [{ qualifier: "UP", id: "012345678905" }],
          descriptions: [{ type: "F", text: "MUG" }],
        },
        { line: "2", quantity: "4", productIds: [], descriptions: [] },
      ],
    });
    const decision = decideOrderResponse(automatic, given, { ...facts, contact, document: "doc-1" });
    expect(decision).toEqual({
      send: true,
      reason: "The account's rules answer every order whose BEG01 is 00 with BAK02 = AD (with detail, no change).",
      response: {
        documentType: "order-response",
        account: "north-hardware",
        usage: "production",
        purpose: { code: "00", word: "original" },
        acknowledgmentType: { code: "AD", word: "with detail, no change" },
        date: "2025-03-11",
        order: { number: "4711", date: "2025-03-10", release: "7", contract: "C-1", document: "doc-1" },
        currency: "USD",
        contacts: [
          {
            role: "OC",
            word: "order contact",
            name: "ANNA LINDQVIST",
            channels: [{ qualifier: "TE", word: "telephone", value: "5635550134" }],
          },
        ],
        parties: [{ role: "ST", word: "ship to", name: "DC 3", idQualifier: "92", id: "0003" }],
        lines: [
          {
            line: "1",
            quantity: "12",
            unit: "EA",
            price: "2.50",
            priceBasis: { code: "PE" },
            productIds: [{ qualifier: "UP", id: "012345678905" }],
            acknowledgments: [{ status: "IA", word: "accepted", quantity: "12", unit: "EA" }],
          },
          { line: "2", quantity: "4", productIds: [], acknowledgments: [{ status: "IA", word: "accepted" }] },
        ],
        totals: { lineCount: 2 },
      },
    });
    if (decision.send) orderResponse.parse(decision.response);
  });

  it("leaves the lines out where the account wants none", () => {
    const rule = orderResponseRule.parse({ send: true, detail: "none" });
    expect(decideOrderResponse(rule, order(), facts)).toMatchObject({
      send: true,
      response: { acknowledgmentType: { code: "AK", word: "without detail" }, lines: [] },
    });
  });

  it("says what the account's rules name", () => {
    const rule = orderResponseRule.parse({ send: true, acknowledgmentType: "AH", lineStatus: "IH" });
    expect(decideOrderResponse(rule, order(), facts)).toMatchObject({
      response: {
        acknowledgmentType: { code: "AH" },
        lines: [{ acknowledgments: [{ status: "IH", word: "on hold" }] }],
      },
    });
  });

  it("leaves everything but originals to a person, unless the rules name more", () => {
    const cancellation = order({ purpose: { code: "01" } });
    expect(decideOrderResponse(automatic, cancellation, facts)).toEqual({
      send: false,
      reason: "BEG01 = 01 (cancellation): the account's rules leave the answer to a person.",
    });
    const both = orderResponseRule.parse({ send: true, purposes: ["00", "06"] });
    expect(decideOrderResponse(both, order({ purpose: { code: "06" } }), facts).send).toBe(true);
  });

  it("is none where the buyer wants none", () => {
    expect(decideOrderResponse(automatic, order({ acknowledgmentType: { code: "NA" } }), facts)).toEqual({
      send: false,
      reason: "BEG07 = NA: the buyer wants no acknowledgment of this order.",
    });
  });
});

describe("the contact of an account", () => {
  it("is said with every way to reach it", () => {
    const rule = contactRule.parse({ role: "SR", name: "P", phone: "1", email: "p@north.example", fax: "2" });
    expect(accountContact(rule)).toEqual({
      role: "SR",
      word: "sales representative",
      name: "P",
      channels: [
        { qualifier: "TE", word: "telephone", value: "1" },
        { qualifier: "EM", word: "e-mail", value: "p@north.example" },
        { qualifier: "FX", word: "fax", value: "2" },
      ],
    });
  });

  it("may be a name alone", () => {
    expect(accountContact(contactRule.parse({ name: "Desk" }))).toEqual({
      role: "OC",
      word: "order contact",
      name: "Desk",
    });
  });

  it("names exceptions only where the account wants no lines, and the contact for prices with them", () => {
    const priceCheck = { outcome: "higher", answer: "IE", reason: "Ours is higher." } as const;
    const line = { quantity: "4", unit: "EA", productIds: [], descriptions: [] };
    const given = order({
      lines: [
        { line: "1", ...line },
        { line: "2", ...line, priceCheck },
      ],
    });
    const rule = orderResponseRule.parse({ send: true, detail: "none" });
    const priceContact = accountContact(contactRule.parse({ name: "MILA KOSKINEN", role: "PF" }));
    const decision = decideOrderResponse(rule, given, { ...facts, priceContact });
    expect(decision).toMatchObject({
      reason: "BAK02 = AE (exceptions only): 1 of 2 prices are not taken as they were ordered.",
      response: {
        acknowledgmentType: { code: "AE" },
        contacts: [{ role: "PF" }],
        lines: [{ line: "2", acknowledgments: [{ status: "IE" }], notes: [{ lines: ["Ours is higher."] }] }],
      },
    });
    const plain = decideOrderResponse(rule, order(), { ...facts, priceContact });
    expect(plain).toMatchObject({ response: { acknowledgmentType: { code: "AK" }, lines: [] } });
    expect(plain.send && plain.response.contacts).toBeUndefined();
  });

  it("stays on hold where that is the account's rule, and is left to a person where a price is", () => {
    const line = { line: "1", quantity: "4", unit: "EA", productIds: [], descriptions: [] };
    const priced = (answer: string) =>
      order({ lines: [{ ...line, priceCheck: { outcome: "higher", answer, reason: "Ours is higher." } }] });
    const onHold = orderResponseRule.parse({ send: true, acknowledgmentType: "AH", lineStatus: "IH" });
    expect(decideOrderResponse(onHold, priced("IE"), facts)).toMatchObject({
      response: { acknowledgmentType: { code: "AH" } },
    });
    expect(decideOrderResponse(automatic, priced("hold"), facts)).toEqual({
      send: false,
      reason: "A person answers because of a price: Ours is higher.",
    });
  });
});
