import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CodeList } from "./schema-codes.ts";
import type { ExternalListName, Strict } from "./strictness.ts";

/** What a value can be held against: a list, or a form. */
export interface HeldCodes {
  /** Whether the bytes from `start` to `end` are a code; blanks after it are no part of it. */
  holds(bytes: Uint8Array, start: number, end: number): boolean;
  /** Those of at most three characters, hashed by their bytes; null where that is not known. See `CodeList`. */
  readonly shortCodes: Int32Array | null;
}

/** A list of somebody else's, and what to do about a value that is not in it. */
export interface ExternalCodes {
  readonly codes: HeldCodes;
  readonly strict: Exclude<Strict, "off">;
  /** For messages: "the countries of ISO 3166 (two letters)". */
  readonly name: string;
  /** What to write instead. */
  readonly mend: string;
  /** Whether it is for the United States and Canada alone, so that another country beside the value says nothing of it. */
  readonly northAmericanOnly: boolean;
}

/** Countries whose states and provinces the list has. */
export const northAmerica: ReadonlySet<string> = new Set(["US", "CA", "USA", "CAN"]);

interface ListDefinition {
  readonly dataElement: string;
  readonly codes: () => HeldCodes;
  readonly name: string;
  readonly mend: string;
  readonly northAmericanOnly?: true;
}

const definitions: Readonly<Record<ExternalListName, ListDefinition>> = {
  countries: {
    dataElement: "26",
    codes: once(() => listIn("countries")),
    name: "the countries of ISO 3166",
    mend: "Use its two letters, for example US, CA or MX",
  },
  currencies: {
    dataElement: "100",
    codes: once(() => listIn("currencies")),
    name: "the currencies of ISO 4217",
    mend: "Use its three letters, for example USD, CAD or EUR",
  },
  states: {
    dataElement: "156",
    codes: once(() => listIn("states")),
    name: "the states of the United States and the provinces of Canada",
    mend: "Use the two letters that the post has, for example NY or ON",
    northAmericanOnly: true,
  },
  carriers: {
    dataElement: "140",
    codes: () => carrierForm,
    name: "the form of a Standard Carrier Alpha Code",
    mend: "Use two to four letters, as NMFTA gave them",
  },
};

const letterA = 65;
const letterZ = 90;
const blank = 32;

/** Two to four capitals. */
const carrierForm: HeldCodes = {
  shortCodes: null,
  holds(bytes, start, end) {
    let last = end;
    while (last > start && bytes[last - 1] === blank) last--;
    for (let i = start; i < last; i++) if (bytes[i]! < letterA || bytes[i]! > letterZ) return false;
    return last - start >= 2 && last - start <= 4;
  },
};

/** By data element number, the lists that are to be checked. */
export type ExternalLists = ReadonlyMap<string, ExternalCodes>;

export const noExternalLists: ExternalLists = new Map();

/** Those of our lists (`schemas/external/`) that an account wants checked. */
export function externalLists(
  wanted: Readonly<Partial<Record<ExternalListName, Strict | undefined>>> = {},
): ExternalLists {
  const lists = new Map<string, ExternalCodes>();
  for (const [list, { dataElement, codes, name, mend, northAmericanOnly = false }] of Object.entries(definitions)) {
    const strict = wanted[list as ExternalListName] ?? "off";
    if (strict !== "off") lists.set(dataElement, { codes: codes(), strict, name, mend, northAmericanOnly });
  }
  return lists.size === 0 ? noExternalLists : lists;
}

function listIn(file: string): CodeList {
  const text = readFileSync(fileURLToPath(new URL(`../../schemas/external/${file}.txt`, import.meta.url)), "utf8");
  const lines = text.split("\n").filter((line) => !line.startsWith("#") && line.trim() !== "");
  return new CodeList(file, lines.join(" ").trim().split(/\s+/).sort().join(" "), false, new Map());
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
