import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parseGuideFile } from "../../src/accounts/account-file.ts";
import { readInterchangesSync } from "../../src/x12/index.ts";
import { codesIn } from "./answer-codes.ts";
import { answersTo, library, reportOf } from "./answers.ts";

/** Orders that are right by the standard, the guide that they are held against, and exactly what they are answered with. */
const folder = fileURLToPath(new URL("guides/", import.meta.url));
const textOf = (file: string) => readFileSync(folder + file, "utf8");
const guide = parseGuideFile(textOf("harbor-850.yaml"), "harbor-850.yaml");
const names = readdirSync(folder)
  .filter((file) => /^[^.]+\.edi$/.test(file))
  .map((file) => file.replace(/\.edi$/, ""));

/** Codes of a list of the 999 that only guides give, and those of them that no guide of ours can bring about. */
const lists = [
  { place: "IK502", element: "618", notGiven: ["I6"] },
  { place: "IK304", element: "620", notGiven: ["I9"] },
  { place: "IK403", element: "621", notGiven: ["I11"] },
] as const;

describe("acknowledgments of orders under a guide", () => {
  it.each(names)("%s", (name) => {
    const report = readInterchangesSync(readFileSync(`${folder}${name}.edi`), { library, guides: () => [guide] });
    const answers = answersTo(report);
    for (const kind of ["997", "999"] as const) {
      expect(answers[kind].map(({ text }) => text).join(""), kind).toBe(textOf(`${name}.${kind}.edi`));
    }
  });

  it("are about what the standard alone finds right, but for one that says otherwise", () => {
    const wrong = names.filter(
      (name) => reportOf(readFileSync(`${folder}${name}.edi`)).interchanges[0]!.groups[0]!.verdict !== "A",
    );
    expect(wrong).toEqual(["element-form-broken-and-a-fault-of-the-standard"]);
  });

  it.each(lists)("have every code of $place that a guide can bring about", ({ place, element, notGiven }) => {
    const ofGuides = library
      .version("005010")!
      .codes(element)!
      .values.filter((code) => code.startsWith("I"));
    const given = new Set(names.flatMap((name) => codesIn(textOf(`${name}.999.edi`)).get(place) ?? []));
    expect(ofGuides.filter((code) => !given.has(code))).toEqual(notGiven);
  });

  it("are described in README.md, every one", () => {
    const described = [...textOf("README.md").matchAll(/^\| ([a-z-]+) +\|/gm)].map(([, name]) => name);
    expect(described.slice(2)).toEqual(names.toSorted());
  });
});
