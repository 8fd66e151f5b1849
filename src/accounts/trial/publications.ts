/** What comes out differently for one publication. */
import type { AudienceDecision, Subscription } from "../rules/early-information.ts";
import type { Difference } from "./difference.ts";

/** Every decision on a publication that two versions of the rules take differently for an account. */
export function compareAudiences(was: AudienceDecision, is: AudienceDecision): Difference[] {
  const because = is.reason;
  const difference = (kind: Difference["kind"], before: string | null, after: string | null): Difference[] =>
    before === after ? [] : [{ kind, place: "", before, after, because }];
  if (!was.gets || !is.gets) return difference("publication-told", toldWords(was), toldWords(is));
  return [
    ...difference("publication-tier", was.tier, is.tier),
    ...difference("publication-time", was.at.toISOString(), is.at.toISOString()),
    ...difference("publication-content", contentWords(was.subscription), contentWords(is.subscription)),
  ];
}

function toldWords(decision: AudienceDecision): string {
  if (!decision.gets) return "not told";
  return `told in the tier ${decision.tier}, at ${decision.at.toISOString()} at the earliest`;
}

/** What of a publication is told, in words: all of it or what has changed, from which change on, of which items and places. */
function contentWords({ content, threshold, items, warehouses }: Subscription): string {
  const changes = [
    ...(threshold?.quantity === undefined ? [] : [`${threshold.quantity} pieces`]),
    ...(threshold?.percent === undefined ? [] : [`${threshold.percent} %`]),
  ];
  return [
    content,
    ...(changes.length === 0 ? [] : [`from ${changes.join(" or ")} on`]),
    ...(items === undefined ? [] : [`of ${items.length === 1 ? items[0] : `${items.length} items`}`]),
    ...(warehouses === undefined ? [] : [`in ${warehouses.join(", ")}`]),
  ].join(" ");
}
