import type { AccountProfile } from "../accounts/index.ts";
import type { ReceivedAcknowledgment, Ta1Received } from "../x12/index.ts";
import type { Nonsense } from "./received-check.ts";

/** A document that the customer has sent, by the numbers that it went out with. */
export interface SentDocument {
  /** ISA13. */
  readonly interchange: string;
  /** GS01. */
  readonly functionalId: string;
  /** GS06. */
  readonly group: string;
  /** For people. */
  readonly name: string;
  readonly about: { readonly set: string; readonly number: string };
}

interface Sent extends SentDocument {
  verdict: string | null;
  ta1: boolean;
}

/** What the customer has sent, and what was said of it. Its own acknowledgments are not among them: nobody answers those. */
export class SentLedger {
  readonly #sent: Sent[] = [];
  readonly #profile: AccountProfile;

  constructor(profile: AccountProfile) {
    this.#profile = profile;
  }

  enter(sent: SentDocument): void {
    this.#sent.push({ ...sent, verdict: null, ta1: false });
  }

  /** A sentence for each thing that has not been said yet. */
  unanswered(): string[] {
    const { kind, interchange } = this.#profile.acknowledgments;
    return this.#sent.flatMap(({ name, verdict, ta1 }) => [
      ...(verdict === null ? [`the ${kind} of the ${name}`] : []),
      ...(interchange === "always" && !ta1 ? [`the TA1 of the ${name}`] : []),
    ]);
  }

  /** Whether a document was refused. */
  isRejected(set: string, number: string): boolean {
    return this.#sent.some((one) => one.about.set === set && one.about.number === number && one.verdict === "R");
  }

  takeTa1({ control, status, note }: Ta1Received): Nonsense[] {
    const sent = this.#sent.filter((one) => Number(one.interchange) === Number(control));
    for (const one of sent) one.ta1 = true;
    if (status !== "R") return [];
    for (const one of sent) one.verdict = "R";
    return [{ code: "rejected", message: `Interchange ${control} was rejected (TA105 ${note}).` }];
  }

  takeAcknowledgment(answer: ReceivedAcknowledgment): Nonsense[] {
    const { groupFunctionalId, groupControl, verdict } = answer;
    const sent = this.#sent.find(
      (one) => one.functionalId === groupFunctionalId && Number(one.group) === Number(groupControl),
    );
    if (!sent) {
      const message = `Group ${groupFunctionalId} ${groupControl} is acknowledged, which we did not send.`;
      return [{ code: "group-unknown", message }];
    }
    const again = sent.verdict !== null;
    sent.verdict = verdict;
    const faults: Nonsense[] = again
      ? [{ code: "acknowledged-before", message: `The ${sent.name} is acknowledged a second time.` }]
      : [];
    if (verdict !== "A" && verdict !== "E") {
      const why = [...answer.problems, ...answer.sets.flatMap(({ problems }) => problems)].map(
        ({ message }) => message,
      );
      const message = `The ${sent.name} was not taken (AK901 ${verdict ?? "missing"}). ${why.join(" ")}`.trim();
      faults.push({ code: "rejected", message });
    }
    return faults;
  }
}
