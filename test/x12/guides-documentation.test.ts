import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseGuideFile } from "../../src/accounts/account-file.ts";
import { guide } from "../../src/accounts/rules/guide.ts";
import { createSetValidator, effectiveGuide, guideFaults, loadSchemaLibrary } from "../../src/x12/index.ts";
import { brief, problemsOf } from "./cursor-of.ts";

const page = readFileSync(fileURLToPath(new URL("../../docs/guides.md", import.meta.url)), "utf8");
const schema = loadSchemaLibrary().set("004010", "850")!;
const rows = [...page.matchAll(/^\| `((?:segments|loops|conditions): [^\n]*?)` \| `([^`]*)` \| `([^`]+)` \|$/gm)].map(
  ([, rule, heading, gives]) => [rule!, heading!, gives!] as const,
);
const [whole, ofAccount] = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text!);

function found(given: object, heading: string): string[] {
  const rules = guide.parse({ name: "Example", set: "850", ...given });
  const set = `ST*850*0001~BEG*00*SA*4501**20240102~${heading}PO1*1*5*EA*9.99~CTT*1~SE*5*0001~`;
  return problemsOf(createSetValidator(schema, [rules]), set).map(brief);
}

describe("docs/guides.md", () => {
  it("has the examples", () => {
    expect(rows).toHaveLength(17);
  });

  it.each(rows)("%s is broken by %s", (rule, heading, gives) => {
    expect(found(parse(rule), heading)).toEqual([gives]);
  });

  it("begins with a guide that can be used, and says what it says", () => {
    const stores = parseGuideFile(whole!, "stores-850.yaml");
    expect(guideFaults(schema, stores)).toEqual([]);
    const told = (heading: string) => found(stores, heading);
    expect(told("REF*DP*014~N1*ST*EAST*92*0318~")).toEqual([]);
    expect(told("REF*DP*14~N1*ST*EAST~")).toEqual(["AK403 7 REF02 @3", "AK304 3 N3 @5"]);
    expect(told("")).toEqual(["AK304 3 REF @5", "AK304 3 N1 @5"]);
  });

  it("shows where a rule comes from", () => {
    const account = guide.parse(parse(ofAccount!).guides[1]);
    const effective = effectiveGuide(schema, [parseGuideFile(whole!, "stores-850.yaml"), account]);
    expect(effective.segments[0]!.demands.max).toMatchObject({ asks: 2, guide: "Harbor Retail 850" });
    expect(effective.segments[0]!.demands.requirement).toMatchObject({ asks: "required", guide: "Stores 850" });
  });
});
