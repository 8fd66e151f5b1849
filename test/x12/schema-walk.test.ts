import { describe, expect, test } from "vitest";
import { loadSchemaLibrary } from "../../src/x12/schema-library.ts";
import { StructureWalk } from "../../src/x12/structure-walk.ts";

const library = loadSchemaLibrary();

/** Walks segment ids and says, for each, the loop it was found in ("-" for none) and what is wrong. */
function walked(type: string, ids: string, version = "004010"): string[] {
  const walk = new StructureWalk(library.set(version, type)!);
  walk.start();
  const steps = ids.split(" ").map((id) => {
    const place = walk.next(id);
    const missing = walk.skipped.map((node) => ` -${node.segment}`).join("");
    return `${id}:${place.known ? (place.loop ?? "") : "-"}${place.beginsLoop ? "!" : ""}${walk.fault ?? ""}${missing}`;
  });
  const missing = walk.end().map((node) => `end -${node.segment}`);
  return [...steps, ...missing];
}

describe("850", () => {
  test("heading, order lines and summary", () => {
    expect(walked("850", "ST BEG CUR REF REF PER DTM N1 N2 N3 N4 PO1 PID PO1 PID MEA CTT AMT SE")).toEqual([
      "ST:",
      "BEG:",
      "CUR:",
      "REF:",
      "REF:",
      "PER:",
      "DTM:",
      "N1:N1!",
      "N2:N1",
      "N3:N1",
      "N4:N1",
      "PO1:PO1!",
      "PID:PO1/PID!",
      "PO1:PO1!",
      "PID:PO1/PID!",
      "MEA:PO1/PID",
      "CTT:CTT!",
      "AMT:CTT",
      "SE:",
    ]);
  });

  test("N9 stands in the heading, in a line and in a subline, each with its own MSG", () => {
    expect(walked("850", "ST BEG N9 MSG N9 MSG PO1 N9 MSG SLN N9 MSG N9 PO1 N9 SE").slice(2)).toEqual([
      "N9:N9!",
      "MSG:N9",
      "N9:N9!",
      "MSG:N9",
      "PO1:PO1!",
      "N9:PO1/N9!",
      "MSG:PO1/N9",
      "SLN:PO1/SLN!",
      "N9:PO1/SLN/N9!",
      "MSG:PO1/SLN/N9",
      "N9:PO1/SLN/N9!",
      "PO1:PO1!",
      "N9:PO1/N9!",
      "SE:",
    ]);
  });

  test("REF and DTM go to the nearest place that takes them", () => {
    expect(walked("850", "ST BEG REF AMT REF DTM N1 REF PO1 REF DTM SCH REF N1 REF DTM SE").slice(2)).toEqual([
      "REF:",
      "AMT:AMT!",
      "REF:AMT",
      "DTM:AMT",
      "N1:N1!",
      "REF:N1",
      "PO1:PO1!",
      "REF:PO1",
      "DTM:PO1",
      "SCH:PO1/SCH!",
      "REF:PO1/SCH",
      "N1:PO1/N1!",
      "REF:PO1/N1",
      "DTM:PO1/N1",
      "SE:",
    ]);
  });

  test("the mandatory line is missed once, where the summary begins", () => {
    expect(walked("850", "ST BEG CTT SE")).toEqual(["ST:", "BEG:", "CTT:CTT! -PO1", "SE:"]);
    expect(walked("850", "ST BEG")).toEqual(["ST:", "BEG:", "end -PO1"]);
  });

  test("a mandatory segment that comes too late is missing and out of order", () => {
    expect(walked("850", "ST REF BEG PO1 SE")).toEqual(["ST:", "REF: -BEG", "BEG:-7", "PO1:PO1!", "SE:"]);
  });

  test("LM without the LQ it must have", () => {
    expect(walked("850", "ST BEG LM LM LQ PO1 SE").slice(2)).toEqual([
      "LM:LM!",
      "LM:LM! -LQ",
      "LQ:LM",
      "PO1:PO1!",
      "SE:",
    ]);
  });

  test("unknown, of another set, out of order, in a loop that has not begun", () => {
    expect(walked("850", "ST BEG QQQ BSN DTM CUR N2 PO1 SE")).toEqual([
      "ST:",
      "BEG:",
      "QQQ:-1",
      "BSN:-6",
      "DTM:",
      "CUR:-7",
      "N2:-2",
      "PO1:PO1!",
      "SE:",
    ]);
  });

  test("a segment that fits nowhere leaves the walk where it was", () => {
    expect(walked("850", "ST BEG N1 QQQ N2 BSN N3 PO1 SE").slice(2)).toEqual([
      "N1:N1!",
      "QQQ:-1",
      "N2:N1",
      "BSN:-6",
      "N3:N1",
      "PO1:PO1!",
      "SE:",
    ]);
  });

  test("a fourth PER in the heading is one too many, and so is a second BEG", () => {
    expect(walked("850", "ST BEG BEG PER PER PER PER PO1 SE")).toEqual([
      "ST:",
      "BEG:",
      "BEG:5",
      "PER:",
      "PER:",
      "PER:",
      "PER:5",
      "PO1:PO1!",
      "SE:",
    ]);
  });

  test("counts begin anew with each occurrence of a loop", () => {
    expect(walked("850", "ST BEG N1 N2 N2 N1 N2 N2 N2 PO1 SE").slice(2, -2)).toEqual([
      "N1:N1!",
      "N2:N1",
      "N2:N1",
      "N1:N1!",
      "N2:N1",
      "N2:N1",
      "N2:N15",
    ]);
  });

  test("the 26th allowance of a line is one loop too many; the next line may have its own", () => {
    const sac = Array(26).fill("SAC").join(" ");
    const steps = walked("850", `ST BEG PO1 ${sac} PO1 SAC SE`);
    expect(steps.filter((step) => step.includes("!4"))).toEqual(["SAC:PO1/SAC!4"]);
    expect(steps[28]).toBe("SAC:PO1/SAC!4");
    expect(steps.at(-2)).toBe("SAC:PO1/SAC!");
  });
});

describe("bounded loops", () => {
  test("LS, the loop, LE, and the same loop outside them", () => {
    expect(walked("850", "ST BEG PO1 LS LDT QTY LM LQ LDT LE N1 LDT SE").slice(3)).toEqual([
      "LS:PO1",
      "LDT:PO1/LDT!",
      "QTY:PO1/LDT",
      "LM:PO1/LDT/LM!",
      "LQ:PO1/LDT/LM",
      "LDT:PO1/LDT!",
      "LE:PO1",
      "N1:PO1/N1!",
      "LDT:PO1/N1/LDT!",
      "SE:",
    ]);
  });

  test("LE missing, LS missing, LE without LS", () => {
    expect(walked("850", "ST BEG PO1 LS LDT N9 SE").slice(4)).toEqual(["LDT:PO1/LDT!", "N9:PO1/N9! -LE", "SE:"]);
    expect(walked("850", "ST BEG PO1 LDT LE SE").slice(3)).toEqual(["LDT:PO1/LDT! -LS", "LE:PO1", "SE:"]);
    expect(walked("850", "ST BEG PO1 LE SE").slice(3)).toEqual(["LE:-2", "SE:"]);
    expect(walked("850", "ST BEG PO1 LS LDT")).toContain("end -LE");
  });

  test("940: LX between LS and LE is the inner loop, without them a new line", () => {
    expect(walked("940", "ST W05 N1 LX W01 LS LX LX LE LX W01 SE").slice(3, -1)).toEqual([
      "LX:LX!",
      "W01:LX/W01!",
      "LS:LX/W01",
      "LX:LX/W01/LX!",
      "LX:LX/W01/LX!",
      "LE:LX/W01",
      "LX:LX!",
      "W01:LX/W01!",
    ]);
  });

  test("832 in 005010: LS is that of the loop that follows it", () => {
    const ids = "ST BCT LIN CTP LS LM LQ LE LS N1 LE LIN CTP LS N1 N2 LE SE";
    expect(walked("832", ids, "005010").slice(2)).toEqual([
      "LIN:LIN!",
      "CTP:LIN/CTP!",
      "LS:LIN/CTP",
      "LM:LIN/CTP/LM!",
      "LQ:LIN/CTP/LM",
      "LE:LIN/CTP",
      "LS:LIN/CTP",
      "N1:LIN/CTP/N1!",
      "LE:LIN/CTP",
      "LIN:LIN!",
      "CTP:LIN/CTP!",
      "LS:LIN/CTP",
      "N1:LIN/CTP/N1!",
      "N2:LIN/CTP/N1",
      "LE:LIN/CTP",
      "SE:",
    ]);
  });
});

test("856: each HL is an occurrence of the one HL loop", () => {
  expect(walked("856", "ST BSN DTM HL TD5 REF N1 N3 HL PRF HL LIN SN1 REF CTT SE").slice(2)).toEqual([
    "DTM:",
    "HL:HL!",
    "TD5:HL",
    "REF:HL",
    "N1:HL/N1!",
    "N3:HL/N1",
    "HL:HL!",
    "PRF:HL",
    "HL:HL!",
    "LIN:HL",
    "SN1:HL",
    "REF:HL",
    "CTT:",
    "SE:",
  ]);
});

test("855: an acknowledgment of each line in its own loop", () => {
  expect(walked("855", "ST BAK REF N1 PO1 ACK DTM ACK PO1 PID ACK CTT SE").slice(3, -1)).toEqual([
    "N1:N1!",
    "PO1:PO1!",
    "ACK:PO1/ACK!",
    "DTM:PO1/ACK",
    "ACK:PO1/ACK!",
    "PO1:PO1!",
    "PID:PO1/PID!",
    "ACK:PO1/ACK!",
    "CTT:CTT!",
  ]);
});

test("810: TXI after the total is the summary's, before it the line's", () => {
  expect(walked("810", "ST BIG N1 IT1 TXI PID SAC TDS TXI SAC TXI CTT SE").slice(3)).toEqual([
    "IT1:IT1!",
    "TXI:IT1",
    "PID:IT1/PID!",
    "SAC:IT1/SAC!",
    "TDS:",
    "TXI:",
    "SAC:SAC!",
    "TXI:SAC",
    "CTT:",
    "SE:",
  ]);
  expect(walked("810", "ST BIG IT1 CTT SE").slice(2)).toEqual(["IT1:IT1!", "CTT: -TDS", "SE:"]);
});

test("997: AK5 must end each AK2", () => {
  expect(walked("997", "ST AK1 AK2 AK3 AK4 AK4 AK3 AK5 AK2 AK5 AK9 SE").slice(2, -2)).toEqual([
    "AK2:AK2!",
    "AK3:AK2/AK3!",
    "AK4:AK2/AK3",
    "AK4:AK2/AK3",
    "AK3:AK2/AK3!",
    "AK5:AK2",
    "AK2:AK2!",
    "AK5:AK2",
  ]);
  expect(walked("997", "ST AK1 AK2 AK3 AK2 AK9 SE").slice(2, -1)).toEqual([
    "AK2:AK2!",
    "AK3:AK2/AK3!",
    "AK2:AK2! -AK5",
    "AK9: -AK5",
  ]);
});

test("999: CTX belongs to the IK3 or the IK4 before it", () => {
  expect(walked("999", "ST AK1 AK2 IK3 CTX IK4 CTX IK4 IK5 AK9 SE", "005010").slice(3, -3)).toEqual([
    "IK3:AK2/IK3!",
    "CTX:AK2/IK3",
    "IK4:AK2/IK3/IK4!",
    "CTX:AK2/IK3/IK4",
    "IK4:AK2/IK3/IK4!",
  ]);
});

test("753: the second of two loops with one trigger is found though the segment between them is missing", () => {
  expect(walked("753", "ST BGN N1 N3 LX N1 OID N1 OID SE", "005010").slice(2, -1)).toEqual([
    "N1:N1!",
    "N3:N1",
    "LX:",
    "N1:N1#2!",
    "OID:N1#2/OID!",
    "N1:N1#2!",
    "OID:N1#2/OID!",
  ]);
  expect(walked("753", "ST BGN N1 N1 OID SE", "005010").slice(2)).toEqual([
    "N1:N1!",
    "N1:N1#2! -LX",
    "OID:N1#2/OID!",
    "SE:",
  ]);
});

test("one walk serves many sets", () => {
  const walk = new StructureWalk(library.set("004010", "850")!);
  for (let set = 0; set < 3; set++) {
    walk.start();
    for (const id of ["ST", "BEG", "PER", "PER", "PER", "PO1"]) {
      walk.next(id);
      expect(walk.fault).toBeNull();
    }
  }
});
