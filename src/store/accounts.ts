import { createHash, randomBytes } from "node:crypto";
import { and, asc, eq, gt, isNull, max, or, sql } from "drizzle-orm";
import { type AccountProfile, accountProfile } from "../accounts/account.ts";
import type { Session } from "./database.ts";
import type { Page } from "./pages.ts";
import { accounts, tokens } from "./tables.ts";

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly profile: AccountProfile;
  /** Number of the version in force. */
  readonly version: number;
  /** When it came into force; null: at the beginning. */
  readonly inForceSince: Date | null;
  /** When another one comes into force; null: none is approved. */
  readonly nextVersionAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Who a token speaks for. */
export type Subject = { readonly kind: "account"; readonly accountId: string } | { readonly kind: "supplier" };

/** Whom a token speaks for, and what it is called. */
export interface TokenHolder {
  readonly subject: Subject;
  readonly label: string;
}

export async function findAccount(session: Session, id: string): Promise<Account | null> {
  const [row] = await session.select().from(accounts).where(eq(accounts.id, id));
  return row ?? null;
}

/** Accounts by their id. @param manager only those that this person or team looks after, as a whole or a part of them */
export async function listAccounts(
  session: Session,
  after: string | null,
  limit: number,
  manager?: string,
): Promise<Page<Account>> {
  const rows = await session
    .select()
    .from(accounts)
    .where(
      and(
        after === null ? undefined : gt(accounts.id, after),
        manager === undefined ? undefined : isLookedAfterBy(manager),
      ),
    )
    .orderBy(asc(accounts.id))
    .limit(limit + 1);
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** Where a profile says who looks after the account, a division and a location. */
const managerPaths = [
  "$.accountManager",
  "$.divisions[*].rules.accountManager",
  "$.divisions[*].locations[*].rules.accountManager",
];

function isLookedAfterBy(manager: string) {
  return or(
    ...managerPaths.map((path) => sql`jsonb_path_query_array(${accounts.profile}, ${path}::jsonpath) ? ${manager}`),
  );
}

/** A version of an account's profile, and while it is in force. */
export interface ProfileInForce {
  readonly profile: AccountProfile;
  readonly version: number;
  /** null: from the beginning. */
  readonly since: Date | null;
  /** null: nothing else is planned. */
  readonly until: Date | null;
}

/** Every account's profile that is in force, for the directory that finds an interchange's account. */
export async function allProfiles(session: Session): Promise<ProfileInForce[]> {
  const rows = await session
    .select({
      profile: accounts.profile,
      version: accounts.version,
      since: accounts.inForceSince,
      until: accounts.nextVersionAt,
    })
    .from(accounts)
    .orderBy(asc(accounts.id));
  return rows.map((row) => ({ ...row, profile: withDefaults(row.profile) }));
}

/** A profile that an earlier release kept gets the defaults of what came since. */
export function withDefaults(profile: AccountProfile): AccountProfile {
  const read = accountProfile.safeParse(profile);
  return read.success ? read.data : profile;
}

/** Changes whenever any account does: what a copy of the profiles was made at. */
export async function profilesStamp(session: Session): Promise<string> {
  const [row] = await session
    .select({
      count: sql<number>`count(*)::int`,
      versions: sql<string>`coalesce(sum(${accounts.version}), 0)::text`,
      latest: max(accounts.updatedAt),
    })
    .from(accounts);
  return `${row?.count}/${row?.versions}/${row?.latest?.getTime() ?? 0}`;
}

/** Whether there is no account and no token: a first start. */
export async function isEmpty(session: Session): Promise<boolean> {
  const [account] = await session.select({ id: accounts.id }).from(accounts).limit(1);
  const [token] = await session.select({ hash: tokens.hash }).from(tokens).limit(1);
  return !account && !token;
}

/** Makes a token and gives its text, which is kept nowhere. */
export async function issueToken(session: Session, accountId: string | null, label: string): Promise<string> {
  const token = `portico_${randomBytes(32).toString("base64url")}`;
  await session.insert(tokens).values({ hash: hashToken(token), accountId, label });
  return token;
}

/** Whom a token speaks for; null: nobody, it is unknown or revoked. */
export async function findTokenHolder(session: Session, token: string): Promise<TokenHolder | null> {
  const [row] = await session
    .select({ accountId: tokens.accountId, label: tokens.label })
    .from(tokens)
    .where(and(eq(tokens.hash, hashToken(token)), isNull(tokens.revokedAt)));
  if (!row) return null;
  const { accountId, label } = row;
  return { label, subject: accountId === null ? { kind: "supplier" } : { kind: "account", accountId } };
}

/** Ends every token of an account. @returns how many there were */
export async function revokeTokens(session: Session, accountId: string): Promise<number> {
  const rows = await session
    .update(tokens)
    .set({ revokedAt: new Date() })
    .where(and(eq(tokens.accountId, accountId), isNull(tokens.revokedAt)))
    .returning({ hash: tokens.hash });
  return rows.length;
}

/** Ends every token of the supplier's that is called so. @returns how many there were */
export async function revokeSupplierTokens(session: Session, label: string): Promise<number> {
  const rows = await session
    .update(tokens)
    .set({ revokedAt: new Date() })
    .where(and(isNull(tokens.accountId), eq(tokens.label, label), isNull(tokens.revokedAt)))
    .returning({ hash: tokens.hash });
  return rows.length;
}

/** A token is 256 random bits: a plain hash can't be turned back, and can be looked up. */
function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
