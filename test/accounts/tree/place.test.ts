import { describe, expect, it } from "vitest";
import { type PlaceName, placeOf, type Signs, signsIn } from "../../../src/accounts/tree/place.ts";
import { order, profile } from "../profiles.ts";
import { grouped } from "./account.ts";

const department = (value: string): Signs => ({ references: [{ qualifier: "DP", value }] });
const shipTo = (id: string): Signs => ({ parties: [{ role: "ST", id }] });

describe("the part of its account that a document is of", () => {
  it.each<[string, Signs, PlaceName]>([
    ["a department", department("015"), { division: "garden", location: null }],
    ["a contract", { contract: "T-1" }, { division: "tools", location: null }],
    ["who is billed", { parties: [{ role: "BT", id: "9000" }] }, { division: "tools", location: null }],
    [
      "who sent it",
      { interchange: { qualifier: "01", id: "NORTHGARDEN", application: "X" } },
      { division: "garden", location: null },
    ],
    ["a place that is of one division only", shipTo("0777"), { division: "outlet", location: "only" }],
    ["a place, where its division has other signs too", shipTo("0422"), { division: "garden", location: "west" }],
    ["nothing, where two divisions share the place", shipTo("0318"), { division: null, location: null }],
    [
      "the department and the shared place",
      { ...department("014"), ...shipTo("0318") },
      { division: "garden", location: "east" },
    ],
    [
      "the contract before the department",
      { contract: "T-1", ...department("014") },
      { division: "tools", location: null },
    ],
    [
      "the department before who sent it",
      {
        contract: "other",
        parties: [{ role: "BT", id: "9000" }],
        interchange: { qualifier: "01", id: "NORTHGARDEN", application: "" },
      },
      { division: "tools", location: null },
    ],
    ["no sign at all", {}, { division: null, location: null }],
    [
      "a value under another qualifier",
      { references: [{ qualifier: "IA", value: "014" }] },
      { division: null, location: null },
    ],
  ])("is told by %s", (_what, signs, place) => {
    expect(placeOf(grouped(), signs)).toMatchObject(place);
  });

  it("is that of its order where it does not say itself, and its own place in it where it does", () => {
    const ofOrder = { division: "garden", location: "west" };
    expect(placeOf(grouped(), {}, ofOrder)).toMatchObject(ofOrder);
    expect(placeOf(grouped(), shipTo("0318"), ofOrder)).toMatchObject({ division: "garden", location: "east" });
    expect(placeOf(grouped(), shipTo("0777"), ofOrder)).toMatchObject(ofOrder);
    expect(placeOf(grouped(), { contract: "T-1" }, ofOrder)).toMatchObject({ division: "tools", location: null });
    expect(placeOf(grouped(), {}, { division: "gone", location: null })).toMatchObject({ division: null });
  });

  it("is told with its reason", () => {
    const reason = (signs: Signs) => placeOf(grouped(), signs).reason;
    expect(reason({ ...department("014"), ...shipTo("0422") })).toBe(
      "It is of division Garden (REF*DP 014), location West (N1*ST 0422).",
    );
    expect(reason(shipTo("0777"))).toBe("It is of division Outlet (by its location), location Only (N1*ST 0777).");
    expect(reason({ references: [{ qualifier: "DP", value: "014" }], contract: "none" })).toContain("Garden");
    expect(placeOf(profile(), department("014"))).toEqual({ division: null, location: null, reason: null });
  });

  it("is nobody's where signs of one kind are of two divisions", () => {
    const two = grouped({
      divisions: ["a", "b"].map((id) => ({
        id,
        name: id.toUpperCase(),
        recognisedBy: { parties: [{ role: "ST", ids: [id] }] },
      })),
    });
    const both = { parties: ["a", "b"].map((id) => ({ role: "ST", id })) };
    expect(placeOf(two, both)).toEqual({
      division: null,
      location: null,
      reason: "Its signs are of A and B: the rules of the account as a whole decide.",
    });
  });

  it("goes by the application code before the interchange id that both share", () => {
    const apart = grouped({
      divisions: [
        { id: "all", name: "All", recognisedBy: { interchange: [{ id: "NORTH" }] } },
        { id: "code", name: "Code", recognisedBy: { interchange: [{ id: "NORTH", application: "GARDEN" }] } },
      ],
    });
    const sentAs = (application: string) =>
      placeOf(apart, { interchange: { qualifier: "01", id: "NORTH", application } }).division;
    expect([sentAs("GARDEN"), sentAs("TOOLS")]).toEqual(["code", "all"]);
  });

  it("is read off any document: an answer names the contract with its order", () => {
    expect(signsIn(order({ contract: "T-1" })).contract).toBe("T-1");
    expect(signsIn({ order: { number: "1", contract: "T-2" } }).contract).toBe("T-2");
  });
});
