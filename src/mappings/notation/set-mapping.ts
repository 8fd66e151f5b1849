import type { Usage } from "../../documents/basic-components.ts";
import type { X12Record } from "../../documents/x12-record.ts";
import type { OutSegment, TransactionSet } from "../../x12/index.ts";
import { type Part, partPlaces, readParts, writeParts } from "./part.ts";
import type { Place } from "./place.ts";
import type { SegmentMapping } from "./segment.ts";
import { trackedSet } from "./tracked-set.ts";
import { x12RecordOf } from "./x12-record-of.ts";

/** What is known of a set beside its content. */
export interface SetFacts {
  /** Id of the account that it came from, or goes to. */
  readonly account: string;
  readonly usage: Usage;
}

/** What every document has of its own. */
interface AnyDocument {
  readonly documentType: string;
  readonly account: string;
  readonly usage: Usage;
  readonly x12?: X12Record | undefined;
}

/** A transaction set and the document that it stands for, both ways. */
export interface SetMapping<T extends AnyDocument> {
  /** ST01. */
  readonly set: string;
  readonly documentType: T["documentType"];
  /**
   * The document that a set stands for, in any of our versions. The set must have been validated: then this never throws,
   * and every value of the set is either in the document or listed in `x12.unmapped`.
   */
  read(set: TransactionSet, facts: SetFacts): T;
  /**
   * All segments between ST and SE, in the order of the standard.
   *
   * @param version of the transaction set: "004010"
   * @throws UnmappableError where the document says more than the set has room for
   */
  write(document: T, version: string): OutSegment[];
  /** Every field's place in the set, in the order of the standard. */
  places(): Place[];
}

/**
 * Ties a document to its transaction set.
 *
 * @param beginning the segment that every set of the type begins with: BEG, BIG, BSN
 * @param rest the other parts of the set outside loops, in the order of the standard
 */
export function setMapping<T extends AnyDocument>(
  set: string,
  documentType: T["documentType"],
  beginning: SegmentMapping<T>,
  rest: readonly Part<T>[],
): SetMapping<T> {
  const parts = [beginning, ...rest];
  return {
    set,
    documentType,
    read(given, { account, usage }) {
      const tracked = trackedSet(given);
      const first = tracked.root.untaken(beginning.id)[0];
      const begun = first && beginning.take(first);
      if (!begun) {
        throw new Error(
          `A set ${set} without ${beginning.id}, or what it must say: only sets that were validated can be mapped.`,
        );
      }
      const document: Partial<T> = Object.assign({ documentType, account, usage } as Partial<T>, begun);
      readParts(rest, tracked.root, document);
      return { ...(document as T), x12: x12RecordOf(given, tracked) };
    },
    write: (document, version) => writeParts(parts, document, { version }),
    places: () => partPlaces(parts),
  };
}
