import { readFileSync } from "node:fs";
import { z } from "zod";

const wholeNumber = (from: number, to: number) => {
  const error = `must be a whole number from ${from}${to === Number.MAX_SAFE_INTEGER ? " on" : ` to ${to}`}`;
  return z
    .string()
    .regex(/^\d+$/, error)
    .transform(Number)
    .pipe(z.number({ error }).int(error).min(from, error).max(to, error));
};
const port = wholeNumber(0, 65_535);
const count = wholeNumber(1, Number.MAX_SAFE_INTEGER);
const oneOf = <const Words extends readonly [string, ...string[]]>(...words: Words) =>
  z.enum(words, { error: `must be one of ${words.join(", ")}` });
const flag = oneOf("true", "false", "1", "0", "yes", "no").transform(
  (word) => word === "true" || word === "1" || word === "yes",
);
const url = (protocols: readonly string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    message: `must be an address that begins with ${protocols.map((p) => `${p}//`).join(" or ")}`,
  });

/** One setting: what it is for, how it is read, what it is when nobody says anything, and whether its value is a secret. */
interface Setting {
  readonly about: string;
  readonly shape: z.ZodType;
  /** The value as it would stand in the environment; null: nothing is set. */
  readonly fallback: string | null;
  readonly secret?: true;
}

const setting = <Shape extends z.ZodType>(
  about: string,
  shape: Shape,
  fallback: string | null,
  secret?: true,
): { about: string; shape: Shape; fallback: string | null; secret?: true } => ({
  about,
  shape,
  fallback,
  ...(secret ? { secret } : {}),
});

/** Every setting, by the name of its environment variable. A `NAME_FILE` variable names a file that holds a secret's value. */
export const settings = {
  PORT: setting("TCP port of the HTTP API; 0 takes a free one.", port, "8080"),
  HOST: setting(
    "Address the API listens on. 0.0.0.0 opens it to the network: put TLS in front of it first.",
    z.string().min(1),
    "127.0.0.1",
  ),
  DATA_DIR: setting("Folder for the embedded database and files on their way in.", z.string().min(1), "./data"),
  SCHEMAS_DIR: setting(
    "Folder with versions and sets of X12 beyond the installed ones, in the form of schemas/x12 (docs/guides.md).",
    z.string().min(1).nullable(),
    null,
  ),
  GUIDES_DIR: setting(
    "Folder with guides that accounts name, a YAML or JSON file each (docs/guides.md).",
    z.string().min(1).nullable(),
    null,
  ),
  DATABASE_URL: setting(
    "PostgreSQL to keep everything in; without it an embedded PGlite in DATA_DIR, which survives a killed process but not a power cut.",
    url(["postgres:", "postgresql:"]).nullable(),
    null,
    true,
  ),
  REDIS_URL: setting(
    "Redis for the queue; without it the queue is in the database. Needs maxmemory-policy noeviction.",
    url(["redis:", "rediss:"]).nullable(),
    null,
    true,
  ),
  DATABASE_POOL: setting("Most PostgreSQL connections of one process.", count, "16"),
  PUBLIC_URL: setting(
    "Address under which others reach this gateway, for links; without it http://HOST:PORT.",
    url(["http:", "https:"]).nullable(),
    null,
  ),
  TRUST_PROXY: setting(
    "Believe X-Forwarded-For. Only behind a proxy of your own that sets it: anybody else could pretend to be any address.",
    flag,
    "false",
  ),
  LOG_LEVEL: setting(
    "Least severity that is logged.",
    oneOf("trace", "debug", "info", "warn", "error", "fatal", "silent"),
    "info",
  ),
  LOG_FORMAT: setting(
    "json: one object per line; pretty: for people. Without it pretty on a terminal, json elsewhere.",
    oneOf("json", "pretty").nullable(),
    null,
  ),
  DEMO: setting(
    "Load the demonstration accounts and their tokens into an empty database at the first start. Say false in production.",
    flag,
    "true",
  ),
  ADMIN_TOKEN: setting(
    "Token of the supplier's own systems, kept beside those in the database; for machines that start without a demonstration. At least 32 characters.",
    z.string().min(32, "must have at least 32 characters").nullable(),
    null,
    true,
  ),
  MAX_INTERCHANGE_BYTES: setting("Largest file taken in, bytes. Over it: 413, nothing kept.", count, "104857600"),
  WORKER_PORT: setting(
    "TCP port on which a process with --role worker answers /health and /metrics; without it on none.",
    port.nullable(),
    null,
  ),
  WORKER_CONCURRENCY: setting("Jobs that one worker process does side by side.", count, "8"),
  RATE_LIMIT_PER_MINUTE: setting(
    "Requests a minute that one token (or one address without a token) may make.",
    count,
    "12000",
  ),
  WEBHOOK_URL: setting(
    "Where the supplier's own systems are told of each new document (Standard Webhooks); without it nobody is told.",
    url(["http:", "https:"]).nullable(),
    null,
  ),
  WEBHOOK_SECRET: setting(
    "Key that signs webhooks: whsec_ and base64 of 24 to 64 bytes. Required with WEBHOOK_URL.",
    z
      .string()
      .regex(/^whsec_[A-Za-z0-9+/]+={0,2}$/, "must be whsec_ followed by base64")
      .nullable(),
    null,
    true,
  ),
  SMTP_URL: setting(
    "Mail server that alerts are sent by: smtp://user:password@host:587, or smtps: for TLS from the start; without it alerts go to webhooks alone.",
    url(["smtp:", "smtps:"])
      .refine((text) => !URL.canParse(text) || new URL(text).hostname !== "", "must name a host")
      .nullable(),
    null,
    true,
  ),
  ALERT_FROM: setting(
    "Address that alerts come from. Required with SMTP_URL.",
    z.email("must be an e-mail address").nullable(),
    null,
  ),
  PUSH_ALLOW_PRIVATE: setting(
    "Let pushes go to private and loopback addresses. Danger: an account's rules can then reach machines inside your network.",
    flag,
    "false",
  ),
  DELIVERY_TIMEOUT_MS: setting("Longest one push, webhook or mail may take, milliseconds.", count, "30000"),
  DELIVERY_ATTEMPTS: setting(
    "How often a push, a webhook or an alert's mail is tried before a person is called: 14 take about a day, for mails about three hours.",
    count,
    "14",
  ),
  SWEEP_INTERVAL_MS: setting(
    "How often a worker looks for jobs that a crash left behind, milliseconds.",
    count,
    "10000",
  ),
} as const satisfies Record<string, Setting>;

type Settings = typeof settings;

/** The gateway's settings, checked. */
export type Config = { readonly [Name in keyof Settings]: z.output<Settings[Name]["shape"]> };

/** One line of `portico config`. */
export interface SettingReport {
  readonly name: string;
  readonly value: string | null;
  readonly source: "default" | "environment" | "file";
  readonly about: string;
}

/** A setting that can't be used. The message names each one and what it must be. */
export class BadSettings extends Error {
  constructor(faults: readonly string[]) {
    super(faults.join("\n"));
    this.name = "BadSettings";
  }
}

interface Found {
  readonly text: string | null;
  readonly source: SettingReport["source"];
}

function find(name: string, one: Setting, environment: NodeJS.ProcessEnv): Found {
  const text = environment[name];
  if (text !== undefined && text !== "") return { text, source: "environment" };
  const file = one.secret ? environment[`${name}_FILE`] : undefined;
  if (file) return { text: readFileSync(file, "utf8").trim(), source: "file" };
  return { text: one.fallback, source: "default" };
}

/** Reads the settings from the environment. Throws {@link BadSettings} that lists everything wrong at once. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, one] of Object.entries<Setting>(settings)) {
    try {
      const { text, source } = find(name, one, environment);
      const result = one.shape.safeParse(text);
      if (result.success) values[name] = result.data;
      else {
        const shown = one.secret || text === null ? "" : ` is "${text}" (${source}), but`;
        faults.push(`${name}${shown} ${result.error.issues.map((issue) => issue.message).join("; ")}`);
      }
    } catch (error) {
      faults.push(`${name}_FILE can't be read: ${(error as Error).message}`);
    }
  }
  if (values.WEBHOOK_URL && !values.WEBHOOK_SECRET)
    faults.push("WEBHOOK_SECRET is missing: WEBHOOK_URL needs it to sign");
  if (values.SMTP_URL && !values.ALERT_FROM)
    faults.push("ALERT_FROM is missing: SMTP_URL needs it for the mails' sender");
  if (faults.length > 0) throw new BadSettings(faults);
  return values as Config;
}

/** Every setting with its value, where the value came from, and secrets hidden: what `portico config` prints. */
export function reportConfig(environment: NodeJS.ProcessEnv = process.env): SettingReport[] {
  return Object.entries<Setting>(settings).map(([name, one]) => {
    const { text, source } = find(name, one, environment);
    return { name, value: text !== null && one.secret ? "(hidden)" : text, source, about: one.about };
  });
}
