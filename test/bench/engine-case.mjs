import { closeSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { X12Parser } from "node-x12";
import { BlockScan, flagBits, lastField, perSegment } from "../../dist/x12/block-scan.js";
import { ByteWindow } from "../../dist/x12/byte-window.js";
import { DelimiterTable } from "../../dist/x12/delimiter-table.js";
import {
  functionalAcknowledgment997,
  loadSchemaLibrary,
  readInterchanges,
  readInterchangesSync,
  readTransactionSet,
  writeInterchange,
} from "../../dist/x12/index.js";
import { Scanner } from "../../dist/x12/scanner.js";
import { segmentKey } from "../../dist/x12/segment-key.js";

/**
 * One measurement of the engine in a process of its own, so that neither memory nor compiled code of another is in it:
 * `node engine-case.mjs OPERATION FILE ROUNDS`. Prints one JSON line. The bytes are in memory before the clock starts, except in
 * `memory`, which reads the file in pieces and tells the most memory that the process ever held.
 */

const library = loadSchemaLibrary();
const options = { library, limits: { transactionSets: 1_000_000 } };
const terminator = 0x7e;
const trailer = segmentKey("IEA");

/** Calls `see` for each segment of a file, with no reader around the scanner. */
function scan(bytes, see) {
  const scanner = new Scanner();
  scanner.feed(bytes);
  scanner.finish();
  for (let event = scanner.next(); event !== "end"; event = scanner.next()) {
    if (event !== "segment") continue;
    see(scanner.segment);
    if (scanner.segment.key === trailer) scanner.endInterchange();
  }
}

/** Each gives what is to be timed: a function that returns some count, so that no work is done in vain. */
const operations = {
  /** The least that any reader could do: find every terminator. */
  "Buffer.indexOf": (bytes) => () => {
    let count = 0;
    for (let at = bytes.indexOf(terminator); at >= 0; at = bytes.indexOf(terminator, at + 1)) count += 1;
    return count;
  },

  "node-x12": (bytes) => {
    const text = bytes.toString("latin1");
    return () => new X12Parser(true).parse(text).functionalGroups.length;
  },

  /** Where every delimiter of the file is, as the scanner finds them: a block at a time, before it is asked for segments. */
  delimiters: (bytes) => {
    const table = new DelimiterTable(readInterchangesSync(bytes, options).interchanges[0].delimiters);
    return () => {
      let count = 0;
      const block = new BlockScan();
      const window = new ByteWindow();
      window.feed(bytes);
      while (window.refill()) {
        while (block.segmentAt(window, table) >= 0) {
          const { segments, segmentCount, ends, endCount } = block.positions;
          const last = segments[(segmentCount - 1) * perSegment + lastField] >> flagBits;
          window.start = block.origin + ends[last] + 1;
          block.pass(segmentCount);
          count += endCount;
        }
      }
      return count;
    };
  },

  /** Segments under the cursor, one after the other. */
  scan: (bytes) => () => {
    let count = 0;
    scan(bytes, () => {
      count += 1;
    });
    return count;
  },

  /** Place and length of every element asked of the cursor. */
  cursor: (bytes) => () => {
    let sum = 0;
    scan(bytes, (segment) => {
      for (let n = 1; n <= segment.elementCount; n++) sum += segment.offsetOf(n) + segment.lengthOf(n);
    });
    return sum;
  },

  strings: (bytes) => () => {
    let characters = 0;
    scan(bytes, (segment) => {
      characters += segment.id.length;
      for (let n = 1; n <= segment.elementCount; n++) characters += segment.element(n).length;
    });
    return characters;
  },

  /** All that the engine checks: envelopes, structure, elements, notes, code lists of the whole standard. */
  validate: (bytes) => () => readInterchangesSync(bytes, options).interchanges.length,

  tree: (bytes) => {
    const sets = setsOf(bytes);
    return () => sets.reduce((segments, set) => segments + set().segments.length, 0);
  },

  acknowledgment: (bytes) => {
    const report = readInterchangesSync(bytes, options);
    const groups = report.interchanges.flatMap((interchange) => interchange.groups);
    return () => groups.reduce((n, group) => n + functionalAcknowledgment997(group, { version: "004010" }).length, 0);
  },

  write: (bytes) => {
    const [interchange] = readInterchangesSync(bytes, options).interchanges;
    const sets = setsOf(bytes).map((set) => {
      const { type, control, segments } = set();
      return { type, control, segments: segments.slice(1, -1).map(({ id, elements }) => [id, ...elements]) };
    });
    const { header, delimiters } = interchange;
    const out = { header, groups: [{ header: interchange.groups[0].header, sets }] };
    return () => writeInterchange(out, delimiters).length;
  },
};

/** For each set of a file a function that reads it into memory. */
function setsOf(bytes) {
  return readInterchangesSync(bytes, options).interchanges.flatMap(({ groups, delimiters }) =>
    groups.flatMap(({ header, transactionSets }) =>
      transactionSets.map(({ type, offset, length }) => {
        const schema = library.set(library.versionOf(header.version), type);
        return () => readTransactionSet(bytes.subarray(offset, offset + length), delimiters, schema);
      }),
    ),
  );
}

/** The file in pieces, all in the same memory. */
function* pieces(path) {
  const piece = Buffer.allocUnsafeSlow(1 << 18);
  const file = openSync(path, "r");
  try {
    for (let length = readSync(file, piece); length > 0; length = readSync(file, piece))
      yield piece.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

async function measureMemory(path) {
  const began = performance.now();
  const { interchanges } = await readInterchanges(pieces(path), options);
  const seconds = (performance.now() - began) / 1000;
  const sets = interchanges.flatMap(({ groups }) => groups).flatMap(({ transactionSets }) => transactionSets);
  const accepted = sets.filter(({ verdict }) => verdict === "A").length;
  return { seconds, sets: sets.length, accepted, peakMB: round(process.resourceUsage().maxRSS / 1024) };
}

function measureTime(operation, path, rounds) {
  const run = operations[operation](readFileSync(path));
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    run();
    times.push((performance.now() - began) / 1000);
  }
  times.sort((a, b) => a - b);
  return { seconds: times[times.length >> 1], best: times[0] };
}

const round = (number) => Number(number.toFixed(1));

const [operation, path, rounds] = process.argv.slice(2);
const result = operation === "memory" ? await measureMemory(path) : measureTime(operation, path, Number(rounds));
console.log(JSON.stringify({ ...result, bytes: statSync(path).size }));
