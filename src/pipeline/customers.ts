import type { Customer, CustomerSale } from "../accounts/customers/customer.ts";
import { lastMonths, type Period } from "../accounts/scoring/figures.ts";
import {
  accountsToDemote,
  customersToPromote,
  type Proposal,
  type Ranking,
  rankCustomers,
} from "../accounts/scoring/ranking.ts";
import { type UnusedService, unusedServices } from "../accounts/scoring/service-use.ts";
import type { ScoringSettings } from "../accounts/scoring/settings.ts";
import { allProfiles } from "../store/accounts.ts";
import { readCustomerFigures, readUses } from "../store/customer-figures.ts";
import { monthsToldTwice, saleKey, saveSales } from "../store/customer-sales.ts";
import {
  countCustomers,
  customersOfAccounts,
  knownCustomers,
  lockCustomers,
  removeOtherCustomers,
  saveCustomers,
} from "../store/customers.ts";
import type { Session } from "../store/database.ts";
import { scoringInForce } from "../store/scoring-versions.ts";

/** A row of an import, and where it stands: "line 7" of a file, "customers.3" of JSON. */
export interface ImportRow<Row> {
  readonly place: string;
  readonly row: Row;
}

/** What is wrong with a row. */
export interface ImportFault {
  readonly path: string;
  readonly message: string;
}

/** After so many faults no more are told. */
const mostFaults = 50;

/** Thrown inside the transaction, so that nothing of a wrong import is kept. */
export class WrongImport extends Error {
  readonly faults: readonly ImportFault[];

  constructor(faults: readonly ImportFault[]) {
    super("The import is wrong; nothing of it was kept.");
    this.faults = faults.slice(0, mostFaults);
  }
}

/**
 * Keeps what is said of customers, all of it or nothing.
 * @param mode replace: these are all there are, and the others go with the sales that were reported of them
 * @throws WrongImport with every row that is wrong
 */
export async function importCustomers(
  session: Session,
  rows: readonly ImportRow<Customer>[],
  mode: "merge" | "replace",
): Promise<{ imported: number; removed: number; total: number }> {
  await lockCustomers(session);
  const accounts = await customersOfAccounts(session);
  const faults = repeated(rows, ({ id }) => id, "The customer").concat(
    repeated(
      rows.filter(({ row }) => row.account !== undefined),
      ({ account = "" }) => account,
      "The account",
    ),
    rows.flatMap(({ place, row }) => {
      const message = accountFault(row, accounts);
      return message === null ? [] : [{ path: place, message }];
    }),
  );
  if (faults.length > 0) throw new WrongImport(faults);
  const customers = rows.map(({ row }) => row);
  const removed =
    mode === "replace"
      ? await removeOtherCustomers(
          session,
          customers.map(({ id }) => id),
        )
      : 0;
  await saveCustomers(session, customers);
  return { imported: rows.length, removed, total: await countCustomers(session) };
}

/** A customer that is called as an account is that account, and no other. */
function accountFault({ id, account }: Customer, accounts: ReadonlyMap<string, string | null>): string | null {
  if (account !== undefined && !accounts.has(account)) {
    return `There is no account ${account}; apply its rules first, or leave the account out.`;
  }
  if (accounts.has(id) && account !== id)
    return `${id} is the name of an account: say account ${id}, or name it otherwise.`;
  return null;
}

function repeated<Row>(
  rows: readonly ImportRow<Row>[],
  keyOf: (row: Row) => string,
  what: string,
): { path: string; message: string }[] {
  const seen = new Map<string, string>();
  return rows.flatMap(({ place, row }) => {
    const key = keyOf(row);
    const before = seen.get(key);
    seen.set(key, before ?? place);
    return before === undefined ? [] : [{ path: place, message: `${what} stands at ${before} already.` }];
  });
}

/**
 * Keeps sales that did not run through the gateway, all of them or nothing. The same month or document again takes the place of
 * the one before.
 * @throws WrongImport with every row that is wrong
 */
export async function importSales(
  session: Session,
  rows: readonly ImportRow<CustomerSale>[],
): Promise<{ imported: number }> {
  await lockCustomers(session);
  const ids = [...new Set(rows.map(({ row }) => row.customer))];
  const known = await knownCustomers(session, ids);
  const faults = repeated(rows, saleKey, "The same sale").concat(
    rows.flatMap(({ place, row: { customer } }) =>
      known.has(customer) ? [] : [{ path: place, message: `There is no customer ${customer}; import it first.` }],
    ),
  );
  if (faults.length > 0) throw new WrongImport(faults);
  await saveSales(
    session,
    rows.map(({ row }) => row),
  );
  const twice = await monthsToldTwice(session, ids, mostFaults);
  if (twice.length > 0) {
    throw new WrongImport(
      twice.map(({ customer, month }) => ({
        path: `${customer} ${month}`,
        message: "is told as a whole and by documents; it would count twice. Report it in one way.",
      })),
    );
  }
  return { imported: rows.length };
}

/** A ranking, and the settings that it was made with; number 0: the defaults. */
export interface RankingMade {
  readonly ranking: Ranking;
  readonly settings: ScoringSettings;
  readonly settingsNumber: number;
}

/** Scores every customer over a period; where none is named, over the last whole months. @param today `YYYY-MM-DD` */
export async function rankNow(session: Session, asked: Partial<Period>, today: string): Promise<RankingMade> {
  const { settings, number } = await scoringInForce(session);
  const period = periodOf(asked, settings, today);
  const figures = await readCustomerFigures(session, period, settings, await readUses(session, period));
  return { ranking: rankCustomers(figures, period, settings), settings, settingsNumber: number };
}

/** From one month to another; what is left out is as long as the settings say. */
export function periodOf({ from, to }: Partial<Period>, { months }: ScoringSettings, today: string): Period {
  const last = to ?? lastMonths(today, 1).to;
  return { from: from ?? lastMonths(`${last}-01`, months - 1).from, to: last };
}

/** An account with what it is given and did not use. */
export interface AccountNotUsing {
  readonly account: string;
  readonly name: string;
  readonly unused: readonly UnusedService[];
}

/** Who should be looked at: customers to promote, accounts to demote, and accounts that don't use what they are given. */
export interface CustomerReview extends RankingMade {
  readonly promote: readonly Proposal[];
  readonly demote: readonly Proposal[];
  readonly notUsing: readonly AccountNotUsing[];
}

/** Reviews every customer over a period. @param today `YYYY-MM-DD` */
export async function reviewCustomers(
  session: Session,
  asked: Partial<Period>,
  today: string,
): Promise<CustomerReview> {
  const made = await rankNow(session, asked, today);
  const { ranking, settings } = made;
  const uses = await readUses(session, ranking.period);
  const notUsing = (await allProfiles(session)).flatMap(({ profile }) => {
    const unused = unusedServices(profile, uses.get(profile.id) ?? {}, ranking.period);
    return unused.length === 0 ? [] : [{ account: profile.id, name: profile.name, unused }];
  });
  return {
    ...made,
    promote: customersToPromote(ranking, settings),
    demote: accountsToDemote(ranking, settings),
    notUsing,
  };
}
