import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromLosslessJson, LosslessJsonError, losslessJsonText, toLosslessJson } from "../../src/x12/index.ts";
import { bytes, gs, inChunks, isa, order, rightFile, trailers } from "./wire.ts";

const here = (folder: string) => fileURLToPath(new URL(folder, import.meta.url));
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".edi"))
    .map((name) => `${folder}/${name}`);
const files = ["fixtures", "../conformance", "../../samples"].flatMap((folder) => filesIn(here(folder)));

/** There and back, over JSON text as it would be stored. */
function thereAndBack(file: Uint8Array): Buffer {
  return Buffer.from(fromLosslessJson(JSON.parse(JSON.stringify(toLosslessJson(file)))));
}

async function textOfFile(source: Uint8Array | Uint8Array[]): Promise<string> {
  let text = "";
  for await (const piece of losslessJsonText(source)) text += piece;
  return text;
}

/** Bytes that an X12 reader looks twice at, among any others. */
const awkwardBytes = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom("*", "~", ":", "^", "\n", "\r\n", "\x1a", " ", "\ufeff", "é", "\xff") },
      {
        weight: 3,
        arbitrary: fc.constantFrom("ISA", "GS*", "ST*850*1", "BIN*3*", "BDS*ASC*4*", "SE*", "GE*1", "IEA*"),
      },
      { weight: 2, arbitrary: fc.constantFrom(isa, gs, order, trailers, rightFile) },
      { weight: 1, arbitrary: fc.string({ maxLength: 12 }) },
    ),
    { maxLength: 40 },
  )
  .map((parts) => Buffer.concat(parts.map((part) => Buffer.from(part, part === "\xff" ? "latin1" : "utf8"))));

/** A sample with bytes overwritten, put in and taken out. */
const mutatedSample = fc
  .tuple(
    fc.constantFrom(...files),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(0, 1, 2), fc.uint8Array({ maxLength: 6 })), { maxLength: 8 }),
  )
  .map(([name, changes]) => {
    let file = readFileSync(name);
    for (const [at, taken, put] of changes) {
      const from = at % (file.length + 1);
      file = Buffer.concat([file.subarray(0, from), put, file.subarray(from + taken)]);
    }
    return file;
  });

describe("lossless JSON", () => {
  it.each(files.map((file) => [file.replace(/^.*\/(test|samples)\//, "$1/"), file]))("%s comes back", (_, name) => {
    const file = readFileSync(name);
    expect(thereAndBack(file).equals(file)).toBe(true);
  });

  it("gives back any bytes", () => {
    const anyBytes = fc.oneof(awkwardBytes, mutatedSample, fc.uint8Array({ maxLength: 300 }));
    fc.assert(
      fc.property(anyBytes, (file) => {
        expect(thereAndBack(file).equals(file)).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  it("is the same text whatever the chunks, and the same as the object", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(awkwardBytes, mutatedSample),
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 }),
        async (file, sizes) => {
          const whole = await textOfFile(file);
          const chunked = JSON.parse(await textOfFile(inChunks(file, sizes)));
          expect(Buffer.from(fromLosslessJson(chunked)).equals(file)).toBe(true);
          expect(JSON.parse(whole)).toEqual(toLosslessJson(file));
        },
      ),
      { numRuns: 150 },
    );
  });

  it("has interchanges, groups, sets and segments, and says once how segments end", () => {
    const file = bytes(rightFile.replaceAll("~", "~\n"));
    const delimiters = { element: "*", segment: "~", component: ":", repetition: null, lineBreak: "\n" };
    expect(toLosslessJson(file)).toEqual({
      interchanges: [
        {
          delimiters,
          header: isa.slice(0, -1).split("*"),
          groups: [
            {
              header: gs.slice(0, -1).split("*"),
              sets: [
                {
                  segments: order
                    .split("~")
                    .slice(0, -1)
                    .map((segment) => segment.split("*")),
                },
              ],
              trailer: ["GE", "1", "1"],
            },
          ],
          trailer: ["IEA", "1", "000000001"],
        },
      ],
    });
  });

  it("divides composites and repetitions, and keeps what is empty at an end", () => {
    const repeating = isa.replace("*U*00401*", "*^*00501*");
    const file = bytes(`${repeating}${gs}ST*999*0001~IK4*5:3:*725**a^b:c^*~SE*3*0001~${trailers}`);
    expect(toLosslessJson(file)).toMatchObject({
      interchanges: [
        {
          groups: [
            {
              sets: [
                {
                  segments: [
                    ["ST", "999", "0001"],
                    ["IK4", ["5", "3", ""], "725", "", { repetitions: ["a", ["b", "c"], ""] }, ""],
                    ["SE", "3", "0001"],
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it("keeps delimiters in binary data, and text that is not UTF-8 as Latin-1", () => {
    const file = bytes(`${isa}${gs}ST*850*1~BIN*5*a~b*c~REF*DP*caf\xe9~SE*4*1~${trailers}`);
    const segments = [
      ["ST", "850", "1"],
      ["BIN", "5", "a~b*c"],
      ["REF", "DP", { latin1: "caf\xe9" }],
      ["SE", "4", "1"],
    ];
    expect(toLosslessJson(file)).toMatchObject({ interchanges: [{ groups: [{ sets: [{ segments }] }] }] });
  });

  it("keeps what is no X12 as it is, between interchanges", () => {
    const file = Buffer.from(`\ufeff\n${rightFile}\r\nbye`);
    expect(toLosslessJson(file).interchanges).toMatchObject([
      { raw: "\ufeff\n" },
      { trailer: { segment: ["IEA", "1", "000000001"], end: "~\r\n" } },
      { raw: "bye" },
    ]);
    expect(toLosslessJson(bytes("<xml/>"))).toEqual({ interchanges: [{ raw: "<xml/>" }] });
    expect(toLosslessJson(bytes(""))).toEqual({ interchanges: [] });
  });

  it("keeps segments outside sets and groups where they stand", () => {
    const ta1 = "TA1*000000009*240115*1200*A*000~";
    expect(toLosslessJson(bytes(`${isa}${ta1}${gs}NTE**x~${order}GE*1*1~IEA*1*000000001~`))).toMatchObject({
      interchanges: [
        { groups: [["TA1", "000000009", "240115", "1200", "A", "000"], { sets: [["NTE", "", "x"], {}] }] },
      ],
    });
  });

  it("prints a segment on each line", async () => {
    const lines = (await textOfFile(bytes(rightFile))).split("\n");
    expect(lines).toContain('                ["BEG","00","SA","PO-1","","20240115"],');
    expect(lines).toContain('      "trailer": ["IEA","1","000000001"]');
  });

  it("writes what was edited", () => {
    const json = JSON.parse(JSON.stringify(toLosslessJson(bytes(rightFile))).replace('"038"', '"Café"'));
    expect(Buffer.from(fromLosslessJson(json)).toString()).toBe(rightFile.replace("*038~", "*Café~"));
  });

  it.each<[string, string, string]>([
    ['"038"', '"0~8"', "interchanges[0].groups[0].sets[0].segments[2][2]"],
    ['"038"', '["a","b:c"]', "interchanges[0].groups[0].sets[0].segments[2][2][1]"],
    ['"038"', '{"repetitions":["a","b"]}', "interchanges[0].groups[0].sets[0].segments[2][2]"],
    ['"038"', "38", "interchanges[0].groups[0].sets[0].segments[2][2]"],
    ['"038"', '{"latin1":"\u20ac"}', "interchanges[0].groups[0].sets[0].segments[2][2]"],
    ['"038"', '"\\ud800"', "interchanges[0].groups[0].sets[0].segments[2][2]"],
    ['"REF"', '"BIN","7","a*b"],["REF"', "interchanges[0].groups[0].sets[0].segments[2][2]"],
    ['"P",":"', '"P",">"', "interchanges[0].header"],
    ['"component":":"', '"component":"::"', "interchanges[0].delimiters"],
    ['"lineBreak":""', '"lineBreak":"x"', "interchanges[0].delimiters"],
    ['"groups"', '"Groups"', "interchanges[0]"],
    ['"interchanges"', '"files"', ""],
  ])("refuses %s edited to %s", (text, edited, path) => {
    const before = JSON.stringify(toLosslessJson(bytes(rightFile)));
    const after = before.replace(text, edited);
    expect(after).not.toBe(before);
    const write = () => fromLosslessJson(JSON.parse(after));
    expect(write).toThrow(LosslessJsonError);
    expect(write).toThrow(expect.objectContaining({ path }));
  });

  it("reads a long file of separators", () => {
    const file = bytes(`${isa.replace("*U*00401*", "*^*00501*")}${gs}ST*850*1~REF*${"^:".repeat(500_000)}~SE*3*1~`);
    expect(thereAndBack(file).equals(file)).toBe(true);
  });
});
