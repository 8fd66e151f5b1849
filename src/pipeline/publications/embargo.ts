import type { AccountProfile } from "../../accounts/account.ts";
import { tierOf, topicOf } from "../../accounts/publications/plan.ts";
import { tierAmong } from "../../accounts/publications/release-times.ts";
import type { Document } from "../../documents/index.ts";
import type { Session } from "../../store/database.ts";
import { findEmbargoed, readPlan } from "../../store/publications.ts";
import type { StoredFinding } from "../../store/tables.ts";

/** Held for good while the embargo lasts: no person can let it out before its time. */
export const embargoed = "embargoed";

const kinds = { "inventory-advice": "inventory", "price-catalog": "prices" } as const;

/**
 * Stock and prices that are handed in for one account, past the publications: held while a publication of the same kind is
 * embargoed to the account's tier; else a person decides where the account's own editions would come out of sequence.
 */
export async function embargoFindings(
  session: Session,
  profile: AccountProfile,
  { documentType, usage }: Document,
): Promise<StoredFinding[]> {
  if (documentType !== "inventory-advice" && documentType !== "price-catalog") return [];
  const kind = kinds[documentType];
  const plan = (await readPlan(session))?.plan;
  if (!plan) return [];
  const rule = profile.earlyInformation;
  const tier = tierOf(plan, profile.id, rule);
  const [open] = (await findEmbargoed(session, kind, usage)).filter(
    ({ releases }) => tierAmong(releases, tier)?.state === "waiting",
  );
  if (open) {
    return [
      {
        code: embargoed,
        severity: "hold",
        path: "",
        message: `Publication ${open.number} of the topic "${open.topic}" is embargoed to the tier ${tier}, which ${profile.id} is in: what it says must not go by another way.`,
        mend: "Withdraw it; the account gets the publication in its turn. Or release it once the publication was released to the tier.",
      },
    ];
  }
  const told = rule?.topics.find(({ topic }) => topicOf(plan, topic)?.kind === kind);
  if (!told) return [];
  return [
    {
      code: "told-by-publication",
      severity: "hold",
      path: "documentType",
      message: `${profile.id} is told of "${told.topic}" by publications; one that is handed in for it alone would stand beside its editions, out of their sequence.`,
      mend: "Withdraw it and hand it in as a publication, or release it where the account expects it.",
    },
  ];
}
