import { describe, expect, it } from "vitest";
import { serviceLevels } from "../../src/accounts/rules/service-levels.ts";

describe("service levels", () => {
  it("hold a target for each of our answers, and all of them in time unless less was agreed on", () => {
    const agreed = { acknowledge: { minutes: 30 }, shipNotice: { workingHours: 2 }, invoice: { workingDays: 3 } };
    expect(serviceLevels.parse(agreed)).toEqual({ ...agreed, percentOnTime: 100 });
  });

  it.each([
    ["nothing", {}],
    ["two measures of time", { minutes: 30, workingHours: 2 }],
  ])("refuse a target that says %s", (_what, acknowledge) => {
    expect(serviceLevels.safeParse({ acknowledge }).error?.issues[0]).toMatchObject({
      path: ["acknowledge"],
      message: "must say one of minutes, workingHours and workingDays",
    });
  });
});
