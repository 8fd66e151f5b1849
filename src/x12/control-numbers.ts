/** The control numbers that were used in one group or interchange so far. Most hold one or a few: a set is made for more. */
export class ControlNumbers {
  #first: string | null = null;
  #others: Set<string> | null = null;

  /** Adds one; false where it was there before. */
  add(control: string): boolean {
    if (this.#first === null) {
      this.#first = control;
      return true;
    }
    if (control === this.#first) return false;
    this.#others ??= new Set();
    if (this.#others.has(control)) return false;
    this.#others.add(control);
    return true;
  }
}
