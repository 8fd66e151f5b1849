/** What an account writes otherwise than others, put round the mapping on the way in and on the way out. */
import type { AccountProfile } from "../accounts/account.ts";
import { checkDocument, type Document } from "../documents/document.ts";
import { NeedsHuman } from "../errors.ts";
import { adaptedSetFromDocument, documentFromAdaptedSet } from "../mappings/adaptation/adapted-set.ts";
import { ExpressionError, type ExpressionFunctions, evaluate } from "../mappings/adaptation/expression.ts";
import {
  type NumberLookup,
  type NumberWanted,
  withOurNumbers,
  withTheirNumbers,
} from "../mappings/adaptation/numbers.ts";
import { documentFromSet, type OutgoingSet, setFromDocument, setTypeOf } from "../mappings/index.ts";
import { findCrossReferences } from "../store/cross-references.ts";
import type { Session } from "../store/database.ts";
import type { SetSchema, TransactionSet } from "../x12/index.ts";

type Adaptation = AccountProfile["adaptations"][number];

/** A document in the words of its reader, and the numbers that the account's cross-references do not have. */
export interface Adapted<What> {
  readonly what: What;
  /** In sentences for a person; only where the account's rule wants one called. */
  readonly missing: readonly string[];
}

/**
 * The document that an account's set stands for: its own codes read as ours, our numbers beside its own.
 *
 * @returns null where sets of the type become no document
 * @throws NeedsHuman where an expression of the account fails, or makes what is no document
 */
export async function adaptedIn(
  session: Session,
  profile: AccountProfile,
  usage: Document["usage"],
  set: TransactionSet,
  schema: SetSchema | null,
): Promise<Adapted<Document> | null> {
  const adaptation = adaptationOf(profile, set.type);
  const facts = { account: profile.id, usage };
  const functions = lookups(session, profile.id);
  return explained(set.type, async () => {
    const read =
      adaptation && schema
        ? await documentFromAdaptedSet(set, schema, facts, adaptation, functions)
        : documentFromSet(set, facts);
    if (!read) return null;
    const { document, missing } = await withOurNumbers(
      read,
      profile.crossReferences,
      numbers(session, profile.id, "theirs"),
    );
    return { what: await expressed(document, adaptation, functions), missing: told(profile, missing, "of theirs") };
  });
}

/**
 * The set that says to an account what a document says: its numbers beside ours, its own codes for ours.
 *
 * @returns null where no set says it
 * @throws NeedsHuman as {@link adaptedIn}; UnmappableError where the set has no room for what the document says
 */
export async function adaptedOut(
  session: Session,
  profile: AccountProfile,
  document: Document,
  version: string,
  schema: SetSchema | null,
): Promise<Adapted<OutgoingSet> | null> {
  const type = setTypeOf(document.documentType);
  if (type === null) return null;
  const adaptation = adaptationOf(profile, type);
  const functions = lookups(session, profile.id);
  return explained(type, async () => {
    const { document: numbered, missing } = await withTheirNumbers(
      document,
      profile.crossReferences,
      numbers(session, profile.id, "ours"),
    );
    const final = await expressed(numbered, adaptation, functions);
    const what =
      adaptation && schema
        ? await adaptedSetFromDocument(final, version, schema, adaptation, functions)
        : setFromDocument(final, version);
    return what && { what, missing: told(profile, missing, "of ours") };
  });
}

function adaptationOf({ adaptations }: AccountProfile, set: string): Adaptation | undefined {
  return adaptations.find((one) => one.set === set);
}

/** The document as the account's expression makes it, which must be one of the same kind, account and usage still. */
async function expressed(
  document: Document,
  adaptation: Adaptation | undefined,
  functions: ExpressionFunctions,
): Promise<Document> {
  if (adaptation?.document === undefined) return document;
  const { account, usage, documentType } = document;
  const given = await evaluate(adaptation.document, document, functions);
  const checked = checkDocument(given);
  if (!checked.success) {
    const faults = checked.error.issues.slice(0, 5).map(({ path, message }) => `${path.join(".") || "it"}: ${message}`);
    throw new ExpressionError(
      `The expression over the document gives what is no ${documentType}: ${faults.join("; ")}`,
    );
  }
  if (checked.data.documentType !== documentType) {
    throw new ExpressionError(`The expression over the document must give a document of type ${documentType} again.`);
  }
  return { ...checked.data, account, usage };
}

/** Whose fault it is, is said with the failure: the account's expression can be mended, and the work done again. */
async function explained<Result>(type: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new NeedsHuman(
      "adaptation.failed",
      `The account's adaptation of the ${type} failed: ${error.message} Mend it in the account's profile and process again.`,
      { cause: error },
    );
  }
}

function numbers(session: Session, accountId: string, known: "theirs" | "ours"): NumberLookup {
  return async (wanted) => {
    const found = await findCrossReferences(session, accountId, known, wanted);
    return ({ kind, id }) => found.get(`${kind} ${id}`);
  };
}

/** $ours("item", "their number") and $theirs("item", "our number"), for expressions. */
function lookups(session: Session, accountId: string): ExpressionFunctions {
  const find = async (known: "theirs" | "ours", kind: string, id: string) => {
    if (kind !== "item" && kind !== "location")
      throw new ExpressionError(`"${kind}" is neither "item" nor "location".`);
    return (await findCrossReferences(session, accountId, known, [{ kind, id }])).get(`${kind} ${id}`);
  };
  return {
    ours: (kind: string, id: string) => find("theirs", kind, id),
    theirs: (kind: string, id: string) => find("ours", kind, id),
  };
}

function told({ crossReferences }: AccountProfile, missing: readonly NumberWanted[], whose: string): string[] {
  const wanted = { item: crossReferences.items?.missing, location: crossReferences.locations?.missing };
  return missing
    .filter(({ kind }) => wanted[kind] === "work-item")
    .map(({ kind, id }) => `The ${kind} number ${id} ${whose} is not among the account's cross-references.`);
}
