import type { z } from "zod";
import {
  equipmentKinds,
  excessTransportPayers,
  excessTransportReasons,
  specialHandlings,
} from "../documents/code-words/shipping.ts";
import { markingQualifiers } from "../documents/code-words/warehouse.ts";
import * as words from "../documents/code-words.ts";
import type { Marking } from "../documents/item-components.ts";
import type {
  excessTransport,
  itemComponent,
  itemLoad,
  packingDescription,
  pallet,
  specialHandling,
  transportEquipment,
} from "../documents/shipment.ts";
import { isSSCC } from "../documents/sscc.ts";
import type { OutSegment } from "../x12/index.ts";
import { productIdPairs, REF } from "./aggregates.ts";
import {
  at,
  coded,
  decimal,
  fields,
  group,
  groups,
  loop,
  many,
  must,
  type Part,
  type Place,
  segment,
  text,
  word,
} from "./notation/index.ts";

/* Segments that say how goods are packed, marked and carried. Named after the segment. */

export const TD3 = segment<z.infer<typeof transportEquipment>>("TD3", {
  kind: at(1, coded(equipmentKinds)),
  initial: at(2, text),
  number: at(3, text),
  weightQualifier: at(4, text),
  weight: at(5, decimal),
  weightUnit: at(6, text),
  ownership: at(7, text),
  sealStatus: at(8, text),
  seal: at(9, text),
  type: at(10, text),
});

export const TD4 = segment<z.infer<typeof specialHandling>>("TD4", {
  handling: at(1, coded(specialHandlings)),
  hazardQualifier: at(2, text),
  hazardClass: at(3, text),
  description: at(4, text),
  hazardous: at(5, text),
});

export const ETD = segment<z.infer<typeof excessTransport>>("ETD", {
  reason: must(1, coded(excessTransportReasons)),
  payer: must(2, coded(excessTransportPayers)),
  authorization: group({
    qualifier: must(3, text),
    word: word(3, words.referenceQualifiers),
    value: at(4, text),
  }),
  returnablesPayer: at(5, text),
});

export const PKG = segment<z.infer<typeof packingDescription>>("PKG", {
  type: at(1, text),
  characteristic: at(2, text),
  agency: at(3, text),
  code: at(4, text),
  text: at(5, text),
  unitLoad: at(6, text),
});

export const PAL = segment<z.infer<typeof pallet>>("PAL", {
  type: at(1, text),
  tiers: at(2, decimal),
  blocks: at(3, decimal),
  packs: at(4, decimal),
  weight: at(5, decimal),
  weightUnit: at(6, text),
  length: at(7, decimal),
  width: at(8, decimal),
  height: at(9, decimal),
  dimensionUnit: at(10, text),
  grossWeight: at(11, decimal),
  grossWeightUnit: at(12, text),
  grossVolume: at(13, decimal),
  grossVolumeUnit: at(14, text),
  exchange: at(15, text),
  innerPacks: at(16, decimal),
});

/** The CLD loop: loads and their labels. */
export const CLD = loop<z.infer<typeof itemLoad>>(
  fields("CLD", {
    loads: must(1, decimal),
    units: must(2, decimal),
    packaging: at(3, text),
    size: at(4, decimal),
    sizeUnit: at(5, text),
  }),
  [many("references", REF)],
);

/** SLN05 is a composite whose first component is the unit. */
export const componentSLN = segment<z.infer<typeof itemComponent>>("SLN", {
  line: must(1, text),
  parent: at(2, text),
  relationship: must(3, text),
  quantity: at(4, decimal),
  unit: at(5, text, 1),
  productIds: productIdPairs(9),
});

/** A MAN has room for two marks, each a qualifier, a number, and the end of a range. */
const marks = groups(1, 3, 2, {
  qualifier: must(1, text),
  word: word(1, markingQualifiers),
  number: must(2, text),
  lastNumber: at(3, text),
});

/** Application identifier of a serial shipping container code in a GS1-128 bar code. */
const ssccIdentifier = "00";

/** What a GM (with application identifier) or AA mark is the container code of; undefined where it is none. */
function ssccIn({ qualifier, number, lastNumber }: Marking): string | undefined {
  if ((qualifier !== "GM" && qualifier !== "AA") || lastNumber !== undefined) return undefined;
  const bare = number.length === 20 && number.startsWith(ssccIdentifier) ? number.slice(2) : number;
  return isSSCC(bare) ? bare : undefined;
}

interface Marked {
  sscc?: string | undefined;
  trackingNumber?: string | undefined;
  markings?: Marking[] | undefined;
}

/** Any marks, as they are. */
export function markings<T extends Pick<Marked, "markings">>(): Part<T> {
  return {
    read(loop, into) {
      const found = loop.untaken("MAN").flatMap((reader) => {
        const read = marks.read(reader, 0) ?? [];
        reader.taken = read.length > 0;
        return read;
      });
      if (found.length > 0) into.markings = found;
    },
    write: ({ markings = [] }) =>
      markings.map(
        ({ qualifier, number, lastNumber }): OutSegment => [
          "MAN",
          qualifier,
          number,
          ...(lastNumber === undefined ? [] : [lastNumber]),
        ],
      ),
    places: () =>
      marks
        .places(0)
        .filter(({ element }) => (element ?? 0) <= 3)
        .map((place) => markPlace(place, {})),
  };
}

/**
 * The marks of a package. The first container code (GM or AA) whose check digit is right is its own, the first CP its number
 * with the carrier; what else there is are marks. Container codes are written with their application identifier, as GM.
 */
export function packageMarkings<T extends Marked>(): Part<T> {
  return {
    read(loop, into) {
      const all: Pick<Marked, "markings"> = {};
      markings().read(loop, all);
      const marked: Marked = {};
      const rest: Marking[] = [];
      for (const mark of all.markings ?? []) {
        const sscc = ssccIn(mark);
        const isTracking = mark.qualifier === "CP" && mark.lastNumber === undefined;
        if (sscc !== undefined && marked.sscc === undefined) marked.sscc = sscc;
        else if (isTracking && marked.trackingNumber === undefined) marked.trackingNumber = mark.number;
        else rest.push(mark);
      }
      Object.assign(into, marked, rest.length > 0 && { markings: rest });
    },
    write: (object, context) => [
      ...(object.sscc === undefined ? [] : [["MAN", "GM", `${ssccIdentifier}${object.sscc}`] as const]),
      ...(object.trackingNumber === undefined ? [] : [["MAN", "CP", object.trackingNumber] as const]),
      ...markings().write(object, context),
    ],
    places: () => [
      markPlace({ path: "sscc", element: 2, component: null, form: "00 and the 18 digits" }, { 1: "GM|AA" }),
      markPlace({ path: "trackingNumber", element: 2, component: null, form: "text" }, { 1: "CP" }),
      ...markings().places(),
    ],
  };
}

function markPlace(place: Pick<Place, "path" | "element" | "component" | "form">, where: Place["where"]): Place {
  const path = place.path.startsWith("[") ? `markings${place.path}` : place.path;
  return { ...place, path, loop: "", segment: "MAN", where };
}
