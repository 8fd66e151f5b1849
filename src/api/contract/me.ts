import { z } from "zod";
import { accountId, href } from "./values.ts";

/** Who a token speaks for. */
export const me = z
  .object({
    kind: z.enum(["account", "supplier"]),
    account: z.object({ id: accountId, name: z.string(), href }).nullable(),
  })
  .meta({
    id: "me",
    description: "Who the token speaks for.",
    examples: [
      {
        kind: "account",
        account: { id: "harbor-retail", name: "Harbor Retail", href: "/api/v1/accounts/harbor-retail" },
      },
    ],
  });
