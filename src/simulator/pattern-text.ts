import type { Chance } from "./chance.ts";

/** A repetition without an upper end makes so many at the most beyond its least. */
const mostBeyond = 3;

const digits = "0123456789";
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const classes: Readonly<Record<string, string>> = { d: digits, w: letters + digits, s: " " };

/**
 * A text that a guide's pattern allows: "SI-OA-\\d{4}" gives SI-OA-4711. It knows what guides use: characters, `.`, `\d`, `\w`,
 * classes, groups, alternatives and repetitions.
 *
 * @returns null for a pattern with anything else in it
 */
export function textOfPattern(pattern: string, chance: Chance): string | null {
  const reading = { pattern: pattern.replace(/^\^/, "").replace(/\$$/, ""), at: 0 };
  const text = alternatives(reading, chance);
  if (text === null || reading.at < reading.pattern.length) return null;
  return new RegExp(`^(?:${pattern})$`).test(text) ? text : null;
}

interface Reading {
  readonly pattern: string;
  at: number;
}

function alternatives(reading: Reading, chance: Chance): string | null {
  const all: (string | null)[] = [sequence(reading, chance)];
  while (reading.pattern[reading.at] === "|") {
    reading.at++;
    all.push(sequence(reading, chance));
  }
  return all.includes(null) ? null : chance.oneOf(all);
}

function sequence(reading: Reading, chance: Chance): string | null {
  let text = "";
  while (reading.at < reading.pattern.length && !"|)".includes(reading.pattern[reading.at] as string)) {
    const start = reading.at;
    const first = atom(reading, chance);
    if (first === null) return null;
    const times = repetition(reading, chance);
    if (times === null) return null;
    const after = reading.at;
    // Made anew each time, so that \d{4} is not one digit four times.
    const made = [first];
    while (made.length < times) {
      reading.at = start;
      made.push(atom(reading, chance) ?? "");
    }
    text += made.slice(0, times).join("");
    reading.at = after;
  }
  return text;
}

function atom(reading: Reading, chance: Chance): string | null {
  const { pattern } = reading;
  const character = pattern[reading.at++] as string;
  if (character === "\\") {
    const escaped = pattern[reading.at++] ?? "";
    const known = classes[escaped];
    if (known !== undefined) return chance.oneOf([...known]);
    return /[A-Za-z0-9]/.test(escaped) ? null : escaped;
  }
  if (character === ".") return chance.oneOf([...digits]);
  if (character === "[") return oneOfClass(reading, chance);
  if (character === "(") {
    if (pattern.startsWith("?:", reading.at)) reading.at += 2;
    else if (pattern[reading.at] === "?") return null;
    const inner = alternatives(reading, chance);
    return pattern[reading.at++] === ")" ? inner : null;
  }
  return "^$*+?{".includes(character) ? null : character;
}

function oneOfClass(reading: Reading, chance: Chance): string | null {
  const end = reading.pattern.indexOf("]", reading.at);
  const inside = reading.pattern.slice(reading.at, end);
  reading.at = end + 1;
  if (end < 0 || inside.startsWith("^")) return null;
  const whole = inside.replace(/\\([dw])/g, (_, name: string) => classes[name] as string);
  const allowed = whole.replace(/(\w)-(\w)/g, (_, from: string, to: string) =>
    Array.from({ length: Math.max(0, to.charCodeAt(0) - from.charCodeAt(0) + 1) }, (_one, n) =>
      String.fromCharCode(from.charCodeAt(0) + n),
    ).join(""),
  );
  return allowed === "" ? null : chance.oneOf([...allowed.replaceAll("\\", "")]);
}

/** How often: `?`, `*`, `+`, `{3}`, `{2,}` or `{2,5}`; once where nothing is said. */
function repetition(reading: Reading, chance: Chance): number | null {
  const found = /^(?:([?*+])|\{(\d+)(,(\d*))?\})/.exec(reading.pattern.slice(reading.at));
  if (!found) return 1;
  reading.at += found[0].length;
  const [, sign, least = "0", comma, most] = found;
  if (sign === "?") return chance.whole(0, 1);
  if (sign) return chance.whole(sign === "+" ? 1 : 0, mostBeyond);
  const from = Number(least);
  if (comma === undefined) return from;
  return chance.whole(from, most ? Number(most) : from + mostBeyond);
}
