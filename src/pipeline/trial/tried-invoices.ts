/** Shipments that were sent: which invoices come of their goods. They are planned by the periods of each rule, a period at a time. */
import type { AccountProfile } from "../../accounts/account.ts";
import { calendarOf } from "../../accounts/calendar.ts";
import type { InvoicingRule } from "../../accounts/rules/invoicing.ts";
import { effectiveProfile } from "../../accounts/tree/effective.ts";
import { placeThatSays } from "../../accounts/tree/place.ts";
import { type BilledShipmentTried, billedByShipment, compareInvoices } from "../../accounts/trial/invoices.ts";
import type { TriedDocument } from "../../accounts/trial/tally.ts";
import type { Shipment } from "../../documents/index.ts";
import { movementsOfShipment } from "../../ledger/index.ts";
import type { BillingLineRow } from "../../store/billing.ts";
import type { DocumentRow } from "../../store/documents.ts";
import { readNoticesSent, readShippedLines, type ShippedLine } from "../../store/traffic.ts";
import type { Ruling } from "../account-directory.ts";
import { planBilling } from "../invoicing/billing-plan.ts";
import { billableOf } from "../posting/billable.ts";
import type { PlacedInBooks } from "../posting/movements.ts";
import { ruledFor } from "../ruled-by.ts";
import type { Batch, BatchTrial, TrialFamily, Tried } from "./family.ts";

/** Most lines that are planned together, so that the longest period has an end. */
const mostLines = 100_000;

const tooMany = `Its period has more than ${mostLines} lines to bill.`;

/** A shipment that waits until both rules have planned the periods that it is in. */
interface Waiting {
  readonly document: TriedDocument;
  readonly sequence: number;
  readonly version: number;
  before?: BilledShipmentTried | null;
  after?: BilledShipmentTried | null;
  notJudged?: string;
}

/** What is billed together, as far as it was read: newest first. */
interface Period {
  readonly endsAt: Date;
  readonly profile: AccountProfile;
  readonly rule: InvoicingRule;
  notices: { readonly id: string; readonly rows: readonly BillingLineRow[] }[];
  lines: number;
}

type Side = "before" | "after";

/** The invoices of an account's shipments, by the rules then and by the new ones. */
export class TriedInvoices implements TrialFamily {
  readonly name = "shipment";
  readonly #waiting = new Map<string, Waiting>();
  /** The period that is being read, by the part of the account that is billed together. */
  readonly #periods: Readonly<Record<Side, Map<string, Period>>> = { before: new Map(), after: new Map() };
  #lastRow = 0;

  async batch(trial: BatchTrial, before: number | null, limit: number): Promise<Batch> {
    const found = await readNoticesSent(trial.session, trial.of, before, limit + 1);
    const notices = found.slice(0, limit);
    const shipped = await readShippedLines(
      trial.session,
      notices.map(({ id }) => id),
    );
    for (const notice of notices) {
      const { id, number, sequence, createdAt: cameAt } = notice;
      const inForce = await trial.rules.before(trial.session, cameAt);
      const document = { id, type: "shipment" as const, number, cameAt };
      this.#waiting.set(id, { document, sequence, version: inForce.version });
      const rows = this.#rowsOf(notice, shipped);
      await this.#bill(trial, "before", inForce, notice, rows);
      await this.#bill(trial, "after", trial.rules.after, notice, rows);
    }
    return {
      tried: this.#settled(),
      read: notices.length,
      last: notices.at(-1)?.sequence ?? null,
      more: found.length > limit,
    };
  }

  /** The periods that were read to the end of the traffic. */
  async rest(trial: BatchTrial): Promise<readonly Tried[]> {
    for (const side of ["before", "after"] as const) {
      for (const period of this.#periods[side].values()) await this.#plan(trial, side, period);
      this.#periods[side].clear();
    }
    return this.#settled();
  }

  /** What a notice gives to bill, as rows that are in no table. */
  #rowsOf(notice: DocumentRow, shipped: readonly ShippedLine[]): readonly BillingLineRow[] {
    const shipment = notice.body as Shipment;
    const byPath = new Map(movementsOfShipment(shipment).map((movement) => [movement.path, movement]));
    const placed = shipped.flatMap(({ documentId, path, line, ...one }): PlacedInBooks[] => {
      const movement = documentId === notice.id ? byPath.get(path) : undefined;
      return movement ? [{ ...one, line, movement, key: line.key, remarks: [] }] : [];
    });
    return billableOf(notice, shipment, placed).map(
      (line) => ({ ...noRow, ...line, id: ++this.#lastRow }) as BillingLineRow,
    );
  }

  /** Puts a notice into the period that it is billed in by one of the rules; the one after it has been read to its beginning then. */
  async #bill(
    trial: BatchTrial,
    side: Side,
    inForce: Ruling,
    notice: DocumentRow,
    rows: readonly BillingLineRow[],
  ): Promise<void> {
    const waiting = this.#waiting.get(notice.id) as Waiting;
    const ruled = await ruledFor(trial.session, inForce, notice);
    const place = placeThatSays(inForce.profile, ruled.place, "invoicing");
    const profile = effectiveProfile(inForce.profile, place);
    const rule = profile.invoicing;
    if (rule === undefined) {
      waiting[side] = null;
      return;
    }
    const { createdAt: sentAt } = notice;
    const endsAt = rule.period === undefined ? sentAt : calendarOf(profile).nextCutOff(sentAt, rule.period);
    const name = JSON.stringify(place);
    let period = this.#periods[side].get(name);
    if (period && (rule.period === undefined || period.rule !== rule || endsAt < period.endsAt)) {
      await this.#plan(trial, side, period);
      period = undefined;
    }
    period ??= { endsAt, profile, rule, notices: [], lines: 0 };
    this.#periods[side].set(name, period);
    period.lines += rows.length;
    period.notices.push({ id: notice.id, rows });
    // What can't be planned any more need not be kept.
    if (period.lines > mostLines) period.notices = period.notices.map(({ id }) => ({ id, rows: [] }));
  }

  async #plan({ session, services, of }: BatchTrial, side: Side, period: Period): Promise<void> {
    const { profile, rule, endsAt, notices, lines } = period;
    if (lines > mostLines) {
      for (const { id } of notices) Object.assign(this.#waiting.get(id) ?? {}, { notJudged: tooMany, [side]: null });
      return;
    }
    // In the order in which they left.
    const rows = notices.toReversed().flatMap((notice) => notice.rows);
    const date = calendarOf(profile).dayOf(endsAt);
    const { library } = services;
    const { plan } = await planBilling({ session, library }, profile, rule, of, rows, date, {
      again: true,
    });
    const noticeOf = new Map(notices.flatMap(({ id, rows: its }) => its.map((row) => [String(row.id), id] as const)));
    const billed = billedByShipment(rule, plan, (id) => noticeOf.get(id));
    const none = {
      madeBy: rule.from === "shipments" ? "the gateway" : "your systems",
      invoices: [],
      notBilled: [],
    } as const;
    for (const { id } of notices) {
      const waiting = this.#waiting.get(id);
      if (waiting) waiting[side] = billed.get(id) ?? none;
    }
  }

  /** Those that both rules have planned. */
  #settled(): Tried[] {
    const tried: Tried[] = [];
    for (const [id, { document, sequence, version, before, after, notJudged }] of this.#waiting) {
      if (before === undefined || after === undefined) continue;
      this.#waiting.delete(id);
      tried.push({
        document,
        sequence,
        version,
        differences: async () => (notJudged === undefined ? compareInvoices(before, after) : []),
        ...(notJudged !== undefined && { notJudged }),
      });
    }
    return tried;
  }
}

/** What a row has that nobody has written anything into. */
const noRow = {
  orderIds: [],
  orderLineId: null,
  position: null,
  quantity: null,
  unit: null,
  facts: {},
  path: null,
  charge: null,
  givesBackId: null,
  givesBack: null,
  state: "open",
  invoiceId: null,
  price: null,
  priceBasis: null,
  reason: null,
  mend: null,
  createdAt: new Date(0),
} satisfies Partial<BillingLineRow>;
