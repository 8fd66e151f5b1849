import type { AccountProfile } from "../../accounts/account.ts";
import { type Alert, countNeeding, findNotices, firstNeeding, type Notice } from "../../store/alerts.ts";
import type { Session } from "../../store/database.ts";
import type { WorkItem } from "../../store/work-items.ts";
import type { Mail } from "../../transports/transport.ts";

/** Work items that a mail tells of one by one; of the others it has the number. */
const toldAtMost = 20;
/** What of a work item's message a mail has, characters. */
const messageLength = 600;
/** Of a subject's sentence, characters. */
const subjectLength = 120;

/** What a notice is about. */
export interface Noticed {
  readonly alert: Alert;
  readonly notice: Notice;
  readonly profile: AccountProfile | null;
}

/** The mail of a notice: what needs somebody now, why it is them, and how to say that they have it in hand. */
export async function mailOf(
  session: Session,
  { alert, notice, profile }: Noticed,
  domain: string,
  publicUrl: string | null,
): Promise<Mail> {
  const kinds = await countNeeding(session, alert.id);
  const items = await firstNeeding(session, alert.id, toldAtMost);
  const total = kinds.reduce((sum, one) => sum + one.count, 0);
  const account = oneLine(profile?.name ?? alert.accountId);
  const first = (await findNotices(session, [alert.id])).find(
    ({ channel, step }) => channel === "email" && step < notice.step,
  );
  return {
    id: messageIdOf(notice, domain),
    to: { name: notice.holderName ?? "", address: notice.address ?? "" },
    subject: `${alert.plan.urgent ? "URGENT " : ""}${notice.step > 0 ? "Not answered yet: " : ""}${account}: ${subjectOf(items, total)}`,
    text: [
      `${account} (${alert.accountId}): ${total === 1 ? "a work item needs" : `${total} work items need`} somebody.`,
      "",
      ...items.flatMap((item, index) => linesOf(item, index + 1, publicUrl)),
      ...(total > items.length ? [`And ${total - items.length} more. By kind: ${byKind(kinds)}.`, ""] : []),
      `You are told because: ${oneLine(notice.reason)}`,
      ...nextOf(alert, notice),
      "To say that you have it in hand:",
      `  portico alerts acknowledge ${alert.id}`,
      `  POST ${publicUrl ?? ""}/api/v1/alerts/${alert.id}/acknowledge`,
      "",
    ].join("\n"),
    follows: first ? messageIdOf(first, domain) : null,
  };
}

/** The same for every try of a notice. */
const messageIdOf = ({ id }: Notice, domain: string): string => `${id}@${domain}`;

function subjectOf(items: readonly WorkItem[], total: number): string {
  const [only] = items;
  if (total > 1 || !only) return `${total} work items`;
  const text = oneLine(only.message);
  return text.length > subjectLength ? `${text.slice(0, subjectLength)}...` : text;
}

function linesOf({ kind, message, openedAt, documentId, interchangeId }: WorkItem, number: number, url: string | null) {
  const text = oneLine(message);
  const path = documentId ? `documents/${documentId}` : interchangeId ? `interchanges/${interchangeId}` : null;
  return [
    `${number}. ${kind}, ${openedAt.toISOString()}`,
    `   ${text.length > messageLength ? `${text.slice(0, messageLength)}...` : text}`,
    ...(path === null ? [] : [`   ${url ?? ""}/api/v1/${path}`]),
    "",
  ];
}

const byKind = (kinds: readonly { kind: string; count: number }[]): string =>
  kinds.map(({ kind, count }) => `${count} ${kind}`).join(", ");

/** What happens while nobody answers. The time is not known before this mail's own step is written down. */
function nextOf({ nextStep, nextAt }: Alert, { step }: Notice): string[] {
  if (nextStep === null || nextAt === null || nextStep <= step) return [];
  return [`Who comes next is told at ${nextAt.toISOString()}, unless somebody says that they have it in hand.`];
}

/** What came from files and people, as one line of text. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
}
