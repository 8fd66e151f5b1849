/** A document says what its transaction set has no room for. `path` is where in the document, as far as it is known. */
export class UnmappableError extends Error {
  override readonly name = "UnmappableError";
  readonly path: string;

  constructor(message: string, path = "") {
    super(path === "" ? message : `${path}: ${message}`);
    this.path = path;
  }

  /** The same fault, seen from one step further out. */
  within(step: string): UnmappableError {
    const reason = this.path === "" ? this.message : this.message.slice(this.path.length + 2);
    const path = this.path === "" || this.path.startsWith("[") ? `${step}${this.path}` : `${step}.${this.path}`;
    return new UnmappableError(reason, path);
  }
}

/** Runs `write`; a fault in it is told with the step that led to it. */
export function within<Result>(step: string, write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    throw error instanceof UnmappableError ? error.within(step) : error;
  }
}
