import { FileReading } from "./file-reading.ts";
import type { ReadOptions } from "./read-options.ts";
import type { FileReport } from "./report.ts";
import { Scanner } from "./scanner.ts";

export type { ReadLimits, ReadOptions } from "./read-options.ts";

/** Where bytes come from: all at once, or in chunks of any size. */
export type ByteSource = Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Reads a file of X12 interchanges: divides it, checks envelopes, sets and guides, and says what it found. Nothing in a file
 * makes it throw, and its memory grows with the report only, never with the file. Rejects only if the source or
 * the guides do (a guide may speak of what its set does not have).
 */
export async function readInterchanges(source: ByteSource, options: ReadOptions): Promise<FileReport> {
  if (source instanceof Uint8Array) return readInterchangesSync(source, options);
  const scanner = scannerFor(options);
  const reading = new FileReading(scanner, options);
  for await (const chunk of source) {
    scanner.feed(chunk);
    if (reading.readOn() === "stopped") return reading.report();
  }
  scanner.finish();
  reading.readOn();
  return reading.report();
}

/** The same for bytes that are all in memory. */
export function readInterchangesSync(bytes: Uint8Array, options: ReadOptions): FileReport {
  const scanner = scannerFor(options);
  const reading = new FileReading(scanner, options);
  scanner.feed(bytes);
  if (reading.readOn() === "stopped") return reading.report();
  scanner.finish();
  reading.readOn();
  return reading.report();
}

function scannerFor(options: ReadOptions): Scanner {
  return new Scanner(options.limits?.segmentBytes);
}
