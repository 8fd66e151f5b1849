/** What the gateway can run on: the tests of a seam run on each. */
export interface Combination {
  readonly name: string;
  /** A server on which each test file makes a database of its own; null: embedded. */
  readonly databaseUrl: string | null;
  readonly redisUrl: string | null;
}

export const combinationNames = {
  embedded: "PGlite + BullMQ on it",
  postgres: "PostgreSQL + BullMQ on it",
  redis: "PostgreSQL + Redis",
} as const;

/** Where global setup leaves what ran for the reporter's last lines. */
export interface CombinationsFound {
  readonly ran: readonly Combination[];
  readonly missing: readonly { readonly name: string; readonly because: string }[];
}

declare module "vitest" {
  export interface ProvidedContext {
    combinations: CombinationsFound;
  }
}
