import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const run = fileURLToPath(new URL("run.mjs", import.meta.url));

/** What a run prints: figures, or what failed. */
interface Outcome {
  readonly cases?: number;
  readonly problems?: number;
  readonly error?: string;
}

async function fuzz(...options: readonly string[]): Promise<{ code: number | null; outcome: Outcome }> {
  const child = spawn(process.execPath, [run, ...options], { stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, outcome: JSON.parse(printed) as Outcome };
}

it("holds out against spoiled files for ten seconds: nothing throws, hangs, grows or reads differently in chunks", async () => {
  const { code, outcome } = await fuzz("--seconds", "10", "--seed", "850");
  expect(outcome.error).toBeUndefined();
  expect(code).toBe(0);
  // On a busy machine it comes less far; none at all would be no test.
  expect(outcome.cases).toBeGreaterThan(20);
  expect(outcome.problems).toBeGreaterThan(20);
}, 120_000);

it("makes a case again from its seed and number", async () => {
  const first = await fuzz("--seed", "850", "--case", "7");
  const second = await fuzz("--seed", "850", "--case", "7");
  expect(first.outcome).toMatchObject({ cases: 1 });
  expect(second.outcome.problems).toBe(first.outcome.problems);
}, 60_000);
