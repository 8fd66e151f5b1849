import { checkGroupHeader, isDate, isGroupControl, isTime } from "./envelope-check.ts";
import type { Finding } from "./findings.ts";
import type { GroupHeader } from "./report.ts";
import type { SchemaLibrary } from "./schema-library.ts";
import type { ScannedSegment } from "./segment-cursor.ts";

/** Elements of a GS. */
const elements = 8;

const nothingFound = { group: [], interchange: [] };

/** The GS of one file. Most are like the one before: what is the same in both is held once, and looked at once. */
export class GroupHeaders {
  #before: GroupHeader | null = null;
  /** The last one that was checked in full and found right, with the version that its sets were read by. */
  #right: { readonly header: GroupHeader; readonly schemaVersion: string | null } | null = null;

  /** The elements of the GS under the cursor by name. */
  read(gs: ScannedSegment): GroupHeader {
    const before = this.#before;
    this.#before = {
      functionalId: gs.elementLike(1, before?.functionalId),
      senderCode: gs.elementLike(2, before?.senderCode).trimEnd(),
      receiverCode: gs.elementLike(3, before?.receiverCode).trimEnd(),
      date: gs.elementLike(4, before?.date),
      time: gs.elementLike(5, before?.time),
      control: gs.elementAlone(6),
      agency: gs.elementLike(7, before?.agency),
      version: gs.elementLike(8, before?.version),
    };
    return this.#before;
  }

  /** What `checkGroupHeader` finds in it. */
  check(
    header: GroupHeader,
    gs: ScannedSegment,
    library: SchemaLibrary,
    schemaVersion: string | null,
  ): { readonly group: readonly Finding[]; readonly interchange: readonly Finding[] } {
    const right = this.#right;
    if (
      right !== null &&
      right.schemaVersion === schemaVersion &&
      gs.elementCount <= elements &&
      isRightLike(header, right.header)
    )
      return nothingFound;
    const found = checkGroupHeader(header, gs, library, schemaVersion);
    if (found.group.length === 0 && found.interchange.length === 0) this.#right = { header, schemaVersion };
    return found;
  }
}

/** Whether a GS differs from one that is right in date, time and control number alone, and these are right too. */
function isRightLike(header: GroupHeader, right: GroupHeader): boolean {
  return (
    header.functionalId === right.functionalId &&
    header.senderCode === right.senderCode &&
    header.receiverCode === right.receiverCode &&
    header.agency === right.agency &&
    header.version === right.version &&
    (header.date === right.date || isDate(header.date, 8)) &&
    (header.time === right.time || isTime(header.time, 4, 8)) &&
    isGroupControl(header.control)
  );
}
