import type { Delimiters } from "../delimiters.ts";
import { isaWidths } from "../interchange-header.ts";
import { isOpaque, LosslessJsonError } from "./form.ts";

/**
 * The bytes of one segment.
 *
 * @param value what should be a {@link import("./form.ts").SegmentJson}
 * @throws LosslessJsonError where it is none, or where it would be read as something else
 */
export function segmentBytes(value: unknown, delimiters: Delimiters, path: string): Uint8Array {
  return Buffer.from(segmentText(value, delimiters, path), "latin1");
}

/** The bytes of a text. @throws LosslessJsonError */
export function textBytes(value: unknown, path: string): Uint8Array {
  return Buffer.from(byteText(value, path), "latin1");
}

function segmentText(value: unknown, delimiters: Delimiters, path: string): string {
  if (Array.isArray(value)) return plainText(value, delimiters, path) + delimiters.segment + delimiters.lineBreak;
  if (typeof value === "object" && value !== null) {
    if ("raw" in value) return byteText(value.raw, `${path}.raw`);
    if ("segment" in value && Array.isArray(value.segment)) {
      const end = "end" in value ? byteText(value.end, `${path}.end`) : delimiters.segment + delimiters.lineBreak;
      return plainText(value.segment, delimiters, `${path}.segment`) + end;
    }
  }
  throw new LosslessJsonError(path, 'a segment is a list that begins with its id: ["REF", "DP", "038"].');
}

function plainText([id, ...elements]: readonly unknown[], delimiters: Delimiters, path: string): string {
  const idText = byteText(id, `${path}[0]`);
  refuseDelimiters(idText, delimiters, `${path}[0]`);
  const texts = elements.map((element, i) => {
    const place = `${path}[${i + 1}]`;
    if (!isOpaque(idText, i + 1)) return elementText(element, delimiters, place);
    return byteText(element, place);
  });
  if (idText === "ISA") checkIsa(texts, delimiters, path);
  if (idText === "BIN") checkBinary(texts, 2, delimiters, path);
  if (idText === "BDS") checkBinary(texts, 3, delimiters, path);
  return [idText, ...texts].join(delimiters.element);
}

function elementText(element: unknown, delimiters: Delimiters, path: string): string {
  if (typeof element === "object" && element !== null && "repetitions" in element) {
    if (!Array.isArray(element.repetitions)) throw new LosslessJsonError(path, "repetitions is a list.");
    const texts = element.repetitions.map((one, i) => repetitionText(one, delimiters, `${path}.repetitions[${i}]`));
    if (texts.length > 1 && delimiters.repetition === null) {
      throw new LosslessJsonError(path, "the interchange has no repetition separator.");
    }
    return texts.join(delimiters.repetition ?? "");
  }
  return repetitionText(element, delimiters, path);
}

function repetitionText(value: unknown, delimiters: Delimiters, path: string): string {
  if (!Array.isArray(value)) return dataText(value, delimiters, path);
  if (value.length > 1 && delimiters.component === "") {
    throw new LosslessJsonError(path, "the interchange has no component separator.");
  }
  return value.map((one, i) => dataText(one, delimiters, `${path}[${i}]`)).join(delimiters.component);
}

function dataText(value: unknown, delimiters: Delimiters, path: string): string {
  const text = byteText(value, path);
  refuseDelimiters(text, delimiters, path);
  return text;
}

/** Written, such text would be other elements or segments than it says. */
function refuseDelimiters(text: string, delimiters: Delimiters, path: string): void {
  for (const delimiter of [delimiters.element, delimiters.segment, delimiters.component, delimiters.repetition]) {
    if (delimiter !== null && delimiter !== "" && text.includes(delimiter)) {
      throw new LosslessJsonError(
        path,
        `${JSON.stringify(text)} holds ${JSON.stringify(delimiter)}, which divides data.`,
      );
    }
  }
}

/** The delimiters are read from the ISA again: it must have those that the interchange is written with. */
function checkIsa(fields: readonly string[], { element, component, repetition }: Delimiters, path: string): void {
  const isWhole = fields.length === isaWidths.length && fields.every((field, i) => field.length === isaWidths[i]);
  if (!isWhole && fields.some((field) => field.includes(element))) {
    throw new LosslessJsonError(path, "an ISA field of other than its width holds the element separator.");
  }
  if (fields.length !== isaWidths.length) throw new LosslessJsonError(path, "an ISA has sixteen elements.");
  if (fields[15] !== component) {
    throw new LosslessJsonError(path, `ISA16 is not the component separator ${JSON.stringify(component)}.`);
  }
  if (repetition !== null && fields[10] !== repetition) {
    throw new LosslessJsonError(path, `ISA11 is not the repetition separator ${JSON.stringify(repetition)}.`);
  }
}

function checkBinary(elements: readonly string[], element: number, delimiters: Delimiters, path: string): void {
  const data = elements[element - 1] ?? "";
  const declared = elements[element - 2] ?? "";
  if (!/^\d{1,15}$/.test(declared) || Number(declared) !== data.length) {
    refuseDelimiters(data, delimiters, `${path}[${element}]`);
  }
}

/** One character for each byte. */
function byteText(value: unknown, path: string): string {
  if (typeof value === "string") {
    if (/^[\x00-\x7f]*$/.test(value)) return value;
    if (/\p{Surrogate}/u.test(value)) throw new LosslessJsonError(path, "the text holds half a character.");
    return Buffer.from(value, "utf8").toString("latin1");
  }
  if (typeof value === "object" && value !== null && "latin1" in value && typeof value.latin1 === "string") {
    if (/^[\x00-\xff]*$/.test(value.latin1)) return value.latin1;
    throw new LosslessJsonError(path, "latin1 holds a character that is more than one byte.");
  }
  throw new LosslessJsonError(path, 'text is a string, or { "latin1": "..." }.');
}
