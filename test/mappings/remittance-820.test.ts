import { describe, expect, it } from "vitest";
import type { Remittance } from "../../src/documents/remittance.ts";
import { remittanceBalance, settlementsOf } from "../../src/documents/remittance-balance.ts";
import { remittance820 } from "../../src/mappings/remittance-820.ts";
import { problemsOnceWritten, setFrom, setOf } from "./sets.ts";

const facts = { account: "harbor-retail", usage: "production" } as const;
const versions = ["004010", "004030", "005010"];

function remittanceOf(version: string, ...segments: string[]): Remittance {
  const lines = ["ST*820*0001", ...segments, `SE*${segments.length + 2}*0001`];
  return remittance820.read(setFrom(version, lines.map((line) => `${line}~\n`).join(""), "820"), facts);
}

describe.each(versions)("an 820 in %s", (version) => {
  it("says of each line what it pays, and adds up over several entities", () => {
    const remittance = remittanceOf(
      version,
      "BPR*I*150.25*C*CHK************20250421",
      "TRN*1*88120",
      "ENT*1*SN*92*0102",
      "RMR*IV*100417**100.25*105.25*5",
      "ENT*2*SN*92*0117",
      "ADX*-10*79",
      "RMR*IV*100418**60*70",
      "REF*PO*7741093",
      "ADX*-10*59",
    );
    expect(remittance).toMatchObject({ number: "88120", date: "2025-04-21", method: { code: "CHK", word: "check" } });
    expect(settlementsOf(remittance)).toMatchObject([
      { document: "invoice", number: "100417", paid: "100.25", discount: "5", unexplained: "0" },
      {
        document: "invoice",
        number: "100418",
        order: "7741093",
        deductions: [{ amount: "-10", reason: "59", word: "not received" }],
        unexplained: "0",
      },
    ]);
    expect(remittanceBalance(remittance).difference).toBe("0");
  });

  it("keeps what is not of trade payments, and loses none of it", () => {
    const remittance = remittanceOf(
      version,
      "BPR*D*10.00*C*ACH",
      "N1*PR*HARBOR RETAIL GROUP",
      "RDM*EM*PAYABLES",
      "TXP*12345*01*20250331*T*1000",
    );
    expect(remittance.x12?.unmapped.map(({ segment }) => segment)).toEqual(expect.arrayContaining(["RDM", "TXP"]));
    expect(remittanceBalance(remittance)).toMatchObject({ difference: "0", withoutDetail: true });
  });

  it.each(["1.25", "0.7", "12.5", "1.0825"])(
    "writes an exchange rate of %s with the four digits it must have",
    (rate) => {
      const remittance: Remittance = {
        ...remittanceOf(version, "BPR*I*10.00*C*ACH", "CUR*PR*CAD*1.0000"),
        exchangeRate: rate,
      };
      const written = remittance820.write(remittance, version);
      expect(problemsOnceWritten(version, "820", written)).toEqual([]);
      expect(remittance820.read(setOf(version, "820", written), facts).exchangeRate).toBe(rate);
    },
  );
});
