import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { Again } from "../pipeline/again.ts";
import type { Invoicing } from "../pipeline/invoicing/preview.ts";
import type { ProfileCheck } from "../pipeline/profile-check.ts";
import type { Publisher } from "../pipeline/publications/publisher.ts";
import type { Receiver } from "../pipeline/receive.ts";
import type { Submitter } from "../pipeline/submit.ts";
import type { RuleTrial } from "../pipeline/trial/rule-trial.ts";
import type { Database } from "../store/database.ts";

/** A part of the gateway that has to work before requests are welcome. */
export interface ReadinessCheck {
  /** "database", "queue". */
  readonly name: string;
  /** Rejects where the part does not work. */
  check(): Promise<void>;
}

export interface ApiSettings {
  /** Address under which others reach this gateway; null: whichever they use. */
  readonly publicUrl: string | null;
  /** Largest file taken in, bytes. */
  readonly maxInterchangeBytes: number;
  /** Requests a minute that one token, or one address without a token, may make of this process. */
  readonly rateLimitPerMinute: number;
  /** A token of the supplier's own beside those in the database; null: none. */
  readonly adminToken: string | null;
  /** Whether X-Forwarded-For is believed: only where a proxy of our own sets it. */
  readonly trustProxy: boolean;
}

/** What a process is handed by the gateway to say how it does. */
export interface OperationServices {
  readonly database: Database;
  readonly readiness: readonly ReadinessCheck[];
  /** What whoever runs it should know, though it is ready: that no mails are sent. It is shown to anybody. */
  readonly remarks: readonly string[];
  /** Jobs in the queue, by what they wait for. */
  queueDepth(): Promise<{ readonly waiting: number; readonly active: number; readonly delayed: number }>;
  readonly log: FastifyBaseLogger;
  /** Of Portico. */
  readonly version: string;
}

/** What the API is handed by the gateway. */
export interface ApiServices extends OperationServices {
  readonly receiver: Receiver;
  readonly again: Again;
  readonly submitter: Submitter;
  readonly publisher: Publisher;
  readonly invoicing: Invoicing;
  readonly trial: RuleTrial;
  readonly settings: ApiSettings;
  /** What a profile has to pass beyond its own shape. */
  readonly checkProfile: ProfileCheck;
}

/** The server as routes are added to it: requests and answers are typed by their zod schemas. */
export type ApiServer = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** Where the API's resources are. */
export const apiPrefix = "/api/v1";
