import { alertPlan, effectiveProfile } from "../../accounts/index.ts";
import {
  findGathering,
  findUntold,
  gatherInto,
  lastTold,
  lockAlerts,
  openAlert,
  type Sort,
  untoldSorts,
} from "../../store/alerts.ts";
import type { Step } from "../step.ts";

const minuteMs = 60_000;

/**
 * A work item of an account with contacts → an alert, with all of the account's (or of a part of it) that are for the same people in the same way: of a
 * flood of them the first finds the others, and whoever is on duty gets one message. Tests call nobody.
 */
export const alert: Step<"alert"> = {
  name: "alert",

  async run({ session, directory, log }, { item: id }) {
    const found = await findUntold(session, id);
    if (!found) return [];
    const { accountId, division, location } = found;
    const profile = (await directory.load(session)).profile(accountId);
    const contacts = profile && effectiveProfile(profile, { division, location }).contacts;
    const planOf = ({ kind, roles }: Sort) => alertPlan(contacts?.alerts, kind, roles);
    const plan = contacts && planOf(found);
    if (!plan) return [];
    await lockAlerts(session, accountId);
    // Another may have gathered it while this one waited for its turn.
    if (!(await findUntold(session, id))) return [];
    const whom = { accountId, division, location, plan };
    const same = JSON.stringify(plan);
    const sorts = (await untoldSorts(session, accountId)).filter(
      (sort) => sort.division === division && sort.location === location && JSON.stringify(planOf(sort)) === same,
    );
    const now = Date.now();
    const told = await lastTold(session, whom);
    const notBefore = told === null ? 0 : told.getTime() + plan.everyMinutes * minuteMs;
    const at = new Date(Math.max(now + plan.gatherMinutes * minuteMs, notBefore));
    const gathering = await findGathering(session, whom);
    if (gathering) {
      await gatherInto(session, gathering.id, accountId, sorts);
      // It may wait for somebody to be there, and the account's contacts be others by now.
      const waits = gathering.nextAt !== null && gathering.nextAt > at;
      return waits ? [{ name: "escalate", ids: { alert: gathering.id, step: 0, cause: `joined-${id}` }, at }] : [];
    }
    const opened = await openAlert(session, { ...whom, nextAt: at });
    const items = await gatherInto(session, opened, accountId, sorts);
    log.info({ account: accountId, alert: opened, items, at: at.toISOString() }, "alert opened");
    return [{ name: "escalate", ids: { alert: opened, step: 0, cause: "time" }, at }];
  },
};
