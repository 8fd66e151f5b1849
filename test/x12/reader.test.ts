import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Guide, loadSchemaLibrary, readInterchanges, readInterchangesSync } from "../../src/x12/index.ts";
import { bytes, gs, inChunks, isa, order, rightFile, trailers } from "./wire.ts";

const library = loadSchemaLibrary();
const read = (text: string, limits = {}) => readInterchangesSync(bytes(text), { library, limits });

/** Sets of `count` orders in one group of one interchange, each set by `orderOf`. */
function fileOf(count: number, orderOf: (control: string) => string): string {
  const sets = Array.from({ length: count }, (_, i) => orderOf(String(i + 1).padStart(4, "0"))).join("");
  return `${isa}${gs}${sets}GE*${count}*1~IEA*1*000000001~`;
}
const orderWith = (control: string) => order.replaceAll("0001~", `${control}~`);

describe("readInterchanges", () => {
  it("reports a right file with nothing wrong, and where its parts stand", async () => {
    const report = await readInterchanges(bytes(rightFile), { library });
    expect(report).toMatchObject({ size: rightFile.length, problems: [] });
    const [interchange] = report.interchanges;
    expect(interchange).toMatchObject({ verdict: "A", problems: [], offset: 0, length: rightFile.length });
    expect(interchange!.header).toMatchObject({
      senderId: "ACME",
      receiverId: "HARBOR",
      control: "000000001",
      usage: "P",
    });
    const [group] = interchange!.groups;
    expect(group).toMatchObject({ verdict: "A", includedCount: 1, offset: isa.length });
    expect(group!.header).toMatchObject({ functionalId: "PO", control: "1", version: "004010" });
    const [set] = group!.transactionSets;
    expect(set).toMatchObject({ type: "850", control: "0001", verdict: "A", segmentCount: 7 });
    expect(rightFile.slice(set!.offset, set!.offset + set!.length)).toBe(order);
    expect(rightFile.slice(group!.offset, group!.offset + group!.length)).toBe(`${gs}${order}GE*1*1~`);
  });

  it("gives the same report for any chunking, from any kind of source", async () => {
    const folder = fileURLToPath(new URL("fixtures/", import.meta.url));
    const files = readdirSync(folder).map((file) => readFileSync(folder + file));
    const together = Buffer.concat(files);
    const expected = new Map([...files, together].map((file) => [file, readInterchangesSync(file, { library })]));
    expect(expected.get(together)!.interchanges.length).toBeGreaterThan(50);
    const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), sizes, async (file, chunkSizes) => {
        const chunks = inChunks(file, chunkSizes);
        async function* later() {
          for (const chunk of chunks) yield Uint8Array.from(chunk);
        }
        expect(await readInterchanges(chunks, { library })).toEqual(expected.get(file));
        expect(await readInterchanges(later(), { library })).toEqual(expected.get(file));
      }),
      { numRuns: 150 },
    );
    expect(await readInterchanges(inChunks(together, [1]), { library })).toEqual(expected.get(together));
    expect(await readInterchanges(inChunks(together, [61, 4099]), { library })).toEqual(expected.get(together));
  });

  it("does not keep a chunk that its source reuses", async () => {
    async function* reusing() {
      const buffer = new Uint8Array(50);
      for (const chunk of inChunks(bytes(rightFile), [50])) {
        buffer.set(chunk);
        yield buffer.subarray(0, chunk.length);
      }
    }
    const report = await readInterchanges(reusing(), { library });
    expect(report).toEqual(read(rightFile));
  });

  it("finds something wrong wherever a file is cut off, and never throws", () => {
    for (let length = 0; length < rightFile.length; length++) {
      const report = read(rightFile.slice(0, length));
      const found = [...report.problems, ...report.interchanges.flatMap((interchange) => interchange.problems)];
      expect(found.length, `cut after ${length} bytes`).toBeGreaterThan(0);
      if (length >= isa.length) expect(found.map(({ code }) => code)).toContain("023");
      expect(report.size).toBe(length);
    }
  });

  it("gives no place beyond the end of a file, wherever it is cut off and broken into lines", () => {
    for (let length = 1; length <= isa.length + 40; length++) {
      for (let at = 3; at < length; at++) {
        const text = rightFile.slice(0, length);
        const report = read(`${text.slice(0, at)}\n${text.slice(at + 1)}`);
        const found = [...report.problems, ...report.interchanges.flatMap(({ problems }) => problems)];
        for (const problem of found) {
          expect(problem.offset! + problem.length!, `cut after ${length}, broken at ${at}`).toBeLessThanOrEqual(length);
        }
      }
    }
  });

  it("says of what format a file is in the same words, however it is cut into chunks", async () => {
    const padding = fc.oneof(
      fc.constant(""),
      fc.constantFrom(" ", "\r\n", "\0", "\x1a\t").map((one) => one.repeat(700)),
    );
    const start = fc.constantFrom(
      "PK\x03\x04",
      "UNB+UNOA:1",
      "<html>",
      '{"a": 1',
      "a,b,c\n1,2,3\n",
      "GS*PO*A*B~",
      "\xef\xbb\xbf<a/>",
      "I\0S\0A\0",
    );
    const rest = fc.string({ maxLength: 1500 });
    await fc.assert(
      fc.asyncProperty(padding, start, rest, fc.integer({ min: 1, max: 900 }), async (before, first, after, size) => {
        const file = bytes(before + first + after);
        const whole = readInterchangesSync(file, { library });
        expect(whole.problems.map(({ code }) => code)).toEqual(["not-x12"]);
        expect(await readInterchanges(inChunks(file, [size]), { library })).toEqual(whole);
        expect(await readInterchanges(inChunks(file, [1]), { library })).toEqual(whole);
      }),
      { numRuns: 150 },
    );
  });

  it("never throws, whatever bytes are changed, and reads the same in chunks", async () => {
    const change = fc.record({ at: fc.nat(rightFile.length - 1), byte: fc.integer({ min: 0, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 64 }),
        async (changes, size) => {
          const file = Buffer.from(rightFile + rightFile, "latin1");
          for (const { at, byte } of changes) file[at] = byte;
          const report = readInterchangesSync(file, { library });
          expect(report.size).toBe(file.length);
          expect(await readInterchanges(inChunks(file, [size]), { library })).toEqual(report);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("never throws for bytes of any kind", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (noise) => {
        expect(readInterchangesSync(noise, { library }).size).toBe(noise.length);
        const afterIsa = Buffer.concat([bytes(isa), noise]);
        expect(readInterchangesSync(afterIsa, { library }).interchanges.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });

  it("passes on what goes wrong with the source itself", async () => {
    async function* broken() {
      yield bytes(isa);
      throw new Error("disk gone");
    }
    await expect(readInterchanges(broken(), { library })).rejects.toThrow("disk gone");
  });

  it("ends in bounded memory on a hundred megabytes without a terminator", async () => {
    const chunk = bytes("x".repeat(1 << 20));
    async function* endless() {
      yield bytes(isa);
      for (let i = 0; i < 100; i++) yield chunk;
    }
    const before = process.memoryUsage().arrayBuffers;
    const report = await readInterchanges(endless(), { library });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 << 20);
    expect(report.size).toBe(isa.length + (100 << 20));
    expect(report.interchanges[0]).toMatchObject({ verdict: "R" });
    expect(report.interchanges[0]!.problems.map(({ code }) => code)).toEqual(["022", "023"]);
  });

  it("rejects the set that holds a segment beyond the limit, and no other", () => {
    const long = order.replace("Store 12", "x".repeat(3000)).replaceAll("0001~", "0002~");
    const report = read(`${isa}${gs}${order}${long}GE*2*1~IEA*1*000000001~`, { segmentBytes: 2000 });
    const [group] = report.interchanges[0]!.groups;
    expect(group!.verdict).toBe("P");
    expect(group!.transactionSets.map(({ verdict }) => verdict)).toEqual(["A", "R"]);
    expect(group!.transactionSets[1]!.problems).toMatchObject([
      { level: "segment", code: "8", segment: "N1", position: 4 },
    ]);
    expect(group!.transactionSets[1]!.segmentCount).toBe(7);
  });

  it("stops at the limit of sets, and says so", () => {
    const report = read(fileOf(5, orderWith), { transactionSets: 3 });
    expect(report.problems.map(({ code }) => code)).toEqual(["too-many-sets"]);
    expect(report.interchanges[0]!.verdict).toBe("R");
    expect(report.interchanges[0]!.groups[0]!.transactionSets).toHaveLength(3);
  });

  it("holds groups, interchanges and TA1s to the same limit", () => {
    const ta1 = "TA1*000000099*240114*1200*A*000~";
    for (const file of [isa + "GS*PO~GE*0*1~".repeat(5), rightFile.repeat(5), isa + ta1.repeat(5)]) {
      expect(read(file, { transactionSets: 3 }).problems.map(({ code }) => code)).toEqual(["too-many-sets"]);
    }
  });

  it("keeps so many problems of a set and of a file, counts the rest, and keeps the verdicts", () => {
    const bad = (control: string) =>
      orderWith(control)
        .replace("CTT", `${"XYZ*1~".repeat(20)}CTT`)
        .replace("SE*7", "SE*27");
    const report = read(fileOf(10, bad), { problemsPerSet: 8, problemsPerFile: 50 });
    const sets = report.interchanges[0]!.groups[0]!.transactionSets;
    expect(sets.map(({ verdict }) => verdict).join("")).toBe("RRRRRRRRRR");
    expect(sets.map(({ problems }) => problems.length)).toEqual([8, 8, 8, 8, 8, 8, 2, 0, 0, 0]);
    expect(sets.map(({ problems, problemsOmitted }) => problems.length + problemsOmitted)).toEqual(sets.map(() => 20));
    expect(report.problems.map(({ code }) => code)).toEqual(["too-many-problems"]);
  });

  it("does not let small faults crowd out what rejects the interchange", () => {
    const group = "GS*PO**HARBOR*20240115*1200*1*X*004010~GE*0*1~".replace("*1*X", "*N*X").replace("*1~", "*N~");
    const groups = Array.from({ length: 40 }, (_, i) => group.replaceAll("*N", `*${i + 1}`)).join("");
    const report = read(`${isa}${groups}IEA*41*000000001~`, { problemsPerSet: 10 });
    expect(report.interchanges[0]).toMatchObject({ verdict: "R", problemsOmitted: 70 });
    expect(report.interchanges[0]!.problems[0]).toMatchObject({ code: "021" });
  });

  it("gives the ISA of an interchange no place in the set that was cut off before it", async () => {
    const cut = rightFile.slice(0, isa.length + gs.length + order.length - 20);
    const file = bytes(cut + rightFile);
    const whole = readInterchangesSync(file, { library });
    expect(whole.interchanges[1]!.problems).toMatchObject([{ code: "025", segment: "ISA", position: null }]);
    expect(await readInterchanges(inChunks(file, [7]), { library })).toEqual(whole);
  });

  it("asks for guides by header, group and set, and applies them", () => {
    const guide: Guide = {
      name: "Harbor 850",
      set: "850",
      segments: [{ segment: "DTM", loop: "", requirement: "required" }],
    };
    const asked: string[] = [];
    const report = readInterchangesSync(bytes(fileOf(3, orderWith)), {
      library,
      guides: (header, group, type) => {
        asked.push(`${header.senderId} ${group.functionalId} ${type}`);
        return [guide];
      },
    });
    expect(asked).toEqual(["ACME PO 850"]);
    expect(report.interchanges[0]!.groups[0]!.transactionSets[0]).toMatchObject({
      verdict: "R",
      problems: [{ segment: "DTM" }],
    });
  });

  it("reads a version that it does not know by one that the caller names", () => {
    const file = rightFile.replace("X*004010", "X*004060");
    expect(read(file).interchanges[0]!.groups[0]!).toMatchObject({ verdict: "R", problems: [{ code: "2" }] });
    const report = readInterchangesSync(bytes(file), { library, acceptVersion: () => "004030" });
    expect(report.interchanges[0]!.groups[0]!).toMatchObject({
      verdict: "A",
      problems: [{ level: "group", code: "2", element: 8, value: "004060", severity: "warning" }],
      transactionSets: [{ verdict: "A", problems: [] }],
    });
  });

  it("checks a group of acknowledgments like any other", () => {
    const set = "ST*997*0001~AK1*PO*1~AK9*A*1*1*1~SE*4*0001~";
    const right = read(`${isa}${gs.replace("GS*PO", "GS*FA")}${set}${trailers}`);
    expect(right.interchanges[0]!.groups[0]!.verdict).toBe("A");
    const wrong = read(`${isa}${gs.replace("GS*PO", "GS*FA")}${set.replace("AK9*A", "AK9*?")}${trailers}`);
    expect(wrong.interchanges[0]!.groups[0]!.transactionSets[0]!.problems).toMatchObject([
      { segment: "AK9", code: "7" },
    ]);
  });
});

describe("a file that is not X12", () => {
  const utf16 = Buffer.from(`\ufeff${rightFile}`, "utf16le");
  const kinds: readonly (readonly [name: string, file: Uint8Array])[] = [
    ["ZIP", Buffer.concat([Buffer.from("PK\x03\x04"), Buffer.alloc(400, 7), bytes(rightFile)])],
    ["GZIP", gzipSync(bytes(rightFile))],
    ["PDF", bytes("%PDF-1.7\n%....\n1 0 obj")],
    ["PGP", bytes("-----BEGIN PGP MESSAGE-----\n\nhQEMA")],
    ["Microsoft Office", bytes("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")],
    ["UTF-16", utf16],
    ["UTF-16", Buffer.from(utf16).swap16()],
    ["UTF-16", utf16.subarray(2)],
    ["EDIFACT", bytes("UNA:+.? 'UNB+UNOC:3+A+B+240115:1200+1'")],
    ["EDIFACT", bytes("UNB+UNOC:3+A+B+240115:1200+1'")],
    ["HTML", bytes("<!DOCTYPE html>\n<html><body>404</body></html>")],
    ["XML", bytes('<?xml version="1.0"?><order/>')],
    ["JSON", bytes(`{"payload": ${JSON.stringify(rightFile)}}`)],
    ["CSV", bytes("order,item,quantity\n1001,012345678905,24\n")],
    ["whose ISA is missing", bytes(rightFile.slice(isa.length))],
    ["plain text", bytes("Dear supplier,\nplease send 24 lamps.\n")],
    ["binary data", bytes("\x7fELF\x02\x01\x01\x00\x00")],
  ];

  it.each(kinds)("is called what it looks like: %s", (name, file) => {
    const report = readInterchangesSync(file, { library });
    expect(report).toMatchObject({
      size: file.length,
      interchanges: [],
      problems: [{ level: "file", code: "not-x12" }],
    });
    expect(report.problems[0]!.message).toContain(name);
  });
});
