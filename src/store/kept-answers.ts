import { and, eq, inArray, lt } from "drizzle-orm";
import { type Session, waitForTurn } from "./database.ts";
import { keptAnswers } from "./tables.ts";

/** What was answered to a request with an Idempotency-Key, or to one line of it. */
export type KeptAnswer = Pick<typeof keptAnswers.$inferSelect, "line" | "request" | "answer">;

/** How long an answer is kept, milliseconds: a client that was down over a week-end may still ask again. */
export const keepAnswersMs = 7 * 86_400_000;

/**
 * The answers that were given under a key to some lines. Another transaction that asks for the same key waits until this one has
 * ended, and then finds what it wrote.
 */
export async function findKeptAnswers(
  session: Session,
  key: string,
  lines: readonly number[],
): Promise<Map<number, KeptAnswer>> {
  await waitForTurn(session, `idempotency ${key}`);
  const rows = await session
    .select({ line: keptAnswers.line, request: keptAnswers.request, answer: keptAnswers.answer })
    .from(keptAnswers)
    .where(and(eq(keptAnswers.key, key), inArray(keptAnswers.line, [...lines])));
  return new Map(rows.map((row) => [row.line, row]));
}

/** Keeps answers under a key. */
export async function keepAnswers(session: Session, key: string, answers: readonly KeptAnswer[]): Promise<void> {
  if (answers.length === 0) return;
  await session.insert(keptAnswers).values(answers.map((answer) => ({ key, ...answer })));
}

/** Forgets the answers given before `before`: their keys may be used again. */
export async function forgetKeptAnswers(session: Session, before: Date): Promise<void> {
  await session.delete(keptAnswers).where(lt(keptAnswers.createdAt, before));
}
