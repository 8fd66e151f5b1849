import { randomUUID } from "node:crypto";
import type { AccountProfile } from "../../accounts/account.ts";
import {
  type AlertedAccount,
  effectiveProfile,
  firstTelling,
  nextTelling,
  stepAt,
  type Telling,
} from "../../accounts/index.ts";
import { type Alert, addNotices, countNeeding, findNotices, lockAlert, setNext } from "../../store/alerts.ts";
import { addDelivery } from "../../store/deliveries.ts";
import { findWebhooksForAlerts } from "../../store/webhooks.ts";
import type { NextJob, Step, StepContext } from "../step.ts";

/** Where somebody is said to come at an instant that is over, it is looked again so soon, milliseconds. */
const lookAgainMs = 60_000;

type Somebody = Extract<Telling, { now: unknown }>["now"][number];

/**
 * The step of an alert whose time has come: whoever is on duty is told, and what comes next while nobody answers is written down.
 * Nobody is told where nothing needs anybody any more.
 */
export const escalate: Step<"escalate"> = {
  name: "escalate",

  async run(context, { alert: id, step }) {
    const { session, directory, log } = context;
    const alert = await lockAlert(session, id);
    // A failed mail may have called the step before its time.
    if (alert?.nextStep !== step) return [];
    const whole = (await directory.load(session)).profile(alert.accountId);
    const profile = whole && effectiveProfile(whole, alert);
    if (!profile?.contacts || (await countNeeding(session, id)).length === 0) {
      await setNext(session, id, null);
      return [];
    }
    const account = { ...profile, contacts: profile.contacts };
    const now = new Date();
    const last = await lastToldOf(context, account, id);
    for (let at = step; at <= alert.plan.escalate.length; at++) {
      const telling = tellingOf(account, alert, at, last, now);
      if ("later" in telling) return waitFor(context, alert, at, telling.later, now);
      // Where nobody is there for a step, the next comes at once; of the first, the supplier's systems at least are told.
      if ("nobody" in telling && at > 0) continue;
      const told = "now" in telling ? telling.now : [];
      const sending = await tellNow(context, alert, at, told, "nobody" in telling ? telling.nobody : "");
      log.info({ account: profile.id, alert: id, step: at, told: told.map(({ who }) => who.id) }, "alert told");
      return [...sending, ...(await goOn(context, account, alert, at, told[0], now))];
    }
    await setNext(session, id, null);
    return [];
  },
};

function tellingOf(
  account: AlertedAccount,
  { plan }: Alert,
  step: number,
  last: Parameters<typeof nextTelling>[2],
  now: Date,
): Telling {
  const target = plan.escalate[step - 1]?.to;
  return step === 0 || target === undefined
    ? firstTelling(account, plan, now)
    : nextTelling(account, target, last, plan.urgent, now);
}

/** Who was told of the step before, of those whom the account still has. */
async function lastToldOf({ session }: StepContext, { contacts }: AlertedAccount, alertId: string) {
  const notices = await findNotices(session, [alertId]);
  const step = notices.at(-1)?.step;
  const ids = new Set(notices.filter((one) => one.step === step).map(({ holderId }) => holderId));
  return [...contacts.people, ...contacts.desks].filter(({ id }) => ids.has(id));
}

/** The step waits until somebody is there. */
async function waitFor(
  { session, log }: StepContext,
  { id }: Alert,
  step: number,
  later: Date,
  now: Date,
): Promise<NextJob[]> {
  const at = later > now ? later : new Date(now.getTime() + lookAgainMs);
  await setNext(session, id, { step, at });
  log.info({ alert: id, step, at: at.toISOString() }, "alert waits for somebody to be there");
  return [{ name: "escalate", ids: { alert: id, step, cause: `there-${at.toISOString()}` }, at }];
}

/** Writes down the step that follows a telling. */
async function goOn(
  { session }: StepContext,
  account: AlertedAccount,
  { id, plan }: Alert,
  step: number,
  told: Somebody | undefined,
  now: Date,
): Promise<NextJob[]> {
  const toldAt = step === 0 ? now : undefined;
  const following = plan.escalate[step];
  if (following === undefined) {
    await setNext(session, id, null, toldAt);
    return [];
  }
  const at = stepAt(account, following.after, told?.who, now);
  await setNext(session, id, { step: step + 1, at }, toldAt);
  return [{ name: "escalate", ids: { alert: id, step: step + 1, cause: "time" }, at }];
}

/** Writes down who is told by which way. @returns the jobs that send it */
async function tellNow(
  context: StepContext,
  { id: alertId, plan, accountId }: Alert,
  step: number,
  told: readonly Somebody[],
  why: string,
): Promise<NextJob[]> {
  const { session, mail } = context;
  const to = told.length > 0 ? told : [{ who: null, reason: why }];
  const webhooks = plan.channels.includes("webhook") ? await targetsOf(context, accountId) : [];
  const next: NextJob[] = [];
  for (const { who, reason } of to) {
    const notice = {
      ...{ alertId, step, reason },
      ...{ holderId: who?.id ?? null, holderName: who?.name ?? null, address: null },
    };
    if (plan.channels.includes("email") && who) {
      const id = randomUUID();
      const trouble = troubleWith(mail !== null, who);
      const state = trouble === null ? ("waiting" as const) : ("not-sent" as const);
      await addNotices(session, [{ ...notice, id, channel: "email", address: who.email ?? null, state, trouble }]);
      if (trouble === null) next.push({ name: "notify", ids: { notice: id } });
    }
    if (webhooks.length > 0) {
      const id = randomUUID();
      await addNotices(session, [{ ...notice, id, channel: "webhook", state: "waiting" }]);
      for (const target of webhooks) {
        const delivery = randomUUID();
        await addDelivery(session, { id: delivery, channel: "webhook", accountId, noticeId: id, ...target });
        next.push({ name: "deliver", ids: { delivery, run: 0 } });
      }
    } else if (plan.channels.includes("webhook") && (who === null || !plan.channels.includes("email"))) {
      const trouble = "No webhook is told of alerts: set WEBHOOK_URL, or subscribe to the type alert.";
      await addNotices(session, [{ ...notice, id: randomUUID(), channel: "webhook", state: "not-sent", trouble }]);
    }
  }
  return next;
}

function troubleWith(hasMail: boolean, { name, email }: Somebody["who"]): string | null {
  if (email === undefined) return `${name} has no e-mail address.`;
  return hasMail ? null : "Mails are not sent: set SMTP_URL and ALERT_FROM.";
}

/** The address in the settings, and whoever subscribed to alerts. */
async function targetsOf({ session, settings }: StepContext, accountId: AccountProfile["id"]) {
  const subscribed = await findWebhooksForAlerts(session, accountId);
  return [
    ...(settings.webhook ? [{ target: settings.webhook.url }] : []),
    ...subscribed.map(({ id, url }) => ({ webhookId: id, target: url })),
  ];
}
