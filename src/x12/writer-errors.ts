/** Something that can't be written as X12. Nothing has been written then. */
export class UnwritableError extends Error {
  override readonly name: string = "UnwritableError";
}

/** A value holds a character that would divide it, or a control character: written, it would be another message. */
export class DataHoldsDelimiterError extends UnwritableError {
  override readonly name = "DataHoldsDelimiterError";
  /** Segment id. */
  readonly segment: string;
  /** Element, 1-based. */
  readonly element: number;
  readonly value: string;
  /** The character that must not be there. */
  readonly character: string;

  constructor(segment: string, element: number, value: string, character: string) {
    const reference = `${segment}${String(element).padStart(2, "0")}`;
    super(
      `${reference} ${JSON.stringify(value)} holds ${JSON.stringify(character)}, which is a delimiter or a control character.`,
    );
    this.segment = segment;
    this.element = element;
    this.value = value;
    this.character = character;
  }
}

/** A field of ISA, GS or ST does not fit its place. */
export class HeaderFieldError extends UnwritableError {
  override readonly name = "HeaderFieldError";
  /** "ISA06". */
  readonly field: string;
  readonly value: string;

  constructor(field: string, value: string, why: string) {
    super(`${field} can't be ${JSON.stringify(value)}: ${why}.`);
    this.field = field;
    this.value = value;
  }
}
