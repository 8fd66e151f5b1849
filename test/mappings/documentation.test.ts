import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Document } from "../../src/documents/document.ts";
import { documentation } from "../../src/mappings/documentation.ts";
import { setMappings } from "../../src/mappings/index.ts";
import { library } from "./sets.ts";

const home = fileURLToPath(new URL("../../", import.meta.url));
const samples = readdirSync(`${home}samples`, { recursive: true, encoding: "utf8" })
  .filter(
    (name) =>
      name.endsWith(".edi") &&
      !name.startsWith("chains/") &&
      existsSync(`${home}samples/${name.replace(/edi$/, "json")}`),
  )
  .sort()
  .map((name) => ({
    file: `samples/${name}`,
    bytes: readFileSync(`${home}samples/${name}`),
    document: JSON.parse(readFileSync(`${home}samples/${name.replace(/edi$/, "json")}`, "utf8")) as Document,
  }));

describe("docs/documents", () => {
  const made = documentation(samples, library);
  const all = [...made.values()].join("\n");

  it.each([...made.keys()])(
    "has %s as the mappings say (after a change: node scripts/documents/write-documentation.mjs)",
    (name) => {
      expect(readFileSync(`${home}docs/${name}`, "utf8")).toBe(made.get(name));
    },
  );

  it("has a page for every document, and none besides", () => {
    const pages = setMappings.map(({ documentType }) => `${documentType}.md`);
    expect(readdirSync(`${home}docs/documents`).sort()).toEqual(pages.sort());
  });

  it("tells of each segment of an example what it says", () => {
    expect(all).toContain(
      "CTP**CON*21.75*1*EA                               lines[].prices[]: kind, price, quantity, unit",
    );
  });

  it("tells a field's place, and under which condition it is the place", () => {
    expect(all).toContain("| `currency` | CUR02 where CUR01 = SE or BY |");
  });
});
