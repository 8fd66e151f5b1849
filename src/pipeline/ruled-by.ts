import type { Session } from "../store/database.ts";
import { type DocumentRow, setRuleVersion } from "../store/documents.ts";
import { tell } from "../store/events.ts";
import type { Ruling } from "./account-directory.ts";

/** Keeps with a document which version of its account's rules decides on it. */
export async function noteRuling(
  session: Session,
  row: Pick<DocumentRow, "id" | "ruleVersion">,
  { version }: Ruling,
): Promise<void> {
  if (row.ruleVersion === version) return;
  await setRuleVersion(session, row.id, version);
  await tell(session, { documentId: row.id }, "ruled", `Version ${version} of the account's rules decides on it.`);
}
