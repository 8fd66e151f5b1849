// Writes the JSON Schemas of documents and of the account file, from the zod schemas that the program itself checks with.
// Run after a build: node scripts/documents/write-json-schemas.mjs
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { accountJsonSchema, publicationPlanJsonSchema } from "../../dist/accounts/json-schema.js";
import { documentJsonSchemas } from "../../dist/documents/json-schema.js";

const home = fileURLToPath(new URL("../../schemas", import.meta.url));

const files = {
  "account-rules.json": accountJsonSchema(),
  "publication-plan.json": publicationPlanJsonSchema(),
  ...Object.fromEntries(
    Object.entries(documentJsonSchemas()).map(([type, schema]) => [join("documents", `${type}.json`), schema]),
  ),
};

for (const [name, schema] of Object.entries(files)) {
  const file = join(home, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
  console.log(file);
}
