import type { AccountProfile } from "../../accounts/account.ts";
import type { Document, DocumentType } from "../../documents/index.ts";
import type { DocumentRow } from "../../store/documents.ts";
import type { Posted } from "../post.ts";
import type { NextJob, StepContext } from "../step.ts";

/** The document of a type. */
export type DocumentOf<Type extends DocumentType> = Extract<Document, { documentType: Type }>;

/** A document that is being taken in, and what is known about it. */
export interface Taking {
  readonly context: StepContext;
  readonly row: DocumentRow;
  readonly profile: AccountProfile;
  /** What its events and work items are about. */
  readonly about: { readonly interchangeId: string | null; readonly documentId: string };
  /** When it came to us. */
  readonly cameAt: Date;
  /** The day on the account's own calendar. */
  readonly today: string;
  /** What posting found out; missing before the document is posted. */
  readonly posted?: Posted;
}

/** What the supplier's systems get of a document. */
export interface Offer<Type extends DocumentType> {
  /** The document itself, in the form that is kept. */
  readonly document: DocumentOf<Type>;
  /** Offered in its place; missing where it is offered itself. */
  readonly parts?: readonly { readonly id: string; readonly document: DocumentOf<Type> }[];
  /** A sentence for its story. */
  readonly remark?: string;
}

/** How documents of one family are taken in. Whatever it does is in the transaction that accepts the document. */
export interface TakenIn<Type extends DocumentType> {
  /** What the account's rules add to the document before it is offered. */
  readonly decide?: (taking: Taking, document: DocumentOf<Type>) => DocumentOf<Type> | Promise<DocumentOf<Type>>;
  /** The form in which it is offered; left out: as it is. What is posted is the document as it came. */
  readonly offer?: (taking: Taking, document: DocumentOf<Type>) => Offer<Type>;
  /** What makes it the same business again, in words; left out: its number and date. */
  readonly sameness?: string;
  /** What comes of it, once it is accepted and posted. */
  readonly follow?: (taking: Taking, document: DocumentOf<Type>) => Promise<readonly NextJob[]>;
}
