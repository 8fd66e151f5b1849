import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from "fastify-type-provider-zod";
import type { ApiServer, ApiServices } from "./services.ts";

declare module "fastify" {
  interface FastifySchema {
    /** Bodies that are streamed, for the OpenAPI document only: Fastify neither reads nor checks them. */
    requestContent?: Readonly<Record<string, { schema: object }>>;
  }
}

const tags = [
  { name: "Interchanges", description: "X12 files that come in and go out." },
  { name: "Mailbox", description: "What waits for an account to collect." },
  { name: "Documents", description: "What came in as JSON, and what is to be sent, for the supplier's own systems." },
  { name: "Deliveries", description: "What is pushed to accounts and announced to the supplier's systems." },
  { name: "Webhooks", description: "Systems of the supplier's that are told of new documents." },
  { name: "Accounts", description: "Who we trade with, and the tokens that speak for them." },
  { name: "Prices", description: "What was agreed on with an account about prices, and why a price is what it is." },
  { name: "Warranties", description: "What covers a shipped item, by the terms in force when it was ordered." },
  { name: "Customers", description: "Which customers should be major accounts, and what is known of them." },
  { name: "Work items", description: "What a person has to look at." },
  { name: "Operation", description: "Health and metrics." },
];

const about = `Self-hosted X12 EDI gateway.

Every list answers \`{ "items": [...], "next": cursor or null }\`; errors are problem documents (RFC 9457) with a stable \`code\`.
A token speaks for one account, which sees its own things only, or for the supplier's own systems.`;

/** The OpenAPI document, made from the routes' zod schemas, and a page at /docs to read and try it. */
export async function documentApi(server: ApiServer, { version, settings }: ApiServices): Promise<void> {
  const transformSchema = createJsonSchemaTransform({});
  const addComponents = createJsonSchemaTransformObject({});
  await server.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Portico",
        version,
        description: about,
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      },
      // "/" first: the page is to try what it was loaded from, whatever others call it.
      servers: [{ url: "/" }, ...(settings.publicUrl === null ? [] : [{ url: settings.publicUrl }])],
      tags,
      components: {
        securitySchemes: {
          token: { type: "http", scheme: "bearer", description: "A token of an account or of the supplier." },
        },
      },
      security: [{ token: [] }],
    },
    transform: (route) => {
      const { requestContent, ...schema } = route.schema ?? {};
      const transformed = transformSchema({ ...route, schema } as Parameters<typeof transformSchema>[0]);
      return requestContent
        ? { ...transformed, schema: { ...transformed.schema, body: { content: requestContent } } }
        : transformed;
    },
    transformObject: (document) => withoutPatternsOfFormats(withUsedComponents(addComponents(document))),
  });
  await server.register(swaggerUi, {
    routePrefix: "/docs",
    theme: { title: "Portico API" },
    uiConfig: {
      layout: "BaseLayout",
      persistAuthorization: true,
      displayRequestDuration: true,
      defaultModelsExpandDepth: 0,
      docExpansion: "list",
    },
  });
}

const componentPath = "#/components/schemas/";
type Components = Readonly<Record<string, unknown>>;

/**
 * Every zod schema with an id stands among the components twice: as it is written by a client (its name ends in "Input")
 * and as it is answered. Where both are alike, or only one is used, its name is the plain one; what nobody uses is left out.
 */
function withUsedComponents<Document extends object>(document: Document): Document {
  const { paths, components } = document as { paths?: unknown; components?: { schemas?: Components } };
  const all = components?.schemas ?? {};
  const used = reachable(paths, all);
  const merged = mergeableInputs(all, used);
  const rename = (name: string): string => (merged.has(name) ? withoutInput(name) : name);
  const schemas = Object.fromEntries([...used].sort().map((name) => [rename(name), renamed(all[name], rename)]));
  return { ...document, paths: renamed(paths, rename), components: { ...components, schemas } };
}

const withoutInput = (name: string): string => name.replace(/Input$/, "");

/** Names of the components that are referred to, directly or through others. */
function reachable(from: unknown, all: Components): Set<string> {
  const found = new Set<string>();
  const waiting: unknown[] = [from];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    for (const name of namesIn(one)) {
      if (found.has(name)) continue;
      found.add(name);
      waiting.push(all[name]);
    }
  }
  return found;
}

function namesIn(part: unknown): string[] {
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) =>
    key === "$ref" && typeof value === "string" && value.startsWith(componentPath)
      ? [value.slice(componentPath.length)]
      : namesIn(value),
  );
}

/** Input components that can bear the plain name: that is free, or means the same, provided that all they refer to can. */
function mergeableInputs(all: Components, used: ReadonlySet<string>): Set<string> {
  const merged = new Set([...used].filter((name) => name.endsWith("Input")));
  const rename = (name: string): string => (merged.has(name) ? withoutInput(name) : name);
  for (let before = -1; before !== merged.size; ) {
    before = merged.size;
    for (const name of [...merged]) {
      const plain = withoutInput(name);
      if (
        used.has(plain) &&
        JSON.stringify(renamed(all[name], rename)) !== JSON.stringify(renamed(all[plain], rename))
      ) {
        merged.delete(name);
      }
    }
  }
  return merged;
}

function renamed(part: unknown, rename: (name: string) => string): unknown {
  return JSON.parse(JSON.stringify(part), (key, value) =>
    key === "$ref" && typeof value === "string" && value.startsWith(componentPath)
      ? componentPath + rename(value.slice(componentPath.length))
      : value,
  );
}

/** zod's patterns for uuids, dates and moments are 200 characters that say no more than their format does. */
function withoutPatternsOfFormats<Part>(part: Part): Part {
  return JSON.parse(JSON.stringify(part), function (this: { format?: unknown }, key, value) {
    return key === "pattern" && typeof value === "string" && typeof this.format === "string" ? undefined : value;
  });
}
