import type { AccountProfile } from "../accounts/account.ts";
import { messageOf } from "../errors.ts";
import { type Problem, readInterchanges } from "../x12/index.ts";
import { type Draft, provisionalNumbers, writeDraft } from "./draft.ts";
import type { PipelineServices } from "./step.ts";

/**
 * Whether a draft may leave the house: written as it would be sent, and read again by our own engine with the full
 * standard and the account's guides.
 * @returns what is wrong, a sentence each; nothing where it may leave
 */
export async function checkOutgoing(
  { library }: Pick<PipelineServices, "library">,
  profile: AccountProfile,
  draft: Draft,
): Promise<string[]> {
  let bytes: Uint8Array;
  try {
    bytes = writeDraft(draft, profile, provisionalNumbers, new Date());
  } catch (error) {
    return [messageOf(error)];
  }
  const report = await readInterchanges(bytes, {
    library,
    guides: (_header, _group, setType) => profile.guides.filter((guide) => guide.set === setType),
  });
  return [
    ...report.problems,
    ...report.interchanges.flatMap((interchange) => [
      ...interchange.problems,
      ...interchange.groups.flatMap((group) => [
        ...group.problems,
        ...group.transactionSets.flatMap((set) => set.problems),
      ]),
    ]),
  ].map(sentenceOf);
}

function sentenceOf(problem: Problem): string {
  const place = problem.position === null ? "" : ` (segment ${problem.position} of its set)`;
  return `${problem.message}${place}`;
}
