import { actions } from "../documents/code-words/stock.ts";
import * as warehouse from "../documents/code-words/warehouse.ts";
import { freightPayments, orderTypes, transportMethods } from "../documents/code-words.ts";
import type { WarehouseOrder, WarehouseOrderGroup, WarehouseOrderLine } from "../documents/warehouse-order.ts";
import { isSameNumber, orderedQuantity } from "../documents/warehouse-totals.ts";
import { AMT, N1 } from "./aggregates.ts";
import { MAN, QTY } from "./item-aggregates.ts";
import {
  at,
  coded,
  decimal,
  fields,
  group,
  loop,
  many,
  manyOrNone,
  money,
  must,
  one,
  type Part,
  segment,
  setMapping,
  since,
  sinceVersion,
  spread,
  text,
} from "./notation/index.ts";
import { quantitiesFromSDQ } from "./quantities.ts";
import { NTE, referenceN9 } from "./remarks-and-references.ts";
import { G61, G62, measured, productIdsAt, temperaturesAt, weightAt } from "./warehouse-aggregates.ts";

const W20 = segment<NonNullable<WarehouseOrderLine["packing"]>[number]>("W20", {
  pack: at(1, decimal),
  size: measured(2),
  weight: weightAt(4),
  unitWeight: at(7, decimal),
  volume: measured(8),
  color: at(10, text),
});

/** The W01 loop: one item to be shipped. AMT may occur once before 005010. */
const W01 = loop<WarehouseOrderLine>(
  fields("W01", {
    quantity: must(1, decimal),
    unit: must(2, text),
    caseCode: at(3, text),
    productIds: productIdsAt(4, 6, 15),
    freightClass: at(8, text),
    rateClass: at(9, text),
    commodity: group({ qualifier: must(10, text), code: must(11, text) }),
    palletPattern: at(12, text),
    lot: at(13, text),
    condition: at(14, coded(warehouse.conditions)),
  }),
  [
    spread("descriptions", "G69", [1], text),
    many("references", referenceN9),
    many("remarks", NTE),
    many("packing", W20),
    many("quantities", QTY),
    many("amounts", AMT),
    many("dates", G62),
  ],
);

/** The LX loop: items that belong together. */
const LX = loop<WarehouseOrderGroup>(fields("LX", { number: must(1, text) }), [
  many("markings", MAN),
  quantitiesFromSDQ(),
  many("dates", G62),
  since("004030", many("references", referenceN9)),
  manyOrNone("lines", W01),
]);

const W09 = segment<NonNullable<WarehouseOrder["equipment"]>>("W09", {
  type: must(1, text),
  temperature: temperaturesAt(2),
  description: at(6, text),
});

/** W6609 is of type N2: its last two digits are cents. */
const W66 = segment<NonNullable<WarehouseOrder["shipping"]>>("W66", {
  freightPayment: must(1, coded(freightPayments)),
  method: must(2, coded(transportMethods)),
  palletExchange: at(3, coded(warehouse.palletExchanges)),
  unitLoad: at(4, coded(warehouse.unitLoads)),
  routing: at(5, text),
  fobPoint: group({ qualifier: at(6, text), name: at(7, text) }),
  collectOnDelivery: group({ method: must(8, text), amount: must(9, money) }),
  carrierId: at(10, text),
});

const W76 = segment<NonNullable<WarehouseOrder["totals"]>>("W76", {
  quantity: at(1, decimal),
  weight: measured(2),
  volume: measured(4),
  sizingFactor: at(6, decimal),
});

/** Digits that W7601 has room for (element 330). */
const mostDigits = 15;

/**
 * W7601 is the sum of the lines. A W76 that says another sum stays unmapped when it is read. W76 may be left out, and is
 * where nobody asks for it and the sum is longer than it has room for.
 */
const totals: Part<WarehouseOrder> = {
  read(loop, into) {
    const w76 = loop.untaken("W76")[0];
    if (!w76) return;
    const before = w76.marks();
    const totals = W76.take(w76);
    if (totals?.quantity === undefined) return;
    if (isSameNumber(totals.quantity, orderedQuantity({ groups: into.groups ?? [] }))) into.totals = totals;
    else w76.restore(before);
  },
  write({ groups, totals }, context) {
    const sum = orderedQuantity({ groups });
    if (totals === undefined && (groups.length === 0 || sum.replace(/\D/g, "").length > mostDigits)) return [];
    return [W76.make({ ...totals, quantity: totals?.quantity ?? sum }, context)];
  },
  places: () => one<WarehouseOrder, "totals">("totals", W76).places(),
};

/** The 940 warehouse shipping order as a warehouse order. */
export const warehouseOrder940 = setMapping<WarehouseOrder>(
  "940",
  "warehouse-order",
  sinceVersion(
    "004030",
    ["orderType"],
    fields<WarehouseOrder>("W05", {
      status: must(1, coded(warehouse.warehouseOrderStatuses)),
      number: must(2, text),
      purchaseOrder: at(3, text),
      linkSequence: at(4, text),
      masterReference: at(5, text),
      transactionType: at(6, coded(warehouse.warehouseTransactions)),
      action: at(7, coded(actions)),
      orderType: at(8, coded(orderTypes)),
    }),
  ),
  [
    many("parties", N1),
    many("references", referenceN9),
    many("contacts", G61),
    many("dates", G62),
    many("remarks", NTE),
    one("equipment", W09),
    one("shipping", W66),
    spread("handling", "W6", [1, 2, 3, 4], text),
    manyOrNone("groups", LX),
    totals,
  ],
);
