import { stringify } from "csv-stringify/sync";
import { tierAmong } from "../accounts/publications/release-times.ts";
import type { Proof, ReceiptRow, SubscriptionRow, ToldEdition } from "../store/publication-subscriptions.ts";
import type { PlacedPublication, ReleaseRow } from "../store/publications.ts";
import type { PublicationProof, PublicationView, ToldView } from "./contract/publications.ts";
import { hrefOf, moment } from "./interchange-view.ts";

/** A publication as the supplier sees it. @param subscribers of its stream */
export function publicationView(
  publication: PlacedPublication,
  subscribers: readonly SubscriptionRow[],
  now: Date,
): PublicationView {
  const { id, topic, usage, number, kind, title, planNumber, correctsId, by, reason } = publication;
  return {
    ...{ id, topic, usage, number, kind, title, by, reason },
    state: stateOf(publication),
    plan: planNumber,
    corrects: correctsId,
    createdAt: publication.createdAt.toISOString(),
    withdrawnAt: moment(publication.withdrawnAt),
    withdrawnBecause: publication.withdrawnBecause,
    releases: publication.releases.map((release) => ({
      tier: release.tier,
      rank: release.rank,
      at: release.at.toISOString(),
      state: release.state === "waiting" && release.at <= now ? "due" : release.state,
      releasedAt: moment(release.releasedAt),
      waitsFor: waitsFor(publication, release, subscribers),
    })),
    href: hrefOf("publications", id),
  };
}

function stateOf({ withdrawnAt, releases }: PlacedPublication): PublicationView["state"] {
  if (withdrawnAt !== null) return "withdrawn";
  const waiting = releases.filter(({ state }) => state === "waiting").length;
  return waiting === 0 ? "released" : waiting === releases.length ? "planned" : "releasing";
}

function waitsFor(
  publication: PlacedPublication,
  release: ReleaseRow,
  subscribers: readonly SubscriptionRow[],
): string[] {
  if (release.state !== "waiting" || publication.withdrawnAt !== null) return [];
  return subscribers
    .filter(
      (one) =>
        one.endedAt === null &&
        one.cleared < publication.number &&
        (tierAmong(publication.releases, one.tier)?.rank ?? 0) < release.rank,
    )
    .map(({ accountId }) => accountId);
}

/** Where a publication is at each account that has it, or waits for it; the first tier first. */
export function standingView(
  publication: PlacedPublication,
  subscribers: readonly SubscriptionRow[],
  proofs: readonly Proof[],
) {
  const known = new Set(proofs.map(({ accountId }) => accountId));
  const waiting = subscribers.filter((one) => {
    if (one.endedAt !== null || one.told >= publication.number || known.has(one.accountId)) return false;
    const state = tierAmong(publication.releases, one.tier)?.state;
    return publication.withdrawnAt === null && (state === "waiting" || state === "released");
  });
  return [
    ...proofs.map(({ accountId, tier, state, at, reason, documentId, interchangeId }) => ({
      ...{ account: accountId, tier, state, at: moment(at), reason },
      document: documentId === null ? null : { id: documentId, href: hrefOf("documents", documentId) },
      interchange: interchangeId === null ? null : { id: interchangeId, href: hrefOf("interchanges", interchangeId) },
    })),
    ...waiting.map(({ accountId, tier }) => ({
      account: accountId,
      tier: tierAmong(publication.releases, tier)?.tier ?? tier,
      ...{ state: "waiting" as const, at: null, reason: null, document: null, interchange: null },
    })),
  ];
}

/** What an account was told, as it sees it itself. @param originals what it was told of the publications that were corrected */
export function toldView(told: ToldEdition, originals: readonly ReceiptRow[]): ToldView {
  const { receipt, topic, usage, kind, title, correctsId, withdrawnAt } = told;
  const knows = originals.some(({ publicationId, state }) => publicationId === correctsId && state === "served");
  const { publicationId: id, interchangeId, edition, channel, at, collectedAt } = receipt;
  return {
    ...{ id, topic, usage, kind, title, edition },
    corrects: knows ? correctsId : null,
    toldAt: at.toISOString(),
    channel: channel ?? "feed",
    withdrawn: withdrawnAt !== null,
    collectedAt: moment(collectedAt),
    interchange: interchangeId === null ? null : { id: interchangeId, href: hrefOf("interchanges", interchangeId) },
    href: hrefOf("publications", id),
  };
}

/** The proof as JSON. */
export function proofView({ id, topic, number }: PlacedPublication, proofs: readonly Proof[]): PublicationProof {
  return {
    ...{ publication: id, topic, number },
    items: proofs.map((one) => ({
      account: one.accountId,
      tier: one.tier,
      rank: one.rank,
      state: one.state,
      releaseAt: one.releaseAt.toISOString(),
      releasedAt: moment(one.releasedAt),
      at: one.at.toISOString(),
      channel: one.channel,
      edition: one.edition,
      document: one.documentId,
      interchange: one.interchangeId,
      control: one.control,
      arrivedAt: moment(one.arrivedAt),
      answer: one.answer,
      answeredAt: moment(one.answeredAt),
      reason: one.reason,
    })),
  };
}

/** The proof as CSV, a line for each account. A cell that a spreadsheet would take for a formula is marked as text. */
export function proofCsv({ publication, topic, number, items }: PublicationProof): string {
  return stringify(
    items.map((one) => ({ publication, topic, number, ...one })),
    { header: true, columns: [...proofColumns], escape_formulas: true },
  );
}

const proofColumns = [
  ...["publication", "topic", "number", "account", "tier", "rank", "state", "releaseAt", "releasedAt", "at", "channel"],
  ...["edition", "document", "interchange", "control", "arrivedAt", "answer", "answeredAt", "reason"],
];
