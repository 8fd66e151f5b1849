import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  compileSelector,
  loadSchemaLibrary,
  readInterchangesSync,
  readTransactionSet,
  type TransactionSet,
} from "../../../src/x12/index.ts";
import { bytes } from "../wire.ts";

const library = loadSchemaLibrary();
const delimiters = { element: "*", segment: "~", component: ":", repetition: "^", lineBreak: "" };

/** A set from its segments between ST and SE, in the loops of a version; "" for none. */
export function setOf(type: string, lines: readonly string[], version = "004010"): TransactionSet {
  const all = [`ST*${type}*0001`, ...lines, `SE*${lines.length + 2}*0001`];
  const schema = version === "" ? null : library.set(version, type);
  return readTransactionSet(bytes(all.map((line) => `${line}~`).join("")), delimiters, schema);
}

/** The first set of a file in samples/. */
export function sampleSet(name: string): TransactionSet {
  const file = readFileSync(fileURLToPath(new URL(`../../../samples/${name}`, import.meta.url)));
  const interchange = readInterchangesSync(file, { library }).interchanges[0]!;
  const group = interchange.groups[0]!;
  const { offset, length, type } = group.transactionSets[0]!;
  const schema = library.set(library.versionOf(group.header.version)!, type);
  return readTransactionSet(file.subarray(offset, offset + length), interchange.delimiters, schema);
}

/** What a selector gives, without places. */
export function values(selector: string, set: TransactionSet): string[] {
  return compileSelector(selector)
    .select(set)
    .map(({ value }) => value);
}

/** Two orders in one shipment, each of two packs; the second pack of the first order holds two items. */
export const shipmentLines = [
  "BSN*00*SHP-5*20240119*1015*0001",
  "HL*1**S",
  "TD5**2*UPSN*M",
  "REF*BM*BOL-9",
  "N1*ST*Store 12*92*0012",
  "N3*12 Quay Street",
  "N1*SF*Depot*92*D1",
  "HL*2*1*O",
  "PRF*PO-A",
  "REF*IA*777",
  "HL*3*2*P",
  "MAN*GM*00001",
  "HL*4*3*I",
  "LIN*1*UP*111",
  "SN1*1*24*EA",
  "HL*5*2*P",
  "MAN*GM*00002",
  "HL*6*5*I",
  "LIN*2*UP*222",
  "SN1*2*6*EA",
  "HL*7*5*I",
  "LIN*3*UP*333",
  "SN1*3*9*EA",
  "HL*8*1*O",
  "PRF*PO-B",
  "HL*9*8*P",
  "MAN*GM*00003",
  "HL*10*9*I",
  "LIN*4*UP*444",
  "SN1*4*2*EA",
  "CTT*10",
];

export const orderLines = [
  "BEG*00*SA*PO-1**20240115",
  "REF*DP*038",
  "REF*IA*482136",
  "PER*BD*A*TE*1",
  "N1*BT*Head Office*92*0001",
  "N3*1 Main Street",
  "N1*SN*No Address*92*0002",
  "N1*ST*Store 12*92*0012",
  "N3*12 Quay Street",
  "N4*Salem*OR*97301",
  "REF*CR*DOCK",
  "PO1*1*24*EA*7.95*PE*UP*111",
  "PID*F*08***Brass lamp",
  "PID*F*35***Polished",
  "REF*CT*C-1",
  "N9*L1*LABEL",
  "MSG*first",
  "PO1*2*6*EA**PE*UP*222",
  "PO1*3*9*EA*3*PE*UP*333",
  "PID*F*08***Steel lamp",
  "N1*ST*Store 13*92*0013",
  "N3*13 Quay Street",
  "CTT*3",
  "AMT*TT*100",
];
