import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideOrderResponse, type OrderResponseRule } from "../../src/accounts/rules/order-response.ts";
import { type Order, order as orderSchema } from "../../src/documents/order.ts";
import { decimalFromReal, decimalWithImpliedPlaces, isoDateFrom } from "../../src/mappings/notation/x12-values.ts";
import { order850 } from "../../src/mappings/order-850.ts";
import { orderResponse855 } from "../../src/mappings/order-response-855.ts";
import type { ElementData, SetSchema } from "../../src/x12/index.ts";
import { Dice, generateSet, writeSet } from "../x12/generate-set.ts";
import { library, problemsOnceWritten, setFrom } from "./sets.ts";

const facts = { account: "north-hardware", usage: "production" } as const;
const answerAll: OrderResponseRule = { send: true, detail: "lines", lineStatus: "IA", purposes: ["00"] };

/** An order of a set that keeps every rule of the standard, as rich as the dice will have it. */
function orderOf(version: string, seed: number, richness: number): Order {
  const schema = library.set(version, "850") as SetSchema;
  return order850.read(setFrom(version, writeSet(generateSet(schema, new Dice(seed), { richness }))), facts);
}

const arbitrary = fc.tuple(fc.integer(), fc.constantFrom(0, 0.1, 0.4, 0.8));

describe.each(["004010", "004030", "005010"])("any 850 that is right by %s", (version) => {
  it("becomes an order that its schema takes", () => {
    fc.assert(
      fc.property(arbitrary, ([seed, richness]) => {
        const order = orderOf(version, seed, richness);
        expect(orderSchema.safeParse(order).error).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  it("has every value in the order or in `unmapped`, and none is lost between the two", () => {
    fc.assert(
      fc.property(arbitrary, ([seed, richness]) => {
        const { x12, ...order } = orderOf(version, seed, richness);
        const said = new Set([...textsIn(order), ...(x12?.unmapped.map(({ value }) => value) ?? [])]);
        const given = x12?.segments.filter(({ id }) => !["ST", "SE", "LS", "LE"].includes(id)) ?? [];
        for (const { id, elements } of given) {
          for (const value of elements.flatMap(textsOf)) {
            expect(
              [value, decimalFromReal(value), decimalWithImpliedPlaces(value, 2), isoDateFrom(value)].some(
                (form) => form !== undefined && said.has(form),
              ),
              `${id} ${value}`,
            ).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("keeps every segment whole and in order", () => {
    fc.assert(
      fc.property(arbitrary, ([seed, richness]) => {
        const schema = library.set(version, "850") as SetSchema;
        const text = writeSet(generateSet(schema, new Dice(seed), { richness }));
        const { x12 } = order850.read(setFrom(version, text), facts);
        const again = x12?.segments.map(({ id, elements }) => [id, ...elements.map(written)].join("*"));
        // Empty components at the end of a composite say nothing and are not held.
        expect(again).toEqual(
          text
            .split("~\n")
            .slice(0, -1)
            .map((line) => line.replace(/>+(?=\*|$)/g, "")),
        );
      }),
      { numRuns: 30 },
    );
  });

  it("is answered by an 855 that our own validator takes", () => {
    fc.assert(
      fc.property(arbitrary, ([seed, richness]) => {
        const order = {
          ...orderOf(version, seed, richness),
          purpose: { code: "00" },
          acknowledgmentType: { code: "AC" },
        };
        const decision = decideOrderResponse(answerAll, order, { today: "2025-03-11" });
        if (!decision.send) throw new Error(decision.reason);
        expect(problemsOnceWritten(version, "855", orderResponse855.write(decision.response, version))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

function textsOf(element: ElementData): string[] {
  if (typeof element === "string") return element === "" ? [] : [element];
  return ("repetitions" in element ? element.repetitions.flat() : element).filter((text) => text !== "");
}

function written(element: ElementData): string {
  if (typeof element === "string") return element;
  if (!("repetitions" in element)) return element.join(">");
  return element.repetitions.map((part) => (typeof part === "string" ? part : part.join(">"))).join("^");
}
