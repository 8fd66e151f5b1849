import { readdirSync, readFileSync } from "node:fs";
import { type AccountProfile, identitiesOf, matchAccount, parseAccountFile } from "../../src/accounts/index.ts";
import type { Document } from "../../src/documents/index.ts";
import { isTranslated } from "../../src/mappings/index.ts";
import type { GroupHeader, InterchangeHeader } from "../../src/x12/index.ts";

const samples = new URL("../../samples/", import.meta.url);

/** Every account of the samples. */
export const sampleAccounts: readonly AccountProfile[] = readdirSync(new URL("accounts", samples)).map((file) =>
  parseAccountFile(readFileSync(new URL(`accounts/${file}`, samples), "utf8"), file),
);

/** One document of a chain: its X12 and its JSON. */
export interface ChainStep {
  /** "03-860-change". */
  readonly name: string;
  /** ST01. */
  readonly set: string;
  /** in: the account sends it. out: we do. */
  readonly direction: "in" | "out";
  readonly bytes: Buffer;
  readonly document: Document;
}

/** A business from its order to its payment, as samples/chains tells it. */
export interface Chain {
  readonly account: string;
  readonly steps: readonly ChainStep[];
}

/** The chains of samples/chains, each in its order. */
export const chains: readonly Chain[] = readdirSync(new URL("chains", samples))
  .sort()
  .map((account) => ({ account, steps: stepsOf(account) }));

function stepsOf(account: string): ChainStep[] {
  const folder = new URL(`chains/${account}/`, samples);
  const names = readdirSync(folder).flatMap((file) => /^(.+)\.edi$/.exec(file)?.[1] ?? []);
  return names.sort().map((name) => {
    const set = name.split("-")[1] as string;
    return {
      name,
      set,
      direction: isTranslated(set) ? "in" : "out",
      bytes: readFileSync(new URL(`${name}.edi`, folder)),
      document: JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8")) as Document,
    };
  });
}

/** The account that an interchange is from, or, where we send it, the one that it goes to. */
export function accountOfStep(
  { direction }: ChainStep,
  header: InterchangeHeader,
  groups: readonly GroupHeader[],
): AccountProfile {
  const { senderQualifier, senderId, receiverQualifier, receiverId } = header;
  const turned = {
    senderQualifier: receiverQualifier,
    senderId: receiverId,
    receiverQualifier: senderQualifier,
    receiverId: senderId,
  };
  const match = matchAccount(identitiesOf(sampleAccounts), {
    ...header,
    ...(direction === "out" && turned),
    groups: groups.map(({ senderCode, receiverCode }) =>
      direction === "out" ? { senderCode: receiverCode, receiverCode: senderCode } : { senderCode, receiverCode },
    ),
  });
  if (!match.matched) throw new Error(match.message);
  return sampleAccounts.find(({ id }) => id === match.account) as AccountProfile;
}
