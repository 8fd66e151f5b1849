/** What zod found wrong, in words for somebody who knows the trade and not schemas. */
import type { z } from "zod";

/** One thing that is wrong: where, and what. */
export interface PlainIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What a text, a group of fields and so on are called where the issues are read. */
export interface IssueWords {
  /** By zod's name of the kind: string, object. */
  readonly kinds: Readonly<Record<string, string>>;
  /** Said of a field that there is none of. */
  readonly unknownField: string;
}

/** zod's `error` option: messages that name what is missing or must be there, in these words. */
export function plainly({ kinds }: IssueWords): (issue: z.core.$ZodRawIssue) => string | undefined {
  return (issue) => {
    if (issue.code === "invalid_type") {
      if (issue.input === undefined) return "is missing";
      const quotes = issue.expected === "string" && typeof issue.input === "number" ? "; put it in quotes" : "";
      return `must be ${kinds[issue.expected] ?? issue.expected}${quotes}`;
    }
    if (issue.code === "invalid_value") return `must be ${issue.values.map((value) => String(value)).join(" or ")}`;
    return undefined;
  };
}

/**
 * An issue in words that fit. A union's issue says only that no form fits; what helps is what is wrong with the form that came
 * closest, which is the one with the deepest complaint.
 */
export function unfolded(issue: z.core.$ZodIssue, words: IssueWords): PlainIssue[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: words.unknownField }));
  }
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const depth = (form: z.core.$ZodIssue[]): number =>
      // Of forms that complain equally deep, one whose kind of value this is comes closer.
      Math.max(...form.map(({ path, code }) => path.length + (code === "invalid_type" ? 0 : 0.5)));
    const closest = issue.errors.reduce((best, form) => (depth(form) > depth(best) ? form : best));
    return closest.flatMap((inner) => unfolded({ ...inner, path: [...issue.path, ...inner.path] }, words));
  }
  return [{ path: issue.path, message: issue.message }];
}

/** A path as people write it: `identities[0].ours.id`. */
export function written(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    return text === "" ? String(step) : `${text}.${String(step)}`;
  }, "");
}
