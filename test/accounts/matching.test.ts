import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Identity } from "../../src/accounts/identity.ts";
import { type AccountIdentity, type Envelope, identitiesOf, matchAccount } from "../../src/accounts/matching.ts";
import { profile } from "./profiles.ts";

const envelope: Envelope = {
  senderQualifier: "01",
  senderId: "NORTH",
  receiverQualifier: "ZZ",
  receiverId: "CEDARRIVER",
  usage: "P",
  groups: [{ senderCode: "NORTHPO", receiverCode: "CEDAR" }],
};

function identity(account: string, more: Partial<Record<"theirs" | "ours", string>> = {}, usage = "production") {
  return {
    account,
    identity: {
      usage,
      theirs: { qualifier: "01", id: "NORTH", application: more.theirs },
      ours: { qualifier: "ZZ", id: "CEDARRIVER", application: more.ours },
    } as Identity,
  };
}

const north = identity("north");

describe("matching an interchange to its account", () => {
  it("finds the account by sender, receiver and usage", () => {
    expect(matchAccount([north], envelope)).toEqual({ matched: true, account: "north", identity: north.identity });
  });

  it("takes the ids of the ISA with or without their padding", () => {
    expect(matchAccount([north], { ...envelope, senderId: "NORTH          " }).matched).toBe(true);
  });

  it.each<[string, Partial<Envelope>, string, RegExp]>([
    ["the sender's id is another", { senderId: "SOUTH" }, "unknown-sender", /01\/SOUTH/],
    ["the sender's qualifier is another", { senderQualifier: "ZZ" }, "unknown-sender", /ZZ\/NORTH/],
    ["the ids differ in case", { senderId: "North" }, "unknown-sender", /01\/North/],
    ["the receiver is another", { receiverId: "SOMEBODY" }, "unknown-receiver", /ZZ\/SOMEBODY/],
    ["the receiver's qualifier is another", { receiverQualifier: "01" }, "unknown-receiver", /01\/CEDARRIVER/],
    ["it is a test", { usage: "T" }, "wrong-usage", /ISA15 is T/],
    ["it is information", { usage: "I" }, "wrong-usage", /ISA15 is I/],
    ["its usage is empty", { usage: "" }, "wrong-usage", /ISA15 is empty/],
  ])("says why it finds none when %s", (_, change, reason, message) => {
    expect(matchAccount([north], { ...envelope, ...change })).toEqual({
      matched: false,
      reason,
      message: expect.stringMatching(message),
    });
  });

  it("keeps test and production of one account apart", () => {
    const test = identity("north", {}, "test");
    expect(matchAccount([north, test], { ...envelope, usage: "T" })).toMatchObject({ identity: { usage: "test" } });
    expect(matchAccount([north, test], envelope)).toMatchObject({ identity: { usage: "production" } });
  });

  it("tells two accounts behind one sender apart by their application codes", () => {
    const orders = identity("north-orders", { theirs: "NORTHPO" });
    const parts = identity("north-parts", { theirs: "NORTHPARTS" });
    expect(matchAccount([parts, orders], envelope)).toMatchObject({ account: "north-orders" });
  });

  it("prefers the identity that names the application to one that takes any", () => {
    const orders = identity("north-orders", { theirs: "NORTHPO" });
    expect(matchAccount([north, orders], envelope)).toMatchObject({ account: "north-orders" });
    const other = { ...envelope, groups: [{ senderCode: "OTHER", receiverCode: "CEDAR" }] };
    expect(matchAccount([north, orders], other)).toMatchObject({ account: "north" });
  });

  it("names the application code that nobody has", () => {
    const orders = identity("north", { theirs: "NORTHPO", ours: "CEDAR" });
    const other = (senderCode: string, receiverCode: string) => ({
      ...envelope,
      groups: [{ senderCode, receiverCode }],
    });
    expect(matchAccount([orders], other("OTHER", "CEDAR"))).toMatchObject({
      reason: "unknown-sender",
      message: expect.stringContaining("OTHER (GS02)"),
    });
    expect(matchAccount([orders], other("NORTHPO", "OTHER"))).toMatchObject({
      reason: "unknown-receiver",
      message: expect.stringContaining("OTHER (GS03)"),
    });
  });

  it("does not guess between two accounts that fit alike", () => {
    expect(matchAccount([north, identity("south")], envelope)).toMatchObject({
      reason: "ambiguous",
      message: expect.stringContaining("north and south"),
    });
  });

  it("takes no interchange whose groups belong to different accounts", () => {
    const candidates = [identity("north", { theirs: "NORTHPO" }), identity("south", { theirs: "SOUTHPO" })];
    const groups = [
      { senderCode: "NORTHPO", receiverCode: "CEDAR" },
      { senderCode: "SOUTHPO", receiverCode: "CEDAR" },
    ];
    expect(matchAccount(candidates, { ...envelope, groups })).toMatchObject({ reason: "ambiguous" });
  });

  it("matches an interchange without groups (a TA1 alone) by the ISA", () => {
    expect(matchAccount([identity("north", { theirs: "NORTHPO" })], { ...envelope, groups: [] })).toMatchObject({
      matched: true,
    });
  });

  it("reads the identities out of profiles", () => {
    expect(matchAccount(identitiesOf([profile()]), envelope)).toMatchObject({ account: "north-hardware" });
  });

  it("never gives an interchange to an account that has no identity with exactly its names and usage", () => {
    const id = fc.constantFrom("A", "B");
    const address = fc.record({
      qualifier: fc.constantFrom("01", "ZZ"),
      id,
      application: fc.option(id, { nil: undefined }),
    });
    const anyIdentity: fc.Arbitrary<AccountIdentity> = fc.record({
      account: fc.constantFrom("one", "two", "three"),
      identity: fc.record({ usage: fc.constantFrom("production", "test"), theirs: address, ours: address }),
    });
    const anyEnvelope: fc.Arbitrary<Envelope> = fc.record({
      senderQualifier: fc.constantFrom("01", "ZZ"),
      senderId: id,
      receiverQualifier: fc.constantFrom("01", "ZZ"),
      receiverId: id,
      usage: fc.constantFrom("P", "T", "I"),
      groups: fc.array(fc.record({ senderCode: id, receiverCode: id }), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(anyIdentity, { maxLength: 6 }), anyEnvelope, (identities, given) => {
        const fits = identities.filter(
          ({ identity: { usage, theirs, ours } }) =>
            theirs.qualifier === given.senderQualifier &&
            theirs.id === given.senderId &&
            ours.qualifier === given.receiverQualifier &&
            ours.id === given.receiverId &&
            usage === ({ P: "production", T: "test" } as Record<string, string>)[given.usage] &&
            given.groups.every((group) => [undefined, group.senderCode].includes(theirs.application)) &&
            given.groups.every((group) => [undefined, group.receiverCode].includes(ours.application)),
        );
        const match = matchAccount(identities, given);
        if (match.matched) expect(fits.map(({ account }) => account)).toContain(match.account);
        else if (new Set(fits.map(({ account }) => account)).size === 1) expect.fail(`not matched: ${match.message}`);
      }),
    );
  });
});
