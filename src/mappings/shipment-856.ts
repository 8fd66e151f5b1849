import { shipmentStructures, shipmentTypes, shippedStatuses } from "../documents/code-words/shipping.ts";
import * as words from "../documents/code-words.ts";
import type {
  InnerPack,
  ItemPack,
  PackedOrder,
  Shipment,
  ShipmentItem,
  ShipmentOrder,
  ShipmentPack,
  ShipmentTare,
} from "../documents/shipment.ts";
import { completeShipment } from "../documents/shipment-levels.ts";
import { DTM, FOB, N1, PER, PID, PO4, productIdPairs, REF, SAC, TD1, TD5 } from "./aggregates.ts";
import { MEA } from "./item-aggregates.ts";
import { listed } from "./listed-references.ts";
import {
  at,
  coded,
  count,
  date,
  decimal,
  fields,
  from,
  hierarchy,
  inside,
  level,
  loop,
  many,
  must,
  one,
  orEmpty,
  type Part,
  type SetMapping,
  setMapping,
  text,
  time,
} from "./notation/index.ts";
import { PRF } from "./order-reference.ts";
import { CLD, componentSLN, ETD, markings, PAL, PKG, packageMarkings, TD3, TD4 } from "./packing-aggregates.ts";
import { quantitiesFromSDQ } from "./quantities.ts";

/** What every level can say. */
type AnyLevel = Omit<ItemPack, "sscc" | "trackingNumber" | "packaging">;

/** From PID to TD4. */
const goods: Part<AnyLevel>[] = [
  many("descriptions", PID),
  many("measurements", MEA),
  many("packingDescriptions", PKG),
  many("lading", TD1),
  many("carriage", TD5),
  // A segment up to 004010, a loop from 004030 on.
  from("004030", many("equipment", loop(TD3)), many("equipment", TD3)),
  many("specialHandling", TD4),
];
const numbers: Part<AnyLevel>[] = [many("references", REF), many("contacts", PER)];
/** From DTM to ETD. */
const places: Part<AnyLevel>[] = [
  many("dates", DTM),
  one("freightTerms", FOB),
  one("pallet", PAL),
  many("parties", N1),
];
const transport: Part<AnyLevel>[] = [one("excessTransport", ETD)];
const money: Part<AnyLevel>[] = [many("allowancesAndCharges", loop(SAC))];

/** All that a level without segments of its own can say. */
const plain: Part<AnyLevel>[] = [...goods, ...numbers, markings(), ...places, ...transport, ...money];

/** What a package can say: also how it is made up (PO4), and its container code. */
const packed: Part<ItemPack>[] = [
  one("packaging", PO4),
  ...goods,
  ...numbers,
  packageMarkings(),
  ...places,
  ...transport,
  ...money,
];

const SN1 = fields<ShipmentItem>("SN1", {
  shipmentLine: at(1, text),
  quantity: must(2, decimal),
  unit: must(3, text),
  quantityToDate: at(4, decimal),
  quantityOrdered: at(5, decimal),
  unitOrdered: at(6, text),
  returnableLoad: at(7, text),
  status: at(8, coded(shippedStatuses)),
});

const item = level<ShipmentItem>(
  "I",
  [
    fields("LIN", { line: at(1, text), productIds: orEmpty(productIdPairs(2, 15)) }),
    SN1,
    many("components", componentSLN),
    one("order", PRF),
    one("packaging", PO4),
    ...goods,
    listed("lots", "LT"),
    listed("serialNumbers", "SE"),
    ...numbers,
    many("loads", CLD),
    markings(),
    ...places,
    quantitiesFromSDQ(),
    ...transport,
    ...money,
  ],
  () => ({ packs: level<ItemPack>("P", packed) }),
  SN1,
);

const orderParts: Part<PackedOrder>[] = [one("order", PRF), ...plain];
const needsPRF = fields<{ number: string }>("PRF", { number: must(1, text) });

const packedOrder = level<PackedOrder>("O", orderParts, () => ({ items: item }), needsPRF);
const innerPack = level<InnerPack>("P", packed, () => ({ items: item }));
const pack = level<ShipmentPack>("P", packed, () => ({ packs: innerPack, orders: packedOrder, items: item }));
const tare = level<ShipmentTare>("T", packed, () => ({ packs: pack, orders: packedOrder, items: item }));
const order = level<ShipmentOrder>("O", orderParts, () => ({ tares: tare, packs: pack, items: item }), needsPRF);

const shipmentLevel = level<Shipment>(
  "S",
  [
    ...goods,
    fields("REF", { billOfLading: must(2, text) }, { 1: "BM" }),
    fields("REF", { carrierReference: must(2, text) }, { 1: "CN" }),
    listed("trackingNumbers", "2I"),
    ...numbers,
    markings(),
    ...places,
    ...transport,
    fields("CUR", { currencyParty: at(1, text), currency: at(2, text) }),
    ...money,
  ],
  () => ({ orders: order, tares: tare, packs: pack, items: item }),
);

const mapping = setMapping<Shipment>(
  "856",
  "shipment",
  fields("BSN", {
    purpose: must(1, coded(words.purposes)),
    number: must(2, text),
    date: must(3, date),
    time: must(4, time),
    structure: at(5, coded(shipmentStructures)),
    shipmentType: at(6, coded(shipmentTypes)),
    statusReason: at(7, text),
  }),
  [
    many("noticeDates", DTM),
    hierarchy(shipmentLevel),
    inside("totals", [
      fields("CTT", {
        levels: at(1, count),
        quantity: at(2, decimal),
        weight: at(3, decimal),
        weightUnit: at(4, text),
        volume: at(5, decimal),
        volumeUnit: at(6, text),
        description: at(7, text),
      }),
    ]),
  ],
);

/** The 856 ship notice as a shipment. Its structure (BSN05) and the count of its levels (CTT01) are written as they follow. */
export const shipment856: SetMapping<Shipment> = {
  ...mapping,
  write: (document, version) => mapping.write(completeShipment(document), version),
};
