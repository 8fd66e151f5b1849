/** New rules of an account, tried on what it sent: what would have come out differently. Nothing is changed. */
import { type AccountProfile, profileDiff } from "../../accounts/index.ts";
import { type NotTried, notTried } from "../../accounts/trial/not-tried.ts";
import { type KindCounted, type NotJudged, TrialTally } from "../../accounts/trial/tally.ts";
import { PorticoError, Refused } from "../../errors.ts";
import { readOrdersTaken, type TakenOrder, type TrafficWanted } from "../../store/traffic.ts";
import type { PipelineServices } from "../step.ts";
import { RulesThen } from "./rules-then.ts";
import { laddersOf, tryOrder } from "./tried-order.ts";

/** Which traffic rules are tried on, and how far a trial goes. */
export interface TrialAsked extends Omit<TrafficWanted, "accountId"> {
  /** then: the rules in force when each document came. now: those in force today. */
  readonly against: "then" | "now";
  /** Of each kind of difference. */
  readonly mostExamples: number;
  readonly mostDocuments: number;
  readonly withinMs: number;
  /** Only from behind this place on, which another trial gave as its `next`; null: from the newest document on. */
  readonly after: number | null;
}

/** How far a trial is. */
export interface TrialProgress {
  /** Documents that were read. */
  readonly read: number;
  /** Of these, the ones of which something comes out differently. */
  readonly different: number;
}

/** Why a trial ended before the oldest document that it was asked for. */
export type Stopped = "documents" | "time";

/** What would have come out differently. */
export interface TrialReport {
  readonly account: string;
  readonly from: Date;
  readonly to: Date;
  readonly read: number;
  readonly different: number;
  /** The versions of the rules that the new ones were held against, and for how many documents. */
  readonly versions: readonly { readonly version: number; readonly documents: number }[];
  /** Why older documents were not read; null: all were. */
  readonly stopped: Stopped | null;
  /** Where another trial goes on with them; null: all were read. */
  readonly next: number | null;
  /** The oldest document that was read came then; null: there was none. */
  readonly oldest: Date | null;
  readonly differences: readonly KindCounted[];
  readonly notJudged: readonly NotJudged[];
  /** What the new rules change that is not tried. */
  readonly notTried: readonly NotTried[];
  /** Which facts were used, where those of the day can't be known, in sentences. */
  readonly facts: readonly string[];
}

/** Documents that are in memory at once. */
const batchSize = 100;
/** Trials at once in a process: each computes beside the requests that are to be answered. */
const mostTrials = 2;

const splitByStore =
  "It was taken as a change of an order and offered by store: its lines are those that were offered, not those that were sent.";

const unreadable = "It is kept in a form that rules can't decide on any more; the log says why.";

/** Whether a document is what could not be dealt with, and not the database. */
function isOfDocument(error: unknown): boolean {
  return error instanceof PorticoError || error instanceof TypeError;
}

/** Tries rules, a few trials at once. */
export class RuleTrial {
  readonly #services: PipelineServices;
  #running = 0;

  constructor(services: PipelineServices) {
    this.#services = services;
  }

  /**
   * Tries rules on the account's traffic, newest first, and tells after each batch how far it is. Each batch is read on one state
   * of the database, which can't be written. Whoever stops asking ends the trial.
   * @param profile the new rules, checked as when they are applied
   * @throws Refused 429 while too many are tried
   */
  async *try(profile: AccountProfile, asked: TrialAsked): AsyncGenerator<TrialProgress, TrialReport> {
    if (this.#running >= mostTrials) {
      throw new Refused(
        429,
        "trial.busy",
        `${mostTrials} trials of rules are under way; try again when one has ended.`,
      );
    }
    this.#running++;
    try {
      return yield* tryRules(this.#services, profile, asked);
    } finally {
      this.#running--;
    }
  }
}

async function* tryRules(
  services: PipelineServices,
  profile: AccountProfile,
  asked: TrialAsked,
): AsyncGenerator<TrialProgress, TrialReport> {
  const { database, directory } = services;
  const until = performance.now() + asked.withinMs;
  const { from, to, usage, against, mostDocuments } = asked;
  const of = { accountId: profile.id, usage, from, to };
  const tally = new TrialTally(asked.mostExamples);
  const versions = new Map<number, number>();
  const then = await RulesThen.open(database.session, profile.id);
  const now = (await directory.load(database.session)).profile(profile.id) ?? profile;
  let oldest: TakenOrder | undefined;
  let next = asked.after;
  let stopped: Stopped | null = null;

  for (;;) {
    const limit = Math.min(batchSize, mostDocuments - tally.read);
    const orders = await database.reading(async (session) => {
      // One more is looked for, to know whether there is any.
      const found = await readOrdersTaken(session, of, next, limit + 1);
      const batch = found.slice(0, limit);
      const ladders = await laddersOf(session, profile.id, batch);
      for (const taken of batch) {
        const before = await then.at(session, against === "then" ? taken.createdAt : new Date());
        const document = { id: taken.id, type: "order", number: taken.number, cameAt: taken.createdAt };
        versions.set(before.version, (versions.get(before.version) ?? 0) + 1);
        const trial = { services, session, of, ladders };
        const differences = await tryOrder(trial, taken, before, { profile, version: 0 }).catch((error: unknown) => {
          if (!isOfDocument(error)) throw error;
          services.log.warn({ err: error, document: taken.id }, "rules can't be tried on an order");
          tally.notJudged(document, unreadable);
          return [];
        });
        tally.add(document, differences);
        if (!taken.isWhole && before.profile.stores.orders !== "as-sent") tally.notJudged(document, splitByStore);
      }
      return found;
    });
    oldest = orders.slice(0, limit).at(-1) ?? oldest;
    next = orders.length > limit ? (oldest?.sequence ?? null) : null;
    yield { read: tally.read, different: tally.different };
    if (next === null) break;
    if (tally.read >= mostDocuments) stopped = "documents";
    else if (performance.now() >= until) stopped = "time";
    if (stopped !== null) break;
  }

  return {
    account: profile.id,
    from,
    to,
    read: tally.read,
    different: tally.different,
    versions: [...versions].map(([version, documents]) => ({ version, documents })),
    stopped,
    next,
    oldest: oldest?.createdAt ?? null,
    differences: tally.differences,
    notJudged: tally.unjudged,
    notTried: notTried(profileDiff(now, profile)),
    facts: factsUsed(asked),
  };
}

function factsUsed({ against }: TrialAsked): string[] {
  return [
    against === "then"
      ? "Before is what the rules in force when each document came decide on it today, so that a difference is the rules' and not the program's."
      : "Before is what the rules in force today decide on each document.",
    "The time is that at which a document came, on the calendar of the rules that decide.",
    "Prices are those in the account's table today, of which those hold that are valid on the day of the order. What was corrected or removed since is not known any more.",
    "Volumes to date are what the ledger had when the order was posted, by the items as the orders' lines say them today.",
  ];
}
