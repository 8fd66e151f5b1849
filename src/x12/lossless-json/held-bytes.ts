/** The bytes of a file that have been fed and not been taken yet, as copies, in their order. */
export class HeldBytes {
  #chunks: Buffer[] = [];
  /** Offset in the file of the first byte held. */
  #from = 0;
  #to = 0;

  /** Offset after the last byte held. */
  get end(): number {
    return this.#to;
  }

  add(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#chunks.push(Buffer.from(chunk));
    this.#to += chunk.length;
  }

  /** Takes all bytes before an offset of the file. */
  take(offset: number): Buffer {
    const length = offset - this.#from;
    const first = this.#chunks[0];
    if (length <= 0 || first === undefined) return Buffer.alloc(0);
    this.#from = offset;
    if (length < first.length) {
      this.#chunks[0] = first.subarray(length);
      return first.subarray(0, length);
    }
    return this.#takeChunks(length);
  }

  #takeChunks(length: number): Buffer {
    const parts: Buffer[] = [];
    let left = length;
    let used = 0;
    while (left > 0) {
      const chunk = this.#chunks[used]!;
      parts.push(chunk.subarray(0, left));
      if (chunk.length > left) this.#chunks[used] = chunk.subarray(left);
      else used++;
      left -= Math.min(left, chunk.length);
    }
    this.#chunks.splice(0, used);
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  }
}
