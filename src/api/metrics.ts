import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { z } from "zod";
import { countInterchanges } from "../store/interchanges.ts";
import { countJobs } from "../store/jobs.ts";
import type { ApiServer, OperationServices } from "./services.ts";

/** Seconds; up to the longest that a mailbox waits. */
const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30, 60];
/** The event loop's delay is sampled so seldom (milliseconds) that an idle gateway stays idle. */
const eventLoopSampleMs = 100;
/** Counts are so old at most, milliseconds: whoever scrapes faster must not keep the database busy. */
const countsKeptMs = 1_000;

/** `/metrics` for Prometheus: how requests went, what lies where, and how the process does. No account is named. */
export function serveMetrics(server: ApiServer, services: OperationServices): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: eventLoopSampleMs });
  const durations = new Histogram({
    name: "portico_http_request_duration_seconds",
    help: "Requests by method, route pattern and status.",
    labelNames: ["method", "route", "status"],
    buckets: durationBuckets,
    registers: [registry],
  });
  server.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "(none)";
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
  });

  const refresh = countsOf(services, registry);
  server.route({
    method: "GET",
    url: "/metrics",
    config: { quiet: true },
    schema: {
      operationId: "readMetrics",
      tags: ["Operation"],
      summary: "Metrics for Prometheus",
      description: "Needs no token; keep it inside your network.",
      security: [],
      response: {
        200: { description: "Prometheus text format.", content: { "text/plain": { schema: z.string() } } },
      },
    },
    handler: async (_request, reply) => {
      await refresh();
      const text = await registry.metrics();
      return reply.type(registry.contentType).serializer(String).send(text);
    },
  });
}

/** Gauges that are counted in the database and the queue when somebody asks. */
function countsOf({ database, queueDepth, log }: OperationServices, registry: Registry): () => Promise<void> {
  const registers = [registry];
  const interchanges = new Gauge({
    name: "portico_interchanges",
    help: "Interchanges by direction and status.",
    labelNames: ["direction", "status"],
    registers,
  });
  const jobs = new Gauge({
    name: "portico_jobs",
    help: "Jobs in the database that are not done: open, or dead and a person's.",
    labelNames: ["state"],
    registers,
  });
  const queued = new Gauge({
    name: "portico_queue_jobs",
    help: "Jobs in the queue.",
    labelNames: ["state"],
    registers,
  });

  const counting: readonly (() => Promise<void>)[] = [
    async () => {
      const rows = await countInterchanges(database.session);
      interchanges.reset();
      for (const { direction, status, count } of rows) interchanges.set({ direction, status }, count);
    },
    async () => {
      for (const [state, count] of Object.entries(await countJobs(database.session))) jobs.set({ state }, count);
    },
    async () => {
      for (const [state, count] of Object.entries(await queueDepth())) queued.set({ state }, count);
    },
  ];
  let countedAt = 0;
  return async () => {
    if (Date.now() - countedAt < countsKeptMs) return;
    countedAt = Date.now();
    for (const failed of (await Promise.allSettled(counting.map((count) => count()))).filter(isRejected)) {
      log.warn({ err: failed.reason }, "a metric could not be counted");
    }
  };
}

const isRejected = (one: PromiseSettledResult<void>): one is PromiseRejectedResult => one.status === "rejected";
