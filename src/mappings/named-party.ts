import { entityTypes } from "../documents/code-words/remittance.ts";
import * as words from "../documents/code-words.ts";
import type { NamedParty } from "../documents/named-party.ts";
import { PER, partyAddress, REF } from "./aggregates.ts";
import { at, coded, fields, loop, many, must, type Part, text, word } from "./notation/index.ts";

/** NM1: an organisation, or a person with the parts of the name. */
export const namedPartyName = fields<NamedParty>("NM1", {
  role: must(1, text),
  word: word(1, words.partyRoles),
  entityType: must(2, coded(entityTypes)),
  name: at(3, text),
  givenName: at(4, text),
  middleName: at(5, text),
  prefix: at(6, text),
  suffix: at(7, text),
  idQualifier: at(8, text),
  id: at(9, text),
});

/** The NM1 loop: who, where, under which references, and whom to ask. */
export const NM1 = loop<NamedParty>(namedPartyName, [
  ...(partyAddress as readonly Part<NamedParty>[]),
  many("references", REF),
  many("contacts", PER),
]);
