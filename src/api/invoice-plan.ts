import { z } from "zod";
import type { InvoiceAhead, LeftAhead, PeriodAhead } from "../pipeline/invoicing/preview.ts";
import { nameOf, subjectOf } from "./authentication.ts";
import {
  type InvoicePlanView,
  invoicePlan,
  invoicePlanQuery,
  invoicePlanRetried,
  invoicePlanRetry,
} from "./contract/invoice-plan.ts";
import { failures } from "./contract/problem-details.ts";
import type { ApiServer, ApiServices } from "./services.ts";
import { visibleAccount } from "./visibility.ts";

const tags = ["Invoices"];
const params = z.object({ id: z.string().describe("Short name of the account.") });
/** So many of a period's invoices and open lines are told; their number is told beside. */
const mostItems = 500;
/** So many orders and shipments of an invoice are named. */
const mostNames = 20;

/** What the gateway will bill of an account: the plan before it happens. */
export function serveInvoicePlan(api: ApiServer, { database, invoicing }: ApiServices): void {
  const { session } = database;

  api.route({
    method: "GET",
    url: "/accounts/:id/invoice-plan",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "readInvoicePlan",
      tags,
      summary: "The invoices that the gateway will make of what was shipped, before it makes them",
      description:
        "Open periods with their cut-off, the invoices as they would be, why each is one and why its lines are together, and what is not billed and why. Nothing is changed.",
      params,
      querystring: invoicePlanQuery,
      response: { 200: invoicePlan, ...failures(400, 403, 404, 409) },
    },
    handler: async (request): Promise<InvoicePlanView> => {
      const { id: accountId } = await visibleAccount(session, null, request.params.id);
      const { usage, documents } = request.query;
      const { next, periods } = await invoicing.plan({ accountId, usage });
      return {
        account: accountId,
        usage,
        next: next.map(({ cutOff, ...place }) => ({ ...place, cutOff: cutOff?.toISOString() ?? null })),
        periods: periods.map((period) => periodView(period, documents)),
      };
    },
  });

  api.route({
    method: "POST",
    url: "/accounts/:id/invoice-plan/retry",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "retryInvoicePlan",
      tags,
      summary: "Bill now what is open though its time is over",
      description:
        "What waited for a price, or whose invoice was withdrawn. What is still in its period is left for its cut-off.",
      params,
      body: invoicePlanRetry,
      response: { 202: invoicePlanRetried, ...failures(400, 403, 404, 409) },
    },
    handler: async (request, reply) => {
      const { id: accountId } = await visibleAccount(session, null, request.params.id);
      const { usage } = request.body;
      const periods = await invoicing.retry({ accountId, usage }, nameOf(subjectOf(request)));
      return reply.status(202).send({ account: accountId, usage, periods });
    },
  });
}

function periodView(period: PeriodAhead, documents: boolean): InvoicePlanView["periods"][number] {
  const { division, location, basis, endsAt, ruleVersion, lines, invoices, left } = period;
  return {
    ...{ division, location, basis, ruleVersion, lines },
    endsAt: endsAt?.toISOString() ?? null,
    invoiceCount: invoices.length,
    invoices: invoices.slice(0, mostItems).map((one) => invoiceView(one, documents)),
    notBilledCount: left.length,
    notBilled: left.slice(0, mostItems).map(leftView),
  };
}

function invoiceView(
  { invoice, separate, together }: InvoiceAhead,
  documents: boolean,
): InvoicePlanView["periods"][number]["invoices"][number] {
  const { number, kind, date, currency, totals, lines, order, shipment, billingReference } = invoice;
  const named = (whole: string | undefined, ofLines: readonly (string | undefined)[]) =>
    [...new Set([whole, ...ofLines])].filter((one) => one !== undefined).slice(0, mostNames);
  return {
    ...{ number, date, separate, together },
    kind: kind?.code ?? null,
    currency: currency ?? null,
    amount: totals?.amount ?? "0.00",
    lineCount: lines.length,
    orders: named(
      order?.number,
      lines.map((line) => line.order?.number),
    ),
    shipments: named(
      shipment,
      lines.map((line) => line.shipment),
    ),
    about: billingReference ?? null,
    ...(documents && { document: invoice }),
  };
}

function leftView({
  row,
  order,
  until,
  reason,
  mend,
}: LeftAhead): InvoicePlanView["periods"][number]["notBilled"][number] {
  const { position, shipment, quantity } = row;
  return {
    order,
    shipment,
    quantity,
    until,
    reason,
    line: position === null ? null : String(position),
    mend: mend ?? null,
  };
}
