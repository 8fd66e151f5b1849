import { describe, expect, it } from "vitest";
import { trackedSet } from "../../src/mappings/tracked-set.ts";
import { purchaseOrder } from "./sets.ts";

const set = purchaseOrder(
  "005010",
  "BEG*00*SA*4711**20250310",
  "REF*JB*P-7*PROJECT*CT>C-1>ZZ",
  "PO1*1*12*EA*2.50",
  "LS*LDT",
  "LDT*AF*3*DA",
  "LE*LDT",
);

describe("a tracked set", () => {
  it("counts every value as unread until it is read, but for the segments of the structure", () => {
    const unread = trackedSet(set).unmapped();
    expect(unread.map(({ segment, element, value }) => `${segment}${element}=${value}`)).toEqual([
      ...["BEG1=00", "BEG2=SA", "BEG3=4711", "BEG5=20250310"],
      ...["REF1=JB", "REF2=P-7", "REF3=PROJECT", "REF4=CT", "REF4=C-1", "REF4=ZZ"],
      ...["PO11=1", "PO12=12", "PO13=EA", "PO14=2.50"],
      ...["LDT1=AF", "LDT2=3", "LDT3=DA"],
    ]);
  });

  it("says where each unread value stands", () => {
    const unread = trackedSet(set).unmapped();
    expect(unread.find(({ value }) => value === "C-1")).toEqual({
      segment: "REF",
      position: 3,
      loop: null,
      element: 4,
      repetition: 1,
      component: 2,
      value: "C-1",
    });
    expect(unread.at(-1)).toEqual({
      segment: "LDT",
      position: 6,
      loop: "PO1/LDT",
      element: 3,
      repetition: 1,
      component: null,
      value: "DA",
    });
  });

  it("takes what is read off the list, component by component", () => {
    const tracked = trackedSet(set);
    const ref = tracked.root.first("REF");
    expect(ref?.text(4, 2)).toBe("C-1");
    expect(ref?.text(2)).toBe("P-7");
    const left = tracked.unmapped().filter(({ segment }) => segment === "REF");
    expect(left.map(({ value }) => value)).toEqual(["JB", "PROJECT", "CT", "ZZ"]);
  });

  it("keeps a value on the list that can't be read as what was asked for", () => {
    const tracked = trackedSet(set);
    const beg = tracked.root.first("BEG");
    expect(beg?.date(3)).toBeUndefined();
    expect(beg?.decimal(2)).toBeUndefined();
    expect(beg?.time(2)).toBeUndefined();
    expect(beg?.count(2)).toBeUndefined();
    expect(beg?.impliedDecimal(2)).toBeUndefined();
    expect(tracked.unmapped().filter(({ segment }) => segment === "BEG")).toHaveLength(4);
  });

  it("finds nothing where there is nothing", () => {
    const { root } = trackedSet(set);
    expect(root.first("CUR")).toBeUndefined();
    expect(root.all("N9")).toEqual([]);
    expect(root.loops("N1")).toEqual([]);
    expect(root.first("BEG")?.text(4)).toBeUndefined();
    expect(root.first("BEG")?.text(99)).toBeUndefined();
    expect(root.first("BEG")?.text(1, 2)).toBeUndefined();
    expect(root.first("BEG")?.isEmpty(4)).toBe(true);
  });

  it("says which mandatory element is missing when a set comes in that was never validated", () => {
    const { root } = trackedSet(set);
    expect(() => root.first("BEG")?.requiredText(4)).toThrow("BEG04 is mandatory");
    expect(() => root.first("BEG")?.requiredDate(3)).toThrow("BEG03 is mandatory");
  });

  it("reads the first repetition of an element and leaves the others on the list", () => {
    const repeated = { id: "REF", position: 2, elements: ["JB", { repetitions: ["A", "B", ["C", "D"]] }] };
    const tracked = trackedSet({ ...set, root: { key: "", segments: [repeated], loops: [] } });
    expect(tracked.root.first("REF")?.text(2)).toBe("A");
    expect(tracked.unmapped().slice(1)).toMatchObject([
      { value: "B", repetition: 2, component: null },
      { value: "C", repetition: 3, component: 1 },
      { value: "D", repetition: 3, component: 2 },
    ]);
  });
});
