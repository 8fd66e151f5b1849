import { FileReading } from "./file-reading.ts";
import type { ReadOptions } from "./read-options.ts";
import type { FileReport } from "./report.ts";
import { Scanner } from "./scanner.ts";
import { Unwrapping } from "./unwrapping.ts";

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
  const unwrapping = new Unwrapping(options.unwrap);
  let stopped = false;
  let unread = 0;
  for await (const chunk of source) {
    // The rest is counted all the same: the file is as long as it is, however it is cut into chunks.
    const left = unwrapping.take(chunk);
    if (stopped) unread += left.length;
    else {
      scanner.feed(left);
      stopped = reading.readOn() === "stopped";
    }
  }
  if (stopped) return unwrapping.placed(reading.report(unread + unwrapping.finish().length));
  return readToTheEnd(scanner, reading, unwrapping);
}

/** The same for bytes that are all in memory. */
export function readInterchangesSync(bytes: Uint8Array, options: ReadOptions): FileReport {
  const scanner = scannerFor(options);
  const reading = new FileReading(scanner, options);
  const unwrapping = new Unwrapping(options.unwrap);
  scanner.feed(unwrapping.take(bytes));
  if (reading.readOn() === "stopped") return unwrapping.placed(reading.report(unwrapping.finish().length));
  return readToTheEnd(scanner, reading, unwrapping);
}

function readToTheEnd(scanner: Scanner, reading: FileReading, unwrapping: Unwrapping): FileReport {
  scanner.feed(unwrapping.finish());
  reading.readOn();
  scanner.finish();
  reading.readOn();
  return unwrapping.placed(reading.report());
}

function scannerFor(options: ReadOptions): Scanner {
  return new Scanner(options.limits?.segmentBytes);
}
