import { readFileSync } from "node:fs";
import { describe, expect, expectTypeOf, it } from "vitest";
import { withoutSecrets } from "../../src/accounts/account.ts";
import { accountJsonSchema, publicationPlanJsonSchema } from "../../src/accounts/json-schema.ts";
import type { AccountGuide } from "../../src/accounts/rules/guide.ts";
import { outputDelimiters } from "../../src/accounts/x12-output.ts";
import type { AcceptVersions } from "../../src/x12/accepted-version.ts";
import type { Delimiters } from "../../src/x12/delimiters.ts";
import type { Guide } from "../../src/x12/guide.ts";
import type { Strictness } from "../../src/x12/strictness.ts";
import { profile } from "./profiles.ts";

describe("an account profile", () => {
  it("shows that there are secrets and hides what they are", () => {
    const secret = "s3cr3t-s3cr3t-s3cr3t";
    const headers = { Authorization: "Bearer t0ken" };
    const shown = withoutSecrets(profile({ delivery: { push: { url: "https://north.example/in", headers, secret } } }));
    expect(shown.delivery).toEqual({
      push: { url: "https://north.example/in", headers: { Authorization: "(hidden)" }, secret: "(hidden)" },
    });
  });

  it("does not show secrets that are not there", () => {
    const push = { push: { url: "https://north.example/in" } };
    expect(withoutSecrets(profile({ delivery: push })).delivery).toEqual(push);
    expect(withoutSecrets(profile())).toEqual(profile());
  });

  it("hides every place that its schema marks as write-only", () => {
    const marked = placesMarked(accountJsonSchema(), []);
    expect(marked).toEqual(["delivery.push.headers.*", "delivery.push.secret"]);
  });

  it("has guides that the validator takes as they are", () => {
    expectTypeOf<AccountGuide>().toExtend<Guide>();
  });

  it("has delimiters that the writer takes as they are", () => {
    expectTypeOf<ReturnType<typeof outputDelimiters>>().toExtend<Delimiters>();
  });

  it("uses no repetition separator in interchanges that know none", () => {
    expect(outputDelimiters(profile({ x12: { version: "004010" } }).x12).repetition).toBeNull();
    expect(outputDelimiters(profile({ x12: { version: "004030", lineBreaks: "crlf" } }).x12)).toEqual({
      element: "*",
      segment: "~",
      component: ">",
      repetition: "^",
      lineBreak: "\r\n",
    });
  });

  it("says what its own files are forgiven and asked for in the words of the engine", () => {
    const { acceptVersions, strictness } = profile({
      acceptVersions: { "004060": "004030", "004010VICS": "004010" },
      strictness: { externalCodes: { countries: "warn" }, segmentCount: "warn", extraElements: "off" },
    });
    expectTypeOf<NonNullable<typeof acceptVersions>>().toExtend<AcceptVersions>();
    expectTypeOf<NonNullable<typeof strictness>>().toExtend<Strictness>();
    expect(acceptVersions).toEqual({ "004060": "004030", "004010VICS": "004010" });
    expect(profile({ acceptVersions: "nearest" }).acceptVersions).toBe("nearest");
    expect(() => profile({ acceptVersions: { VICS: "004030" } })).toThrow("GS08");
    expect(() => profile({ acceptVersions: { "004060": "004060" as "004030" } })).toThrow();
    expect(() => profile({ strictness: { segmentCount: "off" as "warn" } })).toThrow();
  });

  it("has its JSON Schema in schemas/account-rules.json (after a change: node scripts/documents/write-json-schemas.mjs)", () => {
    const written = readFileSync(new URL("../../schemas/account-rules.json", import.meta.url), "utf8");
    expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(accountJsonSchema())));
    const plan = readFileSync(new URL("../../schemas/publication-plan.json", import.meta.url), "utf8");
    expect(JSON.parse(plan)).toEqual(JSON.parse(JSON.stringify(publicationPlanJsonSchema())));
  });
});

/** Paths of everything that a JSON Schema marks with `writeOnly`, `*` for any name. */
function placesMarked(schema: unknown, path: string[]): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const { writeOnly, properties = {}, additionalProperties, anyOf = [], items } = schema as Record<string, never>;
  return [
    ...(writeOnly === true ? [path.join(".")] : []),
    ...Object.entries(properties).flatMap(([name, inner]) => placesMarked(inner, [...path, name])),
    ...placesMarked(additionalProperties, [...path, "*"]),
    ...Object.values(anyOf).flatMap((inner) => placesMarked(inner, path)),
    ...placesMarked(items, [...path, "[]"]),
  ];
}
