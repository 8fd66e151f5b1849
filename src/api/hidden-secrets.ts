import { type AccountProfile, hiddenSecret } from "../accounts/index.ts";
import { refuseInvalid } from "./problems.ts";

interface PushDelivery {
  url?: unknown;
  secret?: unknown;
  headers?: Record<string, unknown>;
}

/**
 * A profile that was read, changed and sent back has "(hidden)" where its secrets are: they stay what they were. Not if
 * files are now to go to another host: a secret must not be sent where it was not meant to go.
 * @throws Refused 400 where there is nothing that could stay
 */
export function keepHiddenSecrets(
  sent: Record<string, unknown>,
  stored: AccountProfile | null,
): Record<string, unknown> {
  const push = pushOf(sent);
  if (!push) return sent;
  const before = stored && "push" in stored.delivery ? stored.delivery.push : null;
  const sameHost = before !== null && hostOf(push.url) === hostOf(before.url);

  const keep = (value: unknown, path: string, kept: string | undefined): unknown => {
    if (value !== hiddenSecret) return value;
    if (sameHost && kept !== undefined) return kept;
    const why = before === null || kept === undefined ? "there is none yet" : "the address is on another host now";
    throw refuseInvalid({
      path: `body.delivery.push.${path}`,
      message: `is hidden, but ${why}: give the secret itself`,
    });
  };
  const { headers, secret, ...rest } = push;
  return {
    ...sent,
    delivery: {
      push: {
        ...rest,
        ...(headers !== undefined && {
          headers: Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [
              name,
              keep(value, `headers.${name}`, before?.headers?.[name]),
            ]),
          ),
        }),
        ...(secret !== undefined && { secret: keep(secret, "secret", before?.secret) }),
      },
    },
  };
}

/** The push delivery of a profile that is yet to be checked; null where there is none of a shape that holds secrets. */
function pushOf(profile: Record<string, unknown>): PushDelivery | null {
  const { delivery } = profile;
  if (!isRecord(delivery) || !isRecord(delivery.push) || Object.keys(delivery).length !== 1) return null;
  const { headers } = delivery.push;
  return headers === undefined || isRecord(headers) ? delivery.push : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function hostOf(url: unknown): string | null {
  return typeof url === "string" && URL.canParse(url) ? new URL(url).origin : null;
}
