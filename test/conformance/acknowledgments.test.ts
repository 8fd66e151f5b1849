import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  type GroupHeader,
  type InterchangeHeader,
  readInterchangesSync,
  writeInterchange,
} from "../../src/x12/index.ts";
import { type Answers, answersTo, delimiters, library } from "./answers.ts";

/** Files as partners send them; beside each, under the same name, exactly what it is answered with. */
const folder = fileURLToPath(new URL("acknowledgments/", import.meta.url));
const names = readdirSync(folder)
  .filter((file) => /^[^.]+\.edi$/.test(file))
  .map((file) => file.replace(/\.edi$/, ""));

const kinds = ["ta1", "997", "999"] as const satisfies readonly (keyof Answers)[];

function expectedAnswer(name: string, kind: keyof Answers): string | null {
  const file = `${folder}${name}.${kind}.edi`;
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

/**
 * Answers that must quote what their own code lists don't have (a set type or a functional group nobody knows): the one
 * problem that our own validator may have with them.
 */
const quotesTheUnknown: Readonly<Record<string, string>> = { "set-type-unknown": "AK2", "group-type-unknown": "AK1" };

describe("acknowledgments of whole files", () => {
  it("has files for more than thirty situations", () => {
    expect(names.length).toBeGreaterThan(30);
  });

  it.each(names)("%s", (name) => {
    const answers = answersTo(readFileSync(`${folder}${name}.edi`));
    for (const kind of kinds) expect(answers[kind], kind).toBe(expectedAnswer(name, kind));
  });

  it.each(names)("%s is answered with what our own validator accepts", (name) => {
    const file = readFileSync(`${folder}${name}.edi`);
    const answers = answersTo(file);
    const inbound = readInterchangesSync(file, { library }).interchanges[0]!;
    for (const kind of ["997", "999"] as const) {
      const answer = answers[kind];
      if (answer === null) continue;
      const version =
        kind === "999" ? "005010X231A1" : (library.versionOf(inbound.groups[0]!.header.version) ?? "004010");
      const ta1 = answers.ta1.replace(/~\n$/, "").split("*") as [string, ...string[]];
      const written = writeInterchange(
        {
          header: answerHeader(inbound.header, version),
          groups: [{ header: groupHeader(version), sets: [answer] }],
          ta1s: [ta1],
        },
        delimiters,
      );
      const report = readInterchangesSync(written, { library });
      const [interchange] = report.interchanges;
      expect(report.problems).toEqual([]);
      expect(interchange).toMatchObject({ verdict: "A", problems: [] });
      expect(interchange!.ta1s).toHaveLength(1);
      const { problems, transactionSets } = interchange!.groups[0]!;
      expect(problems).toEqual([]);
      const found = transactionSets.flatMap((set) => set.problems);
      expect(found.map(({ segment }) => segment)).toEqual(name in quotesTheUnknown ? [quotesTheUnknown[name]] : []);
    }
  });
});

/** The inbound interchange turned round, in a version of the controls that suits the answer's. */
function answerHeader(inbound: InterchangeHeader, version: string): InterchangeHeader {
  return {
    ...inbound,
    senderQualifier: inbound.receiverQualifier,
    senderId: inbound.receiverId,
    receiverQualifier: inbound.senderQualifier,
    receiverId: inbound.senderId,
    version: version.startsWith("005010") ? "00501" : version === "004030" ? "00403" : "00401",
    date: "240116",
  };
}

function groupHeader(version: string): GroupHeader {
  return {
    functionalId: "FA",
    senderCode: "SUPPLIER",
    receiverCode: "HARBOR",
    date: "20240116",
    time: "1000",
    control: "1",
    agency: "X",
    version,
  };
}
