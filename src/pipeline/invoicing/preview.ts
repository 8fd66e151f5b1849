/** What the gateway will bill, before it happens; and billing what waits when a person asks for it. */
import { calendarOf } from "../../accounts/calendar.ts";
import { invoiceNumber, type NotBilled, type PlannedInvoice } from "../../accounts/invoicing/index.ts";
import type { InvoicingRule } from "../../accounts/rules/invoicing.ts";
import { effectiveProfile } from "../../accounts/tree/effective.ts";
import { type PlaceName, placesThatSay } from "../../accounts/tree/place.ts";
import type { Invoice } from "../../documents/index.ts";
import { Refused } from "../../errors.ts";
import type { JobQueue } from "../../queue.ts";
import {
  type BillingLineRow,
  type BillingPeriodRow,
  type BooksOf,
  countRetry,
  findOpenPeriods,
  findWaitingPeriods,
  type OpenLine,
  readAllOpenLines,
} from "../../store/billing.ts";
import { peekNumber } from "../../store/counters.ts";
import type { Session } from "../../store/database.ts";
import { lockBooks } from "../../store/ledger.ts";
import { findOrdersById } from "../../store/orders.ts";
import type { AccountsNow } from "../account-directory.ts";
import { handOver, writeDown } from "../handover.ts";
import type { PipelineServices } from "../step.ts";
import { notOurs } from "./bill.ts";
import { planBilling } from "./billing-plan.ts";
import { invoiceCounter } from "./make-invoices.ts";

/** An invoice as it would be made. */
export interface InvoiceAhead extends Pick<PlannedInvoice, "separate" | "together"> {
  readonly invoice: Invoice;
  /** The number of the invoice that it stands beside. */
  readonly beside: string | null;
}

/** Something that would be on none of the invoices. */
export interface LeftAhead extends NotBilled {
  readonly row: BillingLineRow;
  readonly order: string;
}

/** What would be billed at one time, for a part of the account. */
export interface PeriodAhead extends PlaceName {
  /** day, week, month; at once; when somebody asks for it, or with what comes next. */
  readonly basis: "day" | "week" | "month" | "at-once" | "waiting";
  /** null: nothing says when. */
  readonly endsAt: Date | null;
  /** The version of the account's rules that decides. */
  readonly ruleVersion: number;
  readonly lines: number;
  readonly invoices: readonly InvoiceAhead[];
  readonly left: readonly LeftAhead[];
}

/** Everything that the gateway will bill of an account, as things stand now. */
export interface InvoicesAhead {
  /** When what is shipped now will be billed, by part of the account; null: at once. */
  readonly next: readonly (PlaceName & { readonly cutOff: Date | null })[];
  readonly periods: readonly PeriodAhead[];
}

/** The gateway's own invoices, for people. */
export interface Invoicing {
  /**
   * The plan before it happens; nothing is changed. As long as nothing is shipped, changed or taken back, it is what will be sent.
   * @throws Refused 409 where the account's rule does not have the gateway make its invoices
   */
  plan(of: BooksOf, now?: Date): Promise<InvoicesAhead>;
  /**
   * Bills everything that is open though its time is over: it waited for a price, or its invoice was withdrawn.
   * @returns how many jobs there are for it
   * @throws Refused 409 where nothing waits
   */
  retry(of: BooksOf, by: string): Promise<number>;
}

/** Opens what people can do about the invoices that the gateway makes. */
export function openInvoicing(services: PipelineServices, queue: JobQueue): Invoicing {
  const { database, directory, log } = services;
  return {
    plan: (of, now = new Date()) =>
      // One state of the books: what is billed meanwhile is in all of it or in nothing.
      database.reading(async (session) => planAhead({ ...services, session }, await directory.load(session), of, now)),

    async retry(of, by) {
      const next = await database.transaction(async (session) => {
        await lockBooks(session, of.accountId, of.usage);
        const waiting = await findWaitingPeriods(session, of, new Date());
        if (waiting.length === 0) {
          throw new Refused(
            409,
            "invoicing.nothing-waits",
            "Nothing waits to be billed: what is open is billed in its time.",
          );
        }
        const jobs = [];
        for (const { id } of waiting) {
          const run = await countRetry(session, id);
          jobs.push({ name: "bill" as const, ids: { period: id, run }, account: of.accountId });
        }
        return writeDown(session, jobs);
      });
      log.info({ account: of.accountId, periods: next.length, by }, "to be billed again");
      await handOver(queue, next, log);
      return next.length;
    },
  };
}

/** What is planned together, in the order in which it will be. */
interface Stage {
  readonly place: PlaceName;
  readonly period: BillingPeriodRow | null;
  readonly rows: readonly BillingLineRow[];
}

async function planAhead(
  services: PipelineServices & { readonly session: Session },
  accounts: AccountsNow,
  of: BooksOf,
  now: Date,
): Promise<InvoicesAhead> {
  const { session } = services;
  const inForce = accounts.profile(of.accountId);
  if (!inForce) throw new Refused(404, "account.not-found", `There is no account ${of.accountId}.`);
  const making = placesThatSay(inForce, "invoicing").flatMap((place) => {
    const profile = effectiveProfile(inForce, place);
    return profile.invoicing?.from === "shipments" ? [{ place, profile, rule: profile.invoicing }] : [];
  });
  const open = await readAllOpenLines(session, of);
  if (making.length === 0 && open.length === 0) {
    throw new Refused(
      409,
      "invoicing.no-rule",
      `The gateway does not make the invoices of ${of.accountId}. Say so in its rules first: invoicing: { from: shipments }.`,
    );
  }
  const next = making.map(({ place, profile, rule }) => ({
    ...place,
    cutOff: rule.period ? calendarOf(profile).nextCutOff(now, rule.period) : null,
  }));
  const numbers = new Numbers(session, of);
  const billedBefore = { ids: new Set<string>(), rows: [] as BillingLineRow[] };
  const periods: PeriodAhead[] = [];
  for (const stage of await stagesOf(session, of, open)) {
    const endsAt = stage.period?.endsAt ?? null;
    const ruling = await accounts.ruling(session, of.accountId, endsAt ?? now);
    const profile = effectiveProfile(ruling?.profile ?? inForce, stage.place);
    const rule = profile.invoicing;
    const head = {
      ...stage.place,
      basis: basisOf(stage.period),
      endsAt,
      ruleVersion: ruling?.version ?? 0,
      lines: stage.rows.length,
    };
    if (rule?.from !== "shipments") {
      // The rule changes before the period ends: what is in it is handed back then.
      const numbers = await orderNumbers(session, stage.rows);
      const left = stage.rows.map(
        (row): LeftAhead => ({
          ...{ id: String(row.id), until: "never", reason: notOurs, row },
          order: numbers.get(row.orderId) ?? "",
        }),
      );
      periods.push({ ...head, invoices: [], left });
      continue;
    }
    const date = calendarOf(profile).dayOf(endsAt ?? now);
    const billing = await planBilling(services, profile, rule, of, stage.rows, date, billedBefore);
    const planned = billing.plan.invoices;
    const its = await numbers.take(rule, planned.length);
    for (const id of planned.flatMap(({ ids }) => ids)) {
      billedBefore.ids.add(id);
      billedBefore.rows.push(...[billing.rows.get(id)].filter((row) => row !== undefined));
    }
    periods.push({
      ...head,
      invoices: planned.map(({ invoice, separate, together, beside }, index) => ({
        separate,
        together,
        beside: beside === undefined ? null : (its[beside] ?? ""),
        invoice: {
          ...invoice,
          number: its[index] ?? "",
          ...(beside !== undefined && { billingReference: its[beside] ?? "" }),
        },
      })),
      left: billing.plan.notBilled.flatMap((one) => {
        const row = billing.rows.get(one.id);
        return row ? [{ ...one, row, order: billing.orderNumber(row.orderId) }] : [];
      }),
    });
  }
  return { next, periods };
}

async function orderNumbers(session: Session, rows: readonly BillingLineRow[]): Promise<Map<string, string>> {
  const orders = await findOrdersById(session, [...new Set(rows.map(({ orderId }) => orderId))]);
  return new Map(orders.map(({ id, number }) => [id, number]));
}

/** Open periods by their ends; what earlier ones left open comes with the first of the same part of the account. */
async function stagesOf(session: Session, of: BooksOf, open: readonly OpenLine[]): Promise<Stage[]> {
  const nameOf = ({ division, location }: PlaceName) => JSON.stringify([division, location]);
  const left = new Map<string, { place: PlaceName; rows: BillingLineRow[] }>();
  const ofPeriod = new Map<string, BillingLineRow[]>();
  for (const { line, period } of open) {
    if (period.closedAt === null) {
      const own = ofPeriod.get(period.id);
      if (own) own.push(line);
      else ofPeriod.set(period.id, [line]);
    } else {
      const { division, location } = period;
      const own = left.get(nameOf(period)) ?? { place: { division, location }, rows: [] };
      own.rows.push(line);
      left.set(nameOf(period), own);
    }
  }
  const stages = (await findOpenPeriods(session, of)).map((period): Stage => {
    const { division, location } = period;
    const earlier = left.get(nameOf(period))?.rows ?? [];
    left.delete(nameOf(period));
    const rows = [...earlier, ...(ofPeriod.get(period.id) ?? [])].sort((one, other) => one.id - other.id);
    return { place: { division, location }, period, rows };
  });
  const waiting = [...left.values()].map(({ place, rows }): Stage => ({ place, period: null, rows }));
  return [...stages, ...waiting].filter(({ rows }) => rows.length > 0);
}

function basisOf(period: BillingPeriodRow | null): PeriodAhead["basis"] {
  if (period === null) return "waiting";
  return (["day", "week", "month"] as const).find((basis) => basis === period.basis) ?? "at-once";
}

/** The numbers that invoices will have, as long as nobody takes one in between. */
class Numbers {
  readonly #session: Session;
  readonly #of: BooksOf;
  readonly #next = new Map<string, number>();

  constructor(session: Session, of: BooksOf) {
    this.#session = session;
    this.#of = of;
  }

  async take({ numbering }: InvoicingRule, count: number): Promise<string[]> {
    if (!numbering) return [];
    const counter = invoiceCounter(this.#of, numbering.prefix);
    const first = this.#next.get(counter) ?? (await peekNumber(this.#session, counter, numbering.first));
    this.#next.set(counter, first + count);
    return Array.from({ length: count }, (_, index) => invoiceNumber(numbering, first + index));
  }
}
