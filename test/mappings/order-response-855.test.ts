import { describe, expect, it } from "vitest";
import { type OrderResponse, orderResponse } from "../../src/documents/order-response.ts";
import { setFromDocument } from "../../src/mappings/index.ts";
import { order850 } from "../../src/mappings/order-850.ts";
import { orderResponse855 } from "../../src/mappings/order-response-855.ts";
import { writeSegment } from "../../src/x12/index.ts";
import { delimiters, problemsOnceWritten, purchaseOrder } from "./sets.ts";

const least: OrderResponse = {
  documentType: "order-response",
  account: "north-hardware",
  usage: "production",
  purpose: { code: "00", word: "original" },
  acknowledgmentType: { code: "AK", word: "without detail" },
  date: "2025-03-11",
  order: { number: "4711", date: "2025-03-10" },
  lines: [],
};

const most: OrderResponse = {
  ...least,
  acknowledgmentType: { code: "AC" },
  number: "SO-88",
  order: { number: "4711", date: "2025-03-10", release: "7", contract: "C-1", document: "doc-1" },
  currency: "USD",
  references: [{ qualifier: "DP", word: "department", value: "014", description: "HOUSEWARES" }],
  contacts: [
    {
      role: "OC",
      name: "ANNA LINDQVIST",
      channels: [
        { qualifier: "TE", value: "5635550134" },
        { qualifier: "EM", value: "anna@cedar-river.example" },
        { qualifier: "FX", value: "5635550135" },
        { qualifier: "CP", value: "5635550136" },
      ],
      reference: "DESK 4",
    },
  ],
  dates: [{ qualifier: "067", date: "2025-03-28", time: "0800", zone: "CT" }],
  notes: [{ lines: ["ONE LINE IS BACK-ORDERED"] }],
  parties: [
    {
      role: "ST",
      name: "DC 0318",
      otherNames: ["JOLIET"],
      idQualifier: "92",
      id: "0318",
      address: { lines: ["2250 CANAL ROAD", "GATE 1", "DOCK 4"], city: "JOLIET", state: "IL", postalCode: "60436" },
    },
  ],
  lines: [
    {
      line: "1",
      quantity: "240",
      unit: "EA",
      price: "0.75",
      priceBasis: { code: "PE" },
      productIds: [
        { qualifier: "UP", id: "612800401156" },
        { qualifier: "VN", id: "CR-KET-17" },
      ],
      acknowledgments: [
        { status: "IA", quantity: "200", unit: "EA", date: { qualifier: "068", date: "2025-03-24" } },
        {
          status: "IB",
          quantity: "40",
          unit: "EA",
          date: { qualifier: "068", date: "2025-04-07", time: "1200" },
          reference: "BO-1",
        },
      ],
      notes: [{ reference: { qualifier: "L1", value: "WHY" }, lines: ["NEXT LOT IS DUE IN APRIL"] }],
    },
    {
      line: "2",
      quantity: "12",
      unit: "EA",
      productIds: [],
      acknowledgments: [
        { status: "IS", quantity: "12", unit: "EA", substitutes: [{ qualifier: "VN", id: "CR-LMP-03" }] },
      ],
      dates: [{ qualifier: "069", date: "2025-03-30" }],
    },
  ],
  totals: { lineCount: 2, hashTotal: "252" },
};

function lines(response: OrderResponse, version: string): string[] {
  orderResponse.parse(response);
  return orderResponse855
    .write(response, version)
    .map((segment) => writeSegment(segment, { ...delimiters, segment: "", lineBreak: "" }));
}

describe("an order response as an 855", () => {
  it("needs no more than BAK where it says nothing of lines", () => {
    expect(lines(least, "004010")).toEqual(["BAK*00*AK*4711*20250310*****20250311"]);
  });

  it("has every segment in the order of the standard", () => {
    expect(lines(most, "004010")).toEqual([
      "BAK*00*AC*4711*20250310*7**C-1*SO-88*20250311",
      "CUR*SE*USD",
      "REF*DP*014*HOUSEWARES",
      "PER*OC*ANNA LINDQVIST*TE*5635550134*EM*anna@cedar-river.example*FX*5635550135*DESK 4",
      "PER*OC*ANNA LINDQVIST*CP*5635550136*****DESK 4",
      "DTM*067*20250328*0800*CT",
      "N9*L1**NOTES",
      "MSG*ONE LINE IS BACK-ORDERED",
      "N1*ST*DC 0318*92*0318",
      "N2*JOLIET",
      "N3*2250 CANAL ROAD*GATE 1",
      "N3*DOCK 4",
      "N4*JOLIET*IL*60436",
      "PO1*1*240*EA*.75*PE*UP*612800401156*VN*CR-KET-17",
      "ACK*IA*200*EA*068*20250324",
      "ACK*IB*40*EA*068*20250407*BO-1",
      "DTM*068*20250407*1200",
      "N9*L1*WHY",
      "MSG*NEXT LOT IS DUE IN APRIL",
      "PO1*2*12*EA",
      "DTM*069*20250330",
      "ACK*IS*12*EA****VN*CR-LMP-03",
      "CTT*2*252",
    ]);
  });

  it("puts free text into MTX from 004030 on", () => {
    for (const version of ["004030", "005010"]) {
      expect(lines(most, version).filter((line) => /^M(TX|SG)/.test(line))).toEqual([
        "MTX**ONE LINE IS BACK-ORDERED",
        "MTX**NEXT LOT IS DUE IN APRIL",
      ]);
    }
  });

  it.each(["004010", "004030", "005010"])("is taken by our own validator in %s", (version) => {
    for (const response of [least, most]) {
      expect(problemsOnceWritten(version, "855", orderResponse855.write(response, version))).toEqual([]);
    }
  });

  it("cuts text that is too long for one MSG at a blank, and loses none of it", () => {
    const words = Array.from({ length: 100 }, (_, n) => `WORD${n}`).join(" ");
    const unbroken = "X".repeat(600);
    const segments = orderResponse855.write({ ...least, notes: [{ lines: [words, unbroken] }] }, "004010");
    const texts = segments.filter(([id]) => id === "MSG").map(([, text]) => String(text));
    expect(texts.every((text) => text.length <= 264)).toBe(true);
    expect(texts.filter((text) => text.includes("WORD")).join(" ")).toBe(words);
    expect(texts.filter((text) => text.includes("X")).join("")).toBe(unbroken);
  });

  it("counts the lines that it has, whatever the document's totals say", () => {
    expect(lines({ ...most, totals: { lineCount: 9 } }, "004010").at(-1)).toBe("CTT*2");
  });

  it("is the set that an order response goes out as, and an order has one of its own", () => {
    expect(setFromDocument(least, "004010")).toEqual({
      type: "855",
      segments: orderResponse855.write(least, "004010"),
    });
    const set = purchaseOrder("004010", "BEG*00*SA*4711**20250310", "PO1*1*12*EA");
    expect(setFromDocument(order850.read(set, { account: "north", usage: "test" }), "004010")?.type).toBe("850");
  });
});
