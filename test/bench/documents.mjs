import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { documentFromSet, setFromDocument } from "../../dist/mappings/index.js";
import {
  loadSchemaLibrary,
  readInterchangesSync,
  readTransactionSet,
  writeTransactionSet,
} from "../../dist/x12/index.js";

const samples = fileURLToPath(new URL("../../samples", import.meta.url));
const library = loadSchemaLibrary();
const delimiters = { element: "*", segment: "~", component: ">", repetition: "^", lineBreak: "\n" };

/** Rounds of each operation, of which the median counts. */
const rounds = 15;
/** How long one round takes at least, in milliseconds. */
const roundLength = 40;

/**
 * Documents per second for the first sample of each set: translated (the set's bytes to its document) and generated (the
 * document to the bytes of its set), beside the engine's reading of the same interchange with every check of the standard.
 * The rounds of the three take turns, so that what else the machine does is shared by all.
 */
export async function* measure({ quick } = {}) {
  const measured = new Set();
  const files = readdirSync(samples, { recursive: true }).filter((name) => name.endsWith(".edi"));
  for (const file of files.sort((a, b) => setOf(a).localeCompare(setOf(b)) || a.localeCompare(b))) {
    const found = rightSet(readFileSync(`${samples}/${file}`));
    if (!found || measured.has(found.set.type)) continue;
    measured.add(found.set.type);
    yield { set: found.set.type, sample: file, ...figures(found, quick ? 3 : rounds) };
  }
}

/** The set that a sample's name begins with: "orders/850-...". */
function setOf(file) {
  return file.slice(file.lastIndexOf("/") + 1, file.indexOf("-", file.lastIndexOf("/")));
}

function rightSet(bytes) {
  const { interchanges } = readInterchangesSync(bytes, { library });
  for (const interchange of interchanges) {
    for (const { header, transactionSets } of interchange.groups) {
      const right = transactionSets.find(({ verdict }) => verdict === "A");
      if (!right) continue;
      const version = library.versionOf(header.version);
      const schema = library.set(version, right.type);
      const part = bytes.subarray(right.offset, right.offset + right.length);
      const set = readTransactionSet(part, interchange.delimiters, schema);
      return { bytes, part, delimiters: interchange.delimiters, schema, version, set };
    }
  }
  return null;
}

function figures({ bytes, part, delimiters: read, schema, version, set }, count) {
  const facts = { account: "bench", usage: "production" };
  const document = documentFromSet(set, facts);
  const { x12: _set, ...said } = document;
  const operations = {
    parse: () => readInterchangesSync(bytes, { library }).interchanges.length,
    translate: () => documentFromSet(readTransactionSet(part, read, schema), facts).documentType.length,
    generate: () => {
      const { type, segments } = setFromDocument(said, version);
      return writeTransactionSet({ type, control: "0001", segments }, delimiters).length;
    },
  };
  const times = Object.fromEntries(Object.keys(operations).map((name) => [name, []]));
  for (const operation of Object.values(operations)) secondsEach(operation);
  for (let round = 0; round < count; round++) {
    for (const [name, operation] of Object.entries(operations)) times[name].push(secondsEach(operation));
  }
  const [parse, translate, generate] = ["parse", "translate", "generate"].map((name) => median(times[name]));
  return {
    version,
    segments: set.segments.length,
    bytes: bytes.length,
    parsedPerSecond: Math.round(1 / parse),
    translatedPerSecond: Math.round(1 / translate),
    generatedPerSecond: Math.round(1 / generate),
    translateToParse: Number((translate / parse).toFixed(2)),
    generateToParse: Number((generate / parse).toFixed(2)),
  };
}

/** Seconds that one call takes, of as many as fill a round. */
function secondsEach(operation) {
  let calls = 0;
  let sum = 0;
  const began = performance.now();
  let passed = 0;
  do {
    for (let n = 0; n < 20; n++) sum += operation();
    calls += 20;
    passed = performance.now() - began;
  } while (passed < roundLength);
  if (sum === 0) throw new Error("Nothing was done.");
  return passed / 1000 / calls;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
