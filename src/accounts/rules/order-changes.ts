import { z } from "zod";

/** What is done with the changes that an account makes to its orders (860). */
export const orderChangesRule = z.strictObject({
  send: z
    .boolean()
    .default(false)
    .describe("Whether the gateway answers an 860 with an 865 by itself, saying line by line what was taken."),
  quantities: z
    .enum(["new", "difference"])
    .default("new")
    .describe("What POC03 says where a quantity is raised or lowered (QI, QD): the new quantity, or by how much."),
});
export type OrderChangesRule = z.infer<typeof orderChangesRule>;
