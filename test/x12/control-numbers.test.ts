import fc from "fast-check";
import { expect, test } from "vitest";
import { ControlNumbers } from "../../src/x12/control-numbers.ts";
import { InterchangeNumbers } from "../../src/x12/interchange-numbers.ts";
import type { InterchangeHeader } from "../../src/x12/report.ts";

const control = fc.oneof(
  fc.constantFrom(
    "",
    "1",
    "01",
    "0001",
    "9999",
    "10000",
    "010000",
    "999999999",
    "1000000000",
    "A1",
    "1 ",
    "0",
    "000000000",
  ),
  fc.integer({ min: 1, max: 12 }).map((n) => String(n)),
  fc.integer({ min: 1, max: 12 }).map((n) => String(n).padStart(2, "0")),
  fc.integer({ min: 1, max: 12 }).map((n) => String(n).padStart(9, "0")),
);

test("a control number is new once, whatever numbers came before it", () => {
  const countedOn = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 9 }), fc.nat({ max: 15 }));
  const before = countedOn.map(([first, width, count]) =>
    Array.from({ length: count }, (_, i) => String(first + i).padStart(width, "0")),
  );
  fc.assert(
    fc.property(
      fc.array(control, { maxLength: 3 }),
      before,
      fc.array(control, { maxLength: 30 }),
      (some, run, others) => {
        const numbers = new ControlNumbers();
        const seen = new Set<string>();
        for (const one of [...some, ...run, ...others]) {
          expect(numbers.add(one), one).toBe(!seen.has(one));
          seen.add(one);
        }
      },
    ),
    { numRuns: 2_000 },
  );
});

test("the interchanges of a file are counted by who sends them to whom", () => {
  const party = fc.constantFrom("A", "B", "A A");
  const header = fc.record({
    senderQualifier: fc.constantFrom("01", "ZZ"),
    senderId: party,
    receiverQualifier: fc.constantFrom("01", "ZZ"),
    receiverId: party,
    control,
  });
  fc.assert(
    fc.property(fc.array(header, { maxLength: 40 }), (headers) => {
      const numbers = new InterchangeNumbers();
      const seen = new Set<string>();
      for (const one of headers) {
        const key = JSON.stringify(one);
        expect(numbers.add(one as InterchangeHeader), key).toBe(!seen.has(key));
        seen.add(key);
      }
    }),
    { numRuns: 500 },
  );
});
