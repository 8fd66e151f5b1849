import { randomUUID } from "node:crypto";
import { NeedsHuman } from "../errors.ts";
import { inboundLibrary } from "../mappings/inbound-library.ts";
import { tell } from "../store/events.ts";
import { readFile } from "../store/files.ts";
import {
  closeOneSet,
  findGroups,
  findInterchange,
  findInterchangesOfFile,
  findSameControl,
  type Interchange,
  insertInterchange,
  lockControls,
  type NewInterchange,
  saveGroup,
  saveTransactionSets,
  updateInterchange,
} from "../store/interchanges.ts";
import { closeWorkItems } from "../store/work-items.ts";
import {
  acceptedVersion,
  type FileReport,
  type GroupHeader,
  type InterchangeHeader,
  type InterchangeReport,
  isAcknowledgment,
  type Problem,
  readInterchanges,
} from "../x12/index.ts";
import type { AccountsNow } from "./account-directory.ts";
import { quarantine, refuseFile, rejectEnvelope, setAsideDuplicate } from "./not-taken-in.ts";
import type { NextJob, Step, StepContext } from "./step.ts";

interface Read {
  readonly fileId: string;
  readonly submitterAccountId: string | null;
  readonly report: FileReport;
  readonly accounts: AccountsNow;
}

/** Parse; whose is it; is it right. Every interchange of the file, each for itself. */
export const interpret: Step<"interpret", Read> = {
  name: "interpret",

  async prepare(services, { interchange: id }) {
    const { session } = services.database;
    const first = await findInterchange(session, id);
    if (!first?.fileId) throw new NeedsHuman("interchange.missing", `There is no received interchange ${id}.`);
    const accounts = await services.directory.load(session);
    const library = inboundLibrary(services.library);
    const profileOf = (header: InterchangeHeader, group: GroupHeader) => {
      const match = accounts.match(envelopeOf(header, [group]), first.submitterAccountId);
      return match.matched ? accounts.profile(match.account) : null;
    };
    const report = await readInterchanges(readFile(session, first.fileId), {
      library,
      acceptVersion: (gs08, header, group) => acceptedVersion(library, gs08, profileOf(header, group)?.acceptVersions),
      strictness: (header, group) => profileOf(header, group)?.strictness ?? null,
      guides: (header, group, setType) => {
        const profile = profileOf(header, group);
        return profile === null ? [] : accounts.guides(profile.id, setType);
      },
    });
    return { fileId: first.fileId, submitterAccountId: first.submitterAccountId, report, accounts };
  },

  async run(context, { interchange: id, run, release }, read) {
    if (read.report.interchanges.length === 0) return refuseFile(context, id, read.report);
    const known = await findInterchangesOfFile(context.session, read.fileId);
    const next: NextJob[] = [];
    for (const [ordinal, report] of read.report.interchanges.entries()) {
      const existing = known.find((one) => one.ordinal === ordinal);
      // A person asked for one interchange again, not for its neighbours in the file.
      if (existing && run > 0 && existing.id !== id) continue;
      const row = existing ?? (await addSibling(context, known[0], ordinal));
      // What belongs to no interchange (data between or after them) is told with the first.
      const also = ordinal === 0 ? read.report.problems : [];
      next.push(...(await interpretOne(context, row, report, also, read, { run, release: release && row.id === id })));
    }
    return next;
  },
};

/** The second, third, ... interchange of a file gets a row of its own when the file is read for the first time. */
async function addSibling(
  { session }: StepContext,
  first: Interchange | undefined,
  ordinal: number,
): Promise<Interchange> {
  if (!first) throw new NeedsHuman("interchange.missing", "The file's first interchange is missing.");
  const id = randomUUID();
  const { fileId, submitterAccountId, receivedAt } = first;
  await insertInterchange(session, {
    id,
    direction: "inbound",
    status: "received",
    fileId,
    ordinal,
    submitterAccountId,
    receivedAt,
  });
  await tell(session, { interchangeId: id }, "received", `Interchange ${ordinal + 1} of a file with several.`);
  return (await findInterchange(session, id)) as Interchange;
}

async function interpretOne(
  context: StepContext,
  row: Interchange,
  report: InterchangeReport,
  also: readonly Problem[],
  { accounts, submitterAccountId }: Read,
  { run, release }: { run: number; release: boolean },
): Promise<NextJob[]> {
  const { session } = context;
  const { header } = report;
  const facts = { ...factsOf(report), problems: [...report.problems, ...also] };
  const match = accounts.match(
    envelopeOf(
      header,
      report.groups.map((group) => group.header),
    ),
    submitterAccountId,
  );
  if (report.verdict === "R") return rejectEnvelope(context, row, facts, report, match, submitterAccountId, run);
  if (!match.matched) return quarantine(context, row, facts, match, submitterAccountId);

  const accountId = match.account;
  const usage = match.identity.usage;
  await lockControls(session, accountId, usage);
  const days = accounts.profile(accountId)?.duplicateWindowDays ?? 365;
  const earlier = release
    ? null
    : await findSameControl(session, {
        ...header,
        id: row.id,
        accountId,
        usage,
        since: new Date(Date.now() - days * 86_400_000),
      });
  if (earlier) return setAsideDuplicate(context, row, { ...facts, accountId, usage }, report, earlier, run);

  // What waited in quarantine, or was refused, is taken in for the first time now, however often it was read.
  const nothingTaken = row.verdict === null || row.verdict === "R";
  const first = nothingTaken && (await findGroups(session, row.id)).length === 0;
  await updateInterchange(session, row.id, { ...facts, accountId, usage, status: "processing", reason: null });
  const { open, verdict, toTranslate, toReconcile } = await saveContent(context, row.id, report, nothingTaken);
  await updateInterchange(session, row.id, { verdict, openSets: open });
  await closeWorkItems(session, { interchangeId: row.id, kind: "quarantined" }, "The account is known now.");
  await tell(session, { interchangeId: row.id }, "interpreted", sentenceFor(report, verdict, accountId));
  context.log.info({ interchange: row.id, account: accountId, verdict, sets: open }, "interchange interpreted");
  if (open === 0) await closeOneSet(session, row.id);
  return [
    { name: "acknowledge", ids: { interchange: row.id, run, first }, account: accountId },
    ...toTranslate.map((set): NextJob => ({ name: "translate", ids: { set, run }, account: accountId })),
    ...(toReconcile
      ? [{ name: "reconcile", ids: { interchange: row.id, run }, account: accountId } satisfies NextJob]
      : []),
  ];
}

/** Groups and sets as they were found; what an earlier run has made of them stays. */
async function saveContent(
  { session }: StepContext,
  interchangeId: string,
  report: InterchangeReport,
  nothingTaken: boolean,
): Promise<{ open: number; verdict: "A" | "E" | "P" | "R"; toTranslate: string[]; toReconcile: boolean }> {
  const toTranslate: string[] = [];
  let reconcilable = report.ta1s.length > 0;
  for (const [ordinal, group] of report.groups.entries()) {
    const groupId = await saveGroup(session, {
      id: randomUUID(),
      interchangeId,
      ordinal,
      ...group.header,
      verdict: group.verdict,
      problems: group.problems,
      includedCount: group.includedCount,
      offset: group.offset,
      length: group.length,
    });
    const sets = await saveTransactionSets(
      session,
      group.transactionSets.map((set, place) => ({ id: randomUUID(), interchangeId, groupId, ordinal: place, ...set })),
    );
    if (isAcknowledgment(group)) reconcilable = true;
    else if (group.verdict !== "R") {
      for (const set of sets) if (set.verdict !== "R" && set.documentId === null) toTranslate.push(set.id);
    }
  }
  // A TA1, 997 or 999 is taken in once: a replay must not move an answer back.
  const toReconcile = reconcilable && nothingTaken;
  return { open: toTranslate.length + (toReconcile ? 1 : 0), verdict: overall(report), toTranslate, toReconcile };
}

/** A where all is accepted, R where nothing is, P in between. */
function overall(report: InterchangeReport): "A" | "E" | "P" | "R" {
  const verdicts = report.groups.flatMap((group) => [
    group.verdict,
    ...(group.verdict === "R" ? [] : group.transactionSets.map((set) => set.verdict)),
  ]);
  if (verdicts.length === 0 || verdicts.every((verdict) => verdict === "A")) return report.verdict;
  if (report.groups.every((group) => group.verdict === "R")) return "R";
  return verdicts.some((verdict) => verdict === "R" || verdict === "P") ? "P" : "E";
}

function factsOf({ header, delimiters, offset, length }: InterchangeReport): Partial<NewInterchange> {
  return {
    usage: header.usage === "P" ? "production" : header.usage === "T" ? "test" : null,
    control: header.control,
    senderQualifier: header.senderQualifier,
    senderId: header.senderId,
    receiverQualifier: header.receiverQualifier,
    receiverId: header.receiverId,
    version: header.version,
    date: header.date,
    time: header.time,
    acknowledgmentRequested: header.acknowledgmentRequested,
    delimiters,
    offset,
    length,
  };
}

function envelopeOf(header: InterchangeHeader, groups: readonly GroupHeader[]) {
  return { ...header, groups };
}

function sentenceFor(report: InterchangeReport, verdict: "A" | "E" | "P" | "R", accountId: string): string {
  const sets = report.groups.flatMap((group) => group.transactionSets);
  const bad = sets.filter((set) => set.verdict === "R").length;
  const said = {
    A: "all accepted",
    E: "accepted with errors",
    P: `${bad} rejected, the others accepted`,
    R: "all rejected",
  }[verdict];
  return `From ${accountId}: ${count(report.groups.length, "group")}, ${count(sets.length, "transaction set")}, ${said}.`;
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;
