import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { compileSelector } from "../../../src/x12/index.ts";
import { sampleSet, values } from "./sets.ts";

const page = readFileSync(fileURLToPath(new URL("../../../docs/selectors.md", import.meta.url)), "utf8");
/** Rows of the first table: selector and the values that it gives. */
const rows = [...page.matchAll(/^\| `([^`]+)` \| [^|]* \| (`[^|]*`) \|$/gm)].map(
  ([, selector, given]) => [selector!, [...given!.matchAll(/`([^`]+)`/g)].map(([, value]) => value!)] as const,
);

describe("docs/selectors.md", () => {
  const set = sampleSet("orders/850-harbor-retail.edi");

  it("has the examples", () => {
    expect(rows.length).toBe(18);
  });

  it.each(rows)("%s gives what the page says", (selector, given) => {
    expect(values(selector, set)).toEqual(given);
  });

  it("shows a place as it is", () => {
    const [, shown] = /^\/\/ \[\{ value: "JOLIET", place: (\{[^}]*\})/m.exec(page) ?? [];
    const place = Object.entries(compileSelector('N1-N401:N101["ST"]').select(set)[0]!.place);
    expect(shown).toBe(`{ ${place.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join(", ")} }`);
  });
});
