import type {
  Delimiters,
  FileReport,
  GroupReport,
  InterchangeReport,
  Place,
  SchemaLibrary,
  SegmentCursor,
  SetReport,
  SetSchema,
  VersionSchema,
} from "../x12/index.ts";
import { Scanner } from "../x12/scanner.ts";
import { StructureWalk } from "../x12/structure-walk.ts";
import { Unwrapping } from "../x12/unwrapping.ts";
import type { Input } from "./input.ts";

/** What a walk through a file comes to, in the order of the file. */
export type Step =
  | { readonly kind: "interchange"; readonly report: InterchangeReport; readonly delimiters: Delimiters }
  | { readonly kind: "group"; readonly report: GroupReport }
  | { readonly kind: "set"; readonly report: SetReport; readonly schema: SetSchema | null }
  | { readonly kind: "stray"; readonly offset: number; readonly length: number }
  | SegmentStep;

/** A segment, ISA to IEA. */
export interface SegmentStep {
  readonly kind: "segment";
  /** The innermost part of the file that it stands in. */
  readonly of: "interchange" | "group" | "set";
  /** Good until the walk goes on. */
  readonly cursor: SegmentCursor;
  /** Its first byte in the file and its bytes there, without its terminator: where a file is cut into lines not the cursor's. */
  readonly offset: number;
  readonly length: number;
  /** Its count in the set, ST = 1; null outside sets. */
  readonly position: number | null;
  /** Its place in the set's structure; null outside sets and in a set that we have no schema of. */
  readonly place: Place | null;
  /** The dictionary that has its name. */
  readonly dictionary: VersionSchema | null;
}

/** Who goes along on a walk. */
export interface Walker {
  /** False ends the walk. */
  take(step: Step): boolean;
  /** Awaited from time to time: the walk may be faster than what becomes of it is taken. */
  rest(): Promise<void>;
}

/**
 * Walks through a file segment by segment, however large it is, along the report that the engine has made of it: what the
 * engine passed over is passed over too.
 */
export async function walkFile(
  input: Input,
  report: FileReport,
  library: SchemaLibrary,
  walker: Walker,
): Promise<void> {
  const walk = new FileWalk(report, library, walker);
  for await (const chunk of input.chunks()) {
    const over = walk.goOn(chunk);
    await walker.rest();
    if (over) return;
  }
  walk.finish();
  await walker.rest();
}

/** TA105 codes after which an interchange can't be divided into segments. */
const undividable = new Set(["004", "022", "026", "027"]);

/** A part of the file that has begun, and how many parts within it have. */
interface Open<Report> {
  readonly report: Report;
  begun: number;
}

class FileWalk {
  readonly #scanner = new Scanner();
  /** The engine read the file without the breaks of lines of 80, so they are taken out here too. */
  readonly #unwrapping = new Unwrapping();
  readonly #report: FileReport;
  readonly #library: SchemaLibrary;
  readonly #walker: Walker;
  #interchangesBegun = 0;
  #interchange: Open<InterchangeReport> | null = null;
  #group: Open<GroupReport> | null = null;
  #set: SetReport | null = null;
  #structure: StructureWalk | null = null;
  #position = 0;
  #dictionary: VersionSchema | null = null;

  constructor(report: FileReport, library: SchemaLibrary, walker: Walker) {
    this.#report = report;
    this.#library = library;
    this.#walker = walker;
  }

  /** As far as these bytes reach. @returns whether the walk is over */
  goOn(chunk: Uint8Array): boolean {
    this.#scanner.feed(this.#unwrapping.take(chunk));
    return this.#walkOn();
  }

  /** No more bytes come. */
  finish(): void {
    this.#scanner.feed(this.#unwrapping.finish());
    if (this.#walkOn()) return;
    this.#scanner.finish();
    this.#walkOn();
  }

  #walkOn(): boolean {
    for (;;) {
      const event = this.#scanner.next();
      if (event === "more") return false;
      if (event === "end" || event === "foreign") return true;
      const goesOn = event === "header" ? this.#header() : event === "stray" ? this.#stray() : this.#segment();
      if (!goesOn) return true;
    }
  }

  #stray(): boolean {
    const { offset, length } = this.#unwrapping.placeOf(this.#scanner.stray);
    return this.#walker.take({ kind: "stray", offset, length });
  }

  #header(): boolean {
    const report = this.#report.interchanges[this.#interchangesBegun++];
    // The engine stops at its limits; so do we.
    if (report === undefined) return false;
    this.#interchange = { report, begun: 0 };
    this.#group = null;
    this.#set = null;
    this.#dictionary = this.#library.version(this.#library.versions[0] ?? "");
    const { isa } = this.#scanner;
    const { length } = this.#unwrapping.placeOf(this.#scanner.segment);
    const goesOn =
      this.#walker.take({ kind: "interchange", report, delimiters: isa.delimiters }) &&
      this.#takeSegment("interchange", null, null);
    const passedOver = report.groups.length === 0 && report.length <= length + 1;
    if (passedOver && report.problems.some(({ level, code }) => level === "interchange" && undividable.has(code))) {
      this.#scanner.abandonInterchange();
    }
    return goesOn;
  }

  #segment(): boolean {
    const { id } = this.#scanner.segment;
    const { offset } = this.#unwrapping.placeOf(this.#scanner.segment);
    if (id === "IEA") this.#scanner.endInterchange();
    return this.#enter(offset) && this.#takeWithin(id, offset);
  }

  /** Leaves the parts that end before `offset`, and enters those that begin there. */
  #enter(offset: number): boolean {
    if (this.#set !== null && offset >= this.#set.offset + this.#set.length) this.#set = null;
    const group = this.#interchange?.report.groups[this.#interchange.begun];
    if (this.#interchange !== null && group?.offset === offset) {
      this.#interchange.begun++;
      this.#group = { report: group, begun: 0 };
      const version = this.#library.versionOf(group.header.version);
      if (version !== null) this.#dictionary = this.#library.version(version);
      return this.#walker.take({ kind: "group", report: group });
    }
    if (this.#group !== null && offset >= this.#group.report.offset + this.#group.report.length) this.#group = null;
    const set = this.#group?.report.transactionSets[this.#group.begun];
    if (this.#group !== null && set?.offset === offset) {
      this.#group.begun++;
      this.#set = set;
      this.#position = 0;
      const schema = this.#schemaOf(set);
      this.#structure = schema === null ? null : new StructureWalk(schema);
      this.#structure?.start();
      return this.#walker.take({ kind: "set", report: set, schema });
    }
    return true;
  }

  #schemaOf(set: SetReport): SetSchema | null {
    const version = this.#library.versionOf(this.#group?.report.header.version ?? "");
    return version === null ? null : this.#library.set(version, set.type);
  }

  #takeWithin(id: string, offset: number): boolean {
    if (this.#set !== null && offset >= this.#set.offset) {
      this.#position++;
      const place = this.#structure?.next(id) ?? null;
      return this.#takeSegment("set", this.#position, place);
    }
    return this.#takeSegment(this.#group === null ? "interchange" : "group", null, null);
  }

  #takeSegment(of: SegmentStep["of"], position: number | null, place: Place | null): boolean {
    return this.#walker.take({
      kind: "segment",
      of,
      cursor: this.#scanner.segment,
      ...this.#unwrapping.placeOf(this.#scanner.segment),
      position,
      place,
      dictionary: this.#dictionary,
    });
  }
}
