/** An element as people write it: "REF02", or "REF04-1" for a component of it. */
export interface ElementReference {
  readonly segment: string;
  /** 1-based. */
  readonly element: number;
  /** 1-based; null where none is named. */
  readonly component: number | null;
}

/** `:N101["ST"]` */
export interface Qualifier {
  readonly reference: ElementReference;
  readonly value: string;
}

/** `HL+S+O-N1-N301:N101["ST"]` */
export interface PathSyntax {
  readonly kind: "path";
  /** HL03 of the levels, from the outside in; empty where the selector does not ask for any. */
  readonly levels: readonly string[];
  /** Segments in whose reach the value stands, from the outside in. */
  readonly steps: readonly string[];
  readonly reference: ElementReference;
  readonly qualifiers: readonly Qualifier[];
}

/** `CONCAT(REF01,-)=>REF02` */
export interface ConcatSyntax {
  readonly kind: "concat";
  readonly before: SelectorSyntax;
  readonly separator: string;
  readonly after: ConcatSyntax | PathSyntax;
}

/** `FOREACH(PO1)=>PO102` */
export interface ForEachSyntax {
  readonly kind: "each";
  readonly segment: string;
  readonly of: ConcatSyntax | PathSyntax;
}

export type SelectorSyntax = PathSyntax | ConcatSyntax | ForEachSyntax;

/** A selector that is not written as the language has it. The message says where, and how to mend it. */
export class SelectorError extends Error {
  override readonly name = "SelectorError";
  readonly selector: string;
  /** The character that is wrong, the first being 1; one more than there are where something is missing at the end. */
  readonly at: number;

  constructor(selector: string, at: number, what: string) {
    super(`The selector ${JSON.stringify(selector)} is wrong at character ${at}: ${what}`);
    this.selector = selector;
    this.at = at;
  }
}

/** Every element that a selector names, those of its qualifiers among them. */
export function referencesIn(syntax: SelectorSyntax): readonly ElementReference[] {
  if (syntax.kind === "each") return referencesIn(syntax.of);
  if (syntax.kind === "concat") return [...referencesIn(syntax.before), ...referencesIn(syntax.after)];
  return [syntax.reference, ...syntax.qualifiers.map(({ reference }) => reference)];
}

/** Every segment id that a selector names. */
export function segmentsIn(syntax: SelectorSyntax): readonly string[] {
  if (syntax.kind === "each") return [syntax.segment, ...segmentsIn(syntax.of)];
  if (syntax.kind === "concat") return [...segmentsIn(syntax.before), ...segmentsIn(syntax.after)];
  const levels = syntax.levels.length > 0 ? ["HL"] : [];
  return [...levels, ...syntax.steps, ...referencesIn(syntax).map(({ segment }) => segment)];
}

/** @throws SelectorError */
export function parseSelector(text: string): SelectorSyntax {
  return new SelectorParser(text).parse();
}

/** Segments that stand around transaction sets: no selector reaches them. */
const envelopeSegments = new Set(["ISA", "TA1", "GS", "GE", "IEA"]);

class SelectorParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): SelectorSyntax {
    const syntax = this.#selector();
    this.#skipBlanks();
    if (this.#at < this.#text.length) {
      this.#fail(
        `${this.#shown()} can't stand here. After the element come qualifiers only, each as :REF01["IA"], or the end.`,
      );
    }
    return syntax;
  }

  #selector(): SelectorSyntax {
    this.#skipBlanks();
    if (!this.#take("FOREACH(")) return this.#withoutLoop();
    this.#skipBlanks();
    const segment = this.#segmentId("FOREACH takes the segment that begins the loop: FOREACH(PO1)=>PO102.");
    this.#skipBlanks();
    this.#expect(")", "The bracket of FOREACH is closed after its segment: FOREACH(PO1)=>PO102.");
    this.#arrow("FOREACH(PO1)=>PO102");
    return { kind: "each", segment, of: this.#withoutLoop() };
  }

  #withoutLoop(): ConcatSyntax | PathSyntax {
    this.#skipBlanks();
    if (this.#ahead("FOREACH(")) this.#fail("FOREACH can stand only once, at the beginning.");
    if (!this.#take("CONCAT(")) return this.#path();
    const before = this.#selector();
    this.#skipBlanks();
    this.#expect(",", "CONCAT takes a selector, a comma and what is put between: CONCAT(REF01,-)=>REF02.");
    const end = this.#text.indexOf(")=>", this.#at);
    if (end < 0) {
      this.#at = this.#text.length;
      this.#fail("CONCAT is followed by => and the second selector: CONCAT(REF01,-)=>REF02.");
    }
    const separator = this.#text.slice(this.#at, end);
    this.#at = end + 1;
    this.#arrow("CONCAT(REF01,-)=>REF02");
    return { kind: "concat", before, separator, after: this.#withoutLoop() };
  }

  #path(): PathSyntax {
    const levels = this.#levels();
    const steps: string[] = [];
    for (;;) {
      const from = this.#at;
      const word = this.#word();
      if (word.length >= 4) {
        this.#at = from;
        break;
      }
      this.#at = from;
      const mend = steps.length === 0 ? "REF02" : `${steps.at(-1)}-REF02`;
      const step = this.#segmentId(`A selector ends with an element: a segment id and two digits, as in ${mend}.`);
      if (!this.#take("-")) {
        this.#fail(
          `After the segment ${step} comes the number of an element (${step}02), or - and a segment within it.`,
        );
      }
      steps.push(step);
    }
    const reference = this.#reference();
    const qualifiers: Qualifier[] = [];
    while (this.#take(":")) qualifiers.push(this.#qualifier());
    return { kind: "path", levels, steps, reference, qualifiers };
  }

  /** `HL+S+O-` */
  #levels(): string[] {
    if (!this.#ahead("HL+")) return [];
    this.#at += "HL".length;
    const levels: string[] = [];
    while (this.#take("+")) {
      const level = /^\w+/.exec(this.#rest())?.[0];
      if (level === undefined) this.#fail("After + comes the HL03 of a level: HL+S+O-PRF01.");
      levels.push(level);
      this.#at += level.length;
    }
    this.#expect("-", "The levels are followed by - and what is wanted of them: HL+S+O-PRF01.");
    return levels;
  }

  #qualifier(): Qualifier {
    const reference = this.#reference();
    const mend = 'A qualifier is written as :REF01["IA"].';
    this.#expect("[", mend);
    const quote = this.#text[this.#at];
    if (quote !== '"' && quote !== "'") this.#fail(`The value of a qualifier stands in quotes. ${mend}`);
    this.#at++;
    const end = this.#text.indexOf(`${quote}]`, this.#at);
    if (end < 0) {
      this.#at = this.#text.length;
      this.#fail(`The value of the qualifier is not closed with ${quote}]. ${mend}`);
    }
    const value = this.#text.slice(this.#at, end);
    if (value === "") this.#fail(`A qualifier needs a value. ${mend}`);
    this.#at = end + 2;
    return { reference, value };
  }

  /** `REF02`, `REF04-1` */
  #reference(): ElementReference {
    const from = this.#at;
    const word = this.#word();
    const [, segment, digits] = /^([A-Z][A-Z0-9]{1,2})(\d\d)$/.exec(word) ?? [];
    if (segment === undefined || digits === undefined) {
      this.#at = from;
      const found = word === "" ? this.#shown() : `"${word}"`;
      this.#fail(
        `${found} is no element. An element is a segment id of two or three characters and two digits: REF02.`,
      );
    }
    if (envelopeSegments.has(segment)) {
      this.#at = from;
      this.#fail(`${segment} stands outside transaction sets. Selectors read one set, from ST to SE.`);
    }
    if (digits === "00") {
      this.#at = from + segment.length;
      this.#fail(`Elements count from 01: ${segment}01.`);
    }
    return { segment, element: Number(digits), component: this.#component(word) };
  }

  #component(word: string): number | null {
    if (!this.#take("-")) return null;
    const digits = /^\d{1,2}(?![A-Za-z0-9])/.exec(this.#rest())?.[0];
    if (digits === undefined || Number(digits) === 0) {
      this.#fail(`After ${word}- comes the number of a component, from 1: ${word}-1.`);
    }
    this.#at += digits.length;
    return Number(digits);
  }

  #segmentId(mend: string): string {
    const from = this.#at;
    const word = this.#word();
    if (!/^[A-Z][A-Z0-9]{1,2}$/.test(word)) {
      this.#at = from;
      const found = word === "" ? this.#shown() : `"${word}"`;
      const isLower = word !== "" && word !== word.toUpperCase();
      this.#fail(`${found} is no segment id${isLower ? ": they are written in capitals" : ""}. ${mend}`);
    }
    if (envelopeSegments.has(word)) {
      this.#at = from;
      this.#fail(`${word} stands outside transaction sets. Selectors read one set, from ST to SE.`);
    }
    return word;
  }

  #word(): string {
    const word = /^[A-Za-z0-9]*/.exec(this.#rest())![0];
    this.#at += word.length;
    return word;
  }

  #arrow(example: string): void {
    this.#skipBlanks();
    this.#expect("=>", `=> and a selector come next: ${example}.`);
  }

  #skipBlanks(): void {
    while (this.#text[this.#at] === " ") this.#at++;
  }

  #rest(): string {
    return this.#text.slice(this.#at);
  }

  #ahead(characters: string): boolean {
    return this.#text.startsWith(characters, this.#at);
  }

  #take(characters: string): boolean {
    if (!this.#ahead(characters)) return false;
    this.#at += characters.length;
    return true;
  }

  #expect(characters: string, mend: string): void {
    if (!this.#take(characters)) this.#fail(`${this.#shown()} instead of "${characters}". ${mend}`);
  }

  /** What stands at the present place, for a message. */
  #shown(): string {
    return this.#at < this.#text.length ? JSON.stringify(this.#text[this.#at]) : "the end";
  }

  #fail(what: string): never {
    throw new SelectorError(this.#text, this.#at + 1, `${what[0]!.toUpperCase()}${what.slice(1)}`);
  }
}
