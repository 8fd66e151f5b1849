import { z } from "zod";
import { accountProfile } from "./account.ts";
import { publicationPlan } from "./publications/plan.ts";

/** The account file as JSON Schema (draft 2020-12), for editors and forms. `schemas/account-rules.json` holds the same. */
export function accountJsonSchema(): object {
  return z.toJSONSchema(accountProfile, { io: "input" });
}

/** The publication plan as JSON Schema. `schemas/publication-plan.json` holds the same. */
export function publicationPlanJsonSchema(): object {
  return z.toJSONSchema(publicationPlan, { io: "input" });
}
