import {
  acceptedSets,
  compileSelector,
  fallbackAcknowledgmentVersion,
  fromLosslessJson,
  functionalAcknowledgment997,
  implementation999,
  implementationAcknowledgment999,
  interchangeAcknowledgment,
  isAcknowledgment,
  losslessJsonText,
  owesInterchangeAcknowledgment,
  readInterchanges,
  readInterchangesSync,
  readTransactionSet,
  receivedAcknowledgment,
  toLosslessJson,
  UnwritableError,
  writeSegment,
  writeTransactionSet,
} from "../../dist/x12/index.js";

/** Milliseconds that reading may take: only what hangs or grows faster than the file comes near it. */
const readingLimit = (bytes) => 5_000 + (bytes / 1e6) * 10_000;

const delimiters = { element: "*", segment: "~", component: ">", repetition: "^", lineBreak: "\n" };
const selectors = ["REF02:REF01['IA']", "N1-N301", "FOREACH(PO1)=>PO102", "HL+S+O-PRF01", "CONCAT(REF01,-)=>REF02"].map(
  compileSelector,
);

/**
 * Everything that must hold of any bytes whatever. Throws where something does not; gives the milliseconds that reading took and the
 * problems found.
 */
export async function check(bytes, library, dice) {
  const limits = dice.chance(0.2) ? smallLimits(dice) : undefined;
  const before = performance.now();
  const report = readInterchangesSync(bytes, { library, limits });
  const milliseconds = performance.now() - before;
  if (milliseconds > readingLimit(bytes.length)) {
    throw new Error(`Reading ${bytes.length} bytes took ${Math.round(milliseconds)} ms`);
  }
  const problems = checkPlaces(report, bytes);
  await checkChunks(bytes, { library, limits }, report, dice);
  for (const interchange of report.interchanges) checkInterchange(interchange, bytes, library);
  await checkLossless(bytes, dice);
  return { milliseconds, problems };
}

function smallLimits(dice) {
  return {
    segmentBytes: dice.pick([16, 200, 4_000]),
    problemsPerSet: dice.pick([1, 10]),
    problemsPerFile: dice.pick([1, 100]),
    transactionSets: dice.pick([1, 3]),
  };
}

/** Every part of the report lies within the file. */
function checkPlaces(report, bytes) {
  if (report.size > bytes.length) throw new Error(`Read ${report.size} bytes of ${bytes.length}`);
  const parts = report.interchanges.flatMap((interchange) => [
    interchange,
    ...interchange.groups.flatMap((group) => [group, ...group.transactionSets]),
  ]);
  const problems = [...report.problems, ...parts.flatMap((part) => part.problems)];
  for (const { offset, length, ...rest } of [...parts, ...problems]) {
    if (offset === null || (offset >= 0 && length >= 0 && offset + length <= bytes.length)) continue;
    const what = rest.message ?? JSON.stringify(rest.header ?? rest.type);
    throw new Error(`Bytes ${offset} to ${offset + length} of ${bytes.length}: ${what}`);
  }
  return problems.length;
}

async function checkChunks(bytes, options, report, dice) {
  // One byte at a time is slow where the file is large.
  const sizes = bytes.length > 20_000 ? [997, 65_536] : [1, 2, 7, 106, 997];
  const most = dice.pick(sizes);
  const chunked = await readInterchanges(chunksOf(bytes, most, dice), options);
  const difference = differenceOf(report, chunked, "report");
  if (difference !== null) throw new Error(`In chunks of up to ${most} bytes: ${difference}`);
}

/** Where two values are not the same, and what stands there; null where they are. */
function differenceOf(whole, chunked, path) {
  if (typeof whole !== "object" || whole === null || typeof chunked !== "object" || chunked === null) {
    return Object.is(whole, chunked) ? null : `${path} is ${JSON.stringify(chunked)}, not ${JSON.stringify(whole)}`;
  }
  for (const key of new Set([...Object.keys(whole), ...Object.keys(chunked)])) {
    const difference = differenceOf(whole[key], chunked[key], `${path}.${key}`);
    if (difference !== null) return difference;
  }
  return null;
}

/** Chunks of one to `most` bytes, each overwritten once the next is asked for: nothing may rest on bytes that are gone. */
async function* chunksOf(bytes, most, dice) {
  let at = 0;
  while (at < bytes.length) {
    const chunk = Buffer.from(bytes.subarray(at, at + dice.between(1, most)));
    at += chunk.length;
    yield chunk;
    chunk.fill(0x58);
  }
}

function checkInterchange(interchange, bytes, library) {
  acceptedSets(interchange);
  owesInterchangeAcknowledgment(interchange);
  writeSegment(interchangeAcknowledgment(interchange), delimiters);
  for (const group of interchange.groups) {
    isAcknowledgment(group);
    const version = library.versionOf(group.header.version) ?? fallbackAcknowledgmentVersion;
    for (const listAccepted of [true, false]) {
      const functional = functionalAcknowledgment997(group, { version, delimiters, listAccepted });
      writeTransactionSet({ type: "997", control: "0001", segments: functional }, delimiters);
      const segments = implementationAcknowledgment999(group, { delimiters, listAccepted });
      writeTransactionSet({ type: "999", control: "0001", implementation: implementation999, segments }, delimiters);
    }
    for (const set of group.transactionSets.slice(0, 5)) {
      const schema = library.set(version, set.type);
      checkSet(bytes.subarray(set.offset, set.offset + set.length), interchange.delimiters, schema);
    }
  }
}

function checkSet(bytes, read, schema) {
  const set = readTransactionSet(bytes, read, schema);
  receivedAcknowledgment(set);
  for (const selector of selectors) selector.select(set);
  for (const { id, elements } of set.segments) {
    try {
      writeSegment([id, ...elements], delimiters);
    } catch (error) {
      if (!(error instanceof UnwritableError)) throw error;
    }
  }
}

async function checkLossless(bytes, dice) {
  const json = JSON.parse(JSON.stringify(toLosslessJson(bytes)));
  if (!bytes.equals(fromLosslessJson(json))) throw new Error("JSON of the file gives other bytes");
  let text = "";
  for await (const piece of losslessJsonText(chunksOf(bytes, dice.pick([997, 65_536]), dice))) text += piece;
  if (!bytes.equals(fromLosslessJson(JSON.parse(text)))) throw new Error("JSON text of the file gives other bytes");
}
