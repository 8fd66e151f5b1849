import { z } from "zod";
import { readReservations, writeReservations } from "../accounts/publications/reservation-file.ts";
import type { StockReservation } from "../accounts/publications/stock.ts";
import { Refused } from "../errors.ts";
import { findAccount } from "../store/accounts.ts";
import type { Session } from "../store/database.ts";
import {
  countReservations,
  listReservations,
  type ReservationPlace,
  removeReservations,
  saveReservations,
} from "../store/stock-reservations.ts";
import { failures } from "./contract/problem-details.ts";
import {
  stockReservationImport,
  stockReservationList,
  stockReservationQuery,
  stockReservationsImported,
} from "./contract/stock-reservations.ts";
import { csvMediaType, sendCsv, takeCsv } from "./csv.ts";
import { refuseInvalid } from "./problems.ts";
import type { ApiServer, ApiServices } from "./services.ts";

const tags = ["Publications"];

/** Stock that is kept for accounts, and taken off what others are told: a table that is imported and exported as CSV. */
export function serveStockReservations(api: ApiServer, { database }: ApiServices): void {
  const { session } = database;
  takeCsv(api);

  api.route({
    method: "GET",
    url: "/stock-reservations",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "listStockReservations",
      tags,
      summary: "Stock that is kept for accounts",
      description: "As JSON a page at a time, or with `Accept: text/csv` as a file with this page's rows.",
      querystring: stockReservationQuery,
      response: { 200: stockReservationList.describe("A page of reservations."), ...failures(400, 403) },
    },
    handler: async (request, reply) => {
      const { after, limit } = request.query;
      const rows = await listReservations(session, after === undefined ? null : placeOf(after), limit + 1);
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      const next = last ? cursorOf(last) : null;
      if (request.headers.accept === csvMediaType) return sendCsv(reply, writeReservations(items), next);
      return { items, next };
    },
  });

  api.route({
    method: "POST",
    url: "/stock-reservations",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "importStockReservations",
      tags,
      summary: "Import reservations from CSV with the columns account, item, quantity",
      description:
        "As needed also qualifier, unit and until. All of the file is taken, or with a fault nothing of it. The body's media type is text/csv. They count from the next edition on.",
      querystring: stockReservationImport,
      response: { 200: stockReservationsImported, ...failures(400, 403, 413, 415) },
    },
    handler: async (request) => {
      const reservations = await reservationsIn(session, request.body);
      const { mode } = request.query;
      const removed = await database.transaction(async (transaction) => {
        const before = mode === "replace" ? await removeReservations(transaction) : 0;
        await saveReservations(transaction, reservations);
        return before;
      });
      request.log.info({ imported: reservations.length, mode }, "stock reservations imported");
      return { imported: reservations.length, removed, total: await countReservations(session) };
    },
  });
}

/** @throws Refused 400 with every line that is wrong, 415 for what is no CSV */
async function reservationsIn(session: Session, body: unknown): Promise<StockReservation[]> {
  if (typeof body !== "string") {
    throw new Refused(415, "request.media-type", "The body has to be CSV: send content-type: text/csv.");
  }
  const { reservations, faults } = readReservations(body);
  if (faults.length > 0) {
    throw refuseInvalid(...faults.map(({ line, message }) => ({ path: `line ${line}`, message })));
  }
  for (const account of new Set(reservations.map((one) => one.account))) {
    if ((await findAccount(session, account)) === null) {
      throw refuseInvalid({ path: "body", message: `there is no account "${account.slice(0, 60)}"` });
    }
  }
  return reservations;
}

function cursorOf({ account, item, qualifier, unit }: ReservationPlace): string {
  return Buffer.from(JSON.stringify([account, item, qualifier, unit])).toString("base64url");
}

const column = z.string().regex(/^[^\0]*$/);
const cursor = z.tuple([column, column, column, column]);

/** @throws Refused 400 */
function placeOf(text: string): ReservationPlace {
  try {
    const [account, item, qualifier, unit] = cursor.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
    return { account, item, qualifier, unit };
  } catch {
    throw refuseInvalid({ path: "query.after", message: 'must be a cursor that this gateway gave ("next")' });
  }
}
