import { describe, expect, it } from "vitest";
import { ExpressionError, evaluate, expressionFault } from "../../../src/mappings/adaptation/expression.ts";

describe("an account's expression", () => {
  it("gives plain data, and leaves its input as it was", async () => {
    const input = { lines: [{ unit: "EA" }, { unit: "CA" }] };
    const result = await evaluate('$ ~> |lines[unit="CA"]|{"unit": "CT"}|', input);
    expect(result).toStrictEqual({ lines: [{ unit: "EA" }, { unit: "CT" }] });
    expect(input).toStrictEqual({ lines: [{ unit: "EA" }, { unit: "CA" }] });
  });

  it("may ask the functions it is given", async () => {
    const ours = async (kind: string, id: string) => (kind === "item" && id === "7" ? "CR-7" : undefined);
    expect(await evaluate('[$ours("item", "7"), $ours("item", "8") ? "known" : "unknown"]', {}, { ours })).toEqual([
      "CR-7",
      "unknown",
    ]);
  });

  it("is refused where it can't be read, with the place", () => {
    expect(expressionFault("lines.unit")).toBeNull();
    expect(expressionFault("lines[unit = ")).toMatch(/at character \d+/);
  });

  it.each([
    ["calls itself for ever", "($f := function($x) { $f($x) + 1 }; $f(1))"],
    ["goes round for ever", "($f := function($x) { $f($x) }; $f(1))"],
    ["makes too much", "$count($map([1..9999999], function($x) { $string($x) & $string($x * 2) }))"],
  ])("is stopped where it %s", async (_what, source) => {
    await expect(evaluate(source, {})).rejects.toThrow(ExpressionError);
  });

  it("reaches nothing of the process", async () => {
    await expect(evaluate("process.env", {})).resolves.toBeUndefined();
    await expect(evaluate('$eval("1").constructor', {})).resolves.toBeUndefined();
    await expect(evaluate("$.constructor.constructor", {})).resolves.toBeUndefined();
    await expect(evaluate('__proto__."polluted"', {})).resolves.toBeUndefined();
  });
});
