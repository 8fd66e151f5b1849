import { lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { Agent, request } from "undici";
import { messageOf, RetryLater } from "../errors.ts";
import type { HttpTransport } from "./transport.ts";

/** Addresses inside our own network (RFC 1918, 4193, 6598, loopback, link-local): an account's rules must not reach them. */
const privateAddresses = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
] as const) {
  privateAddresses.addSubnet(network, prefix, "ipv4");
}
for (const [network, prefix] of [
  ["::", 127],
  ["fc00::", 7],
  ["fe80::", 10],
  // IPv4 in IPv6's clothes would slip past the list above.
  ["::ffff:0:0", 96],
  ["64:ff9b::", 96],
] as const) {
  privateAddresses.addSubnet(network, prefix, "ipv6");
}

const isPrivate = (address: string): boolean => privateAddresses.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");

/** Resolves a name as usual, but fails where it leads into our own network: checked at the connection, so that a name can't change in between. */
const publicLookup: LookupFunction = (hostname, options, answer) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return answer(error, "", 4);
    const inside = addresses.find(({ address }) => isPrivate(address));
    if (inside) return answer(new Error(`${hostname} is ${inside.address}, an address inside our own network`), "", 4);
    const [first] = addresses;
    if (options.all) return answer(null, addresses);
    return first ? answer(null, first.address, first.family) : answer(new Error(`${hostname} has no address`), "", 4);
  });
};

/** An answer's body is read to its end, or to here, and thrown away: it is the other side's and may be anything. */
const answerBytesRead = 64 * 1024;

/**
 * HTTP out into the world: no redirects followed, a time limit, and no way into our own network but where the operator chose
 * the address or allowed it.
 * @param timeoutMs longest that one request may take
 */
export function openHttpTransport(options: { timeoutMs: number; allowPrivate: boolean }): HttpTransport {
  const limits = { headersTimeout: options.timeoutMs, bodyTimeout: options.timeoutMs };
  const connect = { timeout: Math.min(options.timeoutMs, 10_000) };
  const anywhere = new Agent({ ...limits, connect });
  const outsideOnly = new Agent({ ...limits, connect: { ...connect, lookup: publicLookup } });
  return {
    async post({ url, headers, body, chosenByOperator }) {
      const mayGoInside = chosenByOperator || options.allowPrivate;
      const { hostname, host } = new URL(url);
      const literal = hostname.replace(/^\[|\]$/g, "");
      if (!mayGoInside && isIP(literal) && isPrivate(literal)) {
        throw new RetryLater(
          "delivery.address-not-allowed",
          `${literal} is an address inside our own network (PUSH_ALLOW_PRIVATE)`,
        );
      }
      try {
        const answer = await request(url, {
          method: "POST",
          headers,
          body,
          dispatcher: mayGoInside ? anywhere : outsideOnly,
          signal: AbortSignal.timeout(options.timeoutMs),
        });
        await answer.body.dump({ limit: answerBytesRead });
        return { status: answer.statusCode, retryAfterMs: readRetryAfter(answer.headers["retry-after"]) };
      } catch (error) {
        const because = messageOf(error);
        throw new RetryLater("delivery.no-answer", `No answer from ${host}: ${because}`, null, { cause: error });
      }
    },
    async close() {
      await Promise.all([anywhere.close(), outsideOnly.close()]);
    },
  };
}

/** Retry-After: seconds, or a date. Longer than a day is taken for a mistake. */
function readRetryAfter(header: string | string[] | undefined): number | null {
  if (typeof header !== "string") return null;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, 86_400_000) : null;
}
