import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Document } from "../../src/documents/document.ts";
import { documentation } from "../../src/mappings/documentation.ts";
import { setMappings } from "../../src/mappings/index.ts";
import { library } from "./sets.ts";

const home = fileURLToPath(new URL("../../", import.meta.url));
const samples = readdirSync(`${home}samples`, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".edi") && existsSync(`${home}samples/${name.replace(/edi$/, "json")}`))
  .sort()
  .map((name) => ({
    file: `samples/${name}`,
    bytes: readFileSync(`${home}samples/${name}`),
    document: JSON.parse(readFileSync(`${home}samples/${name.replace(/edi$/, "json")}`, "utf8")) as Document,
  }));

describe("docs/documents.md", () => {
  const made = documentation(samples, library);

  it("is what the mappings say (after a change: node scripts/documents/write-documentation.mjs)", () => {
    expect(readFileSync(`${home}docs/documents.md`, "utf8")).toBe(made);
  });

  it("has a chapter for every document", () => {
    for (const { documentType, set } of setMappings) {
      expect(made).toContain(`Set ${set}, \`"documentType": "${documentType}"\`.`);
    }
  });

  it("tells of each segment of an example what it says", () => {
    expect(made).toContain(
      "CTP**CON*21.75*1*EA                               lines[].prices[]: kind, price, quantity, unit",
    );
  });

  it("tells a field's place, and under which condition it is the place", () => {
    expect(made).toContain("| `currency` | CUR02 where CUR01 = SE or BY |");
  });
});
