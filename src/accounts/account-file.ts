import { isMap, isScalar, LineCounter, type Node, parseDocument } from "yaml";
import type { z } from "zod";
import { plainly, unfolded, written } from "../documents/plain-issues.ts";
import { type AccountProfile, accountProfile } from "./account.ts";
import { type AccountGuide, guide } from "./rules/guide.ts";
import { words } from "./words.ts";

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
  const result = shape.safeParse(yaml.toJS({ maxAliasCount: 100 }), { error: plainly(words) });
  if (result.success) return result.data;
  throw new AccountFileError(
    file,
    result.error.issues
      .flatMap((issue) => unfolded(issue, words))
      .map(({ path, message }) => ({
        line: lineOf(yaml.contents, path, lines),
        path: written(path),
        message,
      })),
  );
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

function sentence(file: string, { line, path, message }: AccountFileIssue): string {
  return [line === null ? file : `${file}:${line}`, path, message].filter((part) => part !== "").join(": ");
}
