/** Which jobs come before others: by how soon their order has to be worked on, and fairly between accounts. */
import type { PriorityLevel } from "../documents/order.ts";

/** What a job's row keeps of its turn, so that a sweep or a restart gives it the same one. */
export interface Turn {
  /** Whose work it is; null: not known yet. */
  readonly accountId: string | null;
  /** The level of the order that it is for. */
  readonly lane: PriorityLevel;
  /** How much of the account's own work was open before it. The first piece of another account's work comes before the second of this one's. */
  readonly rank: number;
}

/** Ranks are told apart up to this; what is beyond comes in the order in which it was written down. */
export const highestRank = 99_999;

/** Where each lane begins among the queue's numbers, of which the lowest comes first. */
const laneBegins = { urgent: 1, high: 100_001, normal: 200_001 } as const satisfies Record<PriorityLevel, number>;

/** Of what they read nobody knows yet whether it is urgent. */
const unjudged: ReadonlySet<string> = new Set(["interpret", "translate"]);
/**
 * So far an account's files come before its answers that are known not to be urgent: an urgent order at the end of a flood is
 * recognised before the flood is answered, and the answers still get their turn while more comes in.
 */
const headStart = 1_000;

/** A job's number in the queue: 1 to 301,000, the lowest comes first. */
export function placeInQueue(name: string, { lane, rank }: Turn): number {
  const isJudged = lane !== "normal" || unjudged.has(name);
  return laneBegins[lane] + Math.min(rank, highestRank) + (isJudged ? 0 : headStart);
}

/** The turn of the `index`th of the jobs that follow one: in its lane and behind it, unless it is for another account or level. */
export function turnAfter(
  before: Turn,
  job: { readonly account?: string | undefined; readonly lane?: PriorityLevel | undefined },
  index: number,
): Turn {
  return {
    accountId: job.account ?? before.accountId,
    lane: job.lane ?? before.lane,
    rank: Math.min(before.rank + index, highestRank),
  };
}
