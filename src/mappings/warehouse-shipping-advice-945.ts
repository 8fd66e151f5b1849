import { actions } from "../documents/code-words/stock.ts";
import * as warehouse from "../documents/code-words/warehouse.ts";
import { freightPayments, settlements, transportMethods } from "../documents/code-words.ts";
import type {
  HandlingUnit,
  WarehouseShippingAdvice,
  WarehouseShippingLine,
} from "../documents/warehouse-shipping-advice.ts";
import { shippedQuantity } from "../documents/warehouse-totals.ts";
import { AMT, N1, TD1 } from "./aggregates.ts";
import { MAN, MEA, QTY } from "./item-aggregates.ts";
import {
  at,
  coded,
  date,
  decimal,
  fields,
  group,
  groups,
  loop,
  many,
  manyOrNone,
  money,
  must,
  one,
  type Part,
  segment,
  setMapping,
  several,
  since,
  spread,
  text,
} from "./notation/index.ts";
import { NTE, referenceN9 } from "./remarks-and-references.ts";
import { G61, G62, measured, productIdsAt, temperaturesAt, weightAt, weightOf } from "./warehouse-aggregates.ts";

type Advice<Field extends keyof WarehouseShippingAdvice> = NonNullable<WarehouseShippingAdvice[Field]>;

const W27 = segment<Advice<"carrier">>("W27", {
  method: must(1, coded(transportMethods)),
  carrierId: at(2, text),
  routing: at(3, text),
  freightPayment: at(4, coded(freightPayments)),
  equipment: group({ type: at(5, text), initial: at(6, text), number: at(7, text) }),
  status: at(8, coded(warehouse.shippingStatuses)),
  handling: at(9, text),
  changeReason: at(10, coded(warehouse.carrierChangeReasons)),
});

const W28 = segment<Advice<"consolidation">>("W28", {
  code: must(1, coded(warehouse.consolidations)),
  weight: weightAt(2),
  stops: at(5, decimal),
  location: group({ id: must(6, text), qualifier: must(7, text) }),
  billOfLading: at(8, text),
});

const W10 = segment<Advice<"loads">[number]>("W10", {
  unitLoad: at(1, coded(warehouse.unitLoads)),
  pallets: at(2, decimal),
  palletExchange: at(3, coded(warehouse.palletExchanges)),
  seals: several([4, 5], text),
  temperature: temperaturesAt(6),
});

/** G7208 is of type N2: its last two digits are cents. */
const G72 = segment<Advice<"charges">[number]>("G72", {
  code: must(1, coded(warehouse.shippingCharges)),
  handling: must(2, coded(settlements)),
  number: at(3, text),
  exception: at(4, text),
  rate: at(5, decimal),
  quantity: at(6, decimal),
  unit: at(7, text),
  amount: at(8, money),
  percent: at(9, decimal),
  percentBasis: at(10, decimal),
  option: at(11, text),
});

/** The W12 loop: one item that was shipped, or why it was not. */
const W12 = loop<WarehouseShippingLine>(
  fields("W12", {
    status: must(1, coded(warehouse.shippingStatuses)),
    ordered: at(2, decimal),
    shipped: at(3, decimal),
    difference: at(4, decimal),
    unit: at(5, text),
    caseCode: at(6, text),
    productIds: productIdsAt(7, 17, 21),
    lot: at(9, text),
    weights: groups(10, 3, 2, weightOf),
    otherCaseCode: at(16, text),
    changeReason: at(19, coded(warehouse.lineChangeReasons)),
    adjustment: at(20, text),
  }),
  [
    spread("descriptions", "G69", [1], text),
    many("references", referenceN9),
    many("dates", G62),
    many("quantities", QTY),
    many("measurements", MEA),
    many("amounts", AMT),
  ],
);

const PAL = segment<NonNullable<HandlingUnit["pallet"]>>("PAL", {
  type: at(1, text),
  tiers: at(2, decimal),
  blocks: at(3, decimal),
  pack: at(4, decimal),
  unitWeight: measured(5),
  length: at(7, decimal),
  width: at(8, decimal),
  height: at(9, decimal),
  dimensionUnit: at(10, text),
  grossWeight: measured(11),
  grossVolume: measured(13),
  exchange: at(15, coded(warehouse.palletExchanges)),
  innerPack: at(16, decimal),
});

/** The LX loop: a pallet, a carton or what else was handled as one, and what is in it. */
const LX = loop<HandlingUnit>(fields("LX", { number: must(1, text) }), [
  many("markings", MAN),
  one("pallet", PAL),
  many("references", referenceN9),
  manyOrNone("lines", W12),
]);

const W03 = segment<Advice<"totals">>("W03", {
  shipped: at(1, decimal),
  weight: measured(2),
  volume: measured(4),
  lading: measured(6),
});

/** W0301 as the warehouse counted, or the sum of what was shipped where nothing is said. */
const totals: Part<WarehouseShippingAdvice> = {
  ...one<WarehouseShippingAdvice, "totals">("totals", W03),
  write: ({ handlingUnits, totals }, context) =>
    totals === undefined
      ? []
      : [W03.make({ ...totals, shipped: totals.shipped ?? shippedQuantity({ handlingUnits }) }, context)],
};

/** The 945 warehouse shipping advice as the document of that name. */
export const warehouseShippingAdvice945 = setMapping<WarehouseShippingAdvice>(
  "945",
  "warehouse-shipping-advice",
  fields("W06", {
    reporting: must(1, coded(warehouse.warehouseReportings)),
    number: at(2, text),
    shipDate: at(3, date),
    shipment: at(4, text),
    agentShipment: at(5, text),
    purchaseOrder: at(6, text),
    masterReference: at(7, text),
    linkSequence: at(8, text),
    handling: at(9, text),
    dateChangeReason: at(10, coded(warehouse.shipDateChangeReasons)),
    transactionType: at(11, coded(warehouse.warehouseTransactions)),
    action: at(12, coded(actions)),
  }),
  [
    many("parties", N1),
    many("references", referenceN9),
    many("contacts", G61),
    many("dates", G62),
    many("remarks", NTE),
    one("carrier", W27),
    spread("specialHandling", "W6", [1, 2, 3, 4], text),
    one("consolidation", W28),
    many("loads", W10),
    many("charges", G72),
    since("005010", many("lading", TD1)),
    manyOrNone("handlingUnits", LX),
    totals,
  ],
);
