/** Columns that tables of every family have. */
import { text, timestamp } from "drizzle-orm/pg-core";

/** An instant, UTC. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
/** Business or tests: the two never mix. */
export const usage = () => text("usage").$type<"production" | "test">().notNull();
