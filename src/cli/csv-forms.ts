/**
 * Documents as rows of a table: one row for each line, the columns of the heading said again on every row. Which column stands
 * for which place in the JSON is said here, and nowhere else; docs/submitting.md lists them for people.
 */

/** A column, and where in its level its value goes. */
export interface Column {
  readonly name: string;
  /** Steps into the level's JSON; `parties[role=ST]` is the one of the list whose role is ST. */
  readonly at: string;
  /** What stands beside it where it has a value. */
  readonly beside?: Readonly<Record<string, string>>;
}

/** A part of a document that repeats: lines, and what is in them. */
export interface Level {
  /** The list in the level above. */
  readonly list: string;
  /**
   * Columns whose values tell one item of the list from the next; a row without any of them has none of this level. Left out:
   * each row is an item.
   */
  readonly by?: readonly string[];
  readonly columns: readonly Column[];
}

/** How documents of one type are written as rows. */
export interface CsvForm {
  /** Columns whose values tell one document from the next. */
  readonly by: readonly string[];
  readonly heading: readonly Column[];
  readonly levels: readonly Level[];
}

const at = (name: string, place = name, beside?: Readonly<Record<string, string>>): Column => ({
  name,
  at: place,
  ...(beside && { beside }),
});

/** Numbers by which a product is known. */
const products = [
  at("upc", "productIds[qualifier=UP].id"),
  at("gtin", "productIds[qualifier=UK].id"),
  at("buyer_item", "productIds[qualifier=IN].id"),
  at("vendor_item", "productIds[qualifier=VN].id"),
  at("buyer_part", "productIds[qualifier=BP].id"),
  at("vendor_part", "productIds[qualifier=VP].id"),
];

/** A party by the buyer's number of it. */
const partyColumns = (name: string, role: string): Column[] => [
  at(name, `parties[role=${role}].id`, { [`parties[role=${role}].idQualifier`]: "92" }),
  at(`${name}_name`, `parties[role=${role}].name`),
];
const address = (name: string, role: string): Column[] => [
  at(`${name}_address`, `parties[role=${role}].address.lines[]`),
  at(`${name}_city`, `parties[role=${role}].address.city`),
  at(`${name}_state`, `parties[role=${role}].address.state`),
  at(`${name}_postal_code`, `parties[role=${role}].address.postalCode`),
  at(`${name}_country`, `parties[role=${role}].address.country`),
];
const contactColumns = (role: string): Column[] => [
  at("contact_name", `contacts[role=${role}].name`),
  at("contact_phone", `contacts[role=${role}].channels[qualifier=TE].value`),
  at("contact_email", `contacts[role=${role}].channels[qualifier=EM].value`),
];
const department = at("department", "references[qualifier=DP].value");
const everyHeading = [at("account"), at("usage")];
const description = at("description", "descriptions[type=F].text");

/** The form of each type of document that has one. */
export const csvForms: Readonly<Record<string, CsvForm>> = {
  "order-response": {
    by: ["account", "order_number", "number"],
    heading: [
      ...everyHeading,
      at("number"),
      at("date"),
      at("purpose", "purpose.code"),
      at("acknowledgment_type", "acknowledgmentType.code"),
      at("order_number", "order.number"),
      at("order_date", "order.date"),
      at("order_release", "order.release"),
      at("currency"),
      department,
      ...contactColumns("OC"),
      ...partyColumns("ship_to", "ST"),
    ],
    levels: [
      {
        list: "lines",
        by: ["line"],
        columns: [
          at("line"),
          at("ordered_quantity", "quantity"),
          at("unit"),
          at("price"),
          at("price_basis", "priceBasis.code"),
          ...products,
        ],
      },
      {
        list: "acknowledgments",
        columns: [
          at("status"),
          at("quantity"),
          at("status_unit", "unit"),
          at("ship_date", "date.date", { "date.qualifier": "068" }),
        ],
      },
    ],
  },
  shipment: {
    by: ["account", "number"],
    heading: [
      ...everyHeading,
      at("number"),
      at("purpose", "purpose.code"),
      at("date"),
      at("time"),
      at("structure", "structure.code"),
      at("ship_date", "dates[qualifier=011].date"),
      at("delivery_date", "dates[qualifier=017].date"),
      at("scac", "carriage[carrierIdQualifier=2].carrierId"),
      at("carrier_method", "carriage[carrierIdQualifier=2].method.code"),
      at("carrier_name", "carriage[carrierIdQualifier=2].routing"),
      at("bill_of_lading", "billOfLading"),
      at("pro_number", "carrierReference"),
      at("packaging", "lading[packaging].packaging"),
      at("packages", "lading[packaging].quantity"),
      at("weight", "lading[packaging].weight", { "lading[packaging].weightQualifier": "G" }),
      at("weight_unit", "lading[packaging].weightUnit"),
      ...partyColumns("ship_to", "ST"),
      ...address("ship_to", "ST"),
      ...partyColumns("ship_from", "SF"),
      ...address("ship_from", "SF"),
    ],
    levels: [
      {
        list: "orders",
        by: ["order_number", "order_release", "store"],
        columns: [
          at("order_number", "order.number"),
          at("order_release", "order.release"),
          at("order_date", "order.date"),
          department,
          ...partyColumns("store", "BY"),
        ],
      },
      { list: "tares", by: ["pallet_sscc"], columns: [at("pallet_sscc", "sscc")] },
      {
        list: "packs",
        by: ["carton_sscc", "tracking_number"],
        columns: [at("carton_sscc", "sscc"), at("tracking_number", "trackingNumber")],
      },
      {
        list: "items",
        columns: [
          at("line"),
          ...products,
          at("quantity"),
          at("unit"),
          at("ordered_quantity", "quantityOrdered"),
          at("ordered_unit", "unitOrdered"),
          at("status", "status.code"),
          at("lot", "lots[]"),
          at("serial_number", "serialNumbers[]"),
          description,
        ],
      },
    ],
  },
  invoice: {
    by: ["account", "number"],
    heading: [
      ...everyHeading,
      at("number"),
      at("date"),
      at("kind", "kind.code"),
      at("order_number", "order.number"),
      at("order_date", "order.date"),
      at("order_release", "order.release"),
      at("corrects_invoice", "billingReference"),
      at("currency"),
      at("currency_party", "currencyParty"),
      at("shipment"),
      at("bill_of_lading", "billOfLading"),
      department,
      at("vendor_number", "references[qualifier=IA].value"),
      ...partyColumns("bill_to", "BT"),
      ...partyColumns("remit_to", "RI"),
      ...partyColumns("ship_to", "ST"),
      at("terms_type", "terms[].type.code"),
      at("discount_percent", "terms[].discountPercent"),
      at("discount_days", "terms[].discountDays"),
      at("net_days", "terms[].netDays"),
      at("ship_date", "dates[qualifier=011].date"),
      at("total", "totals.amount"),
    ],
    levels: [
      {
        list: "lines",
        columns: [
          at("line"),
          at("line_order_number", "order.number"),
          at("line_shipment", "shipment"),
          at("quantity"),
          at("unit"),
          at("price"),
          at("price_basis", "priceBasis.code"),
          ...products,
          description,
        ],
      },
    ],
  },
  "inventory-advice": {
    by: ["account", "number"],
    heading: [
      ...everyHeading,
      at("number"),
      at("date"),
      at("time"),
      at("purpose", "purpose.code"),
      at("report_type", "reportType.code"),
      at("currency"),
      ...partyColumns("warehouse", "WH"),
    ],
    levels: [
      {
        list: "lines",
        columns: [
          at("line"),
          ...products,
          at("quantity_kind", "quantities[].qualifier"),
          at("quantity", "quantities[].quantity"),
          at("unit", "quantities[].unit"),
          at("price", "unitPrices[].price"),
          at("price_unit", "unitPrices[].unit"),
          description,
        ],
      },
    ],
  },
  "price-catalog": {
    by: ["account", "number"],
    heading: [
      ...everyHeading,
      at("catalog_type", "catalogType.code"),
      at("number"),
      at("version"),
      at("revision"),
      at("purpose", "purpose.code"),
      at("currency"),
      at("effective_date", "dates[qualifier=007].date"),
    ],
    levels: [
      {
        list: "lines",
        columns: [
          at("line"),
          ...products,
          description,
          at("price_kind", "prices[].kind.code"),
          at("price", "prices[].price"),
          at("price_quantity", "prices[].quantity"),
          at("price_unit", "prices[].unit"),
        ],
      },
    ],
  },
};
