/**
 * What a file that does not begin with an ISA is instead, in words for the person who sent it ("a ZIP archive"), as far
 * as its first bytes tell for certain; null where they could still be text before an ISA.
 */
export function foreignFormat(start: Uint8Array): string | null {
  const text = Buffer.from(start).toString("latin1");
  for (const [pattern, name] of signatures) if (pattern.test(text)) return name;
  return null;
}

/** What a file without any ISA resembles, for the message: never null. */
export function resemblance(start: Uint8Array): string {
  const known = foreignFormat(start);
  if (known !== null) return known;
  const text = Buffer.from(start).toString("latin1");
  if (/[\x00-\x08\x0e-\x1f]/.test(text)) return "binary data";
  if (/^(?:GS|ST|SE|GE|IEA|TA1)[^\w\s]/.test(text)) return "X12 segments whose ISA is missing";
  const [first = "", second = ""] = text.split(/\r\n|\r|\n/, 2);
  for (const separator of [",", ";", "\t", "|"]) {
    const columns = first.split(separator).length;
    if (columns > 2 && second.split(separator).length === columns) return "a table of delimited text (CSV)";
  }
  return "plain text";
}

/** Latin-1 views of first bytes. A byte order mark before text formats is passed over. */
const signatures: readonly (readonly [RegExp, string])[] = [
  [/^PK(?:\x03\x04|\x05\x06|\x07\x08)/, "a ZIP archive"],
  [/^\x1f\x8b/, "a GZIP archive"],
  [/^%PDF-/, "a PDF document"],
  [/^\xd0\xcf\x11\xe0/, "an old Microsoft Office document"],
  [/^-----BEGIN PGP/, "a PGP message"],
  [
    /^(?:\xff\xfe|\xfe\xff|\x00[\x20-\x7e]\x00|[\x20-\x7e]\x00[\x20-\x7e]\x00)/,
    "text in UTF-16 (send it as ASCII or UTF-8)",
  ],
  [/^(?:\xef\xbb\xbf)?\s*UN[AB][^A-Za-z0-9]/, "an EDIFACT interchange"],
  [/^(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body)\b/i, "an HTML page"],
  [/^(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|[A-Za-z_])/, "an XML document"],
  [/^(?:\xef\xbb\xbf)?\s*[{[]\s*(?:["{[\]}\d-]|true|false|null)/, "a JSON document"],
];
