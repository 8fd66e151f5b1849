/** Publications that were handed in: whether, in which tier and when an account is told of each. */
import type { PublicationPlan } from "../../accounts/publications/plan.ts";
import { decideAudience } from "../../accounts/rules/early-information.ts";
import { compareAudiences } from "../../accounts/trial/publications.ts";
import type { Session } from "../../store/database.ts";
import { listPublications, readPlan } from "../../store/publications.ts";
import type { TrialFamily, Tried } from "./family.ts";

export const triedPublications: TrialFamily = {
  name: "publication",

  async batch({ session, of, rules }, before, limit) {
    const { usage, from, to } = of;
    const { items, next } = await listPublications(session, { usage, from, to }, { after: before, limit });
    const plans = new Map<number, PublicationPlan>();
    const tried: Tried[] = [];
    for (const { id, topic, number, sequence, planNumber, releases, createdAt: cameAt, withdrawnAt } of items) {
      const inForce = await rules.before(session, cameAt);
      const plan = plans.get(planNumber) ?? (await planOf(session, planNumber));
      plans.set(planNumber, plan);
      const decided = (profile: typeof inForce.profile) => decideAudience(profile, plan, { topic, releases });
      tried.push({
        document: { id, type: "publication", number: `${topic} ${number}`, cameAt },
        sequence,
        version: inForce.version,
        differences: async () => compareAudiences(decided(inForce.profile), decided(rules.after.profile)),
        ...(withdrawnAt !== null && { notJudged: withdrawn }),
      });
    }
    return { tried, read: tried.length, last: tried.at(-1)?.sequence ?? null, more: next !== null };
  },
};

const withdrawn = "It was taken back: who had been told by then can't be known of other rules.";

async function planOf(session: Session, number: number): Promise<PublicationPlan> {
  const row = await readPlan(session, number);
  if (!row) throw new Error(`There is no publication plan ${number}.`);
  return row.plan;
}
