import { describe, expect, it } from "vitest";
import { compileSelector } from "../../../src/x12/index.ts";
import { orderLines, sampleSet, setOf, shipmentLines, values } from "./sets.ts";

const order = setOf("850", orderLines);

describe("selectors in an order", () => {
  it.each<[string, string[]]>([
    ["BEG03", ["PO-1"]],
    ["REF02", ["038", "482136", "DOCK", "C-1"]],
    ["BEG04", []],
    ["BEG12", []],
    ["XYZ01", []],
    ["ST02", ["0001"]],
    ["SE01", ["26"]],
    ['REF02:REF01["IA"]', ["482136"]],
    ["REF02:REF01['IA']", ["482136"]],
    ['N104:N101["ST"]', ["0012", "0013"]],
    ['N104:N101["ST"]:N102["Store 13"]', ["0013"]],
    ['N104:N101["ST"]:N103["91"]', []],
    ["N1-N301", ["1 Main Street", "12 Quay Street", "13 Quay Street"]],
    ['N1-N301:N101["ST"]', ["12 Quay Street", "13 Quay Street"]],
    ['N301:N101["ST"]', ["12 Quay Street", "13 Quay Street"]],
    ['N1-N301:N101["BT"]', ["1 Main Street"]],
    ['N1-N301:N101["SN"]', []],
    ['N1-REF02:REF01["CR"]:N101["ST"]', ["DOCK"]],
    ["PO1-REF02", ["C-1"]],
    ["PO1-N1-N301", ["13 Quay Street"]],
    ["PO1-MSG01", ["first"]],
    ["PO1-N9-MSG01", ["first"]],
    ["N1-MSG01", []],
    ["PO1-CTT01", []],
    ["PO1-PO102", ["24", "6", "9"]],
    ["CTT-AMT02", ["100"]],
    ["BEG-REF02", ["038", "482136", "DOCK", "C-1"]],
    ['PID05:PID02["08"]', ["Brass lamp", "Steel lamp"]],
    ['PO107:PID02["35"]', ["111"]],
    ['PO107:REF01["CT"]', ["111"]],
    ['PID05:PO101["3"]', ["Steel lamp"]],
    ['PO107:N101["BT"]', ["111", "222"]],
    ['BEG03:REF01["CT"]', ["PO-1"]],
    ['REF02:REF01["CT"]:PO101["2"]', []],
  ])("%s gives %j", (selector, expected) => {
    expect(values(selector, order)).toEqual(expected);
  });

  it("says where each value stands", () => {
    const [first] = compileSelector('PO1-N1-N301:N101["ST"]').select(order);
    expect(first).toEqual({
      value: "13 Quay Street",
      place: { segment: "N3", position: 23, element: 1, component: null, repetition: null, loop: "PO1/N1" },
      occurrence: null,
    });
    expect(compileSelector("BEG03").select(order)[0]?.place.loop).toBeNull();
  });

  it("tells the occurrences of FOREACH apart, those without a value counted", () => {
    const selector = compileSelector("FOREACH(PO1)=>PO104");
    expect(selector.forEach).toBe("PO1");
    expect(selector.select(order).map(({ value, occurrence }) => [value, occurrence])).toEqual([
      ["7.95", 1],
      ["3", 3],
    ]);
    const descriptions = compileSelector("FOREACH(PO1)=>PID05").select(order);
    expect(descriptions.map(({ occurrence }) => occurrence)).toEqual([1, 1, 3]);
    expect(values("FOREACH(PO1)=>BEG03", order)).toEqual([]);
    expect(values("FOREACH(REF)=>REF02", order)).toHaveLength(4);
    expect(values('FOREACH(PO1)=>N1-N301:N101["ST"]', order)).toEqual(["13 Quay Street"]);
  });

  it.each<[string, string[]]>([
    ["CONCAT(REF01,-)=>REF02", ["DP-038", "IA-482136", "CR-DOCK", "CT-C-1"]],
    ['CONCAT(REF02:REF01["DP"], & )=>REF02:REF01["IA"]', ["038 & 482136"]],
    ["CONCAT(BEG03,,)=>CTT01", ["PO-1,3"]],
    ["CONCAT(BEG03,)=>CTT01", ["PO-13"]],
    ["CONCAT(N102,/)=>N1-N301", ["Head Office/1 Main Street", "Store 12/12 Quay Street", "Store 13/13 Quay Street"]],
    ["CONCAT(N401,, )=>N1-N301", ["1 Main Street", "Salem, 12 Quay Street", "Salem, 13 Quay Street"]],
    ['CONCAT(N102:N101["BT"],/)=>N102:N101["SN"]', ["Head Office/No Address"]],
    ['CONCAT(N301:N101["BT"],/)=>N401:N101["ST"]', ["1 Main Street/Salem"]],
    ["FOREACH(PO1)=>CONCAT(REF02,:)=>PO107", ["C-1:111", "038:222", "038:333"]],
    ['FOREACH(PO1)=>CONCAT(REF02:REF01["CT"],:)=>PO107', ["C-1:111", "222", "333"]],
    ["CONCAT(FOREACH(PO1)=>PO107,+)=>BEG03", ["111+222+333+PO-1"]],
    ["CONCAT(BEG03,-)=>CONCAT(BEG01,-)=>BEG02", ["PO-1-00-SA"]],
    ["CONCAT(BEG12,-)=>BEG03", ["PO-1"]],
    ["CONCAT(BEG03,-)=>BEG12", []],
  ])("%s gives %j", (selector, expected) => {
    expect(values(selector, order)).toEqual(expected);
  });

  it("keeps an unknown segment out of loops, and still finds it", () => {
    const lines = orderLines.toSpliced(13, 0, "XYZ*1*2");
    const set = setOf("850", lines);
    expect(values("XYZ02", set)).toEqual(["2"]);
    expect(values("PO1-XYZ02", set)).toEqual([]);
    expect(values("PO1-REF02", set)).toEqual(["C-1"]);
  });
});

describe("selectors in composites and repetitions", () => {
  const lines = ["IK5*R*5", "REF*TN**a*CT:SI-1:BT", "HI*ABK:8901^ABF:87200:x*ABF^^ZZ", "HI*BE"];
  const set = setOf("999", lines, "");

  it.each<[string, string[]]>([
    ["REF04", ["CT"]],
    ["REF04-1", ["CT"]],
    ["REF04-02", ["SI-1"]],
    ["REF04-4", []],
    ["REF03-1", ["a"]],
    ["REF03-2", []],
    ["HI01-2", ["8901", "87200"]],
    ["HI02", ["ABF", "ZZ"]],
    ['HI02:HI01-2["87200"]', ["ABF", "ZZ"]],
    ['REF02:REF04-3["BT"]', []],
    ['REF01:REF04-3["BT"]', ["TN"]],
  ])("%s gives %j", (selector, expected) => {
    expect(values(selector, set)).toEqual(expected);
  });

  it("says which component and which repetition", () => {
    expect(compileSelector("HI01-2").select(set)[1]?.place).toMatchObject({ element: 1, component: 2, repetition: 2 });
    expect(compileSelector("REF04").select(set)[0]?.place).toMatchObject({ component: 1, repetition: null });
    expect(compileSelector("HI02").select(set)[1]?.place).toMatchObject({ component: null, repetition: 3 });
  });

  it("reads the composite of a sample", () => {
    const sample = sampleSet("orders/850-summit-industrial.edi");
    expect(values('REF04-2:REF01["JB"]', sample)).toEqual(["SI-OA-2031"]);
  });
});

describe.each([
  ["in the loops of the standard", "004010"],
  ["without a schema", ""],
])("selectors by hierarchical level, %s", (_, version) => {
  const set = setOf("856", shipmentLines, version);

  it.each<[string, string[]]>([
    ["HL+S+O-PRF01", ["PO-A", "PO-B"]],
    ["HL+O-PRF01", ["PO-A", "PO-B"]],
    ["HL+S+O+P+I-LIN-SN102", ["24", "6", "9", "2"]],
    ["HL+S+O+P-MAN02", ["00001", "00002", "00003"]],
    ["HL+S+O+I-LIN03", ["111", "222", "333", "444"]],
    ["HL+O+S-PRF01", []],
    ["HL+S-REF02", ["BOL-9"]],
    ["HL+S+O-REF02", ["777"]],
    ["HL+S-LIN03", []],
    ['HL+S-N1-N301:N101["ST"]', ["12 Quay Street"]],
    ['HL+S-N1-N301:N101["SF"]', []],
    ['LIN03:PRF01["PO-B"]', ["444"]],
    ['HL+I-SN102:MAN02["00002"]', ["6", "9"]],
    ["PRF-LIN03", ["111", "222", "333", "444"]],
    ["CONCAT(PRF01,/)=>LIN03", ["PO-A/111", "PO-A/222", "PO-A/333", "PO-B/444"]],
  ])("%s gives %j", (selector, expected) => {
    expect(values(selector, set)).toEqual(expected);
  });

  it("puts items with the order that they belong to", () => {
    const items = compileSelector("FOREACH(PRF)=>HL+I-LIN03").select(set);
    expect(items.map(({ value, occurrence }) => [value, occurrence])).toEqual([
      ["111", 1],
      ["222", 1],
      ["333", 1],
      ["444", 2],
    ]);
  });
});

describe("HL02", () => {
  it("decides what a level belongs to, not the order in the file", () => {
    const set = setOf("856", [
      "BSN*00*S*20240119*1015",
      "HL*1**S",
      "HL*2*1*O",
      "PRF*PO-A",
      "HL*3*1*O",
      "PRF*PO-B",
      "HL*4*2*I",
      "LIN**UP*1",
      "HL*5*3*I",
      "LIN**UP*2",
      "HL*6*9*I",
      "LIN**UP*3",
    ]);
    expect(values('LIN03:PRF01["PO-A"]', set)).toEqual(["1"]);
    expect(values("HL+S+O+I-LIN03", set)).toEqual(["1", "2"]);
    expect(values("HL+I-LIN03", set)).toEqual(["1", "2", "3"]);
  });

  it("may be a number of a level", () => {
    const set = setOf("856", ["BSN*00*S*20240119*1015", "HL*1**20", "HL*2*1*21", "REF*IA*1"]);
    expect(values("HL+20+21-REF02", set)).toEqual(["1"]);
  });
});

describe("selectors in a set without a schema", () => {
  const set = setOf("850", orderLines, "");

  it.each<[string, string[]]>([
    ['N1-N301:N101["BT"]', ["1 Main Street"]],
    ['N1-N301:N101["ST"]', ["12 Quay Street", "13 Quay Street"]],
    ['N1-N301:N101["SN"]', []],
    ["PO1-REF02", ["C-1"]],
    ["FOREACH(PO1)=>PID05", ["Brass lamp", "Polished", "Steel lamp"]],
  ])("%s gives %j", (selector, expected) => {
    expect(values(selector, set)).toEqual(expected);
  });
});

describe("a large set", () => {
  it("is read by every kind of selector", () => {
    const lines = ["BEG*00*SA*PO-1**20240115", "N1*ST*Store*92*1"];
    for (let n = 1; n <= 20_000; n++) lines.push(`PO1*${n}*1*EA*1*PE*UP*${n}`, "REF*CT*C", "PID*F*08***x");
    const large = setOf("850", [...lines, "CTT*20000"]);
    expect(values('PO1-REF02:PO107["777"]', large)).toEqual(["C"]);
    expect(values('PO107:REF01["ZZ"]', large)).toEqual([]);
    expect(values('PO107:N101["ST"]', large)).toHaveLength(20_000);
    expect(values('FOREACH(PO1)=>CONCAT(REF02:REF01["CT"],-)=>PO107', large)[19_999]).toBe("C-20000");
  });
});
