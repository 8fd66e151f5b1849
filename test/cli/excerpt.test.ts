import { describe, expect, test } from "vitest";
import { excerptOf } from "../../src/cli/excerpt.ts";
import type { Input } from "../../src/cli/input.ts";
import { type Delimiters, defaultDelimiters, type Problem } from "../../src/x12/index.ts";

function inputOf(text: string): Input {
  const bytes = Buffer.from(text);
  return {
    name: "memory",
    async *chunks() {
      yield bytes;
    },
    range: async (offset, length) => bytes.subarray(offset, offset + length),
    close: async () => {},
  };
}

const problem: Problem = {
  level: "element",
  code: "7",
  segment: null,
  position: null,
  element: null,
  component: null,
  repetition: null,
  offset: null,
  length: null,
  value: null,
  loop: null,
  message: "",
  dataElement: null,
};

/** The excerpt for the first place where `bad` stands, and what its marks stand under. */
async function excerptFor(text: string, bad: string, width = 80, delimiters: Delimiters | null = defaultDelimiters) {
  const offset = Buffer.from(text).indexOf(bad);
  const excerpt = await excerptOf(
    inputOf(text),
    { ...problem, offset, length: Buffer.byteLength(bad) },
    delimiters,
    width,
  );
  if (excerpt === null) throw new Error("no excerpt");
  const start = excerpt.marks.indexOf("^");
  return { ...excerpt, marked: [...excerpt.text].slice(start, excerpt.marks.length).join("") };
}

describe("an excerpt", () => {
  test("is the segment that the bad part stands in, marked in its columns", async () => {
    const found = await excerptFor("BEG*00~\nREF*DP*BAD~\nSE*3*0001~\n", "BAD");
    expect(found).toMatchObject({ text: "REF*DP*BAD~", marks: "       ^^^", marked: "BAD" });
  });

  test("needs no line breaks, and passes over CR LF", async () => {
    expect((await excerptFor("BEG*00~REF*DP*BAD~SE*3*0001~", "BAD")).text).toBe("REF*DP*BAD~");
    expect((await excerptFor("BEG*00~\r\nREF*DP*BAD~\r\nSE*3*0001~", "REF*DP*BAD")).text).toBe("REF*DP*BAD~");
  });

  test("counts characters, not bytes", async () => {
    const found = await excerptFor("N1*ST*CAFÉ 日本 😀*BAD*X~", "BAD");
    expect(found.marked).toBe("BAD");
    expect(found.marks.length).toBe([..."N1*ST*CAFÉ 日本 😀*BAD"].length);
  });

  test.each([40, 61, 120])("keeps the bad part in view in a segment wider than %i columns", async (width) => {
    const long = `MSG*${"a".repeat(300)}*BAD*${"b".repeat(300)}~`;
    const found = await excerptFor(long, "BAD", width);
    expect(found.marked).toBe("BAD");
    expect([...found.text].length).toBeLessThanOrEqual(width);
    expect(found.text).toMatch(/^…a+\*BAD\*b+…$/);
  });

  test("cuts a bad part that is too wide itself", async () => {
    const found = await excerptFor(`MSG*${"x".repeat(10_000)}~`, "x".repeat(10_000), 60);
    expect([...found.text].length).toBeLessThanOrEqual(60);
    expect(found.marked).toMatch(/^x+$/);
  });

  test("marks one place where something is missing, at the end of a segment and of the file too", async () => {
    const at = (text: string, offset: number) =>
      excerptOf(inputOf(text), { ...problem, offset, length: 0 }, defaultDelimiters, 80);
    expect(await at("REF*DP~SE*2*1~", 6)).toEqual({ text: "REF*DP~", marks: "      ^" });
    expect(await at("REF*DP~\nSE*2*1~\n", 8)).toEqual({ text: "SE*2*1~", marks: "^" });
    expect(await at("REF*DP~\nSE*2*1~\n", 15)).toEqual({ text: "SE*2*1~", marks: "       ^" });
    expect(await at("REF*DP~\nSE*2*1~\n", 16)).toEqual({ text: "SE*2*1~", marks: "       ^" });
    expect(await at("REF*DP~SE*2", 11)).toEqual({ text: "SE*2", marks: "    ^" });
  });

  test("is a line of a file without delimiters, and nothing of an empty one", async () => {
    expect(await excerptFor("one\ntwo BAD\nthree", "BAD", 80, null)).toMatchObject({ text: "two BAD", marked: "BAD" });
    expect(await excerptOf(inputOf(""), { ...problem, offset: 0, length: 0 }, null, 80)).toBeNull();
    expect(await excerptOf(inputOf("x"), problem, null, 80)).toBeNull();
  });
});
