import { z } from "zod";
import type { AccountProfile } from "../accounts/account.ts";
import type { PriceLadder } from "../accounts/prices/ladder.ts";
import { readPrices, writePrices } from "../accounts/prices/price-file.ts";
import type { PricingRule } from "../accounts/rules/pricing.ts";
import { effectiveProfile } from "../accounts/tree/effective.ts";
import { Refused } from "../errors.ts";
import { businessDate } from "../pipeline/business-date.ts";
import { accruedRebates } from "../pipeline/given-back/rebates.ts";
import { explainPrice } from "../pipeline/prices.ts";
import type { Account } from "../store/accounts.ts";
import type { Session } from "../store/database.ts";
import { listPriceCredits, type PriceCreditTold } from "../store/price-credits.ts";
import { countPrices, type LadderPlace, listPrices, removePrices, savePrices } from "../store/prices.ts";
import type { PlaceAsked } from "./contract/place.ts";
import {
  explanationQuery,
  priceCreditList,
  priceCreditQuery,
  priceExplanation,
  priceImport,
  priceList,
  priceQuery,
  pricesImported,
  rebateList,
  rebateQuery,
} from "./contract/prices.ts";
import { failures } from "./contract/problem-details.ts";
import { csvMediaType, sendCsv, takeCsv } from "./csv.ts";
import { hrefOf } from "./interchange-view.ts";
import { existingPlace, instantOf, rulingAt } from "./place-asked.ts";
import { refuseInvalid } from "./problems.ts";
import type { ApiServer, ApiServices } from "./services.ts";
import { visibleAccount } from "./visibility.ts";

const tags = ["Prices"];
const params = z.object({ id: z.string().describe("Short name of the account.") });

/** What was agreed on with an account about prices: a table of ladders as CSV, and why a price is what it is. */
export function servePrices(api: ApiServer, { database }: ApiServices): void {
  const { session } = database;
  takeCsv(api);

  api.route({
    method: "GET",
    url: "/accounts/:id/prices",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "listPrices",
      tags,
      summary: "The prices of an account's contracts",
      description: "As JSON a page at a time, or with `Accept: text/csv` as a file with this page's rows.",
      params,
      querystring: priceQuery,
      response: { 200: priceList.describe("A page of ladders."), ...failures(400, 403, 404) },
    },
    handler: async (request, reply) => {
      const { id } = await visibleAccount(session, null, request.params.id);
      const { after, limit } = request.query;
      const rows = await listPrices(session, id, after === undefined ? null : placeOf(after), limit + 1);
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      const next = last ? cursorOf(last) : null;
      if (request.headers.accept === csvMediaType) return sendCsv(reply, writePrices(items), next);
      return { items: items.map((ladder) => ({ ...ladder, steps: [...ladder.steps] })), next };
    },
  });

  api.route({
    method: "POST",
    url: "/accounts/:id/prices",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "importPrices",
      tags,
      summary: "Import prices from CSV, a line for each step",
      description:
        "Columns contract, item, unit, valid_from, price, and as needed qualifier, price_basis, valid_to, by, from. All of the file is taken, or with a fault nothing of it. The body's media type is text/csv.",
      params,
      querystring: priceImport,
      response: { 200: pricesImported, ...failures(400, 403, 404, 413, 415) },
    },
    handler: async (request) => {
      const account = await visibleAccount(session, null, request.params.id);
      const ladders = laddersIn(request.body, account);
      const { mode } = request.query;
      const removed = await database.transaction(async (transaction) => {
        const before = mode === "replace" ? await removePrices(transaction, account.id) : 0;
        await savePrices(transaction, account.id, ladders);
        return before;
      });
      request.log.info({ account: account.id, imported: ladders.length, mode }, "prices imported");
      return { account: account.id, imported: ladders.length, removed, total: await countPrices(session, account.id) };
    },
  });

  api.route({
    method: "GET",
    url: "/accounts/:id/prices/explain",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "explainPrice",
      tags,
      summary: "Which price the account gets for a quantity of an item on a day, and why",
      description: "The ladder, the volume to date and the next step.",
      params,
      querystring: explanationQuery,
      response: { 200: priceExplanation, ...failures(400, 403, 404, 409) },
    },
    handler: async (request) => {
      const account = await visibleAccount(session, null, request.params.id);
      const { item, qualifier, quantity, usage, unit, currency, contract } = request.query;
      const date = request.query.date ?? businessDate(new Date(), account.profile.timeZone);
      const { rule, place, version, at } = await pricingAt(session, account, request.query, date);
      const productIds = [{ qualifier: qualifier ?? "", id: item }];
      const asked = { productIds, quantity, unit, date, currency, contract, at };
      const buyer = { accountId: account.id, usage, division: place.division };
      const found = await explainPrice(session, rule, buyer, asked);
      const { contract: decides } = found;
      const [rebate = null] = await accruedRebates(
        session,
        { pricing: { ...rule, contracts: rule.contracts.filter(({ number }) => number === decides?.number) } },
        buyer,
        date,
      );
      return {
        ...{ account: account.id, item, quantity, date, version, ...place },
        ...found,
        ladder: [...found.ladder],
        next: [...found.next],
        rebate,
      };
    },
  });

  api.route({
    method: "GET",
    url: "/accounts/:id/prices/rebates",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "listRebates",
      tags,
      summary: "The rebates that an account has earned by a day",
      description: "For each contract that holds on the day and gives one, from what was invoiced in its period.",
      params,
      querystring: rebateQuery,
      response: { 200: rebateList, ...failures(400, 403, 404, 409) },
    },
    handler: async (request) => {
      const account = await visibleAccount(session, null, request.params.id);
      const date = request.query.date ?? businessDate(new Date(), account.profile.timeZone);
      const { usage } = request.query;
      const { rule: pricing, place } = await pricingAt(session, account, request.query, date);
      const buyer = { accountId: account.id, usage, division: place.division };
      const items = await accruedRebates(session, { pricing }, buyer, date);
      return { account: account.id, date, items };
    },
  });

  api.route({
    method: "GET",
    url: "/accounts/:id/prices/credits",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "listPriceCredits",
      tags,
      summary: "What was given back because a step by volume was reached, newest first",
      description: "Of contracts whose steps also hold for what was invoiced before in the period (`retroactive`).",
      params,
      querystring: priceCreditQuery,
      response: { 200: priceCreditList.describe("A page of credits."), ...failures(400, 403, 404) },
    },
    handler: async (request) => {
      const { id } = await visibleAccount(session, null, request.params.id);
      const { after = null, limit, ...of } = request.query;
      const page = await listPriceCredits(session, { accountId: id, ...of }, { after, limit });
      return { items: page.items.map(creditViewOf), next: page.next };
    },
  });
}

function creditViewOf(credit: PriceCreditTold) {
  const { contract, division, periodFrom: from, periodTo: to, steps, invoices, currency, amount } = credit;
  return {
    ...{ contract, from, to, currency, amount },
    division: division === "" ? null : division,
    steps: [...steps],
    invoices: [...invoices],
    cause: { id: credit.causeId, number: credit.cause, href: hrefOf("documents", credit.causeId) },
    memo: {
      ...{ id: credit.documentId, number: credit.number, status: credit.status },
      href: hrefOf("documents", credit.documentId),
    },
    at: credit.at.toISOString(),
  };
}

/**
 * The pricing rules of a part of the account at the end of a day, there and then.
 * @throws Refused 400 where it has no such part, 409 where it has no pricing rules
 */
async function pricingAt(session: Session, account: Account, asked: PlaceAsked, date: string) {
  const at = instantOf(date, account);
  const then = await rulingAt(session, account, at);
  // On a day before the account was here, what was agreed on is what its rules say now.
  const { number: version, profile } = then.createdAt > at ? await rulingAt(session, account, new Date()) : then;
  const { division = null, location = null } = asked;
  const place = existingPlace(account.id, profile, { division, location });
  return { rule: pricingOf(account.id, effectiveProfile(profile, place)), place, version, at };
}

/** @throws Refused 409 where the account has no pricing rules */
function pricingOf(id: string, { pricing }: AccountProfile): PricingRule {
  if (pricing) return pricing;
  throw new Refused(409, "prices.no-rules", `Account ${id} has no pricing rules. Add "pricing" to its profile first.`);
}

/** @throws Refused 400 with every line that is wrong, 415 for what is no CSV */
function laddersIn(body: unknown, { profile }: Account): PriceLadder[] {
  if (typeof body !== "string") {
    throw new Refused(415, "request.media-type", "The body has to be CSV: send content-type: text/csv.");
  }
  const contracts = new Set(profile.pricing?.contracts.map(({ number }) => number));
  const { ladders, faults } = readPrices(body, contracts);
  if (faults.length > 0) {
    throw refuseInvalid(...faults.map(({ line, message }) => ({ path: `line ${line}`, message })));
  }
  return ladders;
}

function cursorOf({ contract, item, qualifier, unit, validFrom }: LadderPlace): string {
  return Buffer.from(JSON.stringify([contract, item, qualifier, unit, validFrom])).toString("base64url");
}

const column = z.string().regex(/^[^\0]*$/);
const cursor = z.tuple([column, column, column, column, z.iso.date()]);

/** @throws Refused 400 */
function placeOf(text: string): LadderPlace {
  try {
    const json = JSON.parse(Buffer.from(text, "base64url").toString());
    const [contract, item, qualifier, unit, validFrom] = cursor.parse(json);
    return { contract, item, qualifier, unit, validFrom };
  } catch {
    throw refuseInvalid({ path: "query.after", message: 'must be a cursor that this gateway gave ("next")' });
  }
}
