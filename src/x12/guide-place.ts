import type { Where } from "./guide.ts";

/** What a segment's or loop's rule speaks of, as a key: two rules with the same one speak of the same thing. */
export function placeOf(rule: {
  readonly segment?: string;
  /** Left out and null: anywhere. */
  readonly loop?: string | null | undefined;
  readonly where?: Where | null | undefined;
}): string {
  const { segment = "", loop = null, where } = rule;
  return JSON.stringify([segment, loop, where ? [where.element, ...where.codes.toSorted()] : null]);
}

/** The same of an element or component within its segment. */
export function partOf(rule: { readonly element: number; readonly component?: number | null | undefined }): string {
  return `${rule.element}-${rule.component ?? 0}`;
}
