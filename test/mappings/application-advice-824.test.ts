import { describe, expect, it } from "vitest";
import type { ApplicationAdvice } from "../../src/documents/application-advice.ts";
import { applicationAdvice824 } from "../../src/mappings/application-advice-824.ts";
import { problemsOnceWritten, setFrom } from "./sets.ts";

const facts = { account: "harbor-retail", usage: "production" } as const;

function adviceOf(version: string, ...segments: string[]): ApplicationAdvice {
  const lines = ["ST*824*0001", "BGN*00*A1*20250327", ...segments, `SE*${segments.length + 3}*0001`];
  return applicationAdvice824.read(setFrom(version, lines.map((line) => `${line}~\n`).join(""), "824"), facts);
}

describe("an 824", () => {
  it.each(["004010", "004030", "005010"])("names our group, our set and the place of the error in %s", (version) => {
    const advice = adviceOf(
      version,
      "OTI*TR*IV*100418*CEDARRIVER*HARBORPO*20250326*1915*388*0002*810*004010",
      "TED*010**TDS*42*1*610*231120*230400",
    );
    expect(advice.advices).toMatchObject([
      {
        outcome: { code: "TR", word: "set rejected" },
        reference: { qualifier: "IV", value: "100418" },
        group: "388",
        set: "0002",
        type: "810",
        errors: [
          {
            condition: { code: "010", word: "total out of balance" },
            segment: "TDS",
            segmentPosition: 42,
            element: { position: 1 },
            dataElement: 610,
            badData: "231120",
            newData: "230400",
          },
        ],
      },
    ]);
    expect(problemsOnceWritten(version, "824", applicationAdvice824.write(advice, version))).toEqual([]);
  });

  it("names a component and a repetition in 005010, for which older versions have no room", () => {
    const advice = adviceOf("005010", "OTI*TE*SI*48871", "TED*848**SLN*30*5>1>2*355*KG*LB");
    expect(advice.advices[0]?.errors?.[0]?.element).toEqual({ position: 5, component: 1, repetition: 2 });
    expect(problemsOnceWritten("005010", "824", applicationAdvice824.write(advice, "005010"))).toEqual([]);
    expect(problemsOnceWritten("004010", "824", applicationAdvice824.write(advice, "004010"))).not.toEqual([]);
  });

  it("leaves what it can't read as a place unmapped instead of losing the error", () => {
    const advice = adviceOf("005010", "OTI*TR*IV*1", "TED*848*WRONG*IT1*ABC");
    expect(advice.advices[0]?.errors).toMatchObject([{ message: "WRONG", segment: "IT1" }]);
    expect(advice.x12?.unmapped.map(({ value }) => value)).toEqual(["ABC"]);
  });
});
