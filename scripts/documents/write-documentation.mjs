// Writes docs/documents.md from the mappings, the documents' schemas and the samples.
// Run after a build: node scripts/documents/write-documentation.mjs
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { documentation } from "../../dist/mappings/documentation.js";
import { loadSchemaLibrary } from "../../dist/x12/index.js";

const home = fileURLToPath(new URL("../..", import.meta.url));

const samples = readdirSync(`${home}samples`, { recursive: true })
  .filter((name) => name.endsWith(".edi") && existsSync(`${home}samples/${name.replace(/edi$/, "json")}`))
  .sort()
  .map((name) => ({
    file: `samples/${name}`,
    bytes: readFileSync(`${home}samples/${name}`),
    document: JSON.parse(readFileSync(`${home}samples/${name.replace(/edi$/, "json")}`, "utf8")),
  }));

writeFileSync(`${home}docs/documents.md`, documentation(samples, loadSchemaLibrary()));
console.log("docs/documents.md");
