import { randomUUID } from "node:crypto";
import type { Invoice } from "../../documents/index.ts";
import { takeNumbers } from "../../store/counters.ts";
import { tell } from "../../store/events.ts";
import { keepSubmissions } from "../../store/submitted-documents.ts";
import type { NextJob, StepContext } from "../step.ts";
import { knownBy } from "../submittable.ts";

/** Digits of the number that a memo of ours ends with, at least. */
const leastDigits = 6;

/**
 * Keeps a memo that the gateway makes, as one is kept that is handed in: its check decides whether it leaves. Its number is the
 * next one that nobody has used, behind the account's prefix.
 */
export async function keepMemo(
  { session }: Pick<StepContext, "session">,
  usage: "production" | "test",
  prefix: string,
  why: string,
  make: (number: string) => Invoice,
): Promise<{ readonly id: string; readonly number: string; readonly next: NextJob }> {
  for (;;) {
    const place = await takeNumbers(session, `credit memo ${usage}`);
    const document = make(`${prefix}${String(place).padStart(leastDigits, "0")}`);
    const { number, claim, orderNumbers } = knownBy(document);
    const id = randomUUID();
    const kept = await keepSubmissions(session, [
      {
        id,
        direction: "outbound",
        type: document.documentType,
        number,
        accountId: document.account,
        usage,
        businessKey: claim,
        claim,
        orderNumbers,
        submittedBy: null,
        body: document,
      },
    ]);
    if (!kept.has(id)) continue;
    await tell(session, { documentId: id }, "submitted", why);
    return {
      id,
      number,
      next: { name: "check", ids: { document: id, run: 1, release: false }, account: document.account },
    };
  }
}
