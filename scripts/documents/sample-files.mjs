// The files of samples/ as the scripts of this folder read and write them.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseAccountFile } from "../../dist/accounts/account-file.js";
import { identitiesOf, matchAccount } from "../../dist/accounts/matching.js";
import { documentFromSet } from "../../dist/mappings/index.js";
import { loadSchemaLibrary, readInterchangesSync, readTransactionSet } from "../../dist/x12/index.js";

/** ISA06 of what we send. */
const us = "CEDARRIVER";
export const samples = fileURLToPath(new URL("../../samples", import.meta.url));
export const accounts = readdirSync(`${samples}/accounts`).map((file) =>
  parseAccountFile(readFileSync(`${samples}/accounts/${file}`, "utf8"), file),
);
export const library = loadSchemaLibrary();

/** The documents of the sets that are right by the standard and by the account's guides. */
export function documentsOf(bytes) {
  const { interchanges } = readInterchangesSync(bytes, { library, guides: guidesOf });
  return interchanges.flatMap(({ header, delimiters, groups }) =>
    groups.flatMap((group) =>
      group.transactionSets
        .filter(({ verdict }) => verdict === "A")
        .map(({ type, offset, length }) => {
          const schema = library.set(library.versionOf(group.header.version), type);
          const set = readTransactionSet(bytes.subarray(offset, offset + length), delimiters, schema);
          const { account, identity } = accountOf(header, group.header);
          const { x12, ...document } = documentFromSet(set, { account, usage: identity.usage });
          return isOurs(header) ? document : { ...document, x12 };
        }),
    ),
  );
}

/** Whether it is a file that we send: then sender and receiver are the other way round. */
function isOurs({ senderId }) {
  return senderId === us;
}

function accountOf(header, group) {
  if (!isOurs(header)) return matchAccount(identitiesOf(accounts), { ...header, groups: [group] });
  return matchAccount(identitiesOf(accounts), {
    ...header,
    senderQualifier: header.receiverQualifier,
    senderId: header.receiverId,
    receiverQualifier: header.senderQualifier,
    receiverId: header.senderId,
    groups: [{ senderCode: group.receiverCode, receiverCode: group.senderCode }],
  });
}

function guidesOf(header, group, setType) {
  const { account } = accountOf(header, group);
  return accounts.find(({ id }) => id === account).guides.filter(({ set }) => set === setType);
}
