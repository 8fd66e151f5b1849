import { fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { loadSchemaLibrary } from "../../dist/x12/index.js";
import { caseOf } from "./case.mjs";
import { seedFiles } from "./seed-files.mjs";

/**
 * Feeds the engine spoiled files: `npm run fuzz -- [--seconds 60] [--seed N] [--case N]`. Nothing may throw, hang, grow, or read
 * differently in chunks. What fails is kept in `found/`, and `--seed` with `--case` runs it again.
 */
const { values } = parseArgs({
  options: { seconds: { type: "string", default: "60" }, seed: { type: "string" }, case: { type: "string" } },
});
const seconds = positive("seconds", values.seconds);
const seed = values.seed === undefined ? Date.now() % 1_000_000_000 : positive("seed", values.seed);

/** Milliseconds without a sign of life after which a case hangs. Far more than the slowest takes on a busy machine. */
const hangsAfter = 60_000;
/** Bytes that the heap may grow from the middle of a run to its end. */
const mostGrowth = 8e6;

const worker = fork(
  fileURLToPath(new URL("worker.mjs", import.meta.url)),
  [seed, seconds, values.case ?? "all"].map(String),
  {
    execArgv: ["--expose-gc", "--max-old-space-size=1024"],
  },
);
let current = null;
let outcome = null;
let lastSign = Date.now();
worker.on("message", (message) => {
  lastSign = Date.now();
  if (message.number !== undefined) current = message.number;
  else outcome = message;
});
const watch = setInterval(() => {
  if (Date.now() - lastSign < hangsAfter) return;
  outcome = { failed: { number: current, error: `no sign of life for ${hangsAfter / 1000} s: it hangs` } };
  worker.kill("SIGKILL");
}, 1_000);
worker.on("exit", (code) => {
  clearInterval(watch);
  if (outcome === null && code !== 0)
    outcome = { failed: { number: current, error: `the process ended with ${code}` } };
  process.exitCode = outcome === null ? 0 : tell(outcome);
});

/** Prints the outcome as one JSON line and gives the exit code. */
function tell({ failed, seen, heapBefore, heapAfter }) {
  if (failed !== undefined) {
    console.log(JSON.stringify({ seed, ...failed, kept: keep(failed.number) }));
    return 1;
  }
  const growth = heapAfter - heapBefore;
  const ok = growth <= mostGrowth;
  const { cases, bytes, problems, slowest } = seen;
  console.log(
    JSON.stringify({
      seed,
      cases,
      megabytes: Math.round(bytes / 1e6),
      problems,
      slowestMsPerMB: Math.round(slowest),
      heapGrowthKB: Math.round(growth / 1000),
      ...(ok ? {} : { error: `the heap grew by more than ${mostGrowth / 1e6} MB` }),
    }),
  );
  return ok ? 0 : 1;
}

/** Writes the file of a case into `found/`, where every later run and the tests meet it. */
function keep(number) {
  if (number === null) return null;
  const file = fileURLToPath(new URL(`found/seed-${seed}-case-${number}.edi`, import.meta.url));
  writeFileSync(file, caseOf(seed, number, seedFiles(), loadSchemaLibrary()).bytes);
  return file;
}

function positive(name, text) {
  const value = Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  console.error(`--${name} takes a number, not "${text}".`);
  process.exit(2);
}
