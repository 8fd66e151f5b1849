import { createHash } from "node:crypto";
import type { Command } from "commander";
import { parse } from "yaml";
import { GatewayClient, type GatewayOptions, withGatewayOptions } from "./gateway-client.ts";
import { readText } from "./input.ts";
import { counted, print, printable, printJson, table } from "./terminal.ts";

type Options = GatewayOptions & { readonly json?: true };

/** `portico publications`: what is told to whom, in which order. */
export function addPublications(program: Command): void {
  const publications = program
    .command("publications")
    .summary("hand in, follow and prove what is told to accounts, tier by tier")
    .description("Stock, prices and announcements for accounts in tiers: who is told before whom, and who has it.")
    .addHelpText(
      "after",
      `
Examples:
  $ portico publications tiers apply plan.yaml
  $ portico publications publish stock.json
  $ portico publications list
  $ portico publications show 6f9619ff-8b86-4d01-b42d-00cf4fc964ff
  $ portico publications proof 6f9619ff-8b86-4d01-b42d-00cf4fc964ff --csv > proof.csv
  $ portico publications reservations import kept.csv`,
    );
  const add = (name: string, description: string) =>
    withGatewayOptions(publications.command(name).description(description));
  const id = ["<id>", "the publication's id"] as const;

  add("list", "Lists publications, newest first.").option("--json", "everything, for machines").action(list);
  add("publish", "Hands a publication in; the same file again is the same publication.")
    .argument("<file>", 'JSON or YAML with topic, kind and content; "-" reads standard input')
    .option("--json", "the publication, for machines")
    .action(publish);
  add("show", "Shows a publication's tiers, their times, and who has it.")
    .argument(...id)
    .option("--json", "everything, for machines")
    .action(show);
  add("proof", "Shows who got a publication, when first, and by which channel.")
    .argument(...id)
    .option("--csv", "as CSV, with everything that is known")
    .option("--json", "everything, for machines")
    .action(proof);
  add("correct", "Corrects a publication, in the order of the original.")
    .argument(...id)
    .argument("<file>", "JSON or YAML with content")
    .requiredOption("--reason <text>", "why")
    .action(async (which: string, file: string, { reason, ...gateway }: Options & { reason: string }) => {
      const { content } = (await readFile(file)) as { content?: unknown };
      await decide(gateway, which, "correct", { content, reason });
    });
  add("withdraw", "Takes a publication back where it has not been told yet.")
    .argument(...id)
    .requiredOption("--reason <text>", "why")
    .action((which: string, { reason, ...gateway }: Options & { reason: string }) =>
      decide(gateway, which, "withdraw", { reason }),
    );
  add("skip", "Decides that an account goes without, so that tiers below need not wait.")
    .argument(...id)
    .requiredOption("--account <id>", "which account")
    .requiredOption("--reason <text>", "why")
    .action((which: string, { account, reason, ...gateway }: Options & { account: string; reason: string }) =>
      decide(gateway, which, "skip", { account, reason }),
    );
  add("retry", "Tells an account what was held, once it is mended.")
    .argument(...id)
    .requiredOption("--account <id>", "which account")
    .action((which: string, { account, ...gateway }: Options & { account: string }) =>
      decide(gateway, which, "retry", { account }),
    );

  const tiers = publications.command("tiers").description("Who is told before whom, and by how much.");
  withGatewayOptions(
    tiers
      .command("apply")
      .description("Puts a publication plan into force for what is handed in from now on.")
      .argument("<file>", "the plan, YAML or JSON")
      .option("--reason <text>", "why, for those who read the versions later"),
  ).action(async (file: string, { reason, ...gateway }: Options & { reason?: string }) => {
    const query = reason === undefined ? "" : `?${new URLSearchParams({ reason })}`;
    const plan = await readFile(file);
    const { body } = await new GatewayClient(gateway).request("PUT", `/api/v1/publication-plan${query}`, plan);
    const { outcome, version } = body as { outcome: string; version: number };
    await print(`publication plan: ${outcome} (version ${version})\n`);
  });
  withGatewayOptions(tiers.command("show").description("Shows the plan in force, as JSON.")).action(
    async (gateway: Options) =>
      printJson((await new GatewayClient(gateway).request("GET", "/api/v1/publication-plan")).body),
  );

  const reservations = publications.command("reservations").description("Stock that is kept for accounts, as CSV.");
  withGatewayOptions(
    reservations
      .command("import")
      .description("Imports a file. All of it is taken, or with a fault nothing of it.")
      .argument("<file>", 'the CSV file; "-" reads standard input')
      .option("--replace", "these are all there are: others are taken away"),
  ).action(async (file: string, { replace, ...gateway }: Options & { replace?: true }) => {
    const path = `/api/v1/stock-reservations?mode=${replace ? "replace" : "merge"}`;
    const { body } = await new GatewayClient(gateway).upload(path, await readText(file), "text/csv");
    const { imported, total } = body as { imported: number; total: number };
    await print(`${counted(imported, "reservation")} imported; there are ${total} now\n`);
  });
}

interface Release {
  readonly tier: string;
  readonly at: string;
  readonly state: string;
  readonly releasedAt: string | null;
  readonly waitsFor: readonly string[];
}

interface Publication {
  readonly id: string;
  readonly topic: string;
  readonly number: number;
  readonly kind: string;
  readonly title: string | null;
  readonly state: string;
  readonly releases: readonly Release[];
}

const pathOf = (id: string): string => `/api/v1/publications/${encodeURIComponent(id)}`;

/** What a JSON or YAML file holds. */
async function readFile(file: string): Promise<unknown> {
  return parse(await readText(file));
}

async function list({ json, ...gateway }: Options): Promise<void> {
  const items = (await new GatewayClient(gateway).list("/api/v1/publications")) as Publication[];
  if (json) return printJson({ items });
  if (items.length === 0) return print("There are no publications.\n");
  const rows = items.map(({ id, topic, number, kind, state, title }) =>
    [id, topic, String(number), kind, state, title ?? ""].map(printable),
  );
  await print(table([["id", "topic", "number", "kind", "state", "title"], ...rows]));
}

async function publish(file: string, { json, ...gateway }: Options): Promise<void> {
  const text = await readText(file);
  const key = `portico-publish-${createHash("sha256").update(text).digest("hex")}`;
  const { body } = await new GatewayClient(gateway).request("POST", "/api/v1/publications", parse(text), [], {
    "idempotency-key": key,
  });
  if (json) return printJson(body);
  await print(described(body as Publication));
}

async function show(id: string, { json, ...gateway }: Options): Promise<void> {
  const { body } = await new GatewayClient(gateway).request("GET", pathOf(id));
  if (json) return printJson(body);
  const found = body as Publication & {
    accounts: { account: string; tier: string; state: string; at: string | null }[];
  };
  const rows = found.accounts.map(({ account, tier, state, at }) => [account, tier, state, at ?? ""].map(printable));
  await print(`${described(found)}\n${table([["account", "tier", "state", "at"], ...rows])}`);
}

function described({ id, topic, number, kind, title, state, releases }: Publication): string {
  const rows = releases.map(({ tier, at, state: its, releasedAt, waitsFor }) => [
    ...[tier, at, its, releasedAt ?? ""],
    waitsFor.length === 0 ? "" : `waits for ${waitsFor.join(", ")}`,
  ]);
  const name = printable(`${kind} ${number} of the topic ${topic}${title ? `, ${title}` : ""}: ${state} (${id})`);
  return `${name}\n${table([["tier", "not before", "state", "released", ""], ...rows])}`;
}

async function proof(id: string, { json, csv, ...gateway }: Options & { csv?: true }): Promise<void> {
  const client = new GatewayClient(gateway);
  if (csv) return print(Buffer.from(await client.download(`${pathOf(id)}/proof`, "text/csv")).toString("utf8"));
  const { body } = await client.request("GET", `${pathOf(id)}/proof`);
  if (json) return printJson(body);
  const { items } = body as { items: Record<string, string | number | null>[] };
  const columns = ["account", "tier", "state", "at", "channel", "control", "arrivedAt", "answer"];
  const rows = items.map((one) => columns.map((column) => printable(String(one[column] ?? ""))));
  await print(items.length === 0 ? "Nobody has it yet.\n" : table([columns, ...rows]));
}

async function decide(gateway: GatewayOptions, id: string, verb: string, body: object): Promise<void> {
  const answer = (await new GatewayClient(gateway).request("POST", `${pathOf(id)}/${verb}`, body)).body;
  const { state, id: which } = answer as { state?: string; id: string };
  await print(printable(`${which}: ${state ?? `${verb} noted`}`).concat("\n"));
}
