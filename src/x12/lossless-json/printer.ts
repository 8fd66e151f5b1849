import type { Delimiters } from "../delimiters.ts";
import type { SegmentJson, TextJson } from "./form.ts";
import type { LosslessSink } from "./reading.ts";

/** Prints the parts of a file as JSON text as they come, a segment on each line. */
export class LosslessPrinter implements LosslessSink {
  #text = '{\n  "interchanges": [';
  /** Whether something stands before in the list that is open: of interchanges, groups, sets, segments. */
  readonly #hasItems = [false];

  /** What has been printed since the last call. */
  take(): string {
    const text = this.#text;
    this.#text = "";
    return text;
  }

  /** The file is over. */
  end(): void {
    this.#closeList("  ");
    this.#text += "\n}\n";
  }

  beginInterchange(delimiters: Delimiters, header: SegmentJson): void {
    this.#item("{");
    this.#line(`"delimiters": ${JSON.stringify(delimiters)},`);
    this.#line(`"header": ${JSON.stringify(header)},`);
    this.#openList("groups");
  }

  beginGroup(header: SegmentJson): void {
    this.#item("{");
    this.#line(`"header": ${JSON.stringify(header)},`);
    this.#openList("sets");
  }

  beginSet(): void {
    this.#item("{");
    this.#openList("segments");
  }

  segment(segment: SegmentJson): void {
    this.#item(JSON.stringify(segment));
  }

  endSet(): void {
    this.#endPart(null);
  }

  endGroup(trailer: SegmentJson | null): void {
    this.#endPart(trailer);
  }

  endInterchange(trailer: SegmentJson | null): void {
    this.#endPart(trailer);
  }

  outside(raw: TextJson): void {
    this.#item(JSON.stringify({ raw }));
  }

  #endPart(trailer: SegmentJson | null): void {
    const indent = this.#indent();
    this.#closeList(indent.slice(2));
    if (trailer !== null) this.#text += `,\n${indent.slice(2)}"trailer": ${JSON.stringify(trailer)}`;
    this.#text += `\n${indent.slice(4)}}`;
  }

  /** Indent of the items of the list that is open. */
  #indent(): string {
    return "    ".repeat(this.#hasItems.length);
  }

  #item(text: string): void {
    const last = this.#hasItems.length - 1;
    this.#text += `${this.#hasItems[last] ? "," : ""}\n${this.#indent()}${text}`;
    this.#hasItems[last] = true;
  }

  /** A line of the part that has just begun. */
  #line(text: string): void {
    this.#text += `\n${this.#indent()}  ${text}`;
  }

  #openList(name: string): void {
    this.#line(`"${name}": [`);
    this.#hasItems.push(false);
  }

  #closeList(indent: string): void {
    this.#text += this.#hasItems.pop() ? `\n${indent}]` : "]";
  }
}
