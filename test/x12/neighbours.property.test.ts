import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readInterchangesSync } from "../../src/x12/reader.ts";
import type { InterchangeReport } from "../../src/x12/report.ts";
import { loadSchemaLibrary } from "../../src/x12/schema-library.ts";
import { longestShortText, shortText } from "../../src/x12/short-text.ts";
import { bytes, gs, isa, order, trailers } from "./wire.ts";

const library = loadSchemaLibrary();
const right = isa + gs + order + trailers;
/** The same sender's next interchange: other numbers, date and time. */
const next =
  isa.replace("000000001", "000000002").replace("240115*1200", "240116*0931") +
  gs.replace("20240115*1200*1", "20240116*0931*2") +
  order +
  "GE*1*2~IEA*1*000000002~";

/** A report as it would be if its interchange stood at the beginning of the file. */
function asFirst(report: InterchangeReport | undefined): unknown {
  const by = report?.offset ?? 0;
  return JSON.parse(JSON.stringify(report), (key, value) =>
    key === "offset" && typeof value === "number" ? value - by : value,
  );
}

function interchanges(...texts: string[]): readonly InterchangeReport[] {
  return readInterchangesSync(bytes(texts.join("")), { library }).interchanges;
}

describe("an interchange is read alike, whatever came before it", () => {
  test("one that is right, after one like it", () => {
    const [, second] = interchanges(right, next);
    expect(asFirst(second)).toEqual(asFirst(interchanges(next)[0]));
    expect(second).toMatchObject({ verdict: "A", header: { control: "000000002", date: "240116", time: "0931" } });
    expect(second?.groups[0]).toMatchObject({ verdict: "A", header: { control: "2", date: "20240116", time: "0931" } });
  });

  test.each([
    ["CR LF", "\r\n"],
    ["LF", "\n"],
    ["CR", "\r"],
    ["nothing", ""],
  ])("with lines that end with %s after one whose lines end otherwise", (_name, lineBreak) => {
    for (const before of ["\r\n", "\n", "\r", ""]) {
      const broken = (text: string, by: string) => text.replaceAll("~", `~${by}`);
      const alone = interchanges(broken(next, lineBreak))[0];
      const [, second] = interchanges(broken(right, before), broken(next, lineBreak));
      expect(asFirst(second)).toEqual(asFirst(alone));
      expect(second?.delimiters.lineBreak).toBe(lineBreak);
    }
  });

  test("one that differs in any byte of its ISA and GS from one that is right", () => {
    const header = isa.length + gs.length;
    const changes = fc.record({
      at: fc.integer({ min: 4, max: header - 2 }),
      to: fc.constantFrom(..."*~:>^U 09AZa\r\n!"),
    });
    fc.assert(
      fc.property(fc.array(changes, { minLength: 1, maxLength: 3 }), (all) => {
        const changed = Buffer.from(next, "latin1");
        for (const { at, to } of all) changed[at] = to.charCodeAt(0);
        const text = changed.toString("latin1");
        const alone = interchanges(text);
        // One that can't be read to its end, or has the number of the one before, is another matter.
        fc.pre(alone.length === 1 && alone[0]?.header.control !== "000000001");
        const after = interchanges(right, text);
        expect(after.slice(1).map(asFirst)).toEqual(alone.map(asFirst));
      }),
      { numRuns: 2_000 },
    );
  });
});

test("a short text has the characters of its bytes", () => {
  const some = fc.uint8Array({ minLength: longestShortText, maxLength: 20 });
  fc.assert(
    fc.property(some, fc.nat(longestShortText), (data, length) => {
      expect(shortText(data, 0, length)).toBe(Buffer.from(data.subarray(0, length)).toString("latin1"));
    }),
  );
  expect(() => shortText(new Uint8Array(20), 0, longestShortText + 1)).toThrow(RangeError);
});
