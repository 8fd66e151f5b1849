import { describe, expect, test } from "vitest";
import { harborOrder, sample, segmentOf, segmentsOf, summitOrder } from "../support/samples.ts";
import { runPortico } from "./run-portico.ts";

const oneBad = sample("orders/850-harbor-retail-two-orders-one-bad.edi");

/** The acknowledgment must itself be right. */
async function expectClean(x12: string): Promise<void> {
  const { code, stdout } = await runPortico(["validate", "-"], { stdin: x12 });
  expect(stdout).toMatch(/no problems/);
  expect(code).toBe(0);
}

describe("portico acknowledge", () => {
  test("writes the 997 of a right file, ids turned round", async () => {
    const { code, stdout, stderr } = await runPortico(["acknowledge", "-"], { stdin: harborOrder() });
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(segmentOf(stdout, "ISA").slice(5, 9)).toEqual(["ZZ", "CEDARRIVER     ", "12", "3125550142     "]);
    expect(segmentOf(stdout, "ISA")[13]).toBe("000000001");
    expect(segmentOf(stdout, "GS").slice(1, 4)).toEqual(["FA", "CEDARRIVER", "HARBORPO"]);
    expect(segmentOf(stdout, "AK1")).toEqual(["AK1", "PO", "4417"]);
    expect(segmentOf(stdout, "AK9")).toEqual(["AK9", "A", "1", "1", "1"]);
    await expectClean(stdout);
  });

  test("still writes the 997 of a bad file, and ends with 1", async () => {
    const { code, stdout } = await runPortico(["acknowledge", "-"], { stdin: oneBad });
    expect(code).toBe(1);
    expect(segmentsOf(stdout).slice(3, -3)).toEqual([
      "AK1*PO*4440",
      "AK2*850*0001",
      "AK5*A",
      "AK2*850*0002",
      "AK3*DTM*7**8",
      "AK4*2*373*8*20250230",
      "AK3*PO1*13*PO1*8",
      "AK4*3*355*5*EACH",
      "AK5*R*5",
      "AK9*P*2*2*1",
    ]);
    await expectClean(stdout);
  });

  test("--account writes what the account wants: TA1 and 999 in its delimiters, rejected sets only", async () => {
    const { code, stdout } = await runPortico(
      ["acknowledge", "-", "--account", "samples/accounts/summit-industrial.yaml"],
      {
        stdin: summitOrder(),
      },
    );
    expect(code).toBe(0);
    const interchanges = stdout.split(/(?=ISA\|)/);
    expect(interchanges).toHaveLength(2);
    expect(segmentOf(interchanges[0] as string, "TA1")).toEqual([
      "TA1",
      "000000982",
      expect.any(String),
      expect.any(String),
      "A",
      "000",
    ]);
    expect(segmentOf(interchanges[1] as string, "ST")).toEqual(["ST", "999", "0001", "005010X231A1"]);
    expect(interchanges[1]).not.toContain("AK2");
    expect(stdout).toContain("~\r\n");
    await expectClean(stdout);
  });

  test("--kind 999 answers a 004010 group in an interchange of a version that may hold one", async () => {
    const { stdout } = await runPortico(["acknowledge", "-", "--kind", "999", "--line-breaks"], {
      stdin: oneBad.replace(/\n/g, ""),
    });
    expect(segmentOf(stdout, "ISA").slice(11, 13)).toEqual(["^", "00501"]);
    expect(stdout.split("\n").length).toBe(segmentsOf(stdout).length + 1);
    expect(segmentOf(stdout, "AK1")).toEqual(["AK1", "PO", "4440", "004010"]);
    await expectClean(stdout);
  });

  test("--kind ta1 writes the TA1 alone", async () => {
    const { code, stdout } = await runPortico(["acknowledge", "-", "--kind", "ta1"], { stdin: oneBad });
    expect(code).toBe(1);
    expect(segmentsOf(stdout).map((segment) => segment.slice(0, 3))).toEqual(["ISA", "TA1", "IEA"]);
    await expectClean(stdout);
  });

  test("a bad envelope is answered by a TA1, whatever was asked for", async () => {
    const bad = harborOrder().replace("IEA*1*000004417", "IEA*1*000009999");
    const { code, stdout, stderr } = await runPortico(["acknowledge", "-", "--kind", "997"], { stdin: bad });
    expect(code).toBe(1);
    expect(segmentOf(stdout, "TA1").slice(4)).toEqual(["R", "001"]);
    expect(stdout).not.toContain("ST*997");
    expect(stderr).toMatch(/rejected as a whole: a TA1 answers it/);
    await expectClean(stdout);
  });

  test("ISA14 asks for a TA1, which leaves beside the 997", async () => {
    const { stdout } = await runPortico(["acknowledge", "-"], { stdin: harborOrder().replace("*0*P*>", "*1*P*>") });
    expect(
      segmentsOf(stdout)
        .filter((segment) => segment.startsWith("ISA"))
        .map((isa) => isa.split("*")[13]),
    ).toEqual(["000000001", "000000002"]);
    expect(stdout).toContain("TA1*000004417");
    expect(stdout).toContain("ST*997");
    await expectClean(stdout);
  });

  test("each interchange of a file is answered by its own", async () => {
    const second = harborOrder().replaceAll("000004417", "000004418");
    const { stdout } = await runPortico(["acknowledge", "-"], { stdin: harborOrder() + second });
    expect(segmentsOf(stdout).filter((segment) => segment.startsWith("ISA"))).toHaveLength(2);
    await expectClean(stdout);
  });

  test("an acknowledgment is not acknowledged", async () => {
    const { stdout: first } = await runPortico(["acknowledge", "-"], { stdin: harborOrder() });
    const { code, stdout, stderr } = await runPortico(["acknowledge", "-"], { stdin: first });
    expect(stdout).toBe("");
    expect(stderr).toMatch(/acknowledgments only/);
    expect(code).toBe(0);
  });

  test("what is no X12 has no acknowledgment", async () => {
    const { code, stdout, stderr } = await runPortico(["acknowledge", "-"], { stdin: "hello" });
    expect(stdout).toBe("");
    expect(stderr).toMatch(/no X12 file/);
    expect(code).toBe(1);
  });

  test("an ISA whose ids can't be written back is answered all the same", async () => {
    const bad = harborOrder().replace("*12*3125550142     *", "*??*\u0001              *");
    const { code, stdout } = await runPortico(["acknowledge", "-"], { stdin: bad });
    expect(code).toBe(1);
    expect(segmentOf(stdout, "ISA").slice(7, 9)).toEqual(["ZZ", "UNKNOWN        "]);
    expect(segmentOf(stdout, "TA1")[4]).toBe("R");
  });
});
