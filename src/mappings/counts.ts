import { lineTotals } from "./item-aggregates.ts";
import { count, decimal, one, type Part } from "./notation/index.ts";

interface Counted {
  readonly lines: readonly unknown[];
  totals?: { lineCount?: number | undefined; hashTotal?: string | undefined } | undefined;
}

/**
 * CTT of a set that we send: CTT01 is the number of lines, which is counted, whatever the document says. When such a set is
 * read, a count that is wrong stays unmapped.
 */
export function countedTotals<T extends Counted>(): Part<T> {
  return {
    read(loop, into) {
      const ctt = loop.untaken("CTT")[0];
      if (!ctt) return;
      ctt.taken = true;
      const lines = into.lines?.length ?? 0;
      const lineCount = ctt.take(1, 1, (text) => (count.read(text) === lines ? lines : undefined));
      const hashTotal = ctt.take(2, 1, decimal.read);
      if (lineCount === undefined && hashTotal === undefined) return;
      into.totals = { ...(lineCount !== undefined && { lineCount }), ...(hashTotal !== undefined && { hashTotal }) };
    },
    write({ lines, totals }, context) {
      if (lines.length === 0 && totals === undefined) return [];
      return [lineTotals.make({ ...totals, lineCount: lines.length }, context)];
    },
    places: () =>
      lineTotals.places().map((place) => ({
        ...place,
        path: `totals.${place.path}`,
        form: place.element === 1 ? `${place.form}, counted when it is written` : place.form,
      })),
  };
}

/** CTT of a set that comes in: CTT01 as its sender counted, or as we count where nothing is said. */
export function saidTotals<T extends Counted>(): Part<T> {
  return {
    ...one<T, "totals">("totals", lineTotals),
    write: ({ lines, totals }, context) =>
      lines.length === 0 && totals === undefined
        ? []
        : [lineTotals.make({ ...totals, lineCount: totals?.lineCount ?? lines.length }, context)],
  };
}
