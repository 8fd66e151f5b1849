import { type Delimiters, defaultDelimiters } from "../delimiters.ts";

/** What stands in for a character that can't be quoted. */
const unquotable = "?";
/** Most characters of element 724, Copy of Bad Data Element. */
const longestCopy = 99;

/**
 * The bad value as AK404 or IK404 may carry it: at most 99 characters, none of them a control character, a delimiter of the
 * acknowledgment or outside ASCII (each gives way to `?`); "" where nothing is left to show.
 */
export function quotableValue(value: string | null, delimiters: Delimiters = defaultDelimiters): string {
  if (value === null) return "";
  return quotable(value, delimiters).slice(0, longestCopy).trimEnd();
}

/** A segment id for AK301 or IK301 (element 721, two or three characters), as near to a bad one as that allows. */
export function quotableSegmentId(id: string | null): string {
  return (id ?? "")
    .replace(/[^A-Za-z0-9]/g, "")
    .toUpperCase()
    .slice(0, 3)
    .padEnd(2, "Z");
}

/**
 * A functional group's GS01 for AK101 (element 479). Unlike a segment id it is not made to fit: whoever looks for the group
 * needs it as it came.
 */
export function quotableFunctionalId(id: string): string {
  return id.replace(/[^A-Za-z0-9]/g, "").slice(0, 2) || "ZZ";
}

/** GS06 for AK102 (element 28, up to nine digits). */
export function quotableGroupControl(control: string): string {
  return control.replace(/\D/g, "").slice(0, 9) || "0";
}

/** ST01 for AK201 (element 143), as it came for the same reason. */
export function quotableSetType(type: string): string {
  return type.replace(/[^A-Za-z0-9]/g, "").slice(0, 3) || "ZZZ";
}

/** ST02 for AK202 (element 329, four to nine characters): a short one gets zeros in front. */
export function quotableSetControl(control: string, delimiters: Delimiters = defaultDelimiters): string {
  return quotable(control, delimiters).trim().slice(0, 9).padStart(4, "0");
}

/** A version or implementation convention for AK103 or AK203; "" where it can't be quoted whole. */
export function quotableReference(value: string, longest: number): string {
  return value.length <= longest && /^[A-Za-z0-9]*$/.test(value) ? value : "";
}

function quotable(value: string, delimiters: Delimiters): string {
  const { element, segment, component, repetition } = delimiters;
  let text = "";
  for (const character of value) {
    const bad =
      !/^[\x20-\x7e]$/.test(character) ||
      character === element ||
      character === segment ||
      character === component ||
      character === repetition;
    text += bad ? unquotable : character;
  }
  return text;
}
