import { z } from "zod";
import { type Role, roleCode } from "../contacts/roles.ts";

/** Work items by what they are about, for rules that mean all of a group. */
const kindGroups = {
  orders: /^(priority-order|duplicate-order|duplicate-order-change|order-.*|price-differs)$/,
  prices: /^(price-differs|price-.*)$/,
  shipments: /^(promise-.*|shipment-.*|shipped-.*|shipping-schedule.*|warehouse-.*)$/,
  invoices: /^(invoice-.*|payment-.*|remittance-.*|duplicate-remittance)$/,
  edi: /^(quarantined|held|job-failed|unmatched-acknowledgment|rejected-by-account|application-.*|duplicate-interchange|duplicate-control.*|cross-reference-missing|advice-unmatched)$/,
} as const;
const groups = Object.keys(kindGroups) as (keyof typeof kindGroups)[];

/** How a step of an escalation says how long is waited for an answer. */
const waits = ["afterMinutes", "afterWorkingMinutes", "afterWorkingHours"] as const;

const minutes = z.number().min(0).max(100_000);

/** What the rule about who is told of a work item looks like. @param role how it says a role */
export function alertRule<RoleShape extends z.ZodType<string, string>>(role: RoleShape) {
  return z
    .strictObject({
      kinds: z
        .array(z.string().regex(/^[a-z0-9-]+(\*)?$/, "must be a kind of work item, a group of kinds, or end with *"))
        .min(1)
        .optional()
        .describe(
          `Kinds of work items ("document-held", "duplicate-*") or groups of them (${groups.join(", ")}). Left out: all.`,
        ),
      role: role.describe("Who is told. Where a work item names a role itself, that one is."),
      channels: z
        .array(z.enum(["email", "webhook"]))
        .min(1)
        .default(["email", "webhook"])
        .describe("By which ways: e-mail to the person, and the supplier's webhooks. Each is tried."),
      urgent: z
        .boolean()
        .default(false)
        .describe("Whether somebody in the role AH or EM is told outside of working hours; others wait for them."),
      gatherMinutes: minutes
        .optional()
        .describe(
          "How long further ones of the kind are waited for, to tell of all in one message. Left out: 2; urgent 0.",
        ),
      everyMinutes: minutes
        .optional()
        .describe("The kind's next message comes no sooner after one. Left out: 15; urgent 1."),
      escalate: z
        .array(
          z
            .strictObject({
              afterMinutes: minutes.optional().describe("Minutes of the clock."),
              afterWorkingMinutes: minutes.optional().describe("Working time of who was told last."),
              afterWorkingHours: z.number().min(0).max(1_000).optional().describe("Working time of who was told last."),
              to: z
                .union([z.enum(["deputy", "account-manager"]), z.strictObject({ role })])
                .describe(
                  "deputy: of who was told last. account-manager: of the account, else its sales representative. Or somebody in a role.",
                ),
            })
            .refine((step) => waits.filter((wait) => step[wait] !== undefined).length === 1, {
              error: `must say one of ${waits.join(", ")}`,
            }),
        )
        .max(10)
        .default([])
        .describe("Who is told next while nobody has acknowledged, each counted from the telling before."),
    })
    .meta({ description: "Who is told of work items, how, and who comes next where nobody answers." });
}

/** Who is told of a work item, with everything filled in. Roles are codes of X12 element 366; minutes are of the clock. */
export interface AlertPlan {
  /** Whoever is on duty in each of them is told. */
  readonly roles: readonly string[];
  readonly channels: readonly AlertChannel[];
  readonly urgent: boolean;
  readonly gatherMinutes: number;
  readonly everyMinutes: number;
  readonly escalate: readonly EscalationStep[];
}

export type AlertChannel = "email" | "webhook";

/** Who is told next, and after how much time: of the clock, or of the working time of who was told last. */
export interface EscalationStep {
  readonly after: { readonly minutes: number } | { readonly workingMinutes: number };
  readonly to: EscalationTarget;
}

/** Whom an escalation goes to: a role is a code of X12 element 366. */
export type EscalationTarget = "deputy" | "account-manager" | { readonly role: string };

type Rule = Omit<z.output<ReturnType<typeof alertRule>>, "role" | "escalate"> & {
  readonly role: Role;
  readonly escalate: readonly {
    readonly afterMinutes?: number | undefined;
    readonly afterWorkingMinutes?: number | undefined;
    readonly afterWorkingHours?: number | undefined;
    readonly to: "deputy" | "account-manager" | { readonly role: Role };
  }[];
};

const hourly = [
  { afterWorkingHours: 1, to: "deputy" as const },
  { afterWorkingHours: 4, to: "account-manager" as const },
];
const soon = [
  { afterMinutes: 15, to: "deputy" as const },
  { afterMinutes: 30, to: "account-manager" as const },
];
const usual: Omit<Rule, "role"> = { channels: ["email", "webhook"], urgent: false, escalate: hourly };

/** What holds for an account that has contacts and says nothing of alerts. */
export const defaultAlertRules: readonly Rule[] = [
  { ...usual, kinds: ["priority-order"], role: "OC", urgent: true, escalate: soon },
  { ...usual, kinds: ["prices"], role: "PF" },
  { ...usual, kinds: ["shipments"], role: "SD" },
  { ...usual, kinds: ["invoices"], role: "AR" },
  { ...usual, kinds: ["edi"], role: "EA" },
  { ...usual, role: "OC" },
];

/** Whether a rule of alerts speaks of a kind of work item. */
export function speaksOf({ kinds }: Pick<Rule, "kinds">, kind: string): boolean {
  return (
    kinds === undefined ||
    kinds.some((wanted) =>
      Object.hasOwn(kindGroups, wanted)
        ? kindGroups[wanted as keyof typeof kindGroups].test(kind)
        : wanted.endsWith("*")
          ? kind.startsWith(wanted.slice(0, -1))
          : kind === wanted,
    )
  );
}

/**
 * Who is told of a work item of a kind, by the first rule that speaks of it. @param named the roles that the work item names
 * itself. @returns null where no rule speaks of it and it names nobody
 */
export function alertPlan(rules: readonly Rule[] | undefined, kind: string, named: readonly Role[]): AlertPlan | null {
  const rule = (rules ?? defaultAlertRules).find((one) => speaksOf(one, kind));
  if (!rule && named.length === 0) return null;
  const { role, channels, urgent, gatherMinutes, everyMinutes, escalate }: Rule = rule ?? { ...usual, role: "OC" };
  return {
    roles: [...new Set((named.length > 0 ? named : [role]).map(roleCode))],
    channels: [...new Set(channels)].sort(),
    urgent,
    gatherMinutes: gatherMinutes ?? (urgent ? 0 : 2),
    everyMinutes: everyMinutes ?? (urgent ? 1 : 15),
    escalate: escalate.map(({ afterMinutes, afterWorkingMinutes, afterWorkingHours, to }) => ({
      after:
        afterMinutes === undefined
          ? { workingMinutes: afterWorkingMinutes ?? (afterWorkingHours ?? 0) * 60 }
          : { minutes: afterMinutes },
      to: typeof to === "string" ? to : { role: roleCode(to.role) },
    })),
  };
}
