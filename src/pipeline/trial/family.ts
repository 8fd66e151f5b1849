import type { Difference } from "../../accounts/trial/difference.ts";
import type { TriedDocument } from "../../accounts/trial/tally.ts";
import type { Session } from "../../store/database.ts";
import type { TrafficWanted } from "../../store/traffic.ts";
import type { Ruling } from "../account-directory.ts";
import type { PipelineServices } from "../step.ts";

/** The rules that a trial holds against each other. */
export interface HeldAgainst {
  /** Those that decided then, or that decide now. */
  before(session: Session, cameAt: Date): Promise<Ruling>;
  /** The new ones. */
  readonly after: Ruling;
}

/** What a batch is tried with. */
export interface BatchTrial {
  /** On one state of the database, which can't be written. */
  readonly session: Session;
  readonly services: Pick<PipelineServices, "library" | "guides">;
  readonly of: TrafficWanted;
  readonly rules: HeldAgainst;
}

/** A document that was tried, and what came of it. */
export interface Tried {
  readonly document: TriedDocument;
  /** Its place among those of its family. */
  readonly sequence: number;
  /** The version of the rules that the new ones were held against. */
  readonly version: number;
  /** Gives every decision that comes out differently. */
  differences(): Promise<readonly Difference[]>;
  /** Why something of it can't be judged; one of few reasons. */
  readonly notJudged?: string;
}

/** What came of a part of the traffic. */
export interface Batch {
  readonly tried: readonly Tried[];
  /** How many documents were read; some may be tried only with later ones. */
  readonly read: number;
  /** The place of the last that was read; null: none was. */
  readonly last: number | null;
  readonly more: boolean;
}

/** One kind of traffic that rules are tried on, once. */
export interface TrialFamily {
  readonly name: "order" | "shipment" | "publication";
  /** The next documents older than a place, newest first. */
  batch(trial: BatchTrial, before: number | null, limit: number): Promise<Batch>;
  /** What was read and not tried yet, once nothing more is read. */
  rest?(trial: BatchTrial): Promise<readonly Tried[]>;
}
