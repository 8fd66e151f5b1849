import { createServer, type IncomingHttpHeaders } from "node:http";
import { eventually } from "./test-gateway.ts";

/** One request that somebody posted. */
export interface Heard {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Somebody else's HTTP server: an account's own address, or the supplier's systems. */
export interface Listener {
  readonly url: string;
  readonly heard: readonly Heard[];
  /** Waits until it has heard so many requests. */
  hears(count: number): Promise<readonly Heard[]>;
  close(): Promise<void>;
}

/** Listens on a free port and answers with the statuses given, the last of them for ever. */
export async function listen(...statuses: number[]): Promise<Listener> {
  const heard: Heard[] = [];
  const server = createServer((request, answer) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const status = statuses[Math.min(heard.length, statuses.length - 1)] ?? 200;
      heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      answer.writeHead(status).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/inbound`,
    heard,
    hears: (count) => eventually(async () => (heard.length >= count ? heard : undefined), `${count} requests`),
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
