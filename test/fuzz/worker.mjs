import { loadSchemaLibrary } from "../../dist/x12/index.js";
import { caseOf } from "./case.mjs";
import { check } from "./checks.mjs";
import { Dice } from "./dice.mjs";
import { seedFiles } from "./seed-files.mjs";

/**
 * The child that does the work, with --expose-gc. Before each case it says its number, so that whoever waits knows what hung; at the
 * end it says what it saw.
 */
const [seed, seconds, only] = process.argv.slice(2).map(Number);
const library = loadSchemaLibrary();
const seeds = seedFiles();
const seen = { cases: 0, bytes: 0, problems: 0, slowest: 0 };

if (Number.isInteger(only)) {
  await run(only);
  process.send({ seen, heapBefore: 0, heapAfter: 0 });
} else {
  // What is loaded once and kept (schemas, routes, code lists) is no growth.
  for (const { name, bytes } of seeds) await checked(bytes, new Dice(seed), { number: null, name, how: [] });
  for (const version of library.versions) for (const type of library.version(version).sets) library.set(version, type);
  const end = performance.now() + seconds * 1000;
  const warm = performance.now() + seconds * 400;
  let heapBefore = 0;
  for (let number = 0; performance.now() < end; number++) {
    if (heapBefore === 0 && performance.now() > warm) heapBefore = heap();
    await run(number);
  }
  process.send({ seen, heapBefore, heapAfter: heap() });
}

async function run(number) {
  process.send({ number });
  const { bytes, name, how, dice } = caseOf(seed, number, seeds, library);
  const { milliseconds, problems } = await checked(bytes, dice, { number, name, how });
  seen.cases++;
  seen.bytes += bytes.length;
  seen.problems += problems;
  // Of a small file the time says nothing.
  if (bytes.length > 100_000) seen.slowest = Math.max(seen.slowest, milliseconds / (bytes.length / 1e6));
}

/** Checks one file; where that fails, says so and ends the process. */
async function checked(bytes, dice, about) {
  try {
    return await check(bytes, library, dice);
  } catch (error) {
    process.send({ failed: { ...about, error: error.stack ?? String(error) } }, () => process.exit(1));
    return new Promise(() => {});
  }
}

/** Bytes in use after two collections: what the first one frees may free more. */
function heap() {
  global.gc();
  global.gc();
  return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
}
