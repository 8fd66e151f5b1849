import type { Command } from "commander";
import { messageOf } from "../errors.ts";
import { version } from "../version.ts";
import { demonstrationToken } from "./credentials.ts";
import { CannotDo, exitCodes } from "./exit.ts";

/** How long a running gateway may take to answer, milliseconds. */
const patienceMs = 30_000;

export interface GatewayOptions {
  readonly url?: string;
  readonly token?: string;
}

/** Gives a command the options that say which gateway to speak to, and as whom. */
export function withGatewayOptions(command: Command): Command {
  return command
    .option("--url <address>", "address of the gateway (default: PORTICO_URL, or http://localhost:8080)")
    .option("--token <token>", "token to speak with (default: PORTICO_TOKEN, or the demonstration's in DATA_DIR)");
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A running gateway, spoken to over its HTTP API. What goes wrong is a {@link CannotDo} with one clear line. */
export class GatewayClient {
  readonly url: string;
  readonly #token: string;

  /** @throws CannotDo where the address is none, or no token is to be had */
  constructor(options: GatewayOptions) {
    const given = options.url ?? (process.env.PORTICO_URL || "http://localhost:8080");
    if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol)) {
      throw new CannotDo(`"${given}" is no address of a gateway; write for example http://localhost:8080.`);
    }
    this.url = given.replace(/\/+$/, "");
    const token = options.token ?? (process.env.PORTICO_TOKEN || demonstrationToken());
    if (!token) {
      throw new CannotDo(
        "There is no token to speak with: give --token, or set PORTICO_TOKEN, or DATA_DIR to where demo-credentials.json is.",
      );
    }
    this.#token = token;
  }

  /** One request. A body is sent as JSON. Rejects for every answer that is no success, unless its status is expected. */
  async request(
    method: "GET" | "POST" | "PUT",
    path: string,
    body?: unknown,
    expected: readonly number[] = [],
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const sent = body === undefined ? undefined : JSON.stringify(body);
    const answer = await this.#fetch(method, path, sent, "application/json", headers);
    const text = await answer.text();
    const parsed = jsonOf(text);
    if (answer.ok && parsed === undefined) {
      throw new CannotDo(`What answers at ${this.url} is no Portico gateway. Name the right address with --url.`);
    }
    if (answer.ok || expected.includes(answer.status)) return { status: answer.status, body: parsed };
    throw refusal(answer.status, parsed, this.url);
  }

  /** Sends a file as it is, under its own media type. */
  async upload(path: string, text: string, mediaType: string, method: "POST" | "PUT" = "POST"): Promise<Answer> {
    const answer = await this.#fetch(method, path, text, mediaType);
    const parsed = jsonOf(await answer.text());
    if (answer.ok && parsed !== undefined) return { status: answer.status, body: parsed };
    throw refusal(answer.status, parsed, this.url);
  }

  /** Sends values, one on each line, and gives the answer to each. */
  async lines(path: string, text: string, headers: Readonly<Record<string, string>>): Promise<unknown[]> {
    const answer = await this.#fetch("POST", path, text, "application/x-ndjson", headers);
    const body = await answer.text();
    if (!answer.ok) throw refusal(answer.status, jsonOf(body), this.url);
    const answers = body.split("\n").filter((line) => line !== "");
    const parsed = answers.map(jsonOf);
    if (parsed.includes(undefined))
      throw new CannotDo(`What answers at ${this.url} is no Portico gateway. Name the right address with --url.`);
    return parsed;
  }

  /** Sends a value and gives the values of the answer, one from each line, as they come. Patience is from line to line. */
  async *following(path: string, body: unknown): AsyncGenerator<unknown> {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(new DOMException("", "TimeoutError")), patienceMs);
    try {
      const sent = JSON.stringify(body);
      const accept = { accept: "application/x-ndjson" };
      const answer = await this.#fetch("POST", path, sent, undefined, accept, patience.signal);
      if (!answer.ok) throw refusal(answer.status, jsonOf(await answer.text()), this.url);
      let begun = "";
      for await (const piece of (answer.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
        timer.refresh();
        const lines = (begun + piece).split("\n");
        begun = lines.pop() ?? "";
        for (const line of lines) {
          const value = jsonOf(line);
          if (value === undefined) throw new CannotDo(`What answers at ${this.url} is no Portico gateway.`);
          yield value;
        }
      }
    } catch (error) {
      if (error instanceof CannotDo) throw error;
      throw new CannotDo(
        `The gateway at ${this.url} broke off in the middle of its answer (${whyUnreachable(error)}).`,
      );
    } finally {
      clearTimeout(timer);
    }
  }

  /** A table as a file. */
  async text(path: string): Promise<string> {
    return Buffer.from(await this.download(path)).toString("utf8");
  }

  /** A page of a table as a file, and where the next one begins. */
  async page(path: string): Promise<{ text: string; next: string | null }> {
    const answer = await this.#fetch("GET", path, undefined);
    const text = await answer.text();
    if (answer.ok) return { text, next: answer.headers.get("x-next") };
    throw refusal(answer.status, jsonOf(text), this.url);
  }

  /** The bytes of a file. */
  async download(path: string, mediaType?: string): Promise<Uint8Array> {
    const accept = mediaType === undefined ? {} : { accept: mediaType };
    const answer = await this.#fetch("GET", path, undefined, undefined, accept);
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
    throw refusal(answer.status, jsonOf(await answer.text()), this.url);
  }

  /** Every item of a list, over all its pages. */
  async list(path: string): Promise<unknown[]> {
    const found: unknown[] = [];
    for (let next: string | null = null; ; ) {
      const join = path.includes("?") ? "&" : "?";
      const query: string = next === null ? "" : `${join}after=${encodeURIComponent(next)}`;
      const page = (await this.request("GET", path + query)).body as { items?: unknown[]; next?: string | null };
      if (!Array.isArray(page.items)) throw new CannotDo(`What answers at ${this.url} is no Portico gateway.`);
      found.push(...page.items);
      if (!page.next || page.next === next) return found;
      next = page.next;
    }
  }

  async #fetch(
    method: string,
    path: string,
    body: string | undefined,
    mediaType = "application/json",
    headers: Readonly<Record<string, string>> = {},
    signal = AbortSignal.timeout(patienceMs),
  ): Promise<Response> {
    try {
      return await fetch(`${this.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.#token}`,
          accept: "application/json",
          "user-agent": `portico/${version}`,
          ...(body === undefined ? {} : { "content-type": mediaType }),
          ...headers,
        },
        ...(body === undefined ? {} : { body }),
        signal,
      });
    } catch (error) {
      throw new CannotDo(
        `No gateway answers at ${this.url} (${whyUnreachable(error)}). Start one with "portico start", or name another with --url.`,
      );
    }
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Why there was no answer: `fetch` hides the reason in the error's cause. */
function whyUnreachable(error: unknown): string {
  if ((error as Error).name === "TimeoutError") return `nothing within ${patienceMs / 1000} seconds`;
  const cause = (error as Error).cause;
  const { code } = (cause ?? error) as NodeJS.ErrnoException;
  return code === "ECONNREFUSED" ? "connection refused" : messageOf(cause ?? error);
}

/** A problem document (RFC 9457) in a line, and each single fault of it in one of its own. */
function refusal(status: number, body: unknown, url: string): CannotDo {
  const { title, detail, errors } = (body ?? {}) as {
    title?: string;
    detail?: string;
    errors?: { path?: string; message: string }[];
  };
  const said = detail ?? title ?? `it answered ${status}`;
  if (status === 401) return new CannotDo(`The gateway at ${url} does not know the token: ${said}`);
  const faults = (Array.isArray(errors) ? errors : []).map(
    ({ path, message }) => `  ${path ? `${path}: ` : ""}${message}`,
  );
  const badInput = status === 400 || status === 413 || status === 422;
  return new CannotDo([said, ...faults].join("\n"), badInput ? exitCodes.badInput : exitCodes.notDone);
}
