import {
  type Delimiters,
  fallbackAcknowledgmentVersion,
  functionalAcknowledgment997,
  implementation999,
  implementationAcknowledgment999,
  interchangeAcknowledgment,
  loadSchemaLibrary,
  readInterchangesSync,
  writeSegment,
  writeTransactionSet,
} from "../../src/x12/index.ts";

export const library = loadSchemaLibrary();

/** What every answer is written with. */
export const delimiters: Delimiters = { element: "*", segment: "~", component: ">", repetition: "^", lineBreak: "\n" };

/** Everything that one file is answered with: a set for each group, no set at all where the interchange is rejected. */
export interface Answers {
  readonly ta1: string;
  readonly "997": string | null;
  readonly "999": string | null;
}

/** Reads a file of one interchange and answers it. */
export function answersTo(file: Uint8Array): Answers {
  const [interchange] = readInterchangesSync(file, { library }).interchanges;
  if (interchange === undefined) throw new Error("The file has no interchange to answer.");
  const ta1 = writeSegment(interchangeAcknowledgment(interchange), delimiters);
  if (interchange.verdict === "R") return { ta1, "997": null, "999": null };
  const control = (i: number) => String(i + 1).padStart(4, "0");
  const functional = interchange.groups.map((group, i) => {
    const version = library.versionOf(group.header.version) ?? fallbackAcknowledgmentVersion;
    const segments = functionalAcknowledgment997(group, { version, delimiters });
    return writeTransactionSet({ type: "997", control: control(i), segments }, delimiters);
  });
  const implementation = interchange.groups.map((group, i) => {
    const segments = implementationAcknowledgment999(group, { delimiters });
    return writeTransactionSet(
      { type: "999", control: control(i), implementation: implementation999, segments },
      delimiters,
    );
  });
  return { ta1, "997": functional.join(""), "999": implementation.join("") };
}
