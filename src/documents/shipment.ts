import { shipmentContent } from "./shipment-content.ts";
import { shipmentFaults } from "./shipment-levels.ts";

/** A shipment, and nothing in it contradicts the rest: see `shipmentFaults`. */
export const shipment = shipmentContent
  .superRefine((value, context) => {
    // What adds up can only be told of numbers.
    if (context.issues.length > 0) return;
    for (const { path, message } of shipmentFaults(value))
      context.addIssue({ code: "custom", path: [...path], message });
  })
  .meta({ id: "shipment", title: "Shipment", description: "What leaves for an account, and how it is packed." });
