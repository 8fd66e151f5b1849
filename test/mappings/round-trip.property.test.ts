import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Document, documentTypes } from "../../src/documents/document.ts";
import type { Invoice } from "../../src/documents/invoice.ts";
import { completeInvoice } from "../../src/documents/invoice-totals.ts";
import type { Shipment } from "../../src/documents/shipment.ts";
import { completeShipment } from "../../src/documents/shipment-levels.ts";
import type { X12Record } from "../../src/documents/x12-record.ts";
import { setMappings } from "../../src/mappings/index.ts";
import type { SetSchema } from "../../src/x12/index.ts";
import { Dice, generateSet, writeSet } from "../x12/generate-set.ts";
import { library, problemsOnceWritten, setFrom, setOf } from "./sets.ts";

const facts = { account: "north-hardware", usage: "production" } as const;
const arbitrary = fc.tuple(fc.integer(), fc.constantFrom(0, 0.1, 0.4, 0.8));
const versions = ["004010", "004030", "005010"];
const cases = setMappings.flatMap((mapping) =>
  versions.filter((version) => library.set(version, mapping.set)).map((version) => ({ ...mapping, mapping, version })),
);

/** The document of a set that keeps every rule of the standard, as rich as the dice will have it; without the set itself. */
function generated(mapping: (typeof setMappings)[number], version: string, seed: number, richness: number): Document {
  const schema = library.set(version, mapping.set) as SetSchema;
  const text = writeSet(generateSet(schema, new Dice(seed), { richness }));
  const { x12: _set, ...document } = mapping.read(setFrom(version, text, mapping.set), facts) as { x12?: unknown };
  return document as Document;
}

/** Fields of documents that are counted when a set is written. */
const derived: Readonly<Record<string, (document: Record<string, object | undefined>) => object>> = {
  order: ({ totals, ...rest }) => ({ ...rest, totals: totals && { ...totals, lineCount: null } }),
  "order-response": ({ totals: _counted, ...rest }) => rest,
  "order-change": ({ totals, ...rest }) => ({ ...rest, totals: totals && { ...totals, lineCount: null } }),
  "order-change-response": ({ totals: _counted, ...rest }) => rest,
  shipment: (document) => completeShipment(document as unknown as Shipment),
  invoice: (document) => completeInvoice(document as unknown as Invoice),
  "inventory-advice": withoutCount,
  "price-catalog": withoutCount,
  "product-activity": withoutCount,
  "resale-report": withoutCount,
  "warehouse-order": withoutSum,
};

/** A count that is not said is said on the way back, and with it the totals that say nothing else. */
function withoutCount({ totals, ...rest }: Record<string, object | undefined>): object {
  return { ...rest, totals: { ...totals, lineCount: null } };
}

function withoutSum({ totals, ...rest }: Record<string, object | undefined>): object {
  return { ...rest, totals: { ...totals, quantity: null } };
}

function withoutDerived(document: object): object {
  const { documentType } = document as Document;
  return derived[documentType]?.(document as Record<string, object>) ?? document;
}

/*
 * What holds for every mapping, whatever its set. The documents are those of generated sets, so that they hold what the
 * standard lets them hold and nothing else.
 */
describe.each(cases)("$documentType as $set in $version", ({ mapping, version, set, documentType }) => {
  it("becomes a document that its schema takes", () => {
    fc.assert(
      fc.property(arbitrary, ([seed, richness]) => {
        const { error } = documentTypes[documentType].safeParse(generated(mapping, version, seed, richness));
        expect(error?.issues).toBeUndefined();
      }),
      { numRuns: 25 },
    );
  });

  it("comes back from X12 as it was", () => {
    fc.assert(
      fc.property(arbitrary, ([seed, richness]) => {
        const document = generated(mapping, version, seed, richness);
        const read = mapping.read(setOf(version, set, mapping.write(document, version)), facts);
        const { x12, ...again } = read as { x12?: X12Record };
        expect(withoutDerived(again)).toEqual(withoutDerived(document));
        expect(x12?.unmapped).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it("is written so that our own engine takes it", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const document = generated(mapping, version, seed, 0.1);
        expect(problemsOnceWritten(version, set, mapping.write(document, version))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it("has a place for every field of its document, and none that the document lacks", () => {
    const ours = ["documentType", "account", "usage", "origin", "x12", "priority", "contact", "part"];
    const top = Object.keys(documentTypes[documentType].shape).filter((field) => !ours.includes(field));
    const placed = new Set(mapping.places().map(({ path }) => path.split(/[.[]/)[0]));
    placed.delete("");
    expect([...placed].sort()).toEqual(top.sort());
  });
});
