import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromLosslessJson, toLosslessJson } from "../../src/x12/lossless-json/lossless-json.ts";
import type { Problem } from "../../src/x12/problem.ts";
import { readInterchanges, readInterchangesSync } from "../../src/x12/reader.ts";
import type { FileReport } from "../../src/x12/report.ts";
import { loadSchemaLibrary } from "../../src/x12/schema-library.ts";
import { readTransactionSet } from "../../src/x12/transaction-set-reader.ts";
import { bytes, gs, inChunks, isa, order, rightFile, trailers } from "./wire.ts";

const library = loadSchemaLibrary();
const lineBreaks = fc.constantFrom("\n", "\r\n");
const wrongOrder = order.replace("EA*12.5", "QQ*12,5").replace("Store 12", "Harbor Store number 12 on the long road");
const files = fc
  .array(fc.constantFrom(order, wrongOrder, `${order}\n`), { minLength: 0, maxLength: 5 })
  .map((sets) => isa + gs + sets.join("") + trailers);

/** A file cut into lines of 80 bytes, each of them counted from the last break. */
function wrapped(file: string, lineBreak: string): string {
  return file
    .split(/(?<=\n)/)
    .map((line) => line.replace(/[^\n]{80}/g, (whole) => whole + lineBreak))
    .join("");
}

function problemsOf(report: FileReport): Problem[] {
  return report.interchanges.flatMap((interchange) => [
    ...interchange.problems,
    ...interchange.groups.flatMap((group) => [
      ...group.problems,
      ...group.transactionSets.flatMap((set) => set.problems),
    ]),
  ]);
}

test("a file in lines of 80 is read as if it were not, and told of it once", () => {
  const file = wrapped(rightFile, "\r\n");
  const report = readInterchangesSync(bytes(file), { library });
  expect(report.problems).toMatchObject([{ level: "file", code: "wrapped-80", severity: "warning", offset: 0 }]);
  expect(report.size).toBe(file.length);
  expect(report.interchanges).toMatchObject([
    { verdict: "A", problems: [], offset: 0, length: file.length, groups: [{ verdict: "A" }] },
  ]);
});

test("what is wrong has the same code and value, and its place in the file as it came, however it is chunked", async () => {
  await fc.assert(
    fc.asyncProperty(
      files,
      lineBreaks,
      fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }),
      async (file, lineBreak, sizes) => {
        const came = wrapped(file, lineBreak);
        const plain = readInterchangesSync(bytes(file), { library });
        const report = await readInterchanges(inChunks(bytes(came), sizes), { library });
        expect(report).toEqual(readInterchangesSync(bytes(came), { library }));
        const told = problemsOf(report);
        expect(told.map(({ code, message, position }) => ({ code, message, position }))).toEqual(
          problemsOf(plain).map(({ code, message, position }) => ({ code, message, position })),
        );
        for (const { offset, length, value } of told) {
          if (value === null) continue;
          expect(came.slice(offset!, offset! + length!).replace(/[\r\n]/g, "")).toBe(value);
        }
        for (const { transactionSets } of report.interchanges[0]!.groups) {
          for (const { offset, length } of transactionSets) {
            expect(came.slice(offset, offset + length)).toMatch(/^S[\r\n]*T[\s\S]*~$/);
          }
        }
      },
    ),
  );
});

test("its size is the file's, however it is chunked, also where reading stops before its end", async () => {
  const came = bytes(wrapped(isa + gs + order.repeat(4) + trailers, "\r\n"));
  const options = { library, limits: { transactionSets: 2 } };
  const whole = readInterchangesSync(came, options);
  expect(whole).toMatchObject({ size: came.length, problems: [{ code: "wrapped-80" }, { code: "too-many-sets" }] });
  for (const size of [1, 7, 82, 200]) {
    expect(await readInterchanges(inChunks(came, [size]), options)).toEqual(whole);
  }
});

test("a set is read out of it without the line breaks", () => {
  const file = wrapped(isa + gs + wrongOrder + trailers, "\n");
  const [interchange] = readInterchangesSync(bytes(file), { library }).interchanges;
  const [set] = interchange!.groups[0]!.transactionSets;
  const part = bytes(file).subarray(set!.offset, set!.offset + set!.length);
  const { segments } = readTransactionSet(part, interchange!.delimiters, library.set("004010", "850"));
  expect(segments.find(({ id }) => id === "N1")!.elements[1]).toBe("Harbor Store number 12 on the long road");
});

test("lossless JSON gives its bytes back", () => {
  fc.assert(
    fc.property(files, lineBreaks, (file, lineBreak) => {
      const came = bytes(wrapped(file, lineBreak));
      expect(Buffer.from(fromLosslessJson(toLosslessJson(came))).equals(Buffer.from(came))).toBe(true);
    }),
  );
});

describe("no proof, no unwrapping", () => {
  test.each([
    ["a file without line breaks", rightFile],
    ["a segment on each line", rightFile.replaceAll("~", "~\n")],
    ["lines of 79", rightFile.replace(/.{79}/g, "$&\n")],
    ["lines of 80 broken with CR alone", wrapped(rightFile, "\r")],
    ["the beginning of an ISA", wrapped(isa.slice(0, 90), "\n")],
    ["nothing", ""],
  ])("%s", (_name, file) => {
    const codes = readInterchangesSync(bytes(file), { library }).problems.map(({ code }) => code);
    expect(codes).not.toContain("wrapped-80");
  });

  test("nor where nobody wants it", () => {
    const report = readInterchangesSync(bytes(wrapped(rightFile, "\n")), { library, unwrap: "never" });
    expect(report.problems.map(({ code }) => code)).not.toContain("wrapped-80");
    expect(report.interchanges[0]?.verdict).not.toBe("A");
  });

  test("nor from a longer line on", () => {
    const file = `${wrapped(isa + gs, "\n")}${order}${trailers}`;
    const report = readInterchangesSync(bytes(file), { library });
    expect(report.interchanges[0]).toMatchObject({ verdict: "A", length: file.length, groups: [{ verdict: "A" }] });
  });
});
