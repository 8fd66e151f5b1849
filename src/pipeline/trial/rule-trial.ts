/** New rules of an account, tried on what it sent: what would have come out differently. Nothing is changed. */
import type { AccountProfile } from "../../accounts/index.ts";
import type { Difference } from "../../accounts/trial/difference.ts";
import { type NotTried, notTried } from "../../accounts/trial/not-tried.ts";
import { type KindCounted, type NotJudged, TrialTally, type TriedDocument } from "../../accounts/trial/tally.ts";
import { PorticoError, Refused } from "../../errors.ts";
import type { TrafficWanted } from "../../store/traffic.ts";
import type { PipelineServices } from "../step.ts";
import type { HeldAgainst, TrialFamily, Tried } from "./family.ts";
import { RulesThen } from "./rules-then.ts";
import { TriedInvoices } from "./tried-invoices.ts";
import { triedOrders } from "./tried-orders.ts";
import { triedPublications } from "./tried-publications.ts";

/** Which traffic rules are tried on, and how far a trial goes. */
export interface TrialAsked extends Omit<TrafficWanted, "accountId"> {
  /** then: the rules in force when each document came. now: those in force today. */
  readonly against: "then" | "now";
  /** Of each kind of difference. */
  readonly mostExamples: number;
  readonly mostDocuments: number;
  readonly withinMs: number;
  /** Only from behind this place on, which another trial gave as its `next`; null: from the newest document on. */
  readonly after: TrialPlace | null;
}

/** How far a trial came: the last document that it read, by its family and its place in it. */
export interface TrialPlace {
  readonly family: TrialFamily["name"];
  readonly sequence: number;
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
  readonly types: TrialTally["types"];
  /** The versions of the rules that the new ones were held against, and for how many documents. */
  readonly versions: readonly { readonly version: number; readonly documents: number }[];
  /** Why not all documents were read; null: all were. */
  readonly stopped: Stopped | null;
  /** Where another trial goes on with the others; null: all were read. */
  readonly next: TrialPlace | null;
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

/** What rules are tried on, one kind of traffic after the other. */
const openFamilies = (): readonly TrialFamily[] => [triedOrders, new TriedInvoices(), triedPublications];

const unreadable = "It is kept in a form that rules can't decide on any more; the log says why.";

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
  const { database } = services;
  const until = performance.now() + asked.withinMs;
  const { from, to, usage, mostDocuments } = asked;
  const of = { accountId: profile.id, usage, from, to };
  const tally = new TrialTally(asked.mostExamples);
  const versions = new Map<number, number>();
  const rules = await rulesHeld(services, profile, asked);
  let read = 0;
  let next: TrialPlace | null = null;
  let stopped: Stopped | null = null;

  const note = async (tried: readonly Tried[]): Promise<void> => {
    for (const { document, version, notJudged, differences } of tried) {
      versions.set(version, (versions.get(version) ?? 0) + 1);
      if (notJudged !== undefined) tally.notJudged(document, notJudged);
      tally.add(document, await differencesOf(services, tally, document, differences));
    }
  };

  const families = openFamilies();
  const first = families.findIndex(({ name }) => name === (asked.after?.family ?? name));
  for (const family of families.slice(first)) {
    let place: number | null = asked.after?.family === family.name ? asked.after.sequence : null;
    for (let more = true; more && stopped === null; ) {
      if (read >= mostDocuments) stopped = "documents";
      else if (performance.now() >= until && read > 0) stopped = "time";
      if (stopped !== null) break;
      const limit = Math.min(batchSize, mostDocuments - read);
      more = await database.reading(async (session) => {
        const batch = await family.batch({ session, services, of, rules }, place, limit);
        await note(batch.tried);
        place = batch.last ?? place;
        read += batch.read;
        if (batch.last !== null) next = { family: family.name, sequence: batch.last };
        return batch.more;
      });
      yield { read, different: tally.documents.different };
    }
    await database.reading(async (session) => {
      await note((await family.rest?.({ session, services, of, rules })) ?? []);
    });
  }

  return {
    account: profile.id,
    from,
    to,
    ...tally.documents,
    types: tally.types,
    versions: [...versions].map(([version, documents]) => ({ version, documents })),
    stopped,
    next: stopped === null ? null : next,
    differences: tally.differences,
    notJudged: tally.unjudged,
    notTried: notTried(rules.now, profile),
    facts: factsUsed(asked),
  };
}

/** The rules that are in force, then or now, and the new ones. */
async function rulesHeld(
  { database, directory }: PipelineServices,
  profile: AccountProfile,
  { against }: TrialAsked,
): Promise<HeldAgainst & { readonly now: AccountProfile }> {
  const { session } = database;
  const then = await RulesThen.open(session, profile.id);
  return {
    before: (session, cameAt) => then.at(session, against === "then" ? cameAt : new Date()),
    after: { profile, version: 0 },
    now: (await directory.load(session)).profile(profile.id) ?? profile,
  };
}

/** What comes out differently for a document. One that can't be dealt with is noted, and the others are tried all the same. */
async function differencesOf(
  { log }: PipelineServices,
  tally: TrialTally,
  document: TriedDocument,
  differences: () => Promise<readonly Difference[]>,
): Promise<readonly Difference[]> {
  try {
    return await differences();
  } catch (error) {
    // What the database says concerns all of them.
    if (!(error instanceof PorticoError || error instanceof TypeError)) throw error;
    log.warn({ err: error, document: document.id }, "rules can't be tried on a document");
    tally.notJudged(document, unreadable);
    return [];
  }
}

function factsUsed({ against }: TrialAsked): string[] {
  return [
    against === "then"
      ? "Before is what the rules in force when each document came decide on it today, so that a difference is the rules' and not the program's."
      : "Before is what the rules in force today decide on each document.",
    "The time is that at which a document came, on the calendar of the rules that decide.",
    "Prices are those in the account's table today, of which those hold that are valid on the day of the order. What was corrected or removed since is not known any more.",
    "Volumes to date are what the ledger had when the order was posted, by the items as the orders' lines say them today.",
    "Invoices are planned anew of each shipment's last ship notice, as if nothing of it had been billed, in the periods of each rule and on orders as they stand today; a period that the trial cuts at its beginning or end is planned with what was read of it.",
    "A publication is looked at with the tiers and times that it was released with, and for its own sake: what the account had been told before, and so whether anything has changed for it, is not replayed.",
  ];
}
