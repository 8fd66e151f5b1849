import { asc, eq } from "drizzle-orm";
import type { Session } from "./database.ts";
import { events } from "./tables.ts";

export interface Event {
  readonly at: Date;
  readonly kind: string;
  readonly message: string;
  readonly interchangeId: string | null;
  readonly documentId: string | null;
}

/** Adds a line to the story of an interchange, a document, or both. */
export async function tell(
  session: Session,
  about: { interchangeId?: string | null; documentId?: string | null },
  kind: string,
  message: string,
): Promise<void> {
  await session.insert(events).values({
    interchangeId: about.interchangeId ?? null,
    documentId: about.documentId ?? null,
    kind,
    message,
    at: new Date(),
  });
}

/** Adds the same line to the stories of many documents. */
export async function tellAll(
  session: Session,
  documentIds: readonly string[],
  kind: string,
  message: string,
): Promise<void> {
  if (documentIds.length === 0) return;
  const at = new Date();
  await session.insert(events).values(documentIds.map((documentId) => ({ documentId, kind, message, at })));
}

/** An interchange's story, first line first. */
export async function readTimeline(session: Session, interchangeId: string): Promise<Event[]> {
  return session.select().from(events).where(eq(events.interchangeId, interchangeId)).orderBy(asc(events.id));
}

/** A document's story, first line first. */
export async function readDocumentTimeline(session: Session, documentId: string): Promise<Event[]> {
  return session.select().from(events).where(eq(events.documentId, documentId)).orderBy(asc(events.id));
}
