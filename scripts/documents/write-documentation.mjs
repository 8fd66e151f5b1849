// Writes docs/documents.md and the pages of docs/documents/ from the mappings, the documents' schemas and the samples.
// Run after a build: node scripts/documents/write-documentation.mjs
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { documentation } from "../../dist/mappings/documentation.js";
import { loadSchemaLibrary } from "../../dist/x12/index.js";

const home = fileURLToPath(new URL("../..", import.meta.url));

const samples = readdirSync(`${home}samples`, { recursive: true })
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
    document: JSON.parse(readFileSync(`${home}samples/${name.replace(/edi$/, "json")}`, "utf8")),
  }));

mkdirSync(`${home}docs/documents`, { recursive: true });
for (const [name, text] of documentation(samples, loadSchemaLibrary())) {
  writeFileSync(`${home}docs/${name}`, text);
  console.log(`docs/${name}`);
}
