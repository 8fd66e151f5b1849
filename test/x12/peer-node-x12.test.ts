import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import nodeX12 from "node-x12";
import { describe, expect, it } from "vitest";
import { loadSchemaLibrary, readInterchangesSync, readTransactionSet } from "../../src/x12/index.ts";

/** An independent reader, where it is right: plain segments and elements of a file without composites and repetitions. */
describe("beside node-x12", () => {
  it.each(["right", "right-isa-inside-data", "st-control-twice", "se-missing"])(
    "%s has the same segments and elements",
    (name) => {
      const file = readFileSync(fileURLToPath(new URL(`fixtures/${name}.edi`, import.meta.url)));
      const parsed = new nodeX12.X12Parser(false).parse(file.toString("latin1"));
      if (!("functionalGroups" in parsed)) throw new Error("node-x12 found more than one interchange");
      const theirs = parsed.functionalGroups.flatMap((group) =>
        group.transactions.map((transaction) =>
          transaction.segments.map((segment) => [segment.tag, ...segment.elements.map((element) => element.value)]),
        ),
      );
      const [interchange] = readInterchangesSync(file, { library: loadSchemaLibrary() }).interchanges;
      const ours = interchange!.groups.flatMap((group) =>
        group.transactionSets.map(({ offset, length }) =>
          readTransactionSet(file.subarray(offset, offset + length), interchange!.delimiters, null)
            .segments.filter(({ id }) => id !== "ST" && id !== "SE")
            .map(({ id, elements }) => [id, ...elements]),
        ),
      );
      expect(ours.flat().length).toBeGreaterThan(8);
      expect(ours).toEqual(theirs);
    },
  );
});
