/** How much of a chunk is looked at in one go: small enough to stay in the processor's cache. */
const windowBytes = 1 << 16;

/**
 * The part of a file that is held: what is being read begins at `start`, everything before it is let go when room is needed.
 * Chunks of any size are taken in piece by piece; they are copied, so the caller may use them again.
 */
export class ByteWindow {
  bytes: Buffer = Buffer.alloc(0);
  /** Index of the first byte of what is being read. */
  start = 0;
  /** Index after the last byte held. */
  end = 0;
  /** File offset of `bytes[0]`. */
  base = 0;
  /** Rises whenever bytes change their index. */
  moves = 0;
  #chunk: Uint8Array = new Uint8Array(0);
  #chunkAt = 0;
  #finished = false;

  /** The next bytes of the file, when those before are used up. */
  feed(chunk: Uint8Array): void {
    this.#chunk = chunk;
    this.#chunkAt = 0;
  }

  /** No more bytes will come. */
  finish(): void {
    this.#finished = true;
  }

  get finished(): boolean {
    return this.#finished;
  }

  /** Bytes from `start` to what is held last. */
  get length(): number {
    return this.end - this.start;
  }

  /** Bytes of the file so far, what has not been taken in yet counted. */
  get size(): number {
    return this.base + this.end + this.#chunk.length - this.#chunkAt;
  }

  /** Makes sure that `count` bytes are held from `start`: true; or so many will never come: false; or null: feed first. */
  have(count: number): boolean | null {
    while (this.length < count) {
      if (!this.refill()) return this.#finished ? false : null;
    }
    return true;
  }

  /** Takes in more of the chunk; false where it is used up. Indices move, `start` and `end` with them. */
  refill(): boolean {
    const taken = Math.min(this.#chunk.length - this.#chunkAt, windowBytes);
    if (taken === 0) return false;
    if (this.start === this.end || this.end + taken > this.bytes.length) this.#letGo();
    if (this.end + taken > this.bytes.length) this.#grow(this.end + taken);
    this.bytes.set(this.#chunk.subarray(this.#chunkAt, this.#chunkAt + taken), this.end);
    this.#chunkAt += taken;
    this.end += taken;
    return true;
  }

  /** Takes `count` bytes at `index` out; what comes after them moves up. */
  drop(index: number, count: number): void {
    this.bytes.copyWithin(index, index + count, this.end);
    this.end -= count;
    this.moves++;
  }

  #letGo(): void {
    this.bytes.copyWithin(0, this.start, this.end);
    this.base += this.start;
    this.end -= this.start;
    this.start = 0;
    this.moves++;
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafe(Math.max(needed, this.bytes.length * 2));
    larger.set(this.bytes.subarray(0, this.end));
    this.bytes = larger;
  }
}
