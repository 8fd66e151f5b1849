import type { Reporter, TestModule, TestSpecification, Vitest } from "vitest/node";
import type { CombinationsFound } from "./combinations.ts";

/** The last lines of a run: which combinations it ran on, and how many tests passed and failed. */
export default class CombinationReporter implements Reporter {
  #vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestRunStart(_specifications: readonly TestSpecification[]): void {}

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const count = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      if (module.state() === "failed" && [...module.children.allTests()].length === 0) count.failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state !== "pending") count[state] += 1;
      }
    }
    const found = this.#vitest?.projects[0]?.getProvidedContext().combinations as CombinationsFound | undefined;
    console.log("");
    for (const { name } of found?.ran ?? []) {
      const ran = modules.flatMap((module) =>
        [...module.children.allTests()].filter((test) => test.fullName.includes(`${name}`)),
      );
      console.log(
        ran.length > 0 ? `Ran ${ran.length} tests on ${name}.` : `Ran no test on ${name}: none was asked for.`,
      );
    }
    for (const { name, because } of found?.missing ?? []) console.log(`Not run on ${name}: ${because}.`);
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : "";
    console.log(`${count.passed} passed, ${count.failed + errors.length} failed${skipped}`);
  }
}
