import { z } from "zod";
import type { Document } from "../../documents/document.ts";
import { type X12Record, x12Element } from "../../documents/x12-record.ts";
import {
  type Delimiters,
  type Loop,
  type OutSegment,
  readTransactionSet,
  type SegmentData,
  type SetSchema,
  type TransactionSet,
  writeTransactionSet,
} from "../../x12/index.ts";
import { documentFromSet, type OutgoingSet, type SetFacts, setFromDocument } from "../index.ts";
import { x12RecordOf } from "../notation/x12-record-of.ts";
import { ExpressionError, type ExpressionFunctions, evaluate } from "./expression.ts";
import {
  type CodeChange,
  type Constant,
  type PlacedSegment,
  withCodesChanged,
  withConstants,
} from "./segment-changes.ts";

/** What an account says otherwise of one transaction set; `accounts/rules/adaptation.ts` has the words for people. */
export interface SetAdaptation {
  readonly qualifiers: readonly {
    readonly segment: string;
    readonly element: number;
    readonly loop?: string | undefined;
    readonly theirs: string;
    readonly ours: string;
  }[];
  readonly constants: readonly Constant[];
  readonly segments?: string | undefined;
}

/** Delimiters that no partner's text holds. */
const between: Delimiters = { element: "\x1d", segment: "\x1c", component: "\x1f", repetition: "\x1e", lineBreak: "" };

/**
 * The document that a set stands for, by the account's own way of writing it. The document keeps the set as it came, not as
 * it was adapted.
 *
 * @throws ExpressionError where the account's expression can't be used
 */
export async function documentFromAdaptedSet(
  set: TransactionSet,
  schema: SetSchema,
  facts: SetFacts,
  adaptation: SetAdaptation,
  functions: ExpressionFunctions = {},
): Promise<Document | null> {
  const changed = await changedSegments(
    set.type,
    set.version,
    placedSegments(set),
    adaptation,
    adaptation.qualifiers.map(({ theirs, ours, ...place }) => ({ ...place, from: theirs, to: ours })),
    functions,
  );
  const adapted = readBack(set, schema, changed);
  const document = documentFromSet(adapted, facts) as (Document & { x12?: X12Record }) | null;
  if (document?.x12 === undefined) return document;
  const { segments } = x12RecordOf(set, { unmapped: () => [] });
  return { ...document, x12: { ...document.x12, segments } } as Document;
}

/**
 * The set that says what a document says, in the account's own way.
 *
 * @throws UnmappableError where the set has no room for it, ExpressionError where the account's expression can't be used
 */
export async function adaptedSetFromDocument(
  document: Document,
  version: string,
  schema: SetSchema,
  adaptation: SetAdaptation,
  functions: ExpressionFunctions = {},
): Promise<OutgoingSet | null> {
  const outgoing = setFromDocument(document, version);
  if (!outgoing) return null;
  const { type } = outgoing;
  const placed = placedSegments(readBack({ type, control: "0001", implementation: "" }, schema, outgoing.segments));
  const changes = adaptation.qualifiers.map(({ theirs, ours, ...place }) => ({ ...place, from: ours, to: theirs }));
  return { type, segments: await changedSegments(type, version, placed, adaptation, changes, functions) };
}

async function changedSegments(
  type: string,
  version: string,
  placed: readonly PlacedSegment[],
  { constants, segments: expression }: SetAdaptation,
  changes: readonly CodeChange[],
  functions: ExpressionFunctions,
): Promise<OutSegment[]> {
  const changed = withConstants(withCodesChanged(placed, changes), constants).map(({ segment }) => segment);
  if (expression === undefined) return changed;
  const input = { type, version, segments: changed.map(([id, ...elements]) => ({ id, elements })) };
  const given = segmentList.safeParse(await evaluate(expression, input, functions));
  if (!given.success) {
    throw new ExpressionError(
      `The expression over the segments of the ${type} must give a list of { id, elements }: ${z.prettifyError(given.error)}`,
    );
  }
  return given.data.map(({ id, elements }) => [id, ...elements] as OutSegment);
}

const segmentList = z.array(z.strictObject({ id: z.string(), elements: z.array(x12Element) }));

/** The segments between ST and SE with the loop that each stands in. */
function placedSegments(set: TransactionSet): PlacedSegment[] {
  const loops = new Map<SegmentData, string>();
  const visit = (loop: Loop): void => {
    for (const segment of loop.segments) loops.set(segment, loop.key);
    for (const inner of loop.loops) visit(inner);
  };
  visit(set.root);
  return set.segments
    .filter(({ id }) => id !== "ST" && id !== "SE")
    .map((segment) => ({ loop: loops.get(segment) ?? "", segment: [segment.id, ...segment.elements] as OutSegment }));
}

function readBack(
  { type, control, implementation }: Pick<TransactionSet, "type" | "control" | "implementation">,
  schema: SetSchema,
  segments: readonly OutSegment[],
): TransactionSet {
  const text = writeTransactionSet(
    { type, control, segments, ...(implementation !== "" && { implementation }) },
    between,
  );
  return readTransactionSet(Buffer.from(text), between, schema);
}
