/** One HTTP request that brings bytes to somebody. */
export interface HttpSending {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The operator's own choice of address, which may be inside our network; an account's profile may not lead there. */
  readonly chosenByOperator: boolean;
}

/** How it ended. Anything but 2xx is a failure; whether to try again is for the caller to say. */
export interface HttpOutcome {
  readonly status: number;
  /** Milliseconds that the other side asks us to wait (Retry-After, RFC 9110); null where it says nothing. */
  readonly retryAfterMs: number | null;
}

/** The port through which files and announcements leave over HTTP. */
export interface HttpTransport {
  /** Posts the bytes. @throws RetryLater where no answer came: refused, cut off, too slow, an address that is not allowed */
  post(sending: HttpSending): Promise<HttpOutcome>;
  close(): Promise<void>;
}
