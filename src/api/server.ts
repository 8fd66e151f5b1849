import { randomUUID } from "node:crypto";
import helmet from "@fastify/helmet";
import { type FastifyInstance, fastify, LogController } from "fastify";
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import { serveAccountVersions } from "./account-versions.ts";
import { serveAccounts } from "./accounts.ts";
import { serveAlerts } from "./alerts.ts";
import { requireToken } from "./authentication.ts";
import { takeJson } from "./bodies.ts";
import { serveContacts } from "./contacts.ts";
import { serveCrossReferences } from "./cross-references.ts";
import { serveCustomers } from "./customers.ts";
import { serveDeliveries } from "./deliveries.ts";
import { serveDocuments } from "./documents.ts";
import { serveEffective } from "./effective.ts";
import { serveHealth } from "./health.ts";
import { serveInterchanges } from "./interchanges.ts";
import { serveInvoicePlan } from "./invoice-plan.ts";
import { serveInvoices } from "./invoices.ts";
import { serveMailbox } from "./mailbox.ts";
import { openMailboxWatch } from "./mailbox-watch.ts";
import { serveMe } from "./me.ts";
import { serveMetrics } from "./metrics.ts";
import { documentApi } from "./openapi.ts";
import { serveOrders } from "./orders.ts";
import { servePrices } from "./prices.ts";
import { answerError, answerProblems } from "./problems.ts";
import { servePromises } from "./promises.ts";
import { servePublicationPlan } from "./publication-plan.ts";
import { servePublications } from "./publications.ts";
import { serveRanking } from "./ranking.ts";
import { limitRate } from "./rate-limit.ts";
import { logRequests } from "./request-log.ts";
import { serveRuleTrial } from "./rule-trial.ts";
import { serveScorecard } from "./scorecard.ts";
import { type ApiServer, type ApiServices, apiPrefix, type OperationServices } from "./services.ts";
import { serveStockReservations } from "./stock-reservations.ts";
import { takeSubmissions } from "./submissions.ts";
import { serveSupplierTokens } from "./supplier-tokens.ts";
import { takeUploads } from "./upload.ts";
import { serveWarranties } from "./warranties.ts";
import { serveWebhooks } from "./webhooks.ts";
import { serveWorkItems } from "./work-items.ts";

export type { ApiServices, ApiSettings, OperationServices, ReadinessCheck } from "./services.ts";

/** Longest time for a whole request to come in, milliseconds: 100 MiB at 1.4 Mbit/s. */
const requestTimeoutMs = 600_000;
/** Longer than the 60 s after which load balancers drop an idle connection, so that they do it and not we. */
const keepAliveTimeoutMs = 65_000;
/** Largest JSON body, bytes. X12 files have a limit of their own. */
const jsonBodyBytes = 1024 * 1024;
/** After so long (milliseconds) a closing server cuts the connections that are still busy. */
const closingPatienceMs = 10_000;

/** The HTTP API, ready to listen. Closing it ends what waits at a mailbox and lets go of connections. */
export async function buildServer(services: ApiServices): Promise<FastifyInstance> {
  const server = bareServer(services, services.settings.trustProxy);
  logRequests(server);
  answerProblems(server);
  await server.register(helmet, protection(services));
  await documentApi(server, services);
  serveHealth(server, services);
  serveMetrics(server, services);
  server.get("/", { schema: { hide: true } }, async (_request, reply) => reply.redirect("/docs"));

  const watch = await openMailboxWatch(services.database);
  await server.register(
    async (api: ApiServer) => {
      requireToken(api, services);
      await limitRate(api, services);
      takeJson(api);
      api.addHook("onSend", async (_request, reply) => {
        if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
      });
      await api.register(async (uploads: ApiServer) => takeUploads(uploads, services));
      await api.register(async (submissions: ApiServer) => takeSubmissions(submissions, services));
      serveInterchanges(api, services);
      serveMailbox(api, services, watch);
      serveDocuments(api, services);
      serveOrders(api, services);
      serveWarranties(api, services);
      servePromises(api, services);
      serveInvoices(api, services);
      serveInvoicePlan(api, services);
      serveDeliveries(api, services);
      serveAccounts(api, services);
      serveAccountVersions(api, services);
      serveContacts(api, services);
      serveEffective(api, services);
      serveSupplierTokens(api, services);
      await api.register(async (yaml: ApiServer) => serveRuleTrial(yaml, services));
      await api.register(async (csv: ApiServer) => serveCrossReferences(csv, services));
      await api.register(async (csv: ApiServer) => servePrices(csv, services));
      servePublications(api, services);
      servePublicationPlan(api, services);
      await api.register(async (csv: ApiServer) => serveStockReservations(csv, services));
      await api.register(async (csv: ApiServer) => serveCustomers(csv, services));
      serveRanking(api, services);
      serveScorecard(api, services);
      serveWorkItems(api, services);
      serveAlerts(api, services);
      serveWebhooks(api, services);
      serveMe(api, services);
    },
    { prefix: apiPrefix },
  );
  closeGracefully(server, () => watch.close());
  await server.ready();
  return server as unknown as FastifyInstance;
}

/** For a worker: how it does, and nothing else. */
export async function buildOperationServer(services: OperationServices): Promise<FastifyInstance> {
  const server = bareServer(services, false);
  logRequests(server);
  answerProblems(server);
  serveHealth(server, services);
  serveMetrics(server, services);
  await server.ready();
  return server as unknown as FastifyInstance;
}

function bareServer({ log }: OperationServices, trustProxy: boolean): ApiServer {
  const server: ApiServer = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "request" }),
    genReqId: () => randomUUID(),
    trustProxy,
    bodyLimit: jsonBodyBytes,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    forceCloseConnections: "idle",
    frameworkErrors: (error, request, reply) => answerError(error, request, reply),
  }).withTypeProvider<ZodTypeProvider>();
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  server.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
  });
  return server;
}

/** Headers that tell browsers to be careful. The documentation needs styles and images of its own, and nothing from elsewhere. */
function protection({ settings }: ApiServices) {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:"],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // To a browser that came over plain http it would mean nothing; behind TLS it is wanted.
    strictTransportSecurity: settings.publicUrl?.startsWith("https:") ?? false,
  };
}

function closeGracefully(server: ApiServer, endWaiting: () => Promise<void>): void {
  let cut: NodeJS.Timeout | undefined;
  server.addHook("preClose", async () => {
    cut = setTimeout(() => server.server.closeAllConnections(), closingPatienceMs).unref();
    await endWaiting();
  });
  server.addHook("onClose", async () => clearTimeout(cut));
}
