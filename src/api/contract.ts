/** Every shape that goes over the wire, request or answer. The OpenAPI document and the console's types are made from these. */
export * from "./contract/accounts.ts";
export * from "./contract/cross-references.ts";
export * from "./contract/deliveries.ts";
export * from "./contract/documents.ts";
export * from "./contract/health.ts";
export * from "./contract/interchanges.ts";
export * from "./contract/invoices.ts";
export * from "./contract/mailbox.ts";
export * from "./contract/me.ts";
export * from "./contract/orders.ts";
export * from "./contract/prices.ts";
export * from "./contract/problem-details.ts";
export * from "./contract/submissions.ts";
export * from "./contract/values.ts";
export * from "./contract/webhooks.ts";
export * from "./contract/work-items.ts";
export * from "./contract/x12-problem.ts";
