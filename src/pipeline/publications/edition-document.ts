import type { AccountProfile } from "../../accounts/account.ts";
import type { PublicationContent } from "../../accounts/publications/edition.ts";
import type { InventoryAdvice, PriceCatalog } from "../../documents/index.ts";
import { businessDate, businessTime } from "../business-date.ts";

/** What makes an edition a document of one account's. */
interface EditionFacts {
  readonly profile: Pick<AccountProfile, "id" | "timeZone">;
  readonly topic: string;
  readonly usage: "production" | "test";
  /** Of the account's editions of the topic, from 1. */
  readonly edition: number;
  readonly corrects: boolean;
  readonly at: Date;
}

/**
 * An edition as the document that becomes an 846 or 832. The number of an 846 counts the account's editions, its day and time
 * are those of its making on the account's clock: a receiver can tell which of two is the newer.
 */
export function editionDocument(
  content: Exclude<PublicationContent, { kind: "announcement" }>,
  { profile, topic, usage, edition, corrects, at }: EditionFacts,
): InventoryAdvice | PriceCatalog {
  const number = `${topic.toUpperCase()}-${edition}`;
  if (content.kind === "prices") {
    return { documentType: "price-catalog", account: profile.id, usage, number, ...content.body };
  }
  const { purpose, ...body } = content.body;
  return {
    documentType: "inventory-advice",
    account: profile.id,
    usage,
    // BIA01: 05 replacement.
    purpose: corrects && purpose.code === "00" ? { code: "05", word: "replacement" } : purpose,
    ...body,
    number,
    date: businessDate(at, profile.timeZone),
    time: businessTime(at, profile.timeZone),
  };
}
