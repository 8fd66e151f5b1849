import { type AccountProfile, hiddenSecret, withoutSecrets } from "./account.ts";

/** One thing that differs between two profiles. */
export interface ProfileDifference {
  /** Where: `priority["rush order"].level`, `x12.version`. */
  readonly path: string;
  /** Missing where there was nothing. */
  readonly before?: unknown;
  /** Missing where there is nothing any more. */
  readonly after?: unknown;
}

/**
 * What differs between two profiles, place by place. Entries of lists that have names are compared by name, so that one put in
 * front does not look like a change of all. That a secret changed can be seen, what it is or was can't.
 */
export function profileDiff(before: AccountProfile, after: AccountProfile): ProfileDifference[] {
  const found: ProfileDifference[] = [];
  compare("", before, after, withoutSecrets(before), withoutSecrets(after), found);
  return found;
}

type Fields = Readonly<Record<string, unknown>>;

/** Compares what is, and tells what may be shown. */
function compare(
  path: string,
  before: unknown,
  after: unknown,
  shownBefore: unknown,
  shownAfter: unknown,
  found: ProfileDifference[],
): void {
  if (before === after) return;
  const both = [before, after, shownBefore, shownAfter].map(fieldsOf);
  const [was, is, shownWas, shownIs] = both;
  if (was && is && shownWas && shownIs && Array.isArray(before) === Array.isArray(after)) {
    for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
      const step = Array.isArray(before) ? `[${isIndex(key) ? key : JSON.stringify(key)}]` : `${path && "."}${key}`;
      compare(`${path}${step}`, was[key], is[key], shownWas[key], shownIs[key], found);
    }
    const order = namesOf(before)?.join("\n");
    const newOrder = namesOf(after)?.join("\n");
    if (order !== newOrder && order?.split("\n").sort().join() === newOrder?.split("\n").sort().join()) {
      found.push({ path: `${path} (order)`, before: order?.split("\n"), after: newOrder?.split("\n") });
    }
    return;
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  found.push({
    path,
    ...(shownBefore !== undefined && { before: shownBefore }),
    ...(shownAfter !== undefined && { after: shownAfter }),
  });
}

const isIndex = (key: string): boolean => /^\d+$/.test(key);

/** What a group of settings or a list holds, by field, name or place; null: it is a single value. */
function fieldsOf(value: unknown): Fields | null {
  if (Array.isArray(value)) {
    const names = namesOf(value);
    return Object.fromEntries(value.map((entry, place) => [names?.[place] ?? String(place), entry]));
  }
  return typeof value === "object" && value !== null ? (value as Fields) : null;
}

/** The names of a list's entries, where each has one of its own. */
function namesOf(value: unknown): string[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const names = value.map((entry) => (entry as { name?: unknown } | null)?.name);
  const all = names.every((name): name is string => typeof name === "string" && !isIndex(name));
  return all && new Set(names).size === names.length ? (names as string[]) : null;
}

/** A difference as a line for people: `x12.version: "004010" → "005010"`. */
export function differenceLine({ path, before, after }: ProfileDifference): string {
  const words = (value: unknown) => (value === undefined ? "nothing" : JSON.stringify(value));
  if (before === hiddenSecret && after === hiddenSecret) return `${path}: another secret`;
  return `${path}: ${words(before)} → ${words(after)}`;
}
