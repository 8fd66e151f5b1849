import { describe, expect, it } from "vitest";
import { orderStatusReport870 } from "../../src/mappings/order-status-report-870.ts";
import { problemsOnceWritten, setFrom } from "./sets.ts";

const facts = { account: "summit-industrial", usage: "production" } as const;
const versions = ["004010", "004030", "005010"];

/** An 870 of these segments after its BSR. */
function reportOf(version: string, ...segments: string[]) {
  const lines = ["ST*870*0001", "BSR*3*PA*R1*20250416", ...segments, `SE*${segments.length + 3}*0001`];
  return orderStatusReport870.read(setFrom(version, lines.map((line) => `${line}~\n`).join(""), "870"), facts);
}

describe.each(versions)("an 870 in %s", (version) => {
  it("has the lines of an order, whether they stand under it or in levels of their own", () => {
    const line = ["PO1*10*4*EA**", "ISR*SH*20250414"];
    const under = reportOf(version, "HL*1**O", "PRF*4500", ...line);
    const apart = reportOf(version, "HL*1**O", "PRF*4500", "HL*2*1*I", ...line);
    expect(under.orders).toEqual([
      {
        order: { number: "4500" },
        lines: [
          {
            line: "10",
            quantity: "4",
            unit: "EA",
            productIds: [],
            statuses: [{ status: { code: "SH", word: "shipped" }, date: "2025-04-14" }],
          },
        ],
      },
    ]);
    expect(apart.orders).toEqual(under.orders);
    const written = orderStatusReport870.write(under, version);
    expect(written.map(([id, ...elements]) => (id === "HL" ? `HL*${elements.join("*")}` : id))).toEqual([
      "BSR",
      "HL*1**O*1",
      "PRF",
      "HL*2*1*I*0",
      "PO1",
      "ISR",
    ]);
    expect(problemsOnceWritten(version, "870", written)).toEqual([]);
  });

  it("keeps the lines of each order apart, in whatever order the levels come", () => {
    const report = reportOf(
      version,
      ...["HL*1**O", "PRF*A", "HL*2**O", "PRF*B", "HL*3*2*I", "PO1*7", "HL*4*1*I", "PO1*8", "HL*5*2*I", "PO1*9"],
    );
    expect(report.orders.map(({ order, lines }) => [order?.number, lines?.map(({ line }) => line)])).toEqual([
      ["A", ["8"]],
      ["B", ["7", "9"]],
    ]);
  });

  it("loses nothing of levels and segments that a report has no place for", () => {
    const report = reportOf(
      version,
      ...[
        "HL*1**O",
        "PRF*A",
        "HL*2*1*I",
        "PO1*7",
        "PO1*8",
        "HL*3**P",
        "PRF*PACK",
        "HL*4*1*I",
        "PO1*9",
        "ISR*SH",
        "N3*1 ROAD",
      ],
    );
    expect(report.orders[0]?.lines?.map(({ line }) => line)).toEqual(["7", "9"]);
    expect(report.x12?.unmapped.map(({ segment, value }) => `${segment} ${value}`)).toEqual([
      "PO1 8",
      "HL 3",
      "HL P",
      "PRF PACK",
      "N3 1 ROAD",
    ]);
  });

  it("may say that there is no order at all", () => {
    expect(reportOf(version, "HL*1**P").orders).toEqual([]);
  });
});
