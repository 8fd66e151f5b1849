import { SMTPServer } from "smtp-server";
import { eventually } from "./test-gateway.ts";

/** A mail as the server took it. */
export interface TakenMail {
  /** Who it was handed over for (RCPT TO). */
  readonly recipients: readonly string[];
  /** Every header line, unfolded, as it came. */
  readonly headers: readonly string[];
  readonly text: string;
}

/** Somebody else's mail server. */
export interface MailServer {
  readonly port: number;
  readonly url: string;
  /** What it was handed, refused mails among it. */
  readonly taken: readonly TakenMail[];
  /** Mails to an address. */
  to(address: string): readonly TakenMail[];
  /** Waits until so many mails have come to an address. */
  has(count: number, address: string): Promise<readonly TakenMail[]>;
  close(): Promise<void>;
}

/** What a header says, decoded (RFC 2047); undefined: there is none. */
export function headerOf({ headers }: TakenMail, name: string): string | undefined {
  const found = headers.find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  return found
    ?.slice(name.length + 1)
    .trim()
    .replace(/\?= =\?/g, "?==?")
    .replace(/=\?UTF-8\?Q\?(.*?)\?=/gi, (_, text: string) => unquoted(text.replaceAll("_", " ")));
}

/** How a mail is answered: 250, or a refusal; "never" leaves the sender waiting, after it was taken. */
export type Verdict = 250 | 451 | 550 | "never";

/**
 * Listens on a free port.
 * @param verdict what is answered to the `count`th mail (from 0) to an address
 * @param password where set, nobody may send without it
 */
export async function listenForMail(
  verdict: (address: string, count: number) => Verdict = () => 250,
  password?: string,
): Promise<MailServer> {
  const taken: TakenMail[] = [];
  const to = (address: string) => taken.filter(({ recipients }) => recipients.includes(address));
  const server = new SMTPServer({
    authOptional: password === undefined,
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    onAuth: (auth, _session, done) =>
      auth.password === password
        ? done(null, { user: auth.username })
        : done(Object.assign(new Error("5.7.8 wrong credentials"), { responseCode: 535 })),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        const answer = verdict(recipients[0] ?? "", to(recipients[0] ?? "").length);
        taken.push({ recipients, ...partsOf(Buffer.concat(chunks).toString("utf8")) });
        if (answer === "never") return;
        if (answer === 250) return done(null, "queued");
        done(Object.assign(new Error("not this one"), { responseCode: answer }));
      });
    },
  });
  server.on("error", () => {});
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", () => listening()));
  const address = server.server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    taken,
    to,
    has: (count, who) =>
      eventually(async () => (to(who).length >= count ? to(who) : undefined), `${count} mails to ${who}`),
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}

function partsOf(mail: string): { headers: string[]; text: string } {
  const [head = "", ...body] = mail.split("\r\n\r\n");
  const headers = head.replace(/\r\n[ \t]+/g, " ").split("\r\n");
  const text = body.join("\n\n");
  const isQuoted = headers.some((line) => /^content-transfer-encoding: quoted-printable/i.test(line));
  return { headers, text: isQuoted ? unquoted(text) : text };
}

/** Quoted-printable (RFC 2045) as it was written. */
function unquoted(text: string): string {
  return text
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
