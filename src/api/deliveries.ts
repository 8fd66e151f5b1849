import { z } from "zod";
import { nameOf, subjectOf } from "./authentication.ts";
import { redelivery } from "./contract/deliveries.ts";
import { failures } from "./contract/problem-details.ts";
import type { ApiServer, ApiServices } from "./services.ts";
import { existingDelivery } from "./visibility.ts";

const params = z.object({ id: z.string().describe("Id of the delivery.") });

/** What is brought to somebody, where a person has to see to it. */
export function serveDeliveries(api: ApiServer, { database, again }: ApiServices): void {
  api.route({
    method: "POST",
    url: "/deliveries/:id/retry",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "retryDelivery",
      tags: ["Deliveries"],
      summary: "Try a push or webhook again that was given up",
      description: "Its id is with the interchange or document that it brings.",
      params,
      response: { 202: redelivery, ...failures(403, 404, 409) },
    },
    handler: async (request, reply) => {
      const { id } = await existingDelivery(database.session, request.params.id);
      await again.redeliver(id, nameOf(subjectOf(request)));
      return reply.code(202).send({ id, status: "waiting" as const });
    },
  });
}
