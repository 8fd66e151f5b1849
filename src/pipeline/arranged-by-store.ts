import type { StoresRule } from "../accounts/rules/stores.ts";
import type { Document } from "../documents/index.ts";
import { type Arranged, storesApart, storesTogether, type WithStoreLines } from "../ledger/index.ts";

/**
 * A document with the lines of many stores as its account wants them. What is kept and posted is the document as it was handed
 * in: this is how it leaves.
 * @returns with it why lines are not so, a sentence each
 */
export function arrangedByStore(
  rule: StoresRule,
  document: Document,
): { readonly document: Document; readonly remarks: readonly string[] } {
  switch (document.documentType) {
    case "order-response":
    case "order-change-response":
      return arranged(rule.responses, document);
    case "invoice":
      return arranged(rule.invoices, document);
    default:
      // A ship notice says by its packs what is for which store; the rest has no lines by store.
      return { document, remarks: [] };
  }
}

function arranged<Doc extends WithStoreLines>(form: StoresRule["responses"], document: Doc): Arranged<Doc> {
  if (form === "together") return storesTogether(document);
  if (form === "by-store") return storesApart(document);
  return { document, remarks: [] };
}
