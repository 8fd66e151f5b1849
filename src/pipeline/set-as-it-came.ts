/** The transaction set that a document was made from, as it came, and what selectors give in it. */
import type { AccountProfile } from "../accounts/account.ts";
import { type InvoicingRule, splitSelectors } from "../accounts/rules/invoicing.ts";
import { type PriorityFacts, type SelectedEvidence, selectorsOf } from "../accounts/rules/priority-conditions.ts";
import type { Session } from "../store/database.ts";
import { type DocumentRow, findDocument } from "../store/documents.ts";
import { readFileRange } from "../store/files.ts";
import { findGroup, findInterchange, findTransactionSet } from "../store/interchanges.ts";
import { findFirstDocuments, type OrderRow } from "../store/orders.ts";
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
const compiled = new WeakMap<object, ReadonlyMap<string, Selector>>();

function selectorsIn<Rules extends object>(
  rules: Rules,
  read: (rules: Rules) => readonly string[],
): ReadonlyMap<string, Selector> {
  const known = compiled.get(rules) ?? new Map(read(rules).map((path) => [path, compileSelector(path)]));
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
  const selectors = selectorsIn(profile.priority, selectorsOf);
  const set = selectors.size > 0 ? await setAsItCame(session, library, profile, row) : null;
  if (set === null) return {};
  return { selected: (path) => selectors.get(path)?.select(set).map(evidenceOf) ?? [] };
}

/** What a rule's selectors give for a line of an order: the values by selector. */
export type SelectedOfLine = (orderId: string, position: number) => Readonly<Record<string, string>> | undefined;

/**
 * What the selectors that invoices are split by give for the lines of orders. FOREACH(PO1) tells the lines apart; any other
 * selector's first value is that of all lines. Nothing is read where the rule has none; orders that came otherwise have no values.
 */
export async function selectedForInvoicing(
  { session, library }: { readonly session: Session; readonly library: SchemaLibrary },
  profile: AccountProfile,
  rule: InvoicingRule,
  orderRows: readonly OrderRow[],
): Promise<SelectedOfLine> {
  const selectors = selectorsIn(rule.split, splitSelectors);
  if (selectors.size === 0) return () => undefined;
  const documentIds = await findFirstDocuments(
    session,
    orderRows.map(({ id }) => id),
  );
  const whole = new Map<string, Record<string, string>>();
  const ofLines = new Map<string, Record<string, string>>();
  for (const { id } of orderRows) {
    const row = await findDocument(session, documentIds.get(id) ?? id);
    const set = row && (await setAsItCame(session, library, profile, row));
    if (!set) continue;
    for (const [path, selector] of selectors) {
      for (const { value, occurrence } of selector.select(set)) {
        const [map, key] = occurrence === null ? [whole, id] : [ofLines, `${id} ${occurrence}`];
        map.set(key, { [path]: value, ...map.get(key) });
      }
    }
  }
  return (orderId, position) => ({ ...whole.get(orderId), ...ofLines.get(`${orderId} ${position}`) });
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
