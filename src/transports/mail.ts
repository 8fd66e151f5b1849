import { createTransport } from "nodemailer";
import { messageOf, NeedsHuman, RetryLater } from "../errors.ts";
import type { MailTransport } from "./transport.ts";

/** Where mails go, and from whom they are. */
export interface MailSettings {
  /** smtp: or smtps: with host and port, and user and password where the server wants them. */
  readonly url: string;
  /** The sender's address. */
  readonly from: string;
  /** Longest that the server may say nothing, milliseconds. */
  readonly timeoutMs: number;
}

/** Longest that a connection may take, milliseconds. */
const connectMs = 10_000;
/** Ports of submission (RFC 6409) and of submission over TLS (RFC 8314). */
const ports = { "smtp:": 587, "smtps:": 465 } as const;
/** The server does not know us, or not yet: whoever runs it mends that, and then the mail goes. */
const wrongCredentials = "EAUTH";

/**
 * Mail by SMTP, a connection for each. With a password, TLS is a must, but to this same machine: nobody in between is to read it.
 */
export function openMailTransport({ url, from, timeoutMs }: MailSettings): MailTransport {
  const { protocol, hostname, port, username, password } = new URL(url);
  const isSecure = protocol === "smtps:";
  const isHere = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  const host = hostname.replace(/^\[|\]$/g, "");
  const transport = createTransport({
    host,
    port: port === "" ? ports[isSecure ? "smtps:" : "smtp:"] : Number(port),
    secure: isSecure,
    requireTLS: username !== "" && !isSecure && !isHere,
    // A server on this machine has a certificate for another name, or none.
    ignoreTLS: isHere && !isSecure,
    ...(username !== "" && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: Math.min(timeoutMs, connectMs),
    greetingTimeout: Math.min(timeoutMs, connectMs),
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.slice(from.lastIndexOf("@") + 1);
  return {
    domain,
    async send({ id, to, subject, text, follows }) {
      try {
        await transport.sendMail({
          from: { name: "Portico", address: from },
          to: { name: oneLine(to.name), address: oneLine(to.address) },
          subject: oneLine(subject),
          text,
          messageId: `<${id}>`,
          ...(follows !== null && { inReplyTo: `<${follows}>`, references: [`<${follows}>`] }),
          // No vacation answers (RFC 3834).
          headers: { "Auto-Submitted": "auto-generated" },
        });
      } catch (error) {
        const { responseCode, code } = error as { responseCode?: number; code?: string };
        const because = `The mail server ${host} did not take it: ${oneLine(messageOf(error)).slice(0, 300)}`;
        if (responseCode !== undefined && responseCode >= 500 && code !== wrongCredentials) {
          throw new NeedsHuman("mail.refused", because, { cause: error });
        }
        throw new RetryLater("mail.not-sent", because, null, { cause: error });
      }
    },
    async close() {
      transport.close();
    },
  };
}

/** A line break would begin another header. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
}
