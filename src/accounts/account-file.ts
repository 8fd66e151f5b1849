import { isMap, isScalar, LineCounter, type Node, parseDocument } from "yaml";
import type { z } from "zod";
import { type AccountProfile, accountProfile } from "./account.ts";
import { type AccountGuide, guide } from "./rules/guide.ts";

/** One thing that is wrong with an account file: where, what, and how to mend it. */
export interface AccountFileIssue {
  /** 1-based; null where no place in the file can be named. */
  readonly line: number | null;
  /** "identities[0].ours.id"; "" for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

/** An account file or a guide's that can't be used. Its message lists every issue as `file:line: path: what is wrong`. */
export class AccountFileError extends Error {
  override readonly name = "AccountFileError";
  readonly file: string;
  readonly issues: readonly AccountFileIssue[];

  constructor(file: string, issues: readonly AccountFileIssue[]) {
    super(issues.map((issue) => sentence(file, issue)).join("\n"));
    this.file = file;
    this.issues = issues;
  }
}

/**
 * Reads an account file (YAML, and so JSON too).
 *
 * @param file name shown in messages
 * @throws AccountFileError with everything that is wrong, not only the first
 */
export function parseAccountFile(text: string, file: string): AccountProfile {
  return parseFile(accountProfile, text, file);
}

/** Reads a file that holds one guide, in the form that an account's `guides` have. @throws AccountFileError likewise */
export function parseGuideFile(text: string, file: string): AccountGuide {
  return parseFile(guide, text, file);
}

function parseFile<Shape extends z.ZodType>(shape: Shape, text: string, file: string): z.output<Shape> {
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: "1.2" });
  if (yaml.errors.length > 0) {
    throw new AccountFileError(
      file,
      yaml.errors.map(({ pos, message }) => ({ line: lines.linePos(pos[0]).line, path: "", message })),
    );
  }
  const result = shape.safeParse(yaml.toJS({ maxAliasCount: 100 }), { error: plainly });
  if (result.success) return result.data;
  throw new AccountFileError(
    file,
    result.error.issues.flatMap(unfolded).map(({ path, message }) => ({
      line: lineOf(yaml.contents, path, lines),
      path: written(path),
      message,
    })),
  );
}

const kinds: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a group of settings",
  record: "a group of settings",
};

/** What is wrong, for somebody who knows accounts and not schemas. */
function plainly(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === "invalid_type") {
    if (issue.input === undefined) return "is missing";
    const quotes = issue.expected === "string" && typeof issue.input === "number" ? "; put it in quotes" : "";
    return `must be ${kinds[issue.expected] ?? issue.expected}${quotes}`;
  }
  if (issue.code === "invalid_value") return `must be ${issue.values.map((value) => String(value)).join(" or ")}`;
  return undefined;
}

interface PlainIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/**
 * An issue in words that fit a file. A union's issue says only that no form fits; what helps is what is wrong with the form
 * that came closest, which is the one with the deepest complaint.
 */
function unfolded(issue: z.core.$ZodIssue): PlainIssue[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      message: "there is no such setting here; check its spelling and its indentation",
    }));
  }
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const depth = (form: z.core.$ZodIssue[]): number =>
      // Of forms that complain equally deep, one whose kind of value this is comes closer.
      Math.max(...form.map(({ path, code }) => path.length + (code === "invalid_type" ? 0 : 0.5)));
    const closest = issue.errors.reduce((best, form) => (depth(form) > depth(best) ? form : best));
    return closest.flatMap((inner) => unfolded({ ...inner, path: [...issue.path, ...inner.path] }));
  }
  return [{ path: issue.path, message: issue.message }];
}

/** Line of the node at this path, or of the nearest node around it that is there. */
function lineOf(root: Node | null, path: readonly PropertyKey[], lines: LineCounter): number | null {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? null;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair || !isScalar(pair.key)) break;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else {
      const item = (node as { items?: unknown[] } | null)?.items?.[Number(step)] as Node | undefined;
      if (!item) break;
      offset = item.range?.[0] ?? offset;
      node = item;
    }
  }
  return offset === null ? null : lines.linePos(offset).line;
}

/** A path as people write it: identities[0].ours.id. */
function written(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    return text === "" ? String(step) : `${text}.${String(step)}`;
  }, "");
}

function sentence(file: string, { line, path, message }: AccountFileIssue): string {
  return [line === null ? file : `${file}:${line}`, path, message].filter((part) => part !== "").join(": ");
}
