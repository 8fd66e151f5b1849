import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Folders whose files are mutated; `found` holds what once failed, and must not fail again. */
const folders = ["../../samples/orders/", "../x12/fixtures/", "../conformance/acknowledgments/", "found/"];

/** Every X12 file among samples, fixtures and conformance files (not their answers, which have no ISA), by its name. */
export function seedFiles() {
  return folders.flatMap((folder) => {
    const path = fileURLToPath(new URL(folder, import.meta.url));
    return readdirSync(path)
      .filter((file) => /^[^.]+\.edi$/.test(file))
      .map((file) => ({ name: file, bytes: readFileSync(path + file) }));
  });
}
