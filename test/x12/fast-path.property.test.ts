import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RightMarks } from "../../src/x12/block-check.ts";
import {
  emptyPositions,
  firstField,
  flagBits,
  hasInnerSeparators,
  hasUnusualBytes,
  lastField,
  longestBlock,
  perSegment,
  scanBlockInWasm,
  scanBlockPlainly,
} from "../../src/x12/block-scan.ts";
import { checklistOf } from "../../src/x12/checklist.ts";
import { DelimiterTable } from "../../src/x12/delimiter-table.ts";
import type { Delimiters } from "../../src/x12/delimiters.ts";
import { ElementCheck } from "../../src/x12/element-check.ts";
import type { Problem } from "../../src/x12/problem.ts";
import { areRight, isPlainAndRight } from "../../src/x12/quick-check.ts";
import { Scanner } from "../../src/x12/scanner.ts";
import { loadSchemaLibrary } from "../../src/x12/schema-library.ts";
import { segmentKey } from "../../src/x12/segment-key.ts";
import { createSetValidator } from "../../src/x12/standard-validator.ts";
import { keepsNote, keepsNotes, packNotes, parseNote } from "../../src/x12/syntax-notes.ts";
import { firstUnwritable, firstUnwritableAnywhere, isSegmentId } from "../../src/x12/writable-text.ts";
import { cursorOf, problemsOf } from "./cursor-of.ts";
import { Dice, generateSet, writeSet } from "./generate-set.ts";
import { mutations } from "./mutate-set.ts";
import { bytes, gs, inChunks, isa, order, trailers } from "./wire.ts";

const delimiters: Delimiters = { element: "*", segment: "~", component: ">", repetition: "^", lineBreak: "" };
const library = loadSchemaLibrary();
const seeds = fc.integer();

function scanned(scan: typeof scanBlockPlainly, data: Uint8Array, from: number, table: DelimiterTable) {
  const length = data.length - from;
  const positions = emptyPositions(length);
  scan(data, from, length, table, positions);
  const { ends, endCount, innerEnds, inner, innerCount, segments, segmentCount } = positions;
  return {
    ends: [...ends.subarray(0, endCount)],
    inner: [...inner.subarray(0, innerCount)],
    innerEnds: innerCount === 0 ? [] : [...innerEnds.subarray(0, endCount)],
    segments: [...segments.subarray(0, segmentCount * perSegment)],
  };
}

/** Bytes of which many divide, many are letters, and some are anything. */
const wire = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...Buffer.from("*~>^\r\nABC012 ")) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 255 }) },
    ),
    { maxLength: 400 },
  )
  .map((codes) => Uint8Array.from(codes));

const dividers = fc.constantFrom<Delimiters>(
  delimiters,
  { ...delimiters, repetition: null },
  { element: "|", segment: "\n", component: "\x1f", repetition: "\r", lineBreak: "" },
  { element: "\r", segment: "\x00", component: "*", repetition: null, lineBreak: "" },
  { element: "*", segment: "~", component: "", repetition: "*", lineBreak: "\n" },
);

describe("the scan of a block", () => {
  test("in WebAssembly finds what the one in TypeScript finds", () => {
    expect(scanBlockInWasm).not.toBeNull();
    fc.assert(
      fc.property(wire, fc.nat({ max: 20 }), dividers, (data, from, dividing) => {
        const table = new DelimiterTable(dividing);
        const start = Math.min(from, data.length);
        const plainly = scanned(scanBlockPlainly, data, start, table);
        expect(scanned(scanBlockInWasm!, data, start, table)).toEqual(plainly);
      }),
      { numRuns: 2_000 },
    );
  });

  test("in WebAssembly holds a block in which every byte divides", () => {
    const table = new DelimiterTable(delimiters);
    for (const byte of "*>~") {
      const data = new Uint8Array(longestBlock).fill(byte.charCodeAt(0));
      expect(scanned(scanBlockInWasm!, data, 0, table)).toEqual(scanned(scanBlockPlainly, data, 0, table));
    }
  });

  test("marks segments that are not plain", () => {
    const data = bytes("REF*A~\r\nREF*\xe9~\nREF*B>C~REF*\n~");
    const { segments } = scanned(scanBlockPlainly, data, 0, new DelimiterTable(delimiters));
    const flags = segments.filter((_, i) => i % perSegment === lastField);
    expect(flags.map((last) => last & (hasUnusualBytes | hasInnerSeparators))).toEqual([
      0,
      hasUnusualBytes,
      hasInnerSeparators,
      hasUnusualBytes,
    ]);
  });
});

/** All that can be asked of a scan: each event, and each part of each segment with its place. */
function told(chunks: readonly Uint8Array[], segmentLimit?: number): string[] {
  const scanner = new Scanner(segmentLimit);
  const seen: string[] = [];
  let next = 0;
  for (;;) {
    const event = scanner.next();
    if (event === "more") {
      if (next < chunks.length) scanner.feed(chunks[next++]!);
      else scanner.finish();
      continue;
    }
    if (event === "end" || event === "foreign") return seen;
    const { segment } = scanner;
    if (event === "stray") {
      seen.push(`stray ${scanner.stray.offset} ${scanner.stray.length}`);
      continue;
    }
    const parts: string[] = [];
    for (let n = 1; n <= segment.elementCount + 1; n++) {
      parts.push(`${segment.has(n)} ${segment.element(n)}@${segment.offsetOf(n)}+${segment.lengthOf(n)}`);
      expect(segment.elementIs(n, segment.element(n))).toBe(true);
      expect(segment.elementIs(n, `${segment.element(n)}X`)).toBe(false);
      for (let r = 1; r <= segment.repetitionCount(n) + 1; r++) {
        for (let c = 1; c <= segment.componentCount(n, r) + 1; c++) {
          const place = `${segment.offsetOf(n, r, c)}+${segment.lengthOf(n, r, c)}`;
          parts.push(`${n}.${r}.${c} ${segment.component(n, r, c)}@${place}`);
        }
      }
    }
    seen.push(`${event} ${segment.id} ${segment.key} ${segment.offset}+${segment.length} ${parts.join(" | ")}`);
    if (event === "segment" && segment.id === "IEA") scanner.endInterchange();
  }
}

describe("segments taken from a block", () => {
  const isa402 = isa.replace("*U*00401*", "*^*00402*");
  const otherIsa = isa.replaceAll("*", "|").replace(":~", ">\n");
  const piece = fc.constantFrom(
    isa,
    isa402,
    otherIsa,
    gs,
    order,
    trailers,
    gs.replaceAll("*", "|").replaceAll("~", "\n"),
    "IT1*1*4*EA*12.5~\r\n",
    "REF*DP*038**a:b^c:~",
    "N1*ST*Café~N1*ST*Caf\xe9~",
    "BIN*9*ab~*:~\ncd~BDS*ASC*3*~~~~",
    "BIN*5000*short~",
    "~\n\n~",
    "\r\n",
    "   ",
    "*~",
    `PO1${"*".repeat(40)}~`,
    "\x1a\x00",
    "junk",
  );
  const file = fc.array(piece, { maxLength: 30 }).map((pieces) => bytes(isa + gs + pieces.join("")));
  const limit = fc.constantFrom(undefined, 60);

  test("are those that are found one at a time", () => {
    fc.assert(
      fc.property(file, limit, fc.integer({ min: 1, max: 40 }), (data, segmentLimit, size) => {
        // Chunks shorter than the shortest block are read segment by segment.
        expect(told([data], segmentLimit)).toEqual(told(inChunks(data, [size]), segmentLimit));
      }),
      { numRuns: 400 },
    );
  });
});

/** A set's segments under a scanner that takes them from blocks, and what a validator finds in them; `passed` were taken many at a time. */
function problemsOfScanned(
  version: string,
  type: string,
  set: string,
): { problems: Problem[]; inBlocks: number; passed: number } {
  const validator = createSetValidator(library.set(version, type)!);
  const problems: Problem[] = [];
  let inBlocks = 0;
  let passed = 0;
  const scanner = Scanner.within(delimiters);
  // What is fed before the end is scanned as one block, if it is long enough.
  scanner.feed(Buffer.from(`${set}${"ZZZ*".repeat(60)}~`));
  scanner.finish();
  validator.begin((problem) => problems.push(problem));
  for (let position = 1; scanner.next() === "segment"; position++) {
    const { segment } = scanner;
    segment.position = position;
    if (segment.blockNumber > 0) inBlocks++;
    if (segment.id === "SE") {
      validator.end(segment);
      break;
    }
    validator.segment(segment);
    const ahead = scanner.ahead();
    const count = ahead === null ? 0 : validator.passRight(ahead);
    if (count > 0) scanner.pass(count);
    passed += count;
    position += count;
  }
  return { problems, inBlocks, passed };
}

const everySet = library.versions.flatMap((version) =>
  library.version(version)!.sets.map((type) => [version, type] as const),
);

describe("the quick check", () => {
  test.each(everySet)("finds in a %s %s what the full check finds, right or wrong", (version, type) => {
    const schema = library.set(version, type)!;
    const kinds = fc.constantFrom(null, ...Object.values(mutations));
    fc.assert(
      fc.property(seeds, kinds, (seed, mutate) => {
        const dice = new Dice(seed);
        const right = generateSet(schema, dice, { richness: 0.2 });
        const set = writeSet(mutate?.(right, schema, dice)?.segments ?? right);
        // To a scanner an ISA is never a segment of a set.
        fc.pre(!/^ISA/m.test(set));
        const { problems, inBlocks } = problemsOfScanned(version, type, set);
        expect(inBlocks).toBeGreaterThan(0);
        expect(problems, set).toEqual(problemsOf(createSetValidator(schema), set));
      }),
      { numRuns: 10 },
    );
  });

  test("of HLs finds what the full check finds, and knows the same of them afterwards", () => {
    const level = fc.tuple(
      fc.constantFrom("", "", "", "1", "2", "3", "02", "X", "123456", "1234567"),
      fc.constantFrom("-1", "-1", "-1", "-2", "-3", "1", "2", "01", "X", ""),
      fc.constantFrom("S", "O", "T", "P", "I", "I", "K", "BD", "X"),
      fc.constantFrom("", "", "", "*0", "*1", "*", "*2"),
    );
    const structure = fc.constantFrom("", "*0001", "*0002", "*0003", "*0004", "*ZZZZ");
    let passedInAll = 0;
    fc.assert(
      fc.property(fc.array(level, { maxLength: 12 }), structure, (levels, bsn05) => {
        const hls = levels.map(([id, parent, code, child], i) => {
          const hl01 = id || String(i + 1);
          const hl02 = i > 0 && parent.startsWith("-") ? String(Math.max(1, i + 1 + Number(parent))) : parent;
          return `HL*${hl01}*${i === 0 ? "" : hl02}*${code}${child}~REF*DP*1~`;
        });
        const segments = `ST*856*0001~BSN*00*SHP-1*20240115*1015${bsn05}~HL*1**S~${hls.slice(1).join("")}CTT*${hls.length}~`;
        const set = `${segments}SE*${segments.split("~").length}*0001~`;
        const { problems, passed } = problemsOfScanned("004010", "856", set);
        passedInAll += passed;
        expect(problems, set).toEqual(problemsOf(createSetValidator(library.set("004010", "856")!), set));
      }),
      { numRuns: 1_000 },
    );
    expect(passedInAll).toBeGreaterThan(1_000);
  });

  test("says yes to a plain segment exactly where the full check has nothing to say", () => {
    const dictionary = library.version("004010")!;
    const ids = ["BEG", "REF", "PER", "N1", "PO1", "DTM", "TD5", "SCH", "CTT", "AMT", "SAC", "ITD"];
    const value = fc.constantFrom(
      "",
      "",
      "00",
      "SA",
      "EA",
      "ST",
      "92",
      "UP",
      "20240229",
      "20230229",
      "1200",
      "-4.5",
      "X ",
      "1E3",
    );
    let yes = 0;
    let no = 0;
    fc.assert(
      fc.property(fc.constantFrom(...ids), fc.array(value, { maxLength: 14 }), (id, values) => {
        const text = [id, ...values].join("*");
        const list = checklistOf(dictionary.segment(id)!);
        const problems: Problem[] = [];
        const full = new ElementCheck(dictionary);
        full.begin((problem) => problems.push(problem));
        full.check(cursorOf(text, 1, 0, bytes(text)), list, null);
        const scanner = Scanner.within(delimiters);
        // The first segment is read on its own; the block begins after it.
        scanner.feed(bytes(`ZZZ~${text}~${"ZZZ*".repeat(60)}~`));
        expect([scanner.next(), scanner.next()]).toEqual(["segment", "segment"]);
        expect(scanner.segment.isPrintable).toBe(true);
        const isRight = isPlainAndRight(scanner.segment, list);
        // Composites, and separators too many (which do no harm), are left to the full check.
        const isPlain = values.every((text, i) => i < list.rules.length && (text === "" || list.rules[i] !== null));
        expect(isRight, text).toBe(isPlain && problems.length === 0);
        if (isRight) yes++;
        else no++;
      }),
      { numRuns: 3_000 },
    );
    expect(Math.min(yes, no)).toBeGreaterThan(10);
  });
});

describe("the marks of a block", () => {
  const dictionary = library.version("005010")!;
  const marks = RightMarks.by(dictionary)!;
  const lists = [
    "BEG",
    "REF",
    "PER",
    "N1",
    "PO1",
    "DTM",
    "TD5",
    "SCH",
    "CTT",
    "AMT",
    "SAC",
    "ITD",
    "IT1",
    "TDS",
    "QTY",
    "G62",
  ].map((id) => [id, checklistOf(dictionary.segment(id)!)] as const);
  const value = fc.oneof(
    fc.constantFrom("", "", "", "00", "SA", "EA", "ST", "92", "UP", "TE", "X ", "ZZZZ", "toolongforanything".repeat(9)),
    fc.constantFrom(
      "20240228",
      "20240229",
      "20230229",
      "20241301",
      "20240431",
      "240131",
      "2024010",
      "99999999",
      "00000000",
    ),
    fc.constantFrom("1200", "2360", "2400", "120059", "120060", "12005", "12005999", "120059999"),
    fc.constantFrom("-4.5", ".", "-", "-.5", "5.", "1.2.3", "1E3", "1-2", "--1", "12345678901234567890", "1:2", "/0"),
    fc.stringMatching(/^[-.0-9]{1,17}$/),
    fc.stringMatching(/^[A-Z0-9]{1,4}$/),
  );
  const segment = fc.tuple(
    fc.constantFrom(...lists),
    fc.oneof(fc.array(value, { maxLength: 3 }), fc.array(value, { maxLength: 18 })),
  );

  test("are there only where the quick check says yes, and nearly everywhere it does", () => {
    const table = new DelimiterTable(delimiters);
    let marked = 0;
    let right = 0;
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 20 }), (segments) => {
        const data = bytes(segments.map(([[id], values]) => `${[id, ...values].join("*")}~`).join(""));
        const positions = emptyPositions(data.length);
        scanBlockInWasm!(data, 0, data.length, table, positions);
        marks.of(positions, 0);
        for (const [id, list] of lists) marks.learn(segmentKey(id), list);
        const found = [...marks.of(positions, 0).subarray(0, positions.segmentCount)];
        segments.forEach(([[, list], values], index) => {
          const entry = positions.segments.subarray(index * perSegment);
          const first = entry[firstField]!;
          const isRight = areRight(list, data, 0, positions.ends, first, (entry[lastField]! >> flagBits) - first);
          if (found[index] === 1) expect(isRight, values.join("*")).toBe(true);
          marked += found[index]!;
          right += isRight ? 1 : 0;
        });
      }),
      { numRuns: 2_000 },
    );
    expect(marked).toBeGreaterThan(right * 0.9);
    expect(right).toBeGreaterThan(200);
  });

  test("are none where another block has been scanned since", () => {
    const table = new DelimiterTable(delimiters);
    const [first, second] = [emptyPositions(200), emptyPositions(200)];
    scanBlockInWasm!(bytes("CTT*1~CTT*2~"), 0, 12, table, first);
    marks.of(first, 0);
    marks.learn(segmentKey("CTT"), checklistOf(dictionary.segment("CTT")!));
    expect([...marks.of(first, 0).subarray(0, 2)]).toEqual([1, 1]);
    scanBlockInWasm!(bytes("CTT*1~CTT*X~"), 0, 12, table, second);
    expect([...marks.of(first, 0).subarray(0, 2)]).toEqual([0, 0]);
    expect([...marks.of(second, 0).subarray(0, 2)]).toEqual([1, 0]);
  });

  test("go on when the memory for what was learned is full", () => {
    const table = new DelimiterTable(delimiters);
    const positions = emptyPositions(200);
    // Each library has versions of its own, and what is learned of one can't be told from that of another.
    for (let n = 0; n < 120; n++) {
      const version = loadSchemaLibrary().version("005010")!;
      const ofVersion = RightMarks.by(version)!;
      const list = checklistOf(version.segment("CTT")!);
      let found: Uint8Array | null = null;
      for (let attempt = 0; attempt < 3 && found?.[0] !== 1; attempt++) {
        scanBlockInWasm!(bytes("CTT*1~CTT*X~"), 0, 12, table, positions);
        ofVersion.of(positions, 0);
        ofVersion.learn(segmentKey("CTT"), list);
        found = ofVersion.of(positions, 0);
      }
      expect([...found!.subarray(0, 2)], String(n)).toEqual([1, 0]);
    }
  });
});

test("packed notes are kept where each note is", () => {
  const note = fc
    .tuple(
      fc.constantFrom("P", "R", "E", "C", "L"),
      fc.uniqueArray(fc.integer({ min: 1, max: 31 }), { minLength: 2, maxLength: 5 }),
    )
    .map(([kind, positions]) => parseNote(kind + positions.map((p) => String(p).padStart(2, "0")).join("")));
  fc.assert(
    fc.property(fc.array(note, { maxLength: 4 }), fc.integer(), fc.integer(), (notes, some, others) => {
      for (const present of [0, some, some & others, some | others, notes.reduce((bits, { mask }) => bits | mask, 0)]) {
        expect(keepsNotes(packNotes(notes), present)).toBe(notes.every((one) => keepsNote(one, present)));
      }
    }),
  );
});

test("a short code is held as it stands, with blanks after it, and with nothing else beside it", () => {
  const codes = library.version("004010")!.codes("355")!;
  for (const code of codes.values) {
    expect([codes.has(code), codes.has(`${code} `)], code).toEqual([true, true]);
    for (const other of [`\0${code}`, `${code}\0`, ` ${code}`, `${code}\xff`]) expect(codes.has(other)).toBe(false);
  }
});

describe("the writer's look at a value", () => {
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom(..."AZ09 .-*~>^|:\n\x00\x1f\x7f\x80\x9féß€\ud83d\ude00".split("")) }),
    fc.string(),
  );

  test("finds what a look at every character finds", () => {
    fc.assert(
      fc.property(text, dividers, (value, dividing) => {
        expect(firstUnwritable(value, dividing)).toBe(firstUnwritableAnywhere(value, dividing));
      }),
      { numRuns: 2_000 },
    );
  });

  test("knows a segment id", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."AZaz09@[/: ".split("")), maxLength: 5 }), (id) => {
        expect(isSegmentId(id)).toBe(/^[A-Z][A-Z0-9]{1,2}$/.test(id));
      }),
    );
  });
});
