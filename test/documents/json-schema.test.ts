import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { documentJsonSchemas } from "../../src/documents/json-schema.ts";

describe("schemas/documents", () => {
  it.each(Object.entries(documentJsonSchemas()))(
    "has %s.json as the program checks it (after a change: node scripts/documents/write-json-schemas.mjs)",
    (type, schema) => {
      const written = readFileSync(new URL(`../../schemas/documents/${type}.json`, import.meta.url), "utf8");
      expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(schema)));
    },
  );
});
