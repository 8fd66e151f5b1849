import { z } from "zod";
import type { GuideShelf } from "../accounts/guide-shelf.ts";
import type { PriorityLevel } from "../documents/order.ts";
import type { Database, Session } from "../store/database.ts";
import type { HttpTransport, MailTransport } from "../transports/transport.ts";
import type { SchemaLibrary } from "../x12/index.ts";
import type { AccountDirectory } from "./account-directory.ts";

const id = z.uuid();
const usage = z.enum(["production", "test"]);

/** Every job by name: which ids it carries. Never content: that is in the database. */
export const jobIds = {
  /** run counts how often these bytes were asked to be processed; release: a person said that they may. */
  interpret: z.strictObject({ interchange: id, run: z.int().min(0), release: z.boolean() }),
  /** first: it was not taken in before, so its sender has no TA1 that accepts it. */
  acknowledge: z.strictObject({ interchange: id, run: z.int().min(0), first: z.boolean() }),
  translate: z.strictObject({ set: id, run: z.int().min(0) }),
  "apply-rules": z.strictObject({ document: id }),
  /** run counts its checks from 1; release: a person said that it may leave in spite of what the check before found. */
  check: z.strictObject({ document: id, run: z.int().min(1), release: z.boolean() }),
  /** run: 0, or the number of the held interchange that is to be made anew. */
  generate: z.strictObject({ document: id, run: z.int().min(0) }),
  envelope: z.strictObject({ interchange: id }),
  /** run counts how often a person asked for it again. */
  deliver: z.strictObject({ delivery: id, run: z.int().min(0) }),
  /** ahead: before its day is over; due: when it is. */
  "watch-promise": z.strictObject({ promise: id, look: z.enum(["ahead", "due"]) }),
  /** run: 0 when the period ends; above, how often a person asked to bill what was left open. */
  bill: z.strictObject({ period: id, run: z.int().min(0) }),
  /** run counts how often the settlement of a period's rebate was called for, from 1. */
  "settle-rebate": z.strictObject({ rebate: id, run: z.int().min(1) }),
  reconcile: z.strictObject({ interchange: id, run: z.int().min(0) }),
  /** item: a work item that was opened. */
  alert: z.strictObject({ item: id }),
  /** step: 0 tells first, the others escalate. cause: what made it worth looking again. */
  escalate: z.strictObject({ alert: id, step: z.int().min(0), cause: z.string() }),
  notify: z.strictObject({ notice: id }),
  /** cause: what made it worth looking whose turn it is in a stream of publications. */
  release: z.strictObject({ topic: z.string(), usage, cause: z.string() }),
  /** turn counts an account's turns in a stream. */
  publish: z.strictObject({ account: z.string(), topic: z.string(), usage, turn: z.int().min(1) }),
} as const;

export type JobName = keyof typeof jobIds;
export type JobIds<Name extends JobName> = z.infer<(typeof jobIds)[Name]>;

/** Work to be done next. */
export type NextJob = {
  [Name in JobName]: {
    readonly name: Name;
    readonly ids: JobIds<Name>;
    /** Not before this; left out: at once. Not for a step that runs on. */
    readonly at?: Date;
    /** How soon it has to be done; left out: as the job that calls for it, or normal. */
    readonly lane?: PriorityLevel;
    /** Whose work it is; left out: that of the job that calls for it, or not known yet. */
    readonly account?: string;
  };
}[JobName];

/** A job's own id, derived from the work, so that the same work is never written down twice. */
export function jobIdOf(job: NextJob): string {
  return [job.name, ...Object.values(job.ids)].join("-");
}

/** What every step may use. */
export interface PipelineServices {
  readonly database: Database;
  readonly library: SchemaLibrary;
  /** The guides that accounts may name. */
  readonly guides: GuideShelf;
  readonly directory: AccountDirectory;
  readonly http: HttpTransport;
  /** null: no mails are sent. */
  readonly mail: MailTransport | null;
  readonly settings: PipelineSettings;
  readonly log: PipelineLog;
}

export interface PipelineSettings {
  /** Where new documents are announced, and the key that signs; null: nowhere. */
  readonly webhook: { readonly url: string; readonly secret: string } | null;
  /** How often a delivery is tried before a person is called. */
  readonly deliveryAttempts: number;
  /** Address under which people reach this gateway, for what mails tell; null: they are told the paths alone. */
  readonly publicUrl: string | null;
}

/** The log as the pipeline uses it: a child of the process's, with job and interchange on every line. */
export interface PipelineLog {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
  child(facts: object): PipelineLog;
}

/** What a step is given: the services, and the transaction that its changes go into. */
export interface StepContext extends PipelineServices {
  readonly session: Session;
}

/** Whose a work item is, and what it is about. */
export interface WorkItemAbout {
  readonly accountId?: string | null;
  readonly interchangeId?: string | null;
  readonly documentId?: string | null;
}

/**
 * One verb of the story. `run` makes its changes in one transaction and answers with what is to be done next; it never
 * calls another step. What takes long or speaks to others happens before, in `prepare`, outside of any transaction, and
 * may happen again after a crash.
 */
export interface Step<Name extends JobName, Prepared = void> {
  readonly name: Name;
  /**
   * Always follows the step that calls for it at once, in the same transaction: no job of its own, and no round trips for
   * one. Only for a step without `prepare` whose failure should undo the one before.
   */
  readonly runsOn?: true;
  prepare?(services: PipelineServices, ids: JobIds<Name>): Promise<Prepared>;
  run(context: StepContext, ids: JobIds<Name>, prepared: Prepared): Promise<readonly NextJob[]>;
  /** How long to wait after the `attempts`th failure, milliseconds; null: give up. Left out: a minute of tries. */
  readonly retryAfterMs?: (attempts: number, services: PipelineServices) => number | null;
  /**
   * What else to change when the job is given up, in the transaction that opens its work item.
   * @returns what the work item is about, where the job's ids don't say it
   */
  giveUp?(context: StepContext, ids: JobIds<Name>, because: string): Promise<WorkItemAbout | undefined>;
}
