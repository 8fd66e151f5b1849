import { describe, expect, it } from "vitest";
import { adviceOutcome, needsAttention } from "../../src/documents/index.ts";

describe("what an application acknowledgment code says", () => {
  it.each([
    ["TA", "set", "accepted", false],
    ["TE", "set", "accepted with errors", true],
    ["TC", "set", "accepted with changes", true],
    ["TH", "set", "on hold", true],
    ["GP", "group", "accepted in part", true],
    ["BR", "batch", "rejected", true],
    ["IR", "item", "rejected", true],
    ["IA", "item", "accepted", false],
  ])("%s: the %s is %s", (code, scope, outcome, attention) => {
    expect(adviceOutcome(code)).toEqual({ scope, outcome });
    expect(needsAttention(code)).toBe(attention);
  });

  it.each(["", "T", "XX", "TAA", "ta"])("'%s' is no code that we know, so a person looks at it", (code) => {
    expect(adviceOutcome(code)).toBeNull();
    expect(needsAttention(code)).toBe(true);
  });
});
