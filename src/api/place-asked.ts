/** Which part of an account is asked for, and by which version of its rules. */
import { calendarOf, type PlaceName } from "../accounts/index.ts";
import { Refused } from "../errors.ts";
import { type AccountVersion, findVersion, versionAt } from "../store/account-versions.ts";
import type { Account } from "../store/accounts.ts";
import type { Session } from "../store/database.ts";
import { refuseInvalid } from "./problems.ts";

/** An instant as it is written; of a day its last, on the account's own calendar. */
export function instantOf(at: string, { profile }: Account): Date {
  if (at.includes("T")) return new Date(at);
  const nextDay = new Date(Date.parse(`${at}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return new Date(calendarOf(profile).beginningOf(nextDay).getTime() - 1);
}

/** The version in force at an instant; the one in force now where there was none yet. @throws Refused 404 where there is none */
export async function rulingAt(session: Session, { id, version }: Account, at: Date): Promise<AccountVersion> {
  const found = (await versionAt(session, id, at)) ?? (await findVersion(session, id, version));
  if (found) return found;
  throw new Refused(404, "version.not-found", `There is no version of ${id}.`);
}

/** The part of the account that is named. @throws Refused 400 where the account has no such part in that version */
export function existingPlace(account: string, { divisions }: AccountVersion["profile"], place: PlaceName): PlaceName {
  if (place.division === null) return place;
  const division = divisions.find(({ id }) => id === place.division);
  if (!division) throw refuseInvalid({ path: "query.division", message: noneOf(account, "division", divisions) });
  const { locations } = division;
  if (place.location === null || locations.some(({ id }) => id === place.location)) return place;
  throw refuseInvalid({ path: "query.location", message: noneOf(division.id, "location", locations) });
}

function noneOf(whose: string, what: string, known: readonly { readonly id: string }[]): string {
  const ids = known.slice(0, 20).map(({ id }) => id);
  return `is no ${what} of ${whose}; ${ids.length === 0 ? "it has none" : `it has ${ids.join(", ")}`}`;
}
