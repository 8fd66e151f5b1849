import type { AccountProfile } from "../accounts/account.ts";
import { messageOf } from "../errors.ts";
import { acceptedVersion, type Problem, readInterchanges } from "../x12/index.ts";
import { guidesOf } from "./account-directory.ts";
import { type Draft, provisionalNumbers, writeDraft } from "./draft.ts";
import type { PipelineServices } from "./step.ts";

/**
 * Whether a draft may leave the house: written as it would be sent, and read again by our own engine with the full
 * standard and the account's guides.
 * @returns what is wrong, a sentence each; nothing where it may leave. A guide's warnings keep nothing in the house.
 */
export async function checkOutgoing(
  { library, guides }: Pick<PipelineServices, "library" | "guides">,
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
    guides: (_header, _group, setType) => guidesOf(profile, setType, guides),
    // A 997 may be in a version older than ours: it has the segments of the oldest that we have.
    acceptVersion: (gs08) => acceptedVersion(library, gs08, "nearest"),
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
  ]
    .filter(({ severity }) => severity !== "warning")
    .map(sentenceOf);
}

function sentenceOf(problem: Problem): string {
  const place = problem.position === null ? "" : ` (segment ${problem.position} of its set)`;
  return `${problem.message}${place}`;
}
