// Writes the document of each sample file beside it, in a form to be read by people. Look through what changed: the tests hold
// the mappings against these files. What comes in has its X12 in it; what we send is the document as an ERP hands it in.
// The chains have a script of their own, write-chains.mjs; the scenarios are played by their test.
// Run after a build: node scripts/documents/write-sample-documents.mjs
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { foldedJson } from "../../dist/documents/folded-json.js";
import { documentsOf, samples } from "./sample-files.mjs";

const files = readdirSync(samples, { recursive: true }).filter(
  (name) => name.endsWith(".edi") && !/^(chains|scenarios)\//.test(name),
);

for (const file of files.sort()) {
  for (const document of documentsOf(readFileSync(`${samples}/${file}`))) {
    const name = file.replace(/\.edi$/, ".json");
    writeFileSync(`${samples}/${name}`, `${foldedJson(document)}\n`);
    console.log(name);
  }
}
