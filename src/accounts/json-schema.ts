import { z } from "zod";
import { accountProfile } from "./account.ts";

/** The account file as JSON Schema (draft 2020-12), for editors and forms. `schemas/account.json` holds the same. */
export function accountJsonSchema(): object {
  return z.toJSONSchema(accountProfile, { io: "input" });
}
