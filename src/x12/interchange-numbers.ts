import { ControlNumbers } from "./control-numbers.ts";
import type { InterchangeHeader } from "./report.ts";

/** The ISA13s of one file, each counted for the sender and receiver that its ISA names. */
export class InterchangeNumbers {
  readonly #byParties = new Map<string, ControlNumbers>();
  /** The interchange before: the next is mostly of the same parties. */
  #before: InterchangeHeader | null = null;
  #ofBefore = new ControlNumbers();

  /** Adds that of another interchange; false where one of the same parties had it before. */
  add(header: InterchangeHeader): boolean {
    if (this.#before === null || !isBetweenSameParties(this.#before, header)) {
      const { senderQualifier, senderId, receiverQualifier, receiverId } = header;
      const parties = JSON.stringify([senderQualifier, senderId, receiverQualifier, receiverId]);
      const known = this.#byParties.get(parties);
      this.#ofBefore = known ?? new ControlNumbers();
      if (known === undefined) this.#byParties.set(parties, this.#ofBefore);
    }
    this.#before = header;
    return this.#ofBefore.add(header.control);
  }
}

function isBetweenSameParties(a: InterchangeHeader, b: InterchangeHeader): boolean {
  return (
    a.senderQualifier === b.senderQualifier &&
    a.senderId === b.senderId &&
    a.receiverQualifier === b.receiverQualifier &&
    a.receiverId === b.receiverId
  );
}
