import { type AccountProfile, outputDelimiters, parseAccountFile } from "../../src/accounts/index.ts";
import type { Document } from "../../src/documents/index.ts";
import { setFromDocument } from "../../src/mappings/index.ts";
import { Customer, type WayToAcknowledge } from "../../src/simulator/index.ts";
import { loadSchemaLibrary, type OutSegment, writeInterchange } from "../../src/x12/index.ts";
import { sample } from "../support/samples.ts";

export const library = loadSchemaLibrary();

export const profileOf = (id: string): AccountProfile => parseAccountFile(sample(`accounts/${id}.yaml`), `${id}.yaml`);

/** A customer on a day of its own, so that the same seed gives the same bytes. */
export function customerOf(
  profile: AccountProfile,
  { seed = 7, acknowledge = "accept" }: { seed?: number; acknowledge?: WayToAcknowledge } = {},
): Customer {
  const now = () => new Date("2025-03-10T15:00:00Z");
  return new Customer({ profile, library, usage: "production", seed, firstNumber: 4_400, acknowledge, now });
}

let control = 0;

/** What we would send: a set of segments in an interchange from us to the account. */
export function fileOf(profile: AccountProfile, type: string, segments: readonly OutSegment[]): Uint8Array {
  const identity = profile.identities.find(({ usage }) => usage === "production");
  if (!identity) throw new Error("no identity");
  const { theirs, ours } = identity;
  control++;
  return writeInterchange(
    {
      header: {
        authorizationQualifier: "00",
        authorization: "",
        securityQualifier: "00",
        security: "",
        senderQualifier: ours.qualifier,
        senderId: ours.id,
        receiverQualifier: theirs.qualifier,
        receiverId: theirs.id,
        date: "250311",
        time: "0900",
        version: profile.x12.interchangeVersion,
        control: String(control).padStart(9, "0"),
        acknowledgmentRequested: false,
        usage: "P",
      },
      groups: [
        {
          header: {
            functionalId: library.set(profile.x12.version, type)?.functionalId ?? "",
            senderCode: ours.application ?? ours.id,
            receiverCode: theirs.application ?? theirs.id,
            date: "20250311",
            time: "0900",
            control: String(control),
            agency: "X",
            version: profile.x12.version,
          },
          sets: [{ type, control: "0001", segments }],
        },
      ],
    },
    outputDelimiters(profile.x12),
  );
}

/** A document of ours as it would come to the account. */
export function fileOfDocument(profile: AccountProfile, document: Document): Uint8Array {
  const set = setFromDocument(document, profile.x12.version);
  if (!set) throw new Error(`no set for a ${document.documentType}`);
  return fileOf(profile, set.type, set.segments);
}
