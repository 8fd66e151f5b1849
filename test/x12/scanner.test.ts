import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ScanEvent, Scanner } from "../../src/x12/scanner.ts";
import { bytes, inChunks, isa, rightFile } from "./wire.ts";

interface Seen {
  event: ScanEvent;
  id: string;
  offset: number;
  length: number;
  elements: string[];
}

/** Every event of a scan; IEA ends its interchange, as the reader has it. */
function scan(chunks: readonly Uint8Array[], segmentLimit?: number): Seen[] {
  const scanner = new Scanner(segmentLimit);
  const seen: Seen[] = [];
  let next = 0;
  for (;;) {
    const event = scanner.next();
    if (event === "more") {
      if (next < chunks.length) scanner.feed(chunks[next++]!);
      else scanner.finish();
      continue;
    }
    const { segment, stray } = scanner;
    if (event === "stray" || event === "foreign") {
      seen.push({ event, id: "", offset: stray.offset, length: stray.length, elements: [] });
    } else if (event !== "end") {
      const elements = Array.from({ length: segment.elementCount }, (_, i) => segment.element(i + 1));
      seen.push({ event, id: segment.id, offset: segment.offset, length: segment.length, elements });
      if (event === "segment" && segment.id === "IEA") scanner.endInterchange();
    }
    if (event === "end" || event === "foreign") return seen;
  }
}

const ids = (seen: readonly Seen[]) =>
  seen.map(({ event, id }) => (event === "segment" ? id : `${event} ${id}`.trim()));

describe("Scanner", () => {
  it("finds the segments of a file, with their places", () => {
    const seen = scan([bytes(rightFile)]);
    expect(ids(seen)).toEqual(["header ISA", "GS", "ST", "BEG", "REF", "N1", "PO1", "CTT", "SE", "GE", "IEA"]);
    for (const { offset, length, id, elements } of seen) {
      expect(rightFile.slice(offset, offset + length)).toBe([id, ...elements].join("*"));
    }
  });

  it("says the same of any chunking", () => {
    const file = bytes(
      `\r\n${rightFile}\r\nBIN*4*a~*b~`.replace("CTT*1~", "BIN*9*ab~cd*e:f~CTT*1~\r\n") +
        isa.replaceAll("*", "|") +
        "IEA|0|1~junk",
    );
    const whole = scan([file]);
    expect(whole.length).toBeGreaterThan(14);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 12 }), (sizes) => {
        expect(scan(inChunks(file, sizes))).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  it("says the same of any chunking where segments are too long", () => {
    const other = isa.replaceAll("*", "|").replaceAll("~", "!");
    const parts = [
      rightFile,
      isa,
      "MSG*",
      "x".repeat(150),
      "y*z".repeat(60),
      "~",
      other,
      "GS*PO~IEA*1*1~",
      "BIN*40*",
      "\n",
    ];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...parts), { maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 }),
        (pieces, sizes) => {
          const file = bytes(isa + pieces.join(""));
          expect(scan(inChunks(file, sizes), 130)).toEqual(scan([file], 130));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("reads delimiters afresh at every ISA", () => {
    const second = isa.replaceAll("*", "|").replace(":~", "^!\r\n");
    const seen = scan([bytes(`${rightFile}\n${second}GS|PO|A~B|C!\r\nIEA|1|2!\r\n`)]);
    expect(seen.at(-2)).toMatchObject({ id: "GS", elements: ["PO", "A~B", "C"] });
  });

  it("takes line breaks for terminators", () => {
    for (const terminator of ["\n", "\r", "\r\n"]) {
      const seen = scan([bytes(rightFile.replaceAll("~", terminator))]);
      expect(ids(seen)).toEqual(["header ISA", "GS", "ST", "BEG", "REF", "N1", "PO1", "CTT", "SE", "GE", "IEA"]);
    }
  });

  it("passes over a byte order mark, blank lines and the padding of old systems", () => {
    const seen = scan([bytes(`\xef\xbb\xbf\r\n \n${rightFile}\r\n\x1a\x00\x00`)]);
    expect(seen[0]).toMatchObject({ event: "header", offset: 7 });
    expect(ids(seen).at(-1)).toBe("IEA");
  });

  it("does not take ISA inside data for a new interchange", () => {
    const seen = scan([bytes(rightFile.replace("Store 12", "ISA ISA"))]);
    expect(ids(seen).filter((id) => id.startsWith("header"))).toHaveLength(1);
  });

  it("finds an ISA that a cut-off segment runs into", () => {
    const cut = rightFile.slice(0, rightFile.indexOf("*12.5"));
    const seen = scan([bytes(cut + rightFile)]);
    expect(ids(seen)).toEqual([
      ...["header ISA", "GS", "ST", "BEG", "REF", "N1", "cut PO1"],
      ...["header ISA", "GS", "ST", "BEG", "REF", "N1", "PO1", "CTT", "SE", "GE", "IEA"],
    ]);
    expect(seen[6]!.elements).toEqual(["1", "4", "EA"]);
  });

  it("finds an ISA with other delimiters that a cut-off segment runs into", () => {
    const other = rightFile.replaceAll("*", "|").replaceAll("~", "!");
    const seen = scan([bytes(`${isa}GS*PO*AC${other}`)]);
    expect(ids(seen).slice(0, 4)).toEqual(["header ISA", "cut GS", "header ISA", "GS"]);
  });

  it("takes binary data by their declared length", () => {
    const seen = scan([bytes(`${isa}BIN*7*a~b*c:d~BDS*ASC*3*~~~~IEA*0*1~`)]);
    expect(seen[1]).toMatchObject({ id: "BIN", elements: ["7", "a~b*c:d"] });
    expect(seen[2]).toMatchObject({ id: "BDS", elements: ["ASC", "3", "~~~"] });
    expect(seen[3]).toMatchObject({ id: "IEA" });
  });

  it("passes over binary data longer than a segment may be, and keeps the places right", () => {
    const data = "x~".repeat(5000);
    const file = `${isa}BIN*${data.length}*${data}~IEA*0*1~`;
    for (const sizes of [[file.length], [1], [97, 3]]) {
      const seen = scan(inChunks(bytes(file), sizes), 1000);
      expect(seen[1]).toMatchObject({ id: "BIN", length: `BIN*${data.length}*${data}`.length });
      expect(seen[2]).toMatchObject({ id: "IEA", offset: file.indexOf("IEA") });
    }
  });

  it("gives up a segment beyond the limit and goes on after it", () => {
    const long = `MSG*${"x".repeat(300_000)}`;
    const file = `${isa}${long}~IEA*0*1~`;
    for (const sizes of [[file.length], [1000, 7]]) {
      const seen = scan(inChunks(bytes(file), sizes), 2000);
      expect(ids(seen)).toEqual(["header ISA", "oversize MSG", "IEA"]);
      expect(seen[2]!.offset).toBe(file.indexOf("IEA"));
    }
  });

  it("finds the next ISA inside a segment beyond the limit", () => {
    const seen = scan(inChunks(bytes(`${isa}MSG*${"x".repeat(5000)}${isa.replaceAll("~", "!")}IEA*0*1!`), [64]), 2000);
    expect(ids(seen)).toEqual(["header ISA", "oversize MSG", "header ISA", "IEA"]);
  });

  it("tells bytes between interchanges", () => {
    const file = `banner\n${rightFile}junk here\n${rightFile}`;
    const strays = scan([bytes(file)]).filter(({ event }) => event === "stray");
    expect(strays.map(({ offset, length }) => [offset, length])).toEqual([
      [0, 7],
      [7 + rightFile.length, 10],
    ]);
  });

  it("counts sixteen separators where the ISA is not as wide as it should be", () => {
    const trimmed = "ISA*00**00**ZZ*ACME*ZZ*HARBOR*240115*1200*U*00401*000000001*0*P*:~";
    for (const line of ["", "\n", "\r\n"]) {
      const seen = scan([bytes(`${trimmed}${line}GS*PO~${line}IEA*1*1~`)]);
      expect(ids(seen)).toEqual(["header ISA", "GS", "IEA"]);
    }
    const withoutComponent = trimmed.replace("*:~", "*~");
    expect(ids(scan([bytes(`${withoutComponent}GS*PO~IEA*1*1~`)]))).toEqual(["header ISA", "GS", "IEA"]);
    expect(ids(scan([bytes(`${withoutComponent}\nGS*PO~\nIEA*1*1~\n`)]))).toEqual(["header ISA", "GS", "IEA"]);
    expect(ids(scan([bytes(`${trimmed}GS*PO~IEA*1*1~`.replaceAll("~", "\n"))]))).toEqual(["header ISA", "GS", "IEA"]);
  });

  it("holds no more than one segment and one window of a large file", () => {
    const body = "PO1*1*4*EA*12.5*PE*UP*012345678905~".repeat(2000);
    function* chunks(): Generator<Uint8Array> {
      yield bytes(isa);
      for (let i = 0; i < 400; i++) yield bytes(body);
    }
    const scanner = new Scanner();
    const source = chunks();
    let segments = 0;
    let widest = 0;
    for (let event = scanner.next(); event !== "end"; event = scanner.next()) {
      if (event === "more") {
        const { value, done } = source.next();
        if (done) scanner.finish();
        else scanner.feed(value);
      } else {
        segments++;
        widest = Math.max(widest, scanner.segment.bytes.length);
      }
    }
    expect(segments).toBe(1 + 2000 * 400);
    expect(widest).toBeLessThanOrEqual(1 << 17);
  });
});
