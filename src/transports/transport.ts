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

/** One mail to one person. Every text is a single line but for `text`; the transport sees to it that no header grows out of one. */
export interface Mail {
  /** Message-ID without its brackets (RFC 5322): the same for every try, so that a second copy can be told from a second mail. */
  readonly id: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  /** The Message-ID of the mail that this one follows; null: none. */
  readonly follows: string | null;
}

/** The port through which mails leave. */
export interface MailTransport {
  /** What the Message-IDs end with: the domain that mails come from. */
  readonly domain: string;
  /**
   * Hands a mail to the server. @throws RetryLater where the server is not there or says "not now" (SMTP 4xx), NeedsHuman where it
   * will not take this mail (5xx, RFC 5321)
   */
  send(mail: Mail): Promise<void>;
  close(): Promise<void>;
}
