import type { AccountProfile } from "../accounts/account.ts";
import type { Document, Invoice, Order } from "../documents/index.ts";
import { messageOf, NeedsHuman } from "../errors.ts";
import type { Session } from "../store/database.ts";
import { findAcceptedByNumber } from "../store/document-links.ts";
import { type DocumentRow, updateDocumentBody } from "../store/documents.ts";
import { tell } from "../store/events.ts";
import { lockBooks } from "../store/ledger.ts";
import { findBeside } from "../store/made-invoices.ts";
import { acceptSubmission, holdSubmission, lockDocument } from "../store/submitted-documents.ts";
import type { StoredFinding } from "../store/tables.ts";
import { openWorkItem } from "../store/work-items.ts";
import { announce } from "./announce.ts";
import { businessFindings } from "./business-findings.ts";
import { draftOfDocument } from "./document-draft.ts";
import { wordsFor } from "./document-words.ts";
import { creditReachedSteps } from "./given-back/price-credits.ts";
import { bookRebates } from "./given-back/rebates.ts";
import { ruleFindings } from "./invoicing/rule-findings.ts";
import { withOrderPriority } from "./order-priority.ts";
import { withOrderWarranties } from "./order-warranties.ts";
import { checkOutgoing } from "./outgoing-check.ts";
import { postToLedger } from "./post.ts";
import { embargoed, embargoFindings } from "./publications/embargo.ts";
import { noteRuling, ruledFor } from "./ruled-by.ts";
import type { NextJob, Step, StepContext } from "./step.ts";

/**
 * Whether a document that the supplier handed in may leave: by what was ordered and shipped, and as the X12 that it would
 * leave as. From then on it counts, or a person decides.
 */
export const checkDocument: Step<"check"> = {
  name: "check",

  async run(context, { document: id, run, release }) {
    const { session } = context;
    const row = await lockDocument(session, id);
    // Withdrawn meanwhile, or released and checked since.
    if (row?.status !== "submitted" || row.checks !== run) return [];
    // What was held is checked again by what is in force by then: that may be how it was mended.
    const inForce = await (await context.directory.load(session)).ruling(session, row.accountId, new Date());
    if (!inForce) throw new NeedsHuman("account.missing", `There is no account ${row.accountId}.`);
    const ruling = await ruledFor(session, inForce, row);
    const { profile, place } = ruling;
    await noteRuling(session, row, ruling);
    await lockBooks(session, row.accountId, row.usage);
    const { document, told } = await completedFromOrder(session, profile, row.body as Document);
    if (told.length > 0) await updateDocumentBody(session, id, document);
    for (const message of told) await tell(session, { documentId: id }, "completed", message);
    const findings = await findingsOn(context, profile, document, row);
    const stops = findings.filter((one) => one.severity === "hold" && !(release && isReleasable(one)));
    return stops.length > 0
      ? hold(context, row, findings, stops)
      : accept(
          context,
          { ...row, division: place.division, location: place.location, body: document },
          document,
          findings,
          profile,
        );
  },
};

/** A document with what its orders have it say, warranties and priority; and a sentence on each that it lacked. */
export async function completedFromOrder(
  session: Session,
  profile: AccountProfile,
  given: Document,
): Promise<{ readonly document: Document; readonly told: readonly string[] }> {
  const warranted = await withOrderWarranties(session, profile, given);
  const raised = await withOrderPriority(session, profile, warranted.document);
  return { document: raised.document, told: [warranted.told, raised.told].filter((one) => one !== null) };
}

/** Everything that is odd about a document, the business's first. */
export async function findingsOn(
  services: Pick<StepContext, "session" | "library" | "guides">,
  profile: AccountProfile,
  document: Document,
  known: { readonly id?: string; readonly number: string; readonly submittedBy?: string | null },
): Promise<StoredFinding[]> {
  const isOurs = known.submittedBy === null;
  return [
    ...(await businessFindings(services.session, profile, document, isOurs)),
    ...(isOurs ? [] : await ruleFindings(services.session, profile, document)),
    ...(await embargoFindings(services.session, profile, document)),
    ...(await x12Findings(services, profile, document, known)),
  ];
}

/** What our own engine says of the X12, and what is embargoed: no person can let that out of the house. */
const x12Wrong = "x12-wrong";

/** Whether a person may let a document go in spite of it. */
export const isReleasable = ({ code }: Pick<StoredFinding, "code">): boolean => code !== x12Wrong && code !== embargoed;

async function x12Findings(
  { session, library, guides }: Pick<StepContext, "session" | "library" | "guides">,
  profile: AccountProfile,
  document: Document,
  known: { readonly id?: string; readonly number: string },
): Promise<StoredFinding[]> {
  const finding = (message: string): StoredFinding => ({
    code: x12Wrong,
    severity: "hold",
    path: "",
    message,
    mend: "Withdraw it and hand it in as it should be; or mend the account's profile or guide, and release it.",
  });
  try {
    const { draft, missing, remarks } = await draftOfDocument(session, { library, guides }, profile, document, known);
    const faults = await checkOutgoing({ library, guides }, profile, draft);
    return [...missing.map(numberMissing), ...remarks.map(notAsWanted), ...faults.map(finding)];
  } catch (error) {
    return [finding(messageOf(error))];
  }
}

const numberMissing = (message: string): StoredFinding => ({
  code: "cross-reference-missing",
  severity: "warning",
  path: "",
  message,
  mend: "Add it to the account's cross-references.",
});

const notAsWanted = (message: string): StoredFinding => ({
  code: "stores-left-as-they-are",
  severity: "warning",
  path: "",
  message,
  mend: "Nothing has to be done: the lines say the same in the form in which they were handed in.",
});

async function hold(
  { session, log }: StepContext,
  row: DocumentRow,
  findings: readonly StoredFinding[],
  stops: readonly StoredFinding[],
): Promise<NextJob[]> {
  await holdSubmission(session, row.id, findings);
  const [first] = stops;
  const more = stops.length === 1 ? "" : ` (and ${stops.length - 1} more)`;
  const message = `The ${wordsFor(row.type)} ${row.number} is held: ${first?.message ?? ""}${more}`;
  await tell(session, { documentId: row.id }, "held", message);
  await openWorkItem(session, { kind: "document-held", message, accountId: row.accountId, documentId: row.id });
  log.warn({ document: row.id, account: row.accountId, findings: stops.map(({ code }) => code) }, "document held");
  return [];
}

async function accept(
  context: StepContext,
  row: DocumentRow,
  document: Document,
  findings: readonly StoredFinding[],
  profile: AccountProfile,
): Promise<NextJob[]> {
  const { session, log } = context;
  const about = { documentId: row.id };
  for (const { message } of findings.slice(0, 20)) await tell(session, about, "remark", message);
  const respondsToId = await orderAnswered(session, document);
  await acceptSubmission(session, row.id, { findings, respondsToId });
  const { next = [] } = await postToLedger(context, row, document);
  const givenBack = document.documentType === "invoice" ? await giveBack(context, row, document, profile) : [];
  await tell(session, about, "accepted", "Its checks are passed: it counts, and is on its way.");
  log.info({ document: row.id, account: row.accountId, type: row.type }, "document accepted");
  return [
    ...(await announce(context, row)),
    { name: "generate", ids: { document: row.id, run: 0 } },
    ...next,
    ...(await checksBeside(session, row)),
    ...givenBack,
  ];
}

/** What stands beside an invoice of ours, and names it, can be checked now. */
async function checksBeside(session: Session, { id, accountId }: DocumentRow): Promise<NextJob[]> {
  const beside = await findBeside(session, id);
  return beside.flatMap(({ id: document, status, checks: run }): NextJob[] =>
    status === "submitted" ? [{ name: "check", ids: { document, run, release: false }, account: accountId }] : [],
  );
}

/** What an invoice that counts makes due to the account by its contracts. */
async function giveBack(
  context: StepContext,
  row: DocumentRow,
  invoice: Invoice,
  profile: AccountProfile,
): Promise<NextJob[]> {
  return [
    ...(await creditReachedSteps(context, row, invoice, profile)),
    ...(await bookRebates(context, row, invoice, profile)),
  ];
}

/** The order that a response answers: the one that it names by our own id, or the last with its number. */
async function orderAnswered(session: Session, document: Document): Promise<string | null> {
  if (document.documentType !== "order-response") return null;
  const { account: accountId, usage, order } = document;
  const orders = await findAcceptedByNumber(session, { accountId, usage }, ["order"], order.number);
  const found = orders.find(({ id }) => id === order.document) ?? orders[0];
  if (!found) return null;
  // What answers a part answers the order.
  return (found.body as Order).part?.document ?? found.id;
}
