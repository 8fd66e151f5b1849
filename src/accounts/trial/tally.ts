/** Differences counted, with the first of each kind kept to be shown: whatever is tried, it takes no more room than that. */
import { Big } from "big.js";
import { moneyText } from "../../ledger/index.ts";
import { type Difference, type DifferenceKind, differenceKinds, type MoneyDifference } from "./difference.ts";

/** Which document comes out differently. */
export interface TriedDocument {
  readonly id: string;
  readonly type: "order" | "shipment" | "publication";
  /** As the account knows it: an order's number. */
  readonly number: string;
  /** When it came. */
  readonly cameAt: Date;
}

/** A difference, and the document that it is of. */
export interface Example extends Difference {
  readonly document: TriedDocument;
}

/** How often one decision comes out differently. */
export interface KindCounted {
  readonly kind: DifferenceKind;
  /** How people say it. */
  readonly words: string;
  readonly documents: number;
  readonly count: number;
  /** The sums of what differs in money, by currency. */
  readonly money: readonly MoneyDifference[];
  /** The first of them, as they were read. */
  readonly examples: readonly Example[];
}

/** A reason for which something could not be judged, and where. */
export interface NotJudged {
  readonly reason: string;
  readonly documents: number;
  readonly examples: readonly TriedDocument[];
}

interface Counting {
  documents: number;
  count: number;
  readonly money: Map<string, Big>;
  readonly examples: Example[];
}

/** Counts what comes out differently. */
export class TrialTally {
  readonly #mostExamples: number;
  readonly #byKind = new Map<DifferenceKind, Counting>();
  readonly #notJudged = new Map<string, { documents: number; examples: TriedDocument[] }>();
  readonly #byType = new Map<TriedDocument["type"], { read: number; different: number }>();

  /** @param mostExamples of each kind */
  constructor(mostExamples: number) {
    this.#mostExamples = mostExamples;
  }

  /** Documents that were read, and of these the ones of which something comes out differently. */
  get documents(): { readonly read: number; readonly different: number } {
    const all = [...this.#byType.values()];
    const sum = (field: "read" | "different") => all.reduce((total, one) => total + one[field], 0);
    return { read: sum("read"), different: sum("different") };
  }

  /** The same by the type of document. */
  get types(): readonly { readonly type: TriedDocument["type"]; readonly read: number; readonly different: number }[] {
    return [...this.#byType].map(([type, counted]) => ({ type, ...counted }));
  }

  /** Adds what comes out differently for one document. */
  add(document: TriedDocument, differences: readonly Difference[]): void {
    const ofType = this.#byType.get(document.type) ?? { read: 0, different: 0 };
    this.#byType.set(document.type, ofType);
    ofType.read++;
    if (differences.length > 0) ofType.different++;
    const kinds = new Set<DifferenceKind>();
    for (const difference of differences) {
      const counting = this.#countingOf(difference.kind);
      if (!kinds.has(difference.kind)) counting.documents++;
      kinds.add(difference.kind);
      counting.count++;
      if (difference.money) {
        const { currency, amount } = difference.money;
        counting.money.set(currency, (counting.money.get(currency) ?? new Big(0)).plus(amount));
      }
      if (counting.examples.length < this.#mostExamples) counting.examples.push({ ...difference, document });
    }
  }

  /** Notes that something of a document could not be judged. @param reason one of few: it is what they are counted by */
  notJudged(document: TriedDocument, reason: string): void {
    const known = this.#notJudged.get(reason) ?? { documents: 0, examples: [] };
    this.#notJudged.set(reason, known);
    known.documents++;
    if (known.examples.length < this.#mostExamples) known.examples.push(document);
  }

  /** What was counted, in the order of the kinds. */
  get differences(): KindCounted[] {
    return (Object.keys(differenceKinds) as DifferenceKind[]).flatMap((kind) => {
      const counting = this.#byKind.get(kind);
      if (counting === undefined) return [];
      const { documents, count, money, examples } = counting;
      const sums = [...money].map(([currency, sum]) => ({ currency, amount: moneyText(sum) }));
      return [{ kind, words: differenceKinds[kind], documents, count, money: sums, examples }];
    });
  }

  get unjudged(): NotJudged[] {
    return [...this.#notJudged].map(([reason, known]) => ({ reason, ...known }));
  }

  #countingOf(kind: DifferenceKind): Counting {
    const known = this.#byKind.get(kind) ?? { documents: 0, count: 0, money: new Map(), examples: [] };
    this.#byKind.set(kind, known);
    return known;
  }
}
