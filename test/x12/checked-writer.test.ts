import { describe, expect, test } from "vitest";
import {
  defaultDelimiters,
  FaultyInterchangeError,
  type InterchangeHeader,
  loadSchemaLibrary,
  type OutInterchange,
  type OutSegment,
  type OutTransactionSet,
  writeCheckedInterchange,
  writeInterchange,
  writeInterchangeChunks,
} from "../../src/x12/index.ts";

const library = loadSchemaLibrary();

const header: InterchangeHeader = {
  authorizationQualifier: "00",
  authorization: "",
  securityQualifier: "00",
  security: "",
  senderQualifier: "ZZ",
  senderId: "HARBOR",
  receiverQualifier: "ZZ",
  receiverId: "ACME",
  date: "240115",
  time: "1200",
  version: "00401",
  control: "7",
  acknowledgmentRequested: false,
  usage: "P",
};
const group = {
  functionalId: "PO",
  senderCode: "HARBOR",
  receiverCode: "ACME",
  date: "20240115",
  time: "1200",
  control: "1",
  agency: "X",
  version: "004010",
};

function order(n: number, quantity: string): OutTransactionSet {
  const segments: OutSegment[] = [
    ["BEG", "00", "SA", `PO-${n}`, "", "20240115"],
    ["PO1", "1", quantity, "EA", "12.5"],
  ];
  return { type: "850", control: String(n).padStart(4, "0"), segments };
}

const interchange = (...sets: OutTransactionSet[]): OutInterchange => ({ header, groups: [{ header: group, sets }] });

describe("writeCheckedInterchange", () => {
  test("hands out what writeInterchange writes, where it is right", () => {
    const right = interchange(order(1, "4"), order(2, "5"));
    expect(writeCheckedInterchange(right, defaultDelimiters, { library })).toEqual(
      writeInterchange(right, defaultDelimiters),
    );
  });

  test("throws every problem where it is not", () => {
    const wrong = interchange(order(1, "four"), order(1, "5"));
    let thrown: unknown;
    try {
      writeCheckedInterchange(wrong, defaultDelimiters, { library });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(FaultyInterchangeError);
    expect((thrown as FaultyInterchangeError).problems).toMatchObject([
      { level: "element", code: "6", segment: "PO1", element: 2, position: 3, value: "four" },
      { level: "set", code: "23" },
    ]);
    expect((thrown as FaultyInterchangeError).message).toMatch(/PO102 .*and 1 more/);
  });

  test("holds it against guides, whose warnings let it pass", () => {
    const guide = (severity: "error" | "warning") => ({
      name: "Acme 850",
      set: "850",
      segments: [{ segment: "DTM", loop: "", requirement: "required" as const, severity }],
    });
    const write = (severity: "error" | "warning") =>
      writeCheckedInterchange(interchange(order(1, "4")), defaultDelimiters, {
        library,
        guides: () => [guide(severity)],
      });
    expect(() => write("error")).toThrow(FaultyInterchangeError);
    expect(write("warning").length).toBeGreaterThan(0);
  });
});

describe("writeInterchangeChunks", () => {
  test("gives the same bytes in pieces, and asks for a set only when it writes it", () => {
    const many = Array.from({ length: 3000 }, (_, n) => order(n + 1, "4"));
    let asked = 0;
    function* sets() {
      for (const set of many) {
        asked++;
        yield set;
      }
    }
    const chunks: Uint8Array[] = [];
    for (const chunk of writeInterchangeChunks(
      { header, groups: [{ header: group, sets: sets() }] },
      defaultDelimiters,
    )) {
      if (chunks.length === 0) expect(asked).toBeLessThan(many.length);
      chunks.push(chunk);
    }
    expect(chunks.length).toBeGreaterThan(2);
    const whole = Buffer.from(writeInterchange(interchange(...many), defaultDelimiters));
    expect(Buffer.concat(chunks).equals(whole)).toBe(true);
  });
});
