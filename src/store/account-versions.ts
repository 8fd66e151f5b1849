import { and, asc, desc, eq, gt, isNotNull, isNull, lt, lte, type SQL, sql } from "drizzle-orm";
import type { AccountProfile } from "../accounts/account.ts";
import { withDefaults } from "./accounts.ts";
import type { Session } from "./database.ts";
import { type Page, type PageRequest, pageOf } from "./pages.ts";
import { accounts, accountVersions } from "./tables.ts";

export type AccountVersion = typeof accountVersions.$inferSelect;

/** Who changes an account's rules, why, and from when on. */
export interface RuleChange {
  readonly author: string;
  /** Hash of the token that the author speaks with; null: the gateway itself. */
  readonly authorToken: string | null;
  readonly reason: string | null;
  /** Not before this; null: at once. */
  readonly from: Date | null;
  /** The version whose profile is brought back. */
  readonly restores?: number;
  /** Whether it may come into force without a second person, whatever the account demands: it was approved before. */
  readonly approved?: boolean;
}

/** created: a new account. updated: in force. scheduled: in force later. proposed: waits for a second person. */
export type ApplyOutcome = "created" | "updated" | "unchanged" | "scheduled" | "proposed";

export interface Applied {
  readonly outcome: ApplyOutcome;
  /** The version that was made, or the one that says the same already. */
  readonly version: AccountVersion;
}

const byGateway: RuleChange = { author: "the gateway", authorToken: null, reason: null, from: null };

/**
 * Creates an account, or gives it a new version of its rules. The first version is in force from the beginning. Where the
 * account in force demands a second person, the new version waits for one.
 */
export async function applyProfile(
  session: Session,
  profile: AccountProfile,
  change: RuleChange = byGateway,
): Promise<Applied> {
  const made = await session
    .insert(accounts)
    .values({ id: profile.id, name: profile.name, profile, version: 1 })
    .onConflictDoNothing()
    .returning({ id: accounts.id });
  if (made.length > 0) {
    const version = await addVersion(session, profile, 1, change, new Date(0));
    return { outcome: "created", version };
  }
  const account = await lockAccount(session, profile.id);
  const same = await sameAlready(session, profile, change);
  if (same) return { outcome: "unchanged", version: same };
  const waits = account.profile.approval?.secondPerson === true && !change.approved;
  const effectiveAt = waits ? null : (change.from ?? new Date());
  const version = await addVersion(session, profile, await nextNumber(session, profile.id), change, effectiveAt);
  await noteInForce(session, profile.id);
  if (effectiveAt === null) return { outcome: "proposed", version };
  return { outcome: effectiveAt.getTime() > Date.now() ? "scheduled" : "updated", version };
}

/** The version that says the same from then on, or that proposes it. */
async function sameAlready(
  session: Session,
  profile: AccountProfile,
  { from }: RuleChange,
): Promise<AccountVersion | null> {
  const [equal] = await session
    .select()
    .from(accountVersions)
    .where(
      and(
        eq(accountVersions.accountId, profile.id),
        eq(accountVersions.profile, profile),
        isNull(accountVersions.withdrawnAt),
      ),
    )
    .orderBy(desc(accountVersions.number))
    .limit(1);
  if (!equal) return null;
  if (equal.effectiveAt === null) return equal.wantedAt?.getTime() === from?.getTime() ? equal : null;
  const inForce = await versionAt(session, profile.id, from ?? new Date());
  return inForce?.number === equal.number ? equal : null;
}

/** One account's versions are written one after another. */
async function lockAccount(session: Session, accountId: string) {
  const [row] = await session.select().from(accounts).where(eq(accounts.id, accountId)).for("update");
  return row as typeof accounts.$inferSelect;
}

async function nextNumber(session: Session, accountId: string): Promise<number> {
  const [row] = await session
    .select({ next: sql<number>`coalesce(max(${accountVersions.number}), 0)::int + 1` })
    .from(accountVersions)
    .where(eq(accountVersions.accountId, accountId));
  return row?.next ?? 1;
}

async function addVersion(
  session: Session,
  profile: AccountProfile,
  number: number,
  { author, authorToken, reason, from, restores }: RuleChange,
  effectiveAt: Date | null,
): Promise<AccountVersion> {
  const [row] = await session
    .insert(accountVersions)
    .values({
      accountId: profile.id,
      number,
      profile,
      author,
      authorToken,
      reason,
      wantedAt: from,
      effectiveAt,
      ...(restores !== undefined && { restores }),
    })
    .returning();
  return row as AccountVersion;
}

/** What can be in force: approved and not taken back. */
const counts = (accountId: string): SQL | undefined =>
  and(
    eq(accountVersions.accountId, accountId),
    isNotNull(accountVersions.effectiveAt),
    isNull(accountVersions.withdrawnAt),
  );

/** The version in force at an instant; the first one also before it came. null: there is no such account. */
export async function versionAt(session: Session, accountId: string, at: Date): Promise<AccountVersion | null> {
  const [row] = await session
    .select()
    .from(accountVersions)
    .where(and(counts(accountId), lte(accountVersions.effectiveAt, at)))
    .orderBy(desc(accountVersions.effectiveAt), desc(accountVersions.number))
    .limit(1);
  return row ? { ...row, profile: withDefaults(row.profile) } : null;
}

/** When each of an account's versions came or comes into force that counts, the one first that decides last. */
export async function versionTimes(
  session: Session,
  accountId: string,
): Promise<{ readonly number: number; readonly effectiveAt: Date }[]> {
  const rows = await session
    .select({ number: accountVersions.number, effectiveAt: accountVersions.effectiveAt })
    .from(accountVersions)
    .where(counts(accountId))
    .orderBy(desc(accountVersions.effectiveAt), desc(accountVersions.number));
  return rows.map(({ number, effectiveAt }) => ({ number, effectiveAt: effectiveAt ?? new Date(0) }));
}

export async function findVersion(session: Session, accountId: string, number: number): Promise<AccountVersion | null> {
  const [row] = await session
    .select()
    .from(accountVersions)
    .where(and(eq(accountVersions.accountId, accountId), eq(accountVersions.number, number)));
  return row ? { ...row, profile: withDefaults(row.profile) } : null;
}

/** An account's versions, newest first. */
export async function listVersions(
  session: Session,
  accountId: string,
  page: PageRequest,
): Promise<Page<AccountVersion>> {
  const rows = await session
    .select()
    .from(accountVersions)
    .where(
      and(
        eq(accountVersions.accountId, accountId),
        page.after === null ? undefined : lt(accountVersions.number, page.after),
      ),
    )
    .orderBy(desc(accountVersions.number))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit, ({ number }) => number);
}

/**
 * Approves a version that waits, in the name of a second person.
 * @returns null where it does not wait
 */
export async function approveVersion(
  session: Session,
  accountId: string,
  number: number,
  by: string,
): Promise<AccountVersion | null> {
  await lockAccount(session, accountId);
  const version = await findVersion(session, accountId, number);
  if (version?.effectiveAt !== null || version.withdrawnAt !== null) return null;
  const now = new Date();
  const effectiveAt = version.wantedAt !== null && version.wantedAt > now ? version.wantedAt : now;
  await session
    .update(accountVersions)
    .set({ effectiveAt, approvedBy: by })
    .where(and(eq(accountVersions.accountId, accountId), eq(accountVersions.number, number)));
  await noteInForce(session, accountId);
  return findVersion(session, accountId, number);
}

/**
 * One step back. A newest version that is not in force yet is taken back; else the version before the one in force is
 * brought back as a new one, at once.
 * @returns null where there is nothing before it
 */
export async function rollBack(
  session: Session,
  accountId: string,
  { author, authorToken, reason }: Pick<RuleChange, "author" | "authorToken" | "reason">,
): Promise<{ readonly withdrawn: AccountVersion } | { readonly restored: AccountVersion } | null> {
  await lockAccount(session, accountId);
  const now = new Date();
  const [newest] = await session
    .select()
    .from(accountVersions)
    .where(and(eq(accountVersions.accountId, accountId), isNull(accountVersions.withdrawnAt)))
    .orderBy(desc(accountVersions.number))
    .limit(1);
  if (newest && (newest.effectiveAt === null || newest.effectiveAt > now)) {
    const [withdrawn] = await session
      .update(accountVersions)
      .set({ withdrawnAt: now, withdrawnBy: author })
      .where(and(eq(accountVersions.accountId, accountId), eq(accountVersions.number, newest.number)))
      .returning();
    await noteInForce(session, accountId);
    return { withdrawn: withdrawn as AccountVersion };
  }
  const [, before] = await session
    .select()
    .from(accountVersions)
    .where(and(counts(accountId), lte(accountVersions.effectiveAt, now)))
    .orderBy(desc(accountVersions.effectiveAt), desc(accountVersions.number))
    .limit(2);
  if (!before) return null;
  const change = { author, authorToken, reason, from: null, restores: before.number };
  const restored = await addVersion(session, before.profile, await nextNumber(session, accountId), change, now);
  await noteInForce(session, accountId);
  return { restored };
}

/** Copies the version that is in force now to the account's row, with when the next one comes. */
async function noteInForce(session: Session, accountId: string): Promise<void> {
  const now = new Date();
  const inForce = await versionAt(session, accountId, now);
  if (!inForce) return;
  const [next] = await session
    .select({ at: accountVersions.effectiveAt })
    .from(accountVersions)
    .where(and(counts(accountId), gt(accountVersions.effectiveAt, now)))
    .orderBy(asc(accountVersions.effectiveAt))
    .limit(1);
  const { profile, number, effectiveAt } = inForce;
  await session
    .update(accounts)
    .set({
      name: profile.name,
      profile,
      version: number,
      inForceSince: effectiveAt,
      nextVersionAt: next?.at ?? null,
      updatedAt: now,
    })
    .where(eq(accounts.id, accountId));
}

/** Brings into force what is due. @returns the accounts whose rules changed by it */
export async function bringIntoForce(session: Session): Promise<string[]> {
  const due = await session
    .select({ id: accounts.id })
    .from(accounts)
    .where(lte(accounts.nextVersionAt, new Date()))
    .orderBy(asc(accounts.id))
    .for("update", { skipLocked: true });
  for (const { id } of due) await noteInForce(session, id);
  return due.map(({ id }) => id);
}
