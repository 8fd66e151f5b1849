/** What an advice is about: a batch of groups, a functional group, a transaction set, or an item in one. */
export type AdviceScope = "batch" | "group" | "set" | "item";

/** What became of it. */
export type Outcome =
  | "accepted"
  | "accepted with changes"
  | "accepted with errors"
  | "accepted in part"
  | "on hold"
  | "rejected";

const scopes = new Map<string, AdviceScope>([
  ["B", "batch"],
  ["G", "group"],
  ["T", "set"],
  ["I", "item"],
]);

const outcomes = new Map<string, Outcome>([
  ["A", "accepted"],
  ["C", "accepted with changes"],
  ["E", "accepted with errors"],
  ["P", "accepted in part"],
  ["H", "on hold"],
  ["R", "rejected"],
]);

/** What an application acknowledgment code says (X12 element 110): its first letter what of, its second what became of it. */
export function adviceOutcome(code: string): { scope: AdviceScope; outcome: Outcome } | null {
  const scope = scopes.get(code.slice(0, 1));
  const outcome = outcomes.get(code.slice(1));
  return scope === undefined || outcome === undefined ? null : { scope, outcome };
}

/** Whether a person of ours has to look at it: all but what was plainly accepted. A code that is unknown is looked at too. */
export function needsAttention(code: string): boolean {
  return adviceOutcome(code)?.outcome !== "accepted";
}
