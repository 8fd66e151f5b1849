import { z } from "zod";

export const liveness = z.object({ status: z.literal("live"), version: z.string() }).meta({ id: "liveness" });

export const readiness = z
  .object({
    status: z.enum(["ready", "not-ready"]),
    parts: z.array(
      z.object({ name: z.string(), ok: z.boolean(), why: z.string().nullable().describe("Why it is not ready.") }),
    ),
    remarks: z.array(z.string()).describe("What is worth knowing, though it is ready."),
  })
  .meta({
    id: "readiness",
    examples: [
      {
        status: "not-ready",
        parts: [
          { name: "database", ok: true, why: null },
          { name: "queue", ok: false, why: "ECONNREFUSED" },
        ],
        remarks: [],
      },
    ],
  });
