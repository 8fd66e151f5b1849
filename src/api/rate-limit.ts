import rateLimit, { normalizeIP } from "@fastify/rate-limit";
import { Refused } from "../errors.ts";
import type { ApiServer, ApiServices } from "./services.ts";

/** An IPv6 customer has a whole /64. */
const ipv6Subnet = 64;

/** So many requests a minute for each token, or for each address without a good one. Counted by this process alone. */
export async function limitRate(api: ApiServer, { settings }: ApiServices): Promise<void> {
  await api.register(rateLimit, {
    max: settings.rateLimitPerMinute,
    timeWindow: 60_000,
    keyGenerator: ({ caller, ip }) => (caller ? caller.tokenHash : `address ${normalizeIP(ip, ipv6Subnet)}`),
    errorResponseBuilder: (_request, { max, after }) =>
      new Refused(429, "rate.exceeded", `More than ${max} requests in a minute. Come back in ${after}.`),
  });
}
