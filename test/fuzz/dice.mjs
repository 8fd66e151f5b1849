/** Random numbers of a seed (mulberry32), so that a failure can be repeated. */
export class Dice {
  #state;

  constructor(seed) {
    this.#state = seed | 0;
  }

  /** The dice of one case of a run: they depend on nothing that went before. */
  static ofCase(seed, number) {
    return new Dice(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b));
  }

  /** 0 up to, not including, 1. */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  chance(probability) {
    return this.next() < probability;
  }

  /** A whole number from `min` to `max`, both included. */
  between(min, max) {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  pick(from) {
    return from[this.between(0, from.length - 1)];
  }
}
