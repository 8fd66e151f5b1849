import type { X12Record } from "../../documents/x12-record.ts";
import type { ElementData, TransactionSet } from "../../x12/index.ts";
import type { TrackedSet } from "./tracked-set.ts";

/** The whole set as a document keeps it, and what its mapping left unread; to be called when the mapping is through. */
export function x12RecordOf(set: TransactionSet, tracked: Pick<TrackedSet, "unmapped">): X12Record {
  return {
    type: set.type,
    version: set.version,
    control: set.control,
    ...(set.implementation !== "" && { implementation: set.implementation }),
    segments: set.segments.map(({ id, elements }) => ({ id, elements: elements.map(elementRecord) })),
    unmapped: tracked.unmapped(),
  };
}

function elementRecord(element: ElementData): X12Record["segments"][number]["elements"][number] {
  if (typeof element === "string") return element;
  if ("repetitions" in element) {
    return { repetitions: element.repetitions.map((part) => (typeof part === "string" ? part : [...part])) };
  }
  return [...element];
}
