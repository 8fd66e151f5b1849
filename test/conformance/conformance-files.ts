import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Files as partners send them; beside each, under the same name, exactly what it is answered with. See README.md. */
const folder = fileURLToPath(new URL("acknowledgments/", import.meta.url));

/** The names of all files, without `.edi`. */
export const names: readonly string[] = readdirSync(folder)
  .filter((file) => /^[^.]+\.edi$/.test(file))
  .map((file) => file.replace(/\.edi$/, ""));

/** Every file of the folder, answers counted. */
export const allFiles: readonly string[] = readdirSync(folder);

export function fileOf(name: string): Uint8Array {
  return readFileSync(`${folder}${name}.edi`);
}

/** The answer that is expected; null where there must be none. */
export function expectedAnswer(name: string, kind: "ta1" | "997" | "999"): string | null {
  const file = `${folder}${name}.${kind}.edi`;
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

/** One line of the table in README.md. */
export interface TableRow {
  readonly name: string;
  readonly answer: string;
}

export function tableRows(): TableRow[] {
  const text = readFileSync(fileURLToPath(new URL("README.md", import.meta.url)), "utf8");
  return text
    .split("\n")
    .filter((line) => /^\| [a-z\d-]*[a-z\d] +\|/.test(line))
    .slice(1)
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    .map(([, name, , answer]) => ({ name: name ?? "", answer: answer ?? "" }));
}
