import { expect, test } from "vitest";
import {
  acceptedSets,
  functionalAcknowledgment997,
  type Guide,
  implementationAcknowledgment999,
  loadSchemaLibrary,
  readInterchangesSync,
} from "../../src/x12/index.ts";
import { bytes, gs, isa, order, rightFile } from "./wire.ts";

const library = loadSchemaLibrary();
const warned: Guide = {
  name: "G",
  set: "850",
  segments: [{ segment: "BEG", elements: [{ element: 2, codes: ["NE"], severity: "warning" }] }],
};
const broken: Guide = { name: "G", set: "850", segments: [{ segment: "REF", requirement: "forbidden" }] };

const interchangeUnder = (file: string, ...guides: Guide[]) =>
  readInterchangesSync(bytes(file), { library, guides: () => guides }).interchanges[0]!;

test("a set with warnings only is accepted, with errors noted, and so is its group", () => {
  const interchange = interchangeUnder(rightFile, warned);
  const [group] = interchange.groups;
  expect([interchange.verdict, group!.verdict, group!.transactionSets[0]!.verdict]).toEqual(["A", "E", "E"]);
  expect(acceptedSets(interchange)).toHaveLength(1);
});

test("the 997 and the 999 list the warnings and accept the set", () => {
  const [group] = interchangeUnder(rightFile, warned).groups;
  expect(functionalAcknowledgment997(group!, { version: "004010", listAccepted: false })).toEqual([
    ["AK1", "PO", "1", ""],
    ["AK2", "850", "0001", ""],
    ["AK3", "BEG", "2", "", "8"],
    ["AK4", ["2", "", ""], "92", "7", "SA"],
    ["AK5", "E", "5"],
    ["AK9", "E", "1", "1", "1"],
  ]);
  expect(implementationAcknowledgment999(group!).slice(-2)).toEqual([
    ["IK5", "E", "I5"],
    ["AK9", "E", "1", "1", "1"],
  ]);
});

test("an error beside it rejects, and a rejected set beside it makes the group partly accepted", () => {
  const [group] = interchangeUnder(rightFile, warned, broken).groups;
  expect([group!.verdict, group!.transactionSets[0]!.verdict]).toEqual(["R", "R"]);
  const second = order.replaceAll("0001~", "0002~").replace("BEG*00", "BEG*QQ");
  const file = `${isa}${gs}${order}${second}GE*2*1~IEA*1*000000001~`;
  const [mixed] = interchangeUnder(file, warned).groups;
  expect(mixed!.transactionSets.map(({ verdict }) => verdict)).toEqual(["E", "R"]);
  expect(mixed!.verdict).toBe("P");
});
