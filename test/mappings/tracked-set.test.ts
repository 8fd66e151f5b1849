import { describe, expect, it } from "vitest";
import { trackedSet } from "../../src/mappings/notation/tracked-set.ts";
import { count, date, decimal, money, text } from "../../src/mappings/notation/value.ts";
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
    const [ref] = tracked.root.untaken("REF");
    expect(ref?.take(4, 2, text.read)).toBe("C-1");
    expect(ref?.take(2, 1, text.read)).toBe("P-7");
    const left = tracked.unmapped().filter(({ segment }) => segment === "REF");
    expect(left.map(({ value }) => value)).toEqual(["JB", "PROJECT", "CT", "ZZ"]);
  });

  it("keeps a value on the list that can't be read as what was asked for, or was only looked at", () => {
    const tracked = trackedSet(set);
    const [beg] = tracked.root.untaken("BEG");
    expect(beg?.take(3, 1, date.read)).toBeUndefined();
    expect(beg?.take(2, 1, decimal.read)).toBeUndefined();
    expect(beg?.take(2, 1, count.read)).toBeUndefined();
    expect(beg?.take(2, 1, money.read)).toBeUndefined();
    expect(beg?.peek(1)).toBe("00");
    expect(tracked.unmapped().filter(({ segment }) => segment === "BEG")).toHaveLength(4);
  });

  it("puts back on the list what is restored", () => {
    const tracked = trackedSet(set);
    const [beg] = tracked.root.untaken("BEG");
    const before = beg?.marks() ?? [];
    beg?.take(1, 1, text.read);
    beg?.restore(before);
    expect(tracked.unmapped()).toEqual(trackedSet(set).unmapped());
  });

  it("finds nothing where there is nothing", () => {
    const { root } = trackedSet(set);
    expect(root.untaken("CUR")).toEqual([]);
    expect(root.loops("N1")).toEqual([]);
    const [beg] = root.untaken("BEG");
    expect(beg?.take(4, 1, text.read)).toBeUndefined();
    expect(beg?.take(99, 1, text.read)).toBeUndefined();
    expect(beg?.take(1, 2, text.read)).toBeUndefined();
  });

  it("reads the first repetition of an element and leaves the others on the list", () => {
    const repeated = { id: "REF", position: 2, elements: ["JB", { repetitions: ["A", "B", ["C", "D"]] }] };
    const tracked = trackedSet({ ...set, root: { key: "", segments: [repeated], loops: [] } });
    expect(tracked.root.untaken("REF")[0]?.take(2, 1, text.read)).toBe("A");
    expect(tracked.unmapped().slice(1)).toMatchObject([
      { value: "B", repetition: 2, component: null },
      { value: "C", repetition: 3, component: 1 },
      { value: "D", repetition: 3, component: 2 },
    ]);
  });
});
