import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import nodeX12 from "node-x12";
import { describe, expect, it } from "vitest";
import {
  DataHoldsDelimiterError,
  fromJsediNotation,
  HeaderFieldError,
  JsediError,
  toJsediNotation,
  UnwritableError,
} from "../../src/x12/index.ts";
import { bytes, gs, isa, order, rightFile, trailers } from "./wire.ts";

const files = [
  "../../samples/orders/850-harbor-retail.edi",
  "../../samples/orders/850-harbor-retail-rush.edi",
  "../../samples/orders/850-harbor-retail-two-orders-one-bad.edi",
  "../../samples/orders/850-summit-industrial.edi",
  "../conformance/acknowledgments/accepted-856.edi",
  "../conformance/acknowledgments/accepted-810.edi",
  "fixtures/right.edi",
  "fixtures/right-crlf-terminators.edi",
  "fixtures/right-newline-terminators.edi",
  "fixtures/right-other-delimiters.edi",
];
const read = (name: string) => readFileSync(fileURLToPath(new URL(name, import.meta.url)));
const text = (file: Uint8Array) => Buffer.from(file).toString("latin1");

/** node-x12's own notation of a file, as it comes out of JSON. */
function theirs(file: Uint8Array) {
  const parsed = new nodeX12.X12Parser(true).parse(text(file));
  if (!("functionalGroups" in parsed)) throw new Error("node-x12 found more than one interchange");
  return JSON.parse(JSON.stringify(parsed.toJSEDINotation()));
}

describe.each(files)("JSEDINotation of %s", (name) => {
  const file = read(name);

  it("is written back as the same file", () => {
    const [notation, ...others] = toJsediNotation(file);
    expect(others).toEqual([]);
    expect(text(fromJsediNotation(JSON.parse(JSON.stringify(notation)))).trimEnd()).toBe(text(file).trimEnd());
  });

  it("is node-x12's, but for the zeros of ISA13", () => {
    const [ours] = toJsediNotation(file);
    const { header, functionalGroups, options } = theirs(file);
    expect(ours!.functionalGroups).toEqual(functionalGroups);
    expect(ours!.header.with(12, String(Number(ours!.header[12])))).toEqual(header);
    const { elementDelimiter, segmentTerminator, subElementDelimiter, format } = options;
    expect(ours!.options).toMatchObject({ elementDelimiter, segmentTerminator, subElementDelimiter });
    if (segmentTerminator !== "\r") expect(ours!.options.format).toBe(format);
  });

  it("of node-x12 is written by us as the file it is of", () => {
    expect(text(fromJsediNotation(theirs(file))).trimEnd()).toBe(text(file).trimEnd());
  });

  it("of ours is written by node-x12 as the file it is of", () => {
    const [notation] = toJsediNotation(file);
    const written = new nodeX12.X12Generator(JSON.parse(JSON.stringify(notation))).toString();
    expect(written.trimEnd()).toBe(text(file).trimEnd());
  });
});

describe("JSEDINotation", () => {
  it("has one object for each interchange, and passes over padding", () => {
    const file = `\ufeff\n${rightFile}\r\n${rightFile}\x1a`;
    expect(toJsediNotation(Buffer.from(file)).map(({ header }) => header[12])).toEqual(["000000001", "000000001"]);
    expect(toJsediNotation(bytes(""))).toEqual([]);
  });

  it("keeps composites and repetitions as text, and divides them when it is written", () => {
    const file = `${isa.replace("*U*00401*", "*^*00501*")}${gs}ST*999*0001~IK4*5:3*725^1:2**a~SE*3*0001~${trailers}`;
    const [notation] = toJsediNotation(bytes(file));
    expect(notation!.functionalGroups[0]!.transactions[0]!.segments).toEqual([
      { tag: "IK4", elements: ["5:3", "725^1:2", "", "a"] },
    ]);
    expect(text(fromJsediNotation(notation))).toBe(file);
  });

  it("counts trailers anew", () => {
    const [notation] = toJsediNotation(bytes(rightFile.replace("SE*7*0001", "SE*9*0002").replace("GE*1*1", "GE*5*7")));
    expect(text(fromJsediNotation(notation))).toBe(rightFile);
    const cut = rightFile.slice(0, rightFile.indexOf("SE*"));
    expect(text(fromJsediNotation(toJsediNotation(bytes(cut))[0]))).toBe(rightFile);
  });

  it("has node-x12's defaults where options are missing, and takes numbers for text", () => {
    const { header, functionalGroups } = toJsediNotation(bytes(rightFile))[0]!;
    const json = JSON.parse(JSON.stringify({ header, functionalGroups }).replace('"1","4","EA"', '1,4,"EA"'));
    expect(text(fromJsediNotation(json))).toBe(rightFile.replace("*P*:~", "*P*>~"));
  });

  it.each([
    [`${isa}TA1*000000009*240115*1200*A*000~${gs}${order}${trailers}`, /TA1 outside transaction sets/],
    [`${isa}${gs}NTE**x~${order}${trailers}`, /NTE outside transaction sets/],
    [`${rightFile}hello`, /outside interchanges/],
    ["hello", /outside interchanges/],
  ])("has no place for what is in %j", (file, message) => {
    expect(() => toJsediNotation(bytes(file))).toThrow(JsediError);
    expect(() => toJsediNotation(bytes(file))).toThrow(message);
  });

  it.each<[string, string, string]>([
    ['"header":["PO"', '"header":["PO","X"', "functionalGroups[0].header"],
    ['"header":["850",', '"header":[', "functionalGroups[0].transactions[0].header"],
    ['"tag":"REF"', '"tag":null', "functionalGroups[0].transactions[0].segments[1].tag"],
    ['"DP"', '{"a":1}', "functionalGroups[0].transactions[0].segments[1].elements[0]"],
    ['"segments"', '"Segments"', "functionalGroups[0].transactions[0].segments"],
    ['"functionalGroups"', '"groups"', "functionalGroups"],
    ['"elementDelimiter":"*"', '"elementDelimiter":7', "options.elementDelimiter"],
  ])("is refused where %s is %s", (part, edited, path) => {
    const json = JSON.stringify(toJsediNotation(bytes(rightFile))[0]);
    const wrong = json.replace(part, edited);
    expect(wrong).not.toBe(json);
    expect(() => fromJsediNotation(JSON.parse(wrong))).toThrow(expect.objectContaining({ name: "JsediError", path }));
  });

  it("is refused where it would be written as something else", () => {
    const json = JSON.stringify(toJsediNotation(bytes(rightFile))[0]);
    const edited = (part: string, by: string) => () => fromJsediNotation(JSON.parse(json.replace(part, by)));
    expect(edited('"038"', '"038~N1"')).toThrow(DataHoldsDelimiterError);
    expect(edited('"038"', '"0*8"')).toThrow(DataHoldsDelimiterError);
    expect(edited('"240115"', '"24O115"')).toThrow(HeaderFieldError);
    expect(edited('"subElementDelimiter":":"', '"subElementDelimiter":""')).toThrow(UnwritableError);
    expect(() => fromJsediNotation([])).toThrow(JsediError);
  });
});
