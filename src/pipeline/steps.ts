/**
 * The pipeline at a glance, in the order of the data. A file comes in by `receive`; each step below is a job, and answers
 * with the jobs that follow:
 *
 *   receive ─► interpret ─┬─► acknowledge ─────────────► envelope ─► (mailbox) or deliver
 *                         ├─► translate ─► apply-rules ─┬─► generate ─► envelope ─► (mailbox) or deliver
 *                         │                             └─► deliver (webhook)
 *                         └─► reconcile   (the account's own TA1, 997, 999)
 *
 * A document of the supplier's comes in by `submit`:
 *
 *   submit ─► check ─┬─► generate ─► envelope ─► (mailbox) or deliver
 *                    └─► deliver (webhook)
 *
 * A ship notice that is accepted is billed at once, or when its period is over, where the account's rule has us make the invoices:
 *
 *   check (856) ─► bill ─► check (810) ─► generate ─► envelope ─► (mailbox) or deliver
 *
 * An invoice that counts may give something back to its account: a credit memo of ours is checked as if it was handed in.
 *
 *   check ─┬─► check
 *          └─► settle-rebate ─► check   (when the period is over)
 *
 * A publication is handed in once and goes to each account when its tier's turn and its own schedule have come:
 *
 *   hand in ─► release ─► publish ─┬─► envelope ─► (mailbox) or deliver
 *                 ▲                │
 *                 └────────────────┘
 *
 * What needs a person is a work item, and whoever is on duty is told, the next one while nobody answers:
 *
 *   a work item opens ─► alert ─► escalate ─┬─► notify (mail)
 *                                   ▲   │   └─► deliver (webhook)
 *                                   └───┘
 */
import { acknowledge } from "./acknowledge.ts";
import { alert } from "./alerts/alert.ts";
import { escalate } from "./alerts/escalate.ts";
import { notify } from "./alerts/notify.ts";
import { applyRules } from "./apply-rules.ts";
import { checkDocument } from "./check-document.ts";
import { deliver } from "./deliver.ts";
import { envelope } from "./envelope.ts";
import { generate } from "./generate.ts";
import { settleRebate } from "./given-back/settle-rebate.ts";
import { interpret } from "./interpret.ts";
import { bill } from "./invoicing/bill.ts";
import { publish } from "./publications/publish.ts";
import { release } from "./publications/release.ts";
import { reconcile } from "./reconcile.ts";
import type { JobName, Step } from "./step.ts";
import { translate } from "./translate.ts";
import { watchPromise } from "./watch-promise.ts";

/** Every step by the name of its job. What a step prepares is its own affair. */
export const steps: { readonly [Name in JobName]: Step<Name, unknown> } = {
  interpret,
  acknowledge,
  translate,
  "apply-rules": applyRules,
  check: checkDocument,
  generate,
  envelope,
  deliver,
  bill,
  "watch-promise": watchPromise,
  "settle-rebate": settleRebate,
  reconcile,
  alert,
  escalate,
  notify,
  release,
  publish,
};
