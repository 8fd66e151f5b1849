/** The transaction set that a document was made from, as it came, and what selectors give in it. */
import type { AccountProfile } from "../accounts/account.ts";
import { type PriorityFacts, type SelectedEvidence, selectorsOf } from "../accounts/rules/priority-conditions.ts";
import type { Session } from "../store/database.ts";
import type { DocumentRow } from "../store/documents.ts";
import { readFileRange } from "../store/files.ts";
import { findGroup, findInterchange, findTransactionSet } from "../store/interchanges.ts";
import {
  acceptedVersion,
  compileSelector,
  readTransactionSet,
  type SchemaLibrary,
  type SelectedValue,
  type Selector,
  type TransactionSet,
} from "../x12/index.ts";

/** Selectors of the accounts' rules, compiled once for each version of a profile. */
const compiled = new WeakMap<AccountProfile["priority"], ReadonlyMap<string, Selector>>();

function selectorsIn(rules: AccountProfile["priority"]): ReadonlyMap<string, Selector> {
  const known = compiled.get(rules) ?? new Map(selectorsOf(rules).map((path) => [path, compileSelector(path)]));
  compiled.set(rules, known);
  return known;
}

/**
 * What the selectors of an account's priority rules give in the set that an order came as. Nothing is read where the rules have
 * none, or the order came otherwise.
 */
export async function selectedForPriority(
  session: Session,
  library: SchemaLibrary,
  profile: AccountProfile,
  row: Pick<DocumentRow, "transactionSetId">,
): Promise<Pick<PriorityFacts, "selected">> {
  const selectors = selectorsIn(profile.priority);
  const set = selectors.size > 0 ? await setAsItCame(session, library, profile, row) : null;
  if (set === null) return {};
  return { selected: (path) => selectors.get(path)?.select(set).map(evidenceOf) ?? [] };
}

function evidenceOf({ value, place }: SelectedValue): SelectedEvidence {
  const { segment, element, component, position } = place;
  const inElement = component === null ? "" : `-${component}`;
  return { value, place: `${segment}${String(element).padStart(2, "0")}${inElement}`, position };
}

/** The set that a document was made from; null where it came as none. */
async function setAsItCame(
  session: Session,
  library: SchemaLibrary,
  profile: AccountProfile,
  { transactionSetId }: Pick<DocumentRow, "transactionSetId">,
): Promise<TransactionSet | null> {
  const set = transactionSetId === null ? null : await findTransactionSet(session, transactionSetId);
  const group = set && (await findGroup(session, set.groupId));
  const interchange = set && (await findInterchange(session, set.interchangeId));
  if (!set || !group || !interchange?.fileId || !interchange.delimiters) return null;
  const bytes = await readFileRange(session, interchange.fileId, set.offset ?? 0, set.length ?? 0);
  const version = acceptedVersion(library, group.version, profile.acceptVersions);
  const schema = version === null ? null : library.set(version, set.type);
  return readTransactionSet(bytes, interchange.delimiters, schema);
}
