/**
 * Checks which room imports from which, and that no import runs in a circle. The list is ARCHITECTURE.md's; an import
 * beyond it is a question to ask, and then a line to add in both places.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** Room → rooms it may import from. A room is a folder of src, or a file that stands alone in it. */
const allowed = {
  cli: ["gateway", "config", "log", "errors", "version", "x12", "mappings", "accounts", "simulator"],
  gateway: ["config", "log", "queue", "store", "transports", "pipeline", "api", "demonstration", "version", "errors"],
  demonstration: ["accounts", "store"],
  api: ["pipeline", "store", "accounts", "ledger", "documents", "errors"],
  pipeline: ["store", "transports", "accounts", "mappings", "ledger", "x12", "documents", "queue", "errors"],
  store: ["accounts", "ledger", "documents", "errors"],
  simulator: ["accounts", "mappings", "x12", "documents"],
  mappings: ["x12", "documents"],
  accounts: ["ledger", "documents"],
  ledger: ["documents"],
  transports: ["errors"],
  x12: [],
  documents: [],
  queue: [],
  config: [],
  errors: [],
  log: [],
  version: [],
};
/** Files of a room that other rooms may import, where not all of it is theirs. */
const doors = { transports: { pipeline: ["transports/transport.ts"] } };

const source = resolve(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), "../src");
const files = readdirSync(source, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
  .map((entry) => relative(source, join(entry.parentPath ?? entry.path, entry.name)));
const importPattern = /(?:from|import)\s*\(?\s*"(\.[^"]+)"/g;
const importsOf = new Map(
  files.map((file) => [
    file,
    [...readFileSync(join(source, file), "utf8").matchAll(importPattern)].map((match) =>
      relative(source, resolve(source, dirname(file), match[1])),
    ),
  ]),
);
const roomOf = (file) => file.split("/")[0].replace(/\.ts$/, "");

const faults = [];
for (const [file, imports] of importsOf) {
  const from = roomOf(file);
  if (!allowed[from]) faults.push(`src/${file}: "${from}" is no room of ours; add it to ARCHITECTURE.md and here`);
  for (const to of imports) {
    if (!importsOf.has(to)) faults.push(`src/${file} imports src/${to}, which is not there`);
    const room = roomOf(to);
    if (room === from) continue;
    if (!allowed[from]?.includes(room))
      faults.push(`src/${file} imports src/${to}: ${from} may not import from ${room}`);
    const door = doors[room]?.[from];
    if (door && !door.includes(to))
      faults.push(`src/${file} imports src/${to}: from ${room}, ${from} may import only ${door.join(", ")}`);
  }
}

/** Depth-first: a file met again while it is still open closes a circle. */
const state = new Map();
function visit(file, path) {
  if (state.get(file) === "done") return;
  if (state.get(file) === "open") {
    faults.push(`circle: ${[...path.slice(path.indexOf(file)), file].map((one) => `src/${one}`).join(" → ")}`);
    return;
  }
  state.set(file, "open");
  for (const to of importsOf.get(file) ?? []) visit(to, [...path, file]);
  state.set(file, "done");
}
for (const file of files) visit(file, []);

if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
console.log(`${files.length} files keep to the import rules; no circle.`);
