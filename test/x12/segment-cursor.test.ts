import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Scanner } from "../../src/x12/scanner.ts";
import type { ScannedSegment } from "../../src/x12/segment-cursor.ts";
import { bytes } from "./wire.ts";

function cursorOn(text: string): ScannedSegment {
  const scanner = Scanner.within({ element: "*", segment: "~", component: ":", repetition: "^", lineBreak: "" });
  scanner.feed(bytes(`${text}~`));
  scanner.finish();
  expect(scanner.next()).toBe("segment");
  return scanner.segment;
}

describe("the segment cursor", () => {
  it("counts the elements that are written, empty ones too", () => {
    expect(cursorOn("BEG*00**X").elementCount).toBe(3);
    expect(cursorOn("BEG").elementCount).toBe(0);
    expect(cursorOn("BEG*").elementCount).toBe(1);
  });

  it("has an element that holds more than separators", () => {
    const cursor = cursorOn("REF*a**:^:*::x");
    expect([0, 1, 2, 3, 4, 5].map((n) => cursor.has(n))).toEqual([false, true, false, false, true, false]);
  });

  it("gives repetitions and components, and where they stand", () => {
    const text = "REF*DP**a:b^c^:d:";
    const cursor = cursorOn(text);
    expect(cursor.repetitionCount(3)).toBe(3);
    expect([1, 2, 3].map((r) => cursor.componentCount(3, r))).toEqual([2, 1, 3]);
    expect([cursor.component(3, 1, 1), cursor.component(3, 1, 2), cursor.component(3, 2, 1)]).toEqual(["a", "b", "c"]);
    expect([cursor.component(3, 3, 1), cursor.component(3, 3, 2), cursor.component(3, 3, 3)]).toEqual(["", "d", ""]);
    expect(cursor.offsetOf(3, 3, 2)).toBe(text.indexOf("d"));
    expect(cursor.lengthOf(3, 1)).toBe(3);
    expect(cursor.offsetOf(3, 3)).toBe(text.indexOf(":d:"));
    expect(cursor.lengthOf(3, 3)).toBe(3);
  });

  it("says where a missing part would stand", () => {
    const text = "REF*DP*a:b";
    const cursor = cursorOn(text);
    expect([cursor.offsetOf(2, 1, 3), cursor.lengthOf(2, 1, 3)]).toEqual([text.length, 0]);
    expect([cursor.offsetOf(2, 2), cursor.lengthOf(2, 2)]).toEqual([text.length, 0]);
    expect([cursor.offsetOf(7), cursor.lengthOf(7), cursor.element(7)]).toEqual([text.length, 0, ""]);
    expect([cursor.repetitionCount(7), cursor.componentCount(7, 1), cursor.component(7, 1, 1)]).toEqual([1, 1, ""]);
  });

  it("agrees with splitting the text", () => {
    const part = fc.stringMatching(/^[a-z*^:]{0,30}$/);
    fc.assert(
      fc.property(part, (rest) => {
        const text = `REF*${rest}`;
        const cursor = cursorOn(text);
        const elements = text.split("*").slice(1);
        expect(cursor.elementCount).toBe(elements.length);
        elements.forEach((element, i) => {
          const n = i + 1;
          expect(cursor.element(n)).toBe(element);
          expect(text.slice(cursor.offsetOf(n), cursor.offsetOf(n) + cursor.lengthOf(n))).toBe(element);
          expect(cursor.has(n)).toBe(/[a-z]/.test(element));
          const repetitions = element.split("^");
          expect(cursor.repetitionCount(n)).toBe(repetitions.length);
          repetitions.forEach((repetition, j) => {
            const r = j + 1;
            expect(text.slice(cursor.offsetOf(n, r), cursor.offsetOf(n, r) + cursor.lengthOf(n, r))).toBe(repetition);
            const components = repetition.split(":");
            expect(cursor.componentCount(n, r)).toBe(components.length);
            components.forEach((component, k) => {
              expect(cursor.component(n, r, k + 1)).toBe(component);
              const offset = cursor.offsetOf(n, r, k + 1);
              expect(text.slice(offset, offset + cursor.lengthOf(n, r, k + 1))).toBe(component);
            });
          });
        });
      }),
      { numRuns: 500 },
    );
  });

  it("knows ids of any length", () => {
    expect(["", "N", "N1", "BEG", "TOTAL"].map((id) => cursorOn(`${id}*x`).id)).toEqual([
      "",
      "N",
      "N1",
      "BEG",
      "TOTAL",
    ]);
  });
});
