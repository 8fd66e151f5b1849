import { isDeepStrictEqual } from "node:util";
import { desc, lt } from "drizzle-orm";
import { defaultScoringSettings, type ScoringSettings, scoringSettings } from "../accounts/scoring/settings.ts";
import { scoringVersions } from "./customer-tables.ts";
import { type Session, waitForTurn } from "./database.ts";
import { type Page, type PageRequest, pageOf } from "./pages.ts";

export type ScoringVersion = typeof scoringVersions.$inferSelect;

/** The settings in force; number 0 stands for the defaults, before anybody has set any. */
export async function scoringInForce(session: Session): Promise<{ number: number; settings: ScoringSettings }> {
  const [row] = await session.select().from(scoringVersions).orderBy(desc(scoringVersions.number)).limit(1);
  if (!row) return { number: 0, settings: defaultScoringSettings };
  // Settings that an earlier release kept get the defaults of what came since.
  const read = scoringSettings.safeParse(row.settings);
  return { number: row.number, settings: read.success ? read.data : row.settings };
}

/** Puts settings into force as the next version; the same again changes nothing. */
export async function applyScoring(
  session: Session,
  settings: ScoringSettings,
  { author, reason }: { readonly author: string; readonly reason: string | null },
): Promise<{ outcome: "updated" | "unchanged"; number: number }> {
  await waitForTurn(session, "scoring settings");
  const before = await scoringInForce(session);
  if (isDeepStrictEqual(before.settings, settings)) return { outcome: "unchanged", number: before.number };
  const number = before.number + 1;
  await session.insert(scoringVersions).values({ number, settings, author, reason });
  return { outcome: "updated", number };
}

/** Every version, newest first. */
export async function listScoring(session: Session, page: PageRequest): Promise<Page<ScoringVersion>> {
  const rows = await session
    .select()
    .from(scoringVersions)
    .where(page.after === null ? undefined : lt(scoringVersions.number, page.after))
    .orderBy(desc(scoringVersions.number))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit, ({ number }) => number);
}
