import { parseArgs } from "node:util";

/**
 * Measures, and prints one JSON line for each case: `npm run bench [-- case ...]`. Figures are ratios within one run; the
 * absolute numbers are this machine's at this moment. Nothing here passes or fails.
 */
const cases = {
  engine: () => import("./engine.mjs"),
  "main-path": () => import("./main-path.mjs"),
  documents: () => import("./documents.mjs"),
  scoring: () => import("./scoring.mjs"),
  invoicing: () => import("./invoicing.mjs"),
  rules: () => import("./rules.mjs"),
};

const { values, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: { file: { type: "string" }, quick: { type: "boolean" } },
});
const unknown = asked.filter((name) => !(name in cases));
if (unknown.length > 0) {
  console.error(`There is no case ${unknown.join(", ")}; there are ${Object.keys(cases).join(", ")}.`);
  process.exit(2);
}
for (const name of asked.length > 0 ? asked : Object.keys(cases)) {
  const { measure } = await cases[name]();
  for await (const line of measure(values)) console.log(JSON.stringify({ case: name, ...line }));
}
process.exit(0);
