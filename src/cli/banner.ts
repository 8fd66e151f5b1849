import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Config } from "../config.ts";
import type { Gateway, Role } from "../gateway.ts";
import { version } from "../version.ts";
import { credentialsFile } from "./credentials.ts";

/** The order that the first `curl` sends, and whose it is. */
const sampleOrder = fileURLToPath(new URL("../../samples/orders/850-harbor-retail.edi", import.meta.url));
const sampleAccount = "harbor-retail";

type Running = Pick<Gateway, "url" | "description" | "demonstration" | "remarks">;
type Settings = Pick<Config, "DATA_DIR" | "DATABASE_URL">;

/** What a gateway that has just started says of itself: where it is, and at a first start how to try it. */
export function banner(gateway: Running, config: Settings, role: Role): string {
  return gateway.demonstration ? firstBanner(gateway, config) : laterBanner(gateway, config, role);
}

const powerCut = "It survives a killed process, but not a power cut: production means PostgreSQL (DATABASE_URL).";

function firstBanner({ url, description, demonstration, remarks }: Running, config: Settings): string {
  const tokens = Object.entries(demonstration?.accounts ?? {});
  const token = demonstration?.accounts[sampleAccount] ?? tokens[0]?.[1] ?? "";
  const width = Math.max(...tokens.map(([account]) => account.length), "supplier".length);
  const authorization = `-H "Authorization: Bearer ${token}"`;
  return `
Portico ${version} runs on ${url}

  API documentation  ${url}/docs
  Kept in            ${description}
${config.DATABASE_URL ? "" : `                     ${powerCut}\n`}${remarks.map((remark) => `  ${remark}\n`).join("")}
The demonstration is loaded. Its tokens are shown this once, and are also in ${fromHere(join(config.DATA_DIR, credentialsFile))}:

${tokens.map(([account, its]) => `  ${account.padEnd(width)}  ${its}\n`).join("")}  ${"supplier".padEnd(width)}  ${demonstration?.supplier}

Send an order of ${sampleAccount}'s:

  curl ${authorization} -H "Content-Type: application/edi-x12" \\
    --data-binary @${fromHere(sampleOrder)} ${url}/api/v1/interchanges

See what waits in its mailbox: the acknowledgment (997) and the order response (855):

  curl ${authorization} "${url}/api/v1/mailbox?wait=30"

Ctrl-C closes it.

`;
}

function laterBanner({ url, description, remarks }: Running, config: Settings, role: Role): string {
  const credentials = join(config.DATA_DIR, credentialsFile);
  const tokens =
    role !== "worker" && existsSync(credentials) ? `; demonstration tokens in ${fromHere(credentials)}` : "";
  const where = url === null ? "works" : `runs on ${url} (documentation: ${url}/docs)`;
  const embedded = config.DATABASE_URL ? "" : `${powerCut}\n`;
  return `Portico ${version} ${where}; ${description}${tokens}\n${embedded}${remarks.map((remark) => `${remark}\n`).join("")}`;
}

/** A path as it is shortest from where the command was typed. */
function fromHere(path: string): string {
  const absolute = resolve(path);
  const short = relative(process.cwd(), absolute);
  return short.startsWith("..") ? absolute : short;
}
