import {
  type Delimiters,
  type Guide,
  loadSchemaLibrary,
  type OutSegment,
  readInterchangesSync,
  readTransactionSet,
  type TransactionSet,
  writeInterchange,
  writeTransactionSet,
} from "../../src/x12/index.ts";

export const library = loadSchemaLibrary();

/** The delimiters of the sets in these tests. */
export const delimiters: Delimiters = { element: "*", segment: "~", component: ">", repetition: "^", lineBreak: "\n" };

/** A set as mappings read it, from its text: ST to SE, one segment to a line, each with its terminator. */
export function setFrom(version: string, text: string, type = "850"): TransactionSet {
  return readTransactionSet(Buffer.from(text), delimiters, library.set(version, type));
}

/** A set as mappings read it, of the segments that a mapping wrote. */
export function setOf(version: string, type: string, segments: readonly OutSegment[]): TransactionSet {
  return readTransactionSet(
    Buffer.from(writeTransactionSet({ type, control: "0001", segments }, safeDelimiters)),
    safeDelimiters,
    library.set(version, type),
  );
}

/** Delimiters that no generated text holds. */
const safeDelimiters: Delimiters = {
  element: "\x1d",
  segment: "\x1c",
  component: "\x1f",
  repetition: "\x1e",
  lineBreak: "",
};

/** An 850 of these segments, ST and SE added. */
export function purchaseOrder(version: string, ...segments: string[]): TransactionSet {
  const lines = ["ST*850*0001", ...segments, `SE*${segments.length + 2}*0001`];
  return setFrom(version, lines.map((line) => `${line}~\n`).join(""));
}

/** What our own validator finds wrong with segments that were mapped, once they are written. */
export function problemsOnceWritten(
  version: string,
  type: string,
  segments: readonly OutSegment[],
  guides: readonly Guide[] = [],
): string[] {
  const interchangeVersion = version === "004010" ? "00401" : "00501";
  const bytes = writeInterchange(
    {
      header: {
        authorizationQualifier: "00",
        authorization: "",
        securityQualifier: "00",
        security: "",
        senderQualifier: "ZZ",
        senderId: "CEDARRIVER",
        receiverQualifier: "ZZ",
        receiverId: "NORTH",
        date: "250311",
        time: "0900",
        version: interchangeVersion,
        control: "000000001",
        acknowledgmentRequested: false,
        usage: "P",
      },
      groups: [
        {
          header: {
            functionalId: library.functionalId(type) ?? "",
            senderCode: "CEDARRIVER",
            receiverCode: "NORTH",
            date: "20250311",
            time: "0900",
            control: "1",
            agency: "X",
            version,
          },
          sets: [{ type, control: "0001", segments }],
        },
      ],
    },
    safeDelimiters,
  );
  const { interchanges, problems } = readInterchangesSync(bytes, { library, guides: () => guides });
  return [
    ...problems,
    ...interchanges.flatMap((interchange) => [
      ...interchange.problems,
      ...interchange.groups.flatMap((group) => [
        ...group.problems,
        ...group.transactionSets.flatMap((set) => set.problems),
      ]),
    ]),
  ].map(({ segment, message }) => `${segment}: ${message}`);
}
