import type { TestProject } from "vitest/node";
import { type Combination, type CombinationsFound, combinationNames } from "./support/combinations.ts";
import { NoServer, startPostgres, startRedis, type TestServer } from "./support/servers.ts";

/**
 * Starts the servers that the tests need, where they can be had. With CI=true all of them must be had.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers: TestServer[] = [];
  const found = await findCombinations(servers);
  const stop = async () => {
    for (const server of servers) await server.stop();
  };
  if (process.env.CI === "true" && found.missing.length > 0) {
    await stop();
    throw new Error(found.missing.map(({ name, because }) => `${name} can't run: ${because}`).join("\n"));
  }
  project.provide("combinations", found);
  return stop;
}

async function findCombinations(servers: TestServer[]): Promise<CombinationsFound> {
  const ran: Combination[] = [{ name: combinationNames.embedded, databaseUrl: null, redisUrl: null }];
  const missing: { name: string; because: string }[] = [];
  const attempt = async (start: () => Promise<TestServer>): Promise<TestServer | string> => {
    try {
      const server = await start();
      servers.push(server);
      return server;
    } catch (error) {
      if (error instanceof NoServer) return error.message;
      throw error;
    }
  };
  const postgres = await attempt(startPostgres);
  const redis = await attempt(startRedis);
  if (typeof postgres === "string") {
    missing.push(
      { name: combinationNames.postgres, because: postgres },
      { name: combinationNames.redis, because: postgres },
    );
    return { ran, missing };
  }
  ran.push({ name: combinationNames.postgres, databaseUrl: postgres.url, redisUrl: null });
  if (typeof redis === "string") missing.push({ name: combinationNames.redis, because: redis });
  else ran.push({ name: combinationNames.redis, databaseUrl: postgres.url, redisUrl: redis.url });
  return { ran, missing };
}
