import { liveness, readiness } from "./contract/health.ts";
import type { ApiServer, OperationServices, ReadinessCheck } from "./services.ts";

/** A part that takes longer to answer does not count as ready, milliseconds. */
const patienceMs = 2_000;

/** Whether the process runs, and whether it can do its work. Neither needs a token. */
export function serveHealth(server: ApiServer, { readiness: checks, remarks, version, log }: OperationServices): void {
  server.route({
    method: "GET",
    url: "/health/live",
    config: { quiet: true },
    schema: {
      operationId: "readLiveness",
      tags: ["Operation"],
      summary: "Does the process run",
      security: [],
      response: { 200: liveness.describe("It runs.") },
    },
    handler: async () => ({ status: "live" as const, version }),
  });

  server.route({
    method: "GET",
    url: "/health/ready",
    config: { quiet: true },
    schema: {
      operationId: "readReadiness",
      tags: ["Operation"],
      summary: "Can it do its work, and if not, which part is missing",
      security: [],
      response: { 200: readiness.describe("Every part works."), 503: readiness.describe("Some part does not work.") },
    },
    handler: async (_request, reply) => {
      const parts = await Promise.all(
        checks.map(async (one) => {
          const why = await faultOf(one);
          if (why !== null) log.warn({ part: one.name, err: why.error }, "not ready");
          return { name: one.name, ok: why === null, why: why?.shown ?? null };
        }),
      );
      reply.header("cache-control", "no-store");
      return parts.every(({ ok }) => ok)
        ? reply.code(200).send({ status: "ready", parts, remarks: [...remarks] })
        : reply.code(503).send({ status: "not-ready", parts, remarks: [...remarks] });
    },
  });
}

/** What is wrong with a part: the error for the log, and what may be shown to anybody, which names no address. */
async function faultOf(part: ReadinessCheck): Promise<{ error: unknown; shown: string } | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), patienceMs);
  });
  try {
    const answer = await Promise.race([part.check(), late]);
    if (answer !== "late") return null;
    return { error: new Error("no answer"), shown: `no answer within ${patienceMs / 1_000} seconds` };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException | null)?.code;
    return { error, shown: typeof code === "string" ? code : "it fails; the log says how" };
  } finally {
    clearTimeout(timer);
  }
}
