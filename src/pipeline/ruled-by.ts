/** Which rules decide on a document: the version of its account's in force, as the part of the account that it is of has them. */
import type { AccountProfile } from "../accounts/account.ts";
import { effectiveProfile } from "../accounts/tree/effective.ts";
import { type Place, type PlaceName, placeOf, type Signs, signsIn, wholeAccount } from "../accounts/tree/place.ts";
import type { Document } from "../documents/index.ts";
import type { Session } from "../store/database.ts";
import { type DocumentRow, findPlacesOfOrders, setRuling } from "../store/documents.ts";
import { tell } from "../store/events.ts";
import { findGroup, findInterchange, findTransactionSet } from "../store/interchanges.ts";
import type { Ruling } from "./account-directory.ts";
import { ordersNamedBy } from "./orders-named.ts";

/** The rules that decide on one document. */
export interface RulingOnDocument extends Ruling {
  /** The part of the account that it is of; `profile` is what is in force there. */
  readonly place: Place;
}

/** What has to be known of a document to find its part of the account. */
export type RuledDocument = Pick<DocumentRow, "accountId" | "usage"> &
  Partial<Pick<DocumentRow, "transactionSetId">> & {
    readonly body: unknown;
    /** By whom its set was sent, where that is known already. */
    readonly sender?: Signs["interchange"];
  };

/**
 * The rules that decide on a document: those of the division and location that it says it is of, or that the order is of which it
 * names.
 */
export async function ruledFor(session: Session, ruling: Ruling, document: RuledDocument): Promise<RulingOnDocument> {
  const { profile } = ruling;
  if (profile.divisions.length === 0) return { ...ruling, place: { ...wholeAccount, reason: null } };
  const body = document.body as Document;
  const signs = { ...signsIn(body), ...(await signOfSender(session, profile, document)) };
  const place = placeOf(profile, signs, await placeOfOrders(session, document, ordersNamedBy(body)));
  return { profile: effectiveProfile(profile, place), version: ruling.version, place };
}

/** The same rules for a document whose part of the account was found out before. */
export function ruledAsKept({ profile, version }: Ruling, kept: PlaceName): Ruling {
  return { profile: effectiveProfile(profile, kept), version };
}

/** By whom a set was sent, where a division is known by that. */
async function signOfSender(
  session: Session,
  { divisions }: AccountProfile,
  { transactionSetId: setId = null, sender }: RuledDocument,
): Promise<Pick<Signs, "interchange">> {
  if (sender !== undefined) return { interchange: sender };
  const isAsked = divisions.some(
    ({ recognisedBy, locations }) =>
      recognisedBy?.interchange || locations.some((location) => location.recognisedBy.interchange),
  );
  const set = isAsked && setId !== null ? await findTransactionSet(session, setId) : null;
  const group = set && (await findGroup(session, set.groupId));
  const interchange = set && (await findInterchange(session, set.interchangeId));
  if (!group || !interchange) return {};
  const { senderQualifier, senderId } = interchange;
  return { interchange: { qualifier: senderQualifier, id: senderId, application: group.senderCode } };
}

/** The part that all these orders are of; as much of it as they have in common. */
async function placeOfOrders(
  session: Session,
  { accountId, usage }: RuledDocument,
  numbers: readonly string[],
): Promise<PlaceName> {
  const [first, ...others] = await findPlacesOfOrders(session, { accountId, usage }, numbers);
  if (!first || others.some(({ division }) => division !== first.division)) return wholeAccount;
  const isOnePlace = others.every(({ location }) => location === first.location);
  return isOnePlace ? first : { ...first, location: null };
}

/** Keeps with a document which version of its account's rules decides on it, and as which part of the account. */
export async function noteRuling(
  session: Session,
  row: Pick<DocumentRow, "id" | "ruleVersion" | "division" | "location">,
  { version, place }: RulingOnDocument,
): Promise<void> {
  const { division, location, reason } = place;
  if (row.ruleVersion === version && row.division === division && row.location === location) return;
  await setRuling(session, row.id, { ruleVersion: version, division, location });
  const why = reason === null ? "" : ` ${reason}`;
  await tell(
    session,
    { documentId: row.id },
    "ruled",
    `Version ${version} of the account's rules decides on it.${why}`,
  );
}
