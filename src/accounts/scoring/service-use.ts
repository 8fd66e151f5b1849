import type { AccountProfile } from "../account.ts";
import { defaultPriorityRules } from "../rules/priority.ts";
import type { Service } from "../scorecard/value.ts";
import type { Period } from "./figures.ts";

/**
 * What of an account is counted by month. order, its orders. level, orders by priority. rule, orders by the priority rule that
 * fired. price, order lines by the outcome of their price check. contract, lines priced by a contract. step, those of them that
 * a step above the first priced. warranty, order lines by the warranty terms that they have.
 */
export type CountedUse = "order" | "level" | "rule" | "price" | "contract" | "step" | "warranty";

/**
 * How often an account used what, by use and name. invoice, its invoices and memos. told, publications by topic. collected,
 * those of them that it fetched, or took when they were pushed.
 */
export type UseCounts = Readonly<
  Partial<Record<CountedUse | "invoice" | "told" | "collected", Readonly<Record<string, number>>>>
>;

/** Something that an account's rules give it, and that it did not use. */
export interface UnusedService {
  readonly service: Service;
  /** Of the rule, contract, topic, terms or contact. */
  readonly name: string;
  /** How often it could have been used. */
  readonly chances: number;
  readonly because: string;
}

const ofEveryAccount: ReadonlySet<string> = new Set(defaultPriorityRules.map(({ name }) => name));

type Rules = Pick<
  AccountProfile,
  "invoicing" | "priority" | "pricing" | "warranties" | "earlyInformation" | "contact" | "contacts"
>;

/** What an account is given by rules of its own and did not use in a period. */
export function unusedServices(rules: Rules, uses: UseCounts, period: Period): UnusedService[] {
  const facts: Facts = { uses, period, orders: uses.order?.[""] ?? 0, when: `from ${period.from} to ${period.to}` };
  return [
    ...unusedPriority(rules, facts),
    ...unusedPrices(rules, facts),
    ...unusedWarranties(rules, facts),
    ...unusedTopics(rules, facts),
    ...unusedContact(rules, facts),
    ...unusedInvoicing(rules, facts),
  ];
}

interface Facts {
  readonly uses: UseCounts;
  readonly period: Period;
  readonly orders: number;
  /** "from 2025-01 to 2025-12". */
  readonly when: string;
}

function unusedPriority({ priority }: Rules, { uses, orders, when }: Facts): UnusedService[] {
  return priority
    .filter(({ name }) => !ofEveryAccount.has(name) && (uses.rule?.[name] ?? 0) === 0)
    .map(({ name }) => ({
      service: "priority",
      name,
      chances: orders,
      because: `The priority rule "${name}" fired for none of ${orders} orders ${when}.`,
    }));
}

function unusedPrices({ pricing }: Rules, { uses, period, when }: Facts): UnusedService[] {
  const priced = Object.values(uses.price ?? {}).reduce((sum, one) => sum + one, 0);
  return (pricing?.contracts ?? [])
    .filter(({ validFrom, validTo }) => holdsIn(period, validFrom, validTo))
    .flatMap(({ number }): UnusedService[] => {
      const lines = uses.contract?.[number] ?? 0;
      if (lines === 0) {
        const because = `Contract ${number} gave the price of none of ${priced} order lines ${when}.`;
        return [{ service: "prices", name: number, chances: priced, because }];
      }
      if ((uses.step?.[number] ?? 0) > 0) return [];
      const because = `None of ${lines} order lines reached a step above the first of contract ${number} ${when}.`;
      return [{ service: "prices", name: number, chances: lines, because }];
    });
}

function unusedWarranties({ warranties }: Rules, { uses, period, orders, when }: Facts): UnusedService[] {
  return (warranties?.terms ?? [])
    .filter(({ validFrom, validTo }) => holdsIn(period, validFrom, validTo))
    .filter(({ id }) => (uses.warranty?.[id] ?? 0) === 0)
    .map(({ id }) => ({
      service: "warranties",
      name: id,
      chances: orders,
      because: `No line of ${orders} orders had the warranty terms "${id}" ${when}.`,
    }));
}

/** What was never told is no fault of the account's: only what it could have taken counts. */
function unusedTopics({ earlyInformation }: Rules, { uses, when }: Facts): UnusedService[] {
  return (earlyInformation?.topics ?? []).flatMap(({ topic }): UnusedService[] => {
    const told = uses.told?.[topic] ?? 0;
    if (told === 0 || (uses.collected?.[topic] ?? 0) > 0) return [];
    const because = `It took none of ${told} publications of the topic "${topic}" ${when}.`;
    return [{ service: "earlyInformation", name: topic, chances: told, because }];
  });
}

/** A contact is named on what is exchanged: without an order nobody turned to it. */
function unusedContact({ contact, contacts }: Rules, { orders, when }: Facts): UnusedService[] {
  const name = contacts?.people[0]?.name ?? contact?.name;
  if (name === undefined || orders > 0) return [];
  const because = `${name} is there for it, and no order ${when} had anybody turn to them.`;
  return [{ service: "contact", name, chances: 0, because }];
}

function unusedInvoicing({ invoicing }: Rules, { uses, when }: Facts): UnusedService[] {
  const invoices = uses.invoice?.[""] ?? 0;
  if (!invoicing || invoices > 0) return [];
  return [
    {
      service: "invoicing",
      name: "invoicing",
      chances: 0,
      because: `Its rules say how it is invoiced, and nothing was ${when}.`,
    },
  ];
}

function holdsIn({ from, to }: Period, validFrom: string | undefined, validTo: string | undefined): boolean {
  return (validFrom ?? from).slice(0, 7) <= to && (validTo === undefined || validTo.slice(0, 7) >= from);
}
