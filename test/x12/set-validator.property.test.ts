import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadSchemaLibrary } from "../../src/x12/schema-library.ts";
import { createSetValidator } from "../../src/x12/standard-validator.ts";
import { brief, cursorsOf, problemsOf } from "./cursor-of.ts";
import { Dice, generateSet, writeSet } from "./generate-set.ts";
import { mutations } from "./mutate-set.ts";

const library = loadSchemaLibrary();
const everySet = library.versions.flatMap((version) =>
  library.version(version)!.sets.map((type) => [version, type] as const),
);

const seeds = fc.integer();
const richness = fc.constantFrom(0, 0.05, 0.2, 0.5, 0.95);

describe.each(everySet)("%s %s", (version, type) => {
  const schema = library.set(version, type)!;
  const validator = createSetValidator(schema);

  test("a set made by the schema has no problem, and every segment is found at its place", () => {
    fc.assert(
      fc.property(seeds, richness, (seed, rich) => {
        const segments = generateSet(schema, new Dice(seed), { richness: rich });
        const set = writeSet(segments);
        expect(problemsOf(validator, set), set).toEqual([]);
        validator.begin(() => {});
        const found = cursorsOf(set)
          .slice(0, -1)
          .map((cursor) => validator.segment(cursor).loop ?? "");
        expect(found).toEqual(segments.slice(0, -1).map(({ node }) => node.loop.key));
      }),
      { numRuns: 8 },
    );
  });

  test.each(Object.entries(mutations))("%s is found, with its code and place, and nothing else", (_name, mutate) => {
    fc.assert(
      fc.property(seeds, richness, (seed, rich) => {
        const dice = new Dice(seed);
        const mutation = mutate(generateSet(schema, dice, { richness: rich }), schema, dice);
        if (mutation === null) return;
        const set = writeSet(mutation.segments);
        expect(problemsOf(validator, set).map(brief), set).toEqual([mutation.expected]);
      }),
      { numRuns: 4 },
    );
  });
});
