import type { IncomingMessage } from "node:http";
import { messageOf, Refused } from "../errors.ts";

/** Longest line, and largest document that comes alone, bytes: a shipment of 20,000 packages. */
export const longestLineBytes = 16 * 1024 * 1024;
/** Most lines of one request. */
export const mostLines = 10_000;

/** A line of NDJSON, from 1: the value that it holds and its length, or why it holds none. */
export type JsonLine =
  | { readonly line: number; readonly value: unknown; readonly characters: number }
  | { readonly line: number; readonly refused: Refused };

/**
 * The lines of a request as they come, empty ones left out. No more than one of them is in memory. What is too much ends it: a
 * line that is too long, or one too many, is refused, and nothing after it is read.
 */
export async function* linesOf(request: IncomingMessage): AsyncGenerator<JsonLine> {
  let line = 0;
  for await (const bytes of byLine(request)) {
    line++;
    if (bytes === "too long") {
      const message = `The line has more than ${longestLineBytes / 1024 / 1024} MiB; nothing from it on was taken.`;
      yield { line, refused: new Refused(413, "documents.line-too-long", message) };
      return;
    }
    if (line > mostLines) {
      const message = `There are more than ${mostLines} lines; nothing from this one on was taken. Send the rest in another request.`;
      yield { line, refused: new Refused(413, "documents.too-many", message) };
      return;
    }
    const parsed = parseLine(bytes, line);
    if (parsed !== null) yield parsed;
  }
}

/** Pieces between line breaks. A connection that is cut is an error: half a line is never taken for a whole one. */
async function* byLine(request: IncomingMessage): AsyncGenerator<Buffer | "too long"> {
  let pieces: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(0x0a); at !== -1; at = chunk.indexOf(0x0a, from)) {
      size += at - from;
      if (size > longestLineBytes) break;
      yield Buffer.concat([...pieces, chunk.subarray(from, at)]);
      pieces = [];
      size = 0;
      from = at + 1;
    }
    size += chunk.length - from;
    if (size > longestLineBytes) {
      yield "too long";
      return;
    }
    pieces.push(chunk.subarray(from));
  }
  if (size > 0) yield Buffer.concat(pieces);
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function parseLine(bytes: Buffer, line: number): JsonLine | null {
  try {
    const text = utf8.decode(bytes);
    if (text.trim() === "") return null;
    return { line, value: withoutPrototype(JSON.parse(text)), characters: text.length };
  } catch (error) {
    const message = `The line is no JSON document: ${messageOf(error).slice(0, 200)}.`;
    return { line, refused: new Refused(400, "document.unreadable", message) };
  }
}

/** A field that would be an object's prototype is refused, as in every other body. */
function withoutPrototype(value: unknown): unknown {
  const waiting = [value];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (typeof one !== "object" || one === null) continue;
    if (Object.hasOwn(one, "__proto__")) throw new Error('it has a field "__proto__"');
    for (const part of Object.values(one)) if (typeof part === "object" && part !== null) waiting.push(part);
  }
  return value;
}
