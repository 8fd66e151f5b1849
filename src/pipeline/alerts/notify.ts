import { messageOf, NeedsHuman } from "../../errors.ts";
import {
  beginNoticeAttempt,
  countNeeding,
  endNotice,
  endNoticeAttempt,
  findAlert,
  findNotice,
} from "../../store/alerts.ts";
import { openWorkItem } from "../../store/work-items.ts";
import type { Step } from "../step.ts";
import { mailOf } from "./alert-mail.ts";

/** Waits after the first, second, ... failed try of a mail, milliseconds; the last goes on until the tries are used up. About three hours. */
const waitsMs = [5, 15, 30, 60, 120, 300, 600, 900, 1_800].map((s) => s * 1000);

/** How a try ended; null: there was nothing to send. */
type Tried =
  | { readonly outcome: "sent"; readonly attempt: string }
  | { readonly outcome: "refused"; readonly because: string }
  | { readonly outcome: "withdrawn" }
  | null;

/**
 * Sends one person the mail of an alert, and writes down every try. A mail that was sent and whose record was lost in a crash is sent
 * again, with the same Message-ID: whoever reads it may get it twice, but never not at all.
 */
export const notify: Step<"notify", Tried> = {
  name: "notify",

  async prepare(services, { notice: id }) {
    const { session } = services.database;
    const notice = await findNotice(session, id);
    const alert = notice && (await findAlert(session, notice.alertId));
    if (!notice || !alert || notice.state !== "waiting" || notice.address === null) return null;
    if ((await countNeeding(session, alert.id)).length === 0) return { outcome: "withdrawn" };
    const { mail } = services;
    if (!mail) return { outcome: "refused", because: "Mails are not sent: set SMTP_URL and ALERT_FROM." };
    const attempt = await beginNoticeAttempt(session, id);
    try {
      const profile = (await services.directory.load(session)).profile(alert.accountId);
      await mail.send(await mailOf(session, { alert, notice, profile }, mail.domain, services.settings.publicUrl));
      return { outcome: "sent", attempt };
    } catch (error) {
      await endNoticeAttempt(session, attempt, { outcome: "failed", error: messageOf(error) });
      if (!(error instanceof NeedsHuman)) throw error;
      return { outcome: "refused", because: error.message };
    }
  },

  async run({ session, log }, { notice: id }, tried) {
    const notice = tried && (await findNotice(session, id));
    if (!notice) return [];
    const { alertId: alert, step, holderId: to } = notice;
    if (tried.outcome === "sent") {
      await endNoticeAttempt(session, tried.attempt, { outcome: "sent", error: null });
      await endNotice(session, id, { state: "sent" });
      log.info({ alert, notice: id, step, to }, "alert sent");
      return [];
    }
    if (tried.outcome === "withdrawn") {
      await endNotice(session, id, { state: "withdrawn", trouble: "By then nothing needed anybody any more." });
      return [];
    }
    await endNotice(session, id, { state: "failed", trouble: tried.because });
    await openWorkItem(session, {
      kind: "alert-failed",
      message: `${notice.holderName} could not be told of an alert: ${tried.because} Mend the address in the account's contacts. Whoever comes next is told now.`,
      jobId: `notify-${id}`,
    });
    log.warn({ alert, notice: id, step, to, because: tried.because }, "alert refused by the mail server");
    return [{ name: "escalate", ids: { alert, step: step + 1, cause: `failed-${id}` } }];
  },

  retryAfterMs: (attempts, { settings }) =>
    attempts >= settings.deliveryAttempts ? null : (waitsMs[attempts - 1] ?? (waitsMs.at(-1) as number)),

  /** Its work item is no account's: people would be alerted that they could not be alerted. */
  async giveUp({ session }, { notice: id }, because) {
    await endNotice(session, id, { state: "failed", trouble: because });
    return {};
  },
};
