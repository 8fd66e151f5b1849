/**
 * Checks that schemas/x12 is in normal form and holds together, by the parsers of the build: every segment, element and code
 * list that is used is there. Run `npm run build` before it.
 *
 *   node scripts/schemas/check-schemas.mjs            says what is wrong; exit code 1 if anything is
 *   node scripts/schemas/check-schemas.mjs --write    also rewrites into normal form what is not in it
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { schemaFaults } from "../../dist/x12/schema-faults.js";

const folder = fileURLToPath(new URL("../../schemas/x12", import.meta.url));
const write = process.argv.includes("--write");
let wrong = 0;

for (const { file, fault, normalForm } of schemaFaults(folder)) {
  if (write && normalForm !== null && readFileSync(join(folder, file), "utf8") !== normalForm) {
    writeFileSync(join(folder, file), normalForm);
    console.log(`${file}: rewritten`);
  } else {
    console.error(`${file}: ${fault}`);
    wrong++;
  }
}
process.exitCode = wrong === 0 ? 0 : 1;
