import { describe, expect, it } from "vitest";
import { order as orderSchema } from "../../src/documents/order.ts";
import { documentFromSet, isTranslated } from "../../src/mappings/index.ts";
import { order850 } from "../../src/mappings/order-850.ts";
import { purchaseOrder } from "./sets.ts";

const facts = { account: "north-hardware", usage: "production" } as const;
const beg = "BEG*00*SA*4711**20250310";
const po1 = "PO1*1*12*EA*2.50";

/** The order of an 850 with these segments in its heading, and these in its only line. */
function mapped({ version = "004010", heading = [] as string[], line = [] as string[], summary = [] as string[] }) {
  const order = order850.read(purchaseOrder(version, beg, ...heading, po1, ...line, ...summary), facts);
  orderSchema.parse(order);
  const only = order.lines[0];
  if (!only) throw new Error("no line");
  return {
    order,
    line: only,
    unmapped: order.x12?.unmapped.map(({ segment, element, value }) => `${segment}${element}=${value}`),
  };
}

describe("an 850 as an order", () => {
  it("says the least with the least", () => {
    const { order } = mapped({});
    expect(order).toStrictEqual({
      documentType: "order",
      account: "north-hardware",
      usage: "production",
      number: "4711",
      date: "2025-03-10",
      purpose: { code: "00", word: "original" },
      orderType: { code: "SA", word: "stand-alone" },
      references: [],
      parties: [],
      dates: [],
      lines: [{ line: "1", quantity: "12", unit: "EA", price: "2.50", productIds: [], descriptions: [] }],
      x12: {
        type: "850",
        version: "004010",
        control: "0001",
        segments: [
          { id: "ST", elements: ["850", "0001"] },
          { id: "BEG", elements: ["00", "SA", "4711", "", "20250310"] },
          { id: "PO1", elements: ["1", "12", "EA", "2.50"] },
          { id: "SE", elements: ["4", "0001"] },
        ],
        unmapped: [],
      },
    });
  });

  it("reads SAC05 with two implied decimals and everything else of SAC as it is written", () => {
    const { order, unmapped } = mapped({
      heading: ["SAC*A*I530*VI*VOL1*1250*3*2.5*.75*EA*10*20*02*R-1*OPT*VOLUME*EN", "SAC*C*D240***-5"],
    });
    expect(order.allowancesAndCharges).toEqual([
      {
        indicator: { code: "A", word: "allowance" },
        reason: { code: "I530", word: "volume discount" },
        agency: { qualifier: "VI", code: "VOL1" },
        amount: "12.50",
        percent: { qualifier: "3", value: "2.5" },
        rate: "0.75",
        unit: "EA",
        quantity: "10",
        secondQuantity: "20",
        settlement: { code: "02", word: "off invoice" },
        reference: "R-1",
        option: "OPT",
        description: "VOLUME",
        language: "EN",
      },
      { indicator: { code: "C", word: "charge" }, reason: { code: "D240", word: "freight" }, amount: "-0.05" },
    ]);
    expect(unmapped).toEqual([]);
  });

  it("reads ITD with its amounts in cents", () => {
    const { order } = mapped({
      heading: ["ITD*08*3*2*20250320*10*20250409*30*12345*20250501*50000*95*TEXT*15*C*.02"],
    });
    expect(order.terms).toEqual([
      {
        type: { code: "08", word: "basic discount offered" },
        basis: { code: "3", word: "invoice date" },
        discountPercent: "2",
        discountDueDate: "2025-03-20",
        discountDays: "10",
        netDueDate: "2025-04-09",
        netDays: "30",
        discountAmount: "123.45",
        deferredDueDate: "2025-05-01",
        deferredAmount: "500.00",
        percentPayable: "95",
        description: "TEXT",
        dayOfMonth: "15",
        paymentMethod: "C",
        percentage: "0.02",
      },
    ]);
  });

  it("reads all ten pairs of product ids", () => {
    const qualifiers = ["UP", "IN", "VN", "VP", "BP", "MG", "SK", "EN", "UK", "XX"];
    const ids = qualifiers.map((qualifier, n) => `${qualifier}*ID${n}`).join("*");
    const order = order850.read(purchaseOrder("004010", beg, `PO1*1*12*EA*2.50*PE*${ids}`), facts);
    expect(order.lines[0]?.productIds.map(({ qualifier, id }) => [qualifier, id])).toEqual(
      qualifiers.map((qualifier, n) => [qualifier, `ID${n}`]),
    );
    expect(order.lines[0]?.productIds.at(-1)).toEqual({ qualifier: "XX", id: "ID9" });
  });

  it("reads the ten places of SDQ, and of several SDQ", () => {
    const places = Array.from({ length: 10 }, (_, n) => `S${n}*${n}`).join("*");
    const { line } = mapped({ line: [`SDQ*EA*92*${places}*SHELF`, "SDQ*CA**AA*1.5"] });
    expect(line.quantitiesByLocation).toHaveLength(11);
    expect(line.quantitiesByLocation?.[9]).toEqual({
      idQualifier: "92",
      location: "S9",
      quantity: "9",
      unit: "EA",
      sublocation: "SHELF",
    });
    expect(line.quantitiesByLocation?.[10]).toEqual({ location: "AA", quantity: "1.5", unit: "CA" });
  });

  it("reads both dates of SCH", () => {
    const { line } = mapped({ line: ["SCH*5*EA*ST*DOCK*002*20250401*0800*063*20250403*1700*RQ-1*7"] });
    expect(line.schedules).toEqual([
      {
        quantity: "5",
        unit: "EA",
        party: { role: "ST", word: "ship to", name: "DOCK" },
        dates: [
          { qualifier: "002", word: "delivery requested", date: "2025-04-01", time: "0800" },
          { qualifier: "063", word: "deliver no later", date: "2025-04-03", time: "1700" },
        ],
        reference: "RQ-1",
        line: "7",
      },
    ]);
  });

  it("keeps times, zones and periods of DTM as they came", () => {
    const { order } = mapped({ heading: ["DTM*002*20250401*0800*CT", "DTM*038****RD8*20250401-20250403"] });
    expect(order.dates).toEqual([
      { qualifier: "002", word: "delivery requested", date: "2025-04-01", time: "0800", zone: "CT" },
      { qualifier: "038", word: "ship no later", period: { format: "RD8", value: "20250401-20250403" } },
    ]);
  });

  it("reads notes from MSG in 004010 and from MTX after it", () => {
    const old = mapped({ heading: ["N9*L1*A*B", "MSG*FIRST", "MSG*SECOND"], line: ["MSG*ON THE LINE"] });
    expect(old.order.notes).toEqual([
      { reference: { qualifier: "L1", word: "note", value: "A", description: "B" }, lines: ["FIRST", "SECOND"] },
    ]);
    expect(old.line.notes).toEqual([{ lines: ["ON THE LINE"] }]);
    for (const version of ["004030", "005010"]) {
      const { order, line } = mapped({
        version,
        heading: ["N9*L1*A", "MTX**FIRST*SECOND"],
        line: ["MTX**ON THE LINE"],
      });
      expect(order.notes?.[0]?.lines).toEqual(["FIRST", "SECOND"]);
      expect(line.notes).toEqual([{ lines: ["ON THE LINE"] }]);
    }
  });

  it("reads parties with all their names and address lines, in the heading and on the line", () => {
    const loop = [
      "N1*ST*STORE*92*0117",
      "N2*A*B",
      "N2*C",
      "N3*1*2",
      "N3*3",
      "N4*OAK PARK*IL*60302*US*AC*OP",
      "REF*DP*014",
    ];
    const party = {
      role: "ST",
      word: "ship to",
      name: "STORE",
      otherNames: ["A", "B", "C"],
      idQualifier: "92",
      id: "0117",
      address: {
        lines: ["1", "2", "3"],
        city: "OAK PARK",
        state: "IL",
        postalCode: "60302",
        country: "US",
        location: { qualifier: "AC", id: "OP" },
      },
      references: [{ qualifier: "DP", word: "department", value: "014" }],
    };
    const { order, line, unmapped } = mapped({ heading: loop, line: loop });
    expect(order.parties).toEqual([party]);
    expect(line.parties).toEqual([party]);
    expect(unmapped).toEqual([]);
  });

  it("keeps what it has no place for in `unmapped`: a second N4, a DIS, a lead time", () => {
    const { unmapped } = mapped({
      heading: ["DIS*002*Z*01*5*02*1", "N1*ST*STORE", "N4*A", "N4*B"],
      line: ["LS*LDT", "LDT*AF*3*DA", "LE*LDT"],
    });
    expect(unmapped).toEqual([
      ...["DIS1=002", "DIS2=Z", "DIS3=01", "DIS4=5", "DIS5=02", "DIS6=1"],
      "N41=B",
      ...["LDT1=AF", "LDT2=3", "LDT3=DA"],
    ]);
  });

  it("reads prices, amounts and packaging of a line", () => {
    const { line, unmapped } = mapped({
      line: ["CTP*ID*CON*2.25*144*EA>>2*DIS*.9*324*PE", "PO4*12*8*OZ*CTN25*G*14*LB*1.5*CF*10*8*6*IN*4", "AMT*1*30"],
    });
    expect(line.prices).toEqual([
      {
        classOfTrade: "ID",
        kind: { code: "CON", word: "contract" },
        price: "2.25",
        quantity: "144",
        unit: "EA",
        multiplier: { qualifier: "DIS", value: "0.9" },
        amount: "324",
        basis: "PE",
      },
    ]);
    expect(line.packaging).toEqual([
      {
        pack: "12",
        innerPack: "4",
        size: { value: "8", unit: "OZ" },
        code: "CTN25",
        weightQualifier: "G",
        grossWeight: { value: "14", unit: "LB" },
        grossVolume: { value: "1.5", unit: "CF" },
        length: "10",
        width: "8",
        height: "6",
        dimensionUnit: "IN",
      },
    ]);
    expect(line.amounts).toEqual([{ qualifier: "1", word: "line total", amount: "30" }]);
    expect(unmapped).toEqual(["CTP5=2"]);
  });

  it("reads every service level of TD5", () => {
    const { order } = mapped({ heading: ["TD5*B*2*ABCD*A*AIR*CC*OR*X*FO*HO*24*ND*SE*CG*US"] });
    expect(order.carriage).toEqual([
      {
        sequence: "B",
        carrierIdQualifier: "2",
        carrierId: "ABCD",
        method: { code: "A", word: "air" },
        routing: "AIR",
        status: "CC",
        location: { qualifier: "OR", id: "X" },
        transitDirection: "FO",
        transitTime: { qualifier: "HO", value: "24" },
        serviceLevels: [
          { code: "ND", word: "next day air" },
          { code: "SE", word: "second day" },
          { code: "CG", word: "ground" },
        ],
        country: "US",
      },
    ]);
  });

  it("reads the totals", () => {
    const { order } = mapped({ summary: ["CTT*1*12*140*LB*3.5*CF*ALL", "AMT*TT*30.00*D"] });
    expect(order.totals).toEqual({
      lineCount: 1,
      hashTotal: "12",
      weight: "140",
      weightUnit: "LB",
      volume: "3.5",
      volumeUnit: "CF",
      description: "ALL",
      amounts: [{ qualifier: "TT", word: "order total", amount: "30.00", creditOrDebit: "D" }],
    });
  });

  it("is for us, as an 810 is not, though one could be read", () => {
    const set = purchaseOrder("004010", beg, po1);
    expect(documentFromSet(set, facts)).toEqual(order850.read(set, facts));
    expect(documentFromSet({ ...set, type: "997" }, facts)).toBeNull();
    expect([isTranslated("850"), isTranslated("810"), isTranslated("constructor")]).toEqual([true, false, false]);
  });

  it("can't be made of a set that was never validated", () => {
    expect(() => order850.read(purchaseOrder("004010", po1), facts)).toThrow("without BEG");
    expect(() => order850.read(purchaseOrder("004010", "BEG*00*SA**x*20250310", po1), facts)).toThrow(
      "BEG, or what it must say",
    );
  });
});
