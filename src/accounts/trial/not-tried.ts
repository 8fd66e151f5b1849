import type { AccountProfile } from "../account.ts";
import { profileDiff } from "../profile-diff.ts";
import { orderStatusTopic } from "../publications/plan.ts";

/** Something that new rules change and that is not tried. */
export interface NotTried {
  /** Where in the profile: `guides[0].segments`. */
  readonly path: string;
  readonly why: string;
}

const readAgain = "Documents are tried as they were read when they came; files are not read again.";
const written = "It changes how files are written or how they leave, not what is decided.";

const rebates = "Rebates are of a whole period; what was earned and booked is not counted again.";

/** Fields of a profile that decide on nothing that is tried, and why. */
const why: Readonly<Record<string, string>> = {
  name: "It decides on nothing.",
  identities: readAgain,
  acceptVersions: readAgain,
  strictness: readAgain,
  guides: readAgain,
  adaptations: readAgain,
  crossReferences: readAgain,
  duplicateWindowDays: readAgain,
  acknowledgments: readAgain,
  x12: written,
  delivery: written,
  approval: "It decides on nothing but later changes of the rules.",
  accountManager: "It decides on whom alerts go to, and on no document.",
  serviceLevels: "Scorecards measure by them; they decide on no document.",
  orderChanges: "Changes of orders are not tried: what they meet in the books is not as it was.",
  payments: "Payments are not tried: what they meet in the books is not as it was.",
  checks: "Documents that were handed in are not checked again: what they meet in the books is not as it was.",
};

/** Of the places in which new rules differ from those in force, the ones that a trial says nothing about. */
export function notTried(before: AccountProfile, after: AccountProfile): NotTried[] {
  const found = profileDiff(before, after).flatMap(({ path }) => {
    // A part of the account has rules of its own: divisions["garden"].rules.checks.
    const field = /^(?:divisions.*\.rules\.)?(\w+)/.exec(path)?.[1];
    const reason = path.includes(".rebate") ? rebates : why[field ?? ""];
    return reason === undefined ? [] : [{ path, why: reason }];
  });
  const [was, is] = [before, after].map(({ earlyInformation }) =>
    JSON.stringify(earlyInformation?.topics.find(({ topic }) => topic === orderStatusTopic)),
  );
  if (was === is) return found;
  return [
    ...found,
    {
      path: `earlyInformation.topics (${orderStatusTopic})`,
      why: "Reports of open orders say what the books have at their time.",
    },
  ];
}
