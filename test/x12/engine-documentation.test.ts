import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const home = fileURLToPath(new URL("../../", import.meta.url));
const text = readFileSync(`${home}docs/engine.md`, "utf8");

/** An example of the page, and what stands below it as its output. */
interface Example {
  readonly section: string;
  readonly code: string;
  readonly output: string;
}

/** Every block of code with the block of output after it, by the heading that it stands under. */
function examples(): Example[] {
  const found: Example[] = [];
  for (const section of text.split(/^## /m).slice(1)) {
    for (const [, code, output] of section.matchAll(/^```js\n(.*?)^```\n\n```text\n(.*?)^```$/gms)) {
      found.push({ section: section.slice(0, section.indexOf("\n")), code: code!, output: output! });
    }
  }
  return found;
}

describe("docs/engine.md", () => {
  it("has an output below every example", () => {
    expect(examples()).toHaveLength(text.split("```js\n").length - 1);
  });

  it.each(examples())("$section prints what the page says", ({ code, output }) => {
    const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", code], {
      cwd: home,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
    });
    expect(printed).toBe(output);
  });
});
