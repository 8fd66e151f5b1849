/**
 * What can go wrong, and what to do next. A step throws one of these; `pipeline/worker.ts` reads `next` and the API turns
 * the code into a problem document (RFC 9457). An error of any other class is a defect of ours: retried, then a human's.
 */
export type NextMove = "retry" | "reject" | "human";

/** Something that went wrong in a way we know, with a stable code for machines and a sentence for people. */
export class PorticoError extends Error {
  readonly code: string;
  readonly next: NextMove;

  constructor(code: string, message: string, next: NextMove, options?: ErrorOptions) {
    super(message, options);
    this.name = "PorticoError";
    this.code = code;
    this.next = next;
  }
}

/** It may work later: a partner's server is down, a connection was cut. */
export class RetryLater extends PorticoError {
  /** Milliseconds to wait at least, where the other side said so (HTTP Retry-After). */
  readonly afterMs: number | null;

  constructor(code: string, message: string, afterMs: number | null = null, options?: ErrorOptions) {
    super(code, message, "retry", options);
    this.name = "RetryLater";
    this.afterMs = afterMs;
  }
}

/** It can't work as it is and no repetition will help: someone has to look. */
export class NeedsHuman extends PorticoError {
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(code, message, "human", options);
    this.name = "NeedsHuman";
  }
}

/** What was asked for can't be done, and the asker is told why: an HTTP client, a transport. */
export class Refused extends PorticoError {
  /** The HTTP status that says it. */
  readonly status: number;
  /** Single faults in what was sent, with a path into it. */
  readonly errors: readonly { path: string; message: string }[];

  constructor(
    status: number,
    code: string,
    message: string,
    errors: readonly { path: string; message: string }[] = [],
  ) {
    super(code, message, "reject");
    this.name = "Refused";
    this.status = status;
    this.errors = errors;
  }
}

/** The gateway can't start or go on: one clear line for the operator, and an exit code that is not 0. */
export class CannotStart extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "CannotStart";
  }
}

/** The message of anything that was thrown; an AggregateError (a refused connection has one for each address) by its first part. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return messageOf(thrown.errors[0]);
  if (thrown instanceof Error) return thrown.message || thrown.name;
  return String(thrown);
}
