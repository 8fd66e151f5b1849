// Writes the other half of each document of samples/chains: the document of a file that comes in, the file of a document that
// we send. What we send is written by the mapping, in the account's envelope; the control numbers and the time of a file that
// is there stay. Look through what changed: the tests hold the two halves against each other.
// Run after a build: node scripts/documents/write-chains.mjs
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { Temporal } from "temporal-polyfill";
import { foldedJson } from "../../dist/documents/folded-json.js";
import { isTranslated, setFromDocument } from "../../dist/mappings/index.js";
import { partiesFor, writeDraft } from "../../dist/pipeline/draft.js";
import { readInterchangesSync } from "../../dist/x12/index.js";
import { accounts, documentsOf, library, samples } from "./sample-files.mjs";

for (const chain of readdirSync(`${samples}/chains`).sort()) {
  const folder = `${samples}/chains/${chain}`;
  const names = readdirSync(folder).flatMap((file) => /^(\d+-\d{3}-.+)\.(edi|json)$/.exec(file)?.[1] ?? []);
  for (const name of [...new Set(names)].sort()) {
    const [place, set] = name.split("-");
    const [edi, json] = [`${folder}/${name}.edi`, `${folder}/${name}.json`];
    if (isTranslated(set)) {
      const documents = documentsOf(readFileSync(edi));
      if (documents.length !== 1) throw new Error(`${edi} holds ${documents.length} sets that are right: mend it`);
      writeFileSync(json, `${foldedJson(documents[0])}\n`);
    } else {
      writeFileSync(edi, sent(JSON.parse(readFileSync(json, "utf8")), edi, Number(place)));
    }
    console.log(`${chain}/${name}`);
  }
}

/** The interchange that brings a document to its account. */
function sent(document, file, place) {
  const profile = accounts.find(({ id }) => id === document.account);
  const { parties, identity } = partiesFor(profile, document.usage);
  const { version } = profile.x12;
  const set = setFromDocument(document, version);
  const group = {
    functionalId: library.set(version, set.type).functionalId,
    senderCode: identity.ours.application ?? identity.ours.id,
    receiverCode: identity.theirs.application ?? identity.theirs.id,
    version,
    sets: [set],
  };
  const { at, ...numbers } = envelopeOf(file, profile) ?? {
    interchange: place,
    firstGroup: place,
    at: instantOf(document.date ?? document.orderDate, document.time ?? "1200", profile),
  };
  return writeDraft({ parties, usage: document.usage, ta1s: [], groups: [group] }, profile, numbers, at);
}

/** The control numbers and the time of the file that is there; null where there is none. */
function envelopeOf(file, profile) {
  if (!existsSync(file)) return null;
  const [{ header, groups }] = readInterchangesSync(readFileSync(file), { library }).interchanges;
  const { date, time } = groups[0].header;
  return {
    interchange: Number(header.control),
    firstGroup: Number(groups[0].header.control),
    at: instantOf(date, time, profile),
  };
}

function instantOf(date, time, { timeZone }) {
  const day = Temporal.PlainDate.from(date);
  const local = day.toPlainDateTime(Temporal.PlainTime.from(`T${time.slice(0, 4)}`));
  return new Date(local.toZonedDateTime(timeZone).epochMilliseconds);
}
