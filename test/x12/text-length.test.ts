import { describe, expect, test } from "vitest";
import { loadSchemaLibrary, readInterchangesSync } from "../../src/x12/index.ts";
import { harborOrder } from "../support/samples.ts";

const library = loadSchemaLibrary();

/** The problems of an order whose N201 is this text, in this encoding. */
function problemsWith(text: string, encoding: "utf8" | "latin1"): string[] {
  const x12 = harborOrder().replace("N2*JOLIET DISTRIBUTION CENTER", `N2*${text}`);
  const report = readInterchangesSync(Buffer.from(x12, encoding), { library });
  return report.interchanges.flatMap(({ groups }) =>
    groups.flatMap(({ transactionSets }) =>
      transactionSets.flatMap(({ problems }) => problems.map(({ segment, code }) => `${segment} ${code}`)),
    ),
  );
}

describe.each(["utf8", "latin1"] as const)("lengths of text in %s are counted in characters", (encoding) => {
  test.each([
    ["one character of the upper half", "½", []],
    ["as many as there may be", "é".repeat(60), []],
    ["one more", "é".repeat(61), ["N2 5"]],
  ])("%s", (_name, text, problems) => {
    expect(problemsWith(text, encoding)).toEqual(problems);
  });
});
