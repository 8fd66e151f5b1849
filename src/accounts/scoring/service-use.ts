import type { AccountProfile } from "../account.ts";
import { defaultPriorityRules } from "../rules/priority.ts";
import type { Period } from "./figures.ts";

/** How often an account used what, by use and name. */
export type UseCounts = Readonly<
  Partial<Record<"order" | "level" | "rule" | "price" | "contract" | "step", Readonly<Record<string, number>>>>
>;

/** Something that an account's rules give it, and that it did not use. */
export interface UnusedService {
  readonly service: "priority" | "prices";
  /** Of the rule or contract. */
  readonly name: string;
  /** How often it could have been used. */
  readonly chances: number;
  readonly because: string;
}

const ofEveryAccount: ReadonlySet<string> = new Set(defaultPriorityRules.map(({ name }) => name));

/** What an account is given by rules of its own and did not use in a period. */
export function unusedServices(
  { priority, pricing }: Pick<AccountProfile, "priority" | "pricing">,
  uses: UseCounts,
  { from, to }: Period,
): UnusedService[] {
  const orders = uses.order?.[""] ?? 0;
  const priced = Object.values(uses.price ?? {}).reduce((sum, one) => sum + one, 0);
  const when = `from ${from} to ${to}`;
  const rules = priority
    .filter(({ name }) => !ofEveryAccount.has(name) && (uses.rule?.[name] ?? 0) === 0)
    .map(({ name }) => ({
      service: "priority" as const,
      name,
      chances: orders,
      because: `The priority rule "${name}" fired for none of ${orders} orders ${when}.`,
    }));
  const contracts = (pricing?.contracts ?? [])
    .filter(
      ({ validFrom, validTo }) => validFrom.slice(0, 7) <= to && (validTo === undefined || validTo.slice(0, 7) >= from),
    )
    .flatMap(({ number }) => {
      const lines = uses.contract?.[number] ?? 0;
      if (lines === 0) {
        const because = `Contract ${number} gave the price of none of ${priced} order lines ${when}.`;
        return [{ service: "prices" as const, name: number, chances: priced, because }];
      }
      if ((uses.step?.[number] ?? 0) > 0) return [];
      const because = `None of ${lines} order lines reached a step above the first of contract ${number} ${when}.`;
      return [{ service: "prices" as const, name: number, chances: lines, because }];
    });
  return [...rules, ...contracts];
}
