const zero = 0x30;
const nine = 0x39;
/** The most digits of a control number (ISA13, GS06, ST02). */
const mostDigits = 9;

/**
 * The control numbers that were used in one group or by one sender so far. Most count on, one by one: of those only the first and the
 * last are held, whatever their number. Any others are held one and all.
 */
export class ControlNumbers {
  /** Digits that the first number was filled up to with zeros; 0 where there is none yet. */
  #width = 0;
  #first = 0;
  #last = -1;
  #others: Set<string> | null = null;

  /** Adds one; false where it was there before. */
  add(control: string): boolean {
    const number = numberOf(control);
    if (number >= 0) {
      if (this.#width === 0) {
        this.#width = control.length;
        this.#first = number;
        this.#last = number;
        return true;
      }
      if (this.#isWrittenAlike(control)) {
        if (number >= this.#first && number <= this.#last) return false;
        if (number === this.#last + 1 && this.#others?.has(control) !== true) {
          this.#last = number;
          return true;
        }
      }
    }
    this.#others ??= new Set();
    if (this.#others.has(control)) return false;
    this.#others.add(control);
    return true;
  }

  /** Whether a number has as many zeros in front as it would have if the first had counted on to it. */
  #isWrittenAlike(control: string): boolean {
    return control.length === this.#width || (control.length > this.#width && control.charCodeAt(0) !== zero);
  }
}

/** The number that a text of digits alone is; -1 for any other. */
function numberOf(control: string): number {
  if (control.length === 0 || control.length > mostDigits) return -1;
  let number = 0;
  for (let i = 0; i < control.length; i++) {
    const code = control.charCodeAt(i);
    if (code < zero || code > nine) return -1;
    number = number * 10 + code - zero;
  }
  return number;
}
