import { readFileSync } from "node:fs";

/** Everybody orders on Monday, Wednesday and Friday: the largest accounts so often, the others once. */
const [largest, ordersOfLargest] = [10, 5];

const sample = (path) => JSON.parse(readFileSync(new URL(`../../samples/${path}`, import.meta.url), "utf8"));

/** An order as it is kept: with its X12, priced by a step of a contract, raised by a rule, under warranty. */
function orderBody() {
  const order = sample("orders/850-harbor-retail.json");
  const checked = (line) => ({
    ...line,
    warranty: {
      terms: "HOUSE-12",
      coverage: "12 MONTHS",
      months: 12,
      begins: "shipment",
      reason: "They hold for all.",
    },
    priceCheck: {
      ...{ outcome: "within", answer: "IA", reason: "The ordered price is the agreed one." },
      agreed: {
        ...{ price: line.price, unit: line.unit, currency: "USD", contract: "MAIN", by: "quantity" },
        ...{ from: "10", counted: line.quantity },
      },
    },
  });
  return {
    ...order,
    lines: [0, 1, 3].map((place) => checked(order.lines[place])),
    priority: {
      ...{ level: "high", reason: "The rule fired.", rule: "priority rating" },
      charge: { reason: { code: "C850" }, amount: "75.00", free: "agreement" },
    },
  };
}

/** Documents whose number and day are put in by SQL; only they differ from one to the next. */
function templates() {
  const order = orderBody();
  const response = sample("submit/order-response.json");
  return {
    order: [order, order.number, order.date],
    "order-response": [response, response.number ?? order.number, response.date],
    shipment: [sample("shipments/856-harbor-retail.json"), "48806", "2025-03-24"],
    invoice: [sample("invoices/810-harbor-retail.json"), "100417", "2025-03-25"],
  };
}

const profileOf = (number) => ({
  ...{ id: `major-${number}`, name: `Major account ${number}`, timeZone: "America/Chicago" },
  identities: [
    {
      usage: "production",
      theirs: { qualifier: "ZZ", id: `MAJOR${number}` },
      ours: { qualifier: "ZZ", id: "CEDARRIVER" },
    },
  ],
  serviceLevels: {
    ...{ acknowledge: { minutes: 30 }, orderResponse: { workingHours: 4 }, shipNotice: { workingHours: 2 } },
    ...{ invoice: { workingDays: 3 }, percentOnTime: 99, shipOnTime: 95 },
  },
  pricing: { contracts: [{ number: "MAIN", validFrom: "2020-01-01", currency: "USD" }] },
  warranties: { terms: [{ id: "HOUSE-12", coverage: "12 MONTHS", months: 12 }] },
  contact: { name: "ANNA LINDQVIST" },
});

/**
 * Fills an empty gateway's database with what accounts and other customers did in whole months, as the steps would have kept it.
 * Foreign keys are not looked at while it is filled.
 * @param parse gives a profile its defaults
 */
export async function fill(client, { accounts, others, months, parse }) {
  await client.query("set session_replication_role = replica");
  await client.query("create schema bench");
  await client.query(`create function bench.id(kind text, number bigint) returns uuid
    language sql immutable return overlay(overlay(md5(kind || number) placing '4' from 13) placing '8' from 17)::uuid`);
  await client.query(`create table bench.template (type text primary key, body text, number text, day text)`);
  for (const [type, [body, number, day]] of Object.entries(templates())) {
    await client.query("insert into bench.template values ($1, $2, $3, $4)", [type, JSON.stringify(body), number, day]);
  }
  for (let number = 1; number <= accounts; number++) {
    const profile = parse(profileOf(number));
    const row = [profile.id, profile.name, JSON.stringify(profile)];
    await client.query("insert into portico.account (id, name, profile, version) values ($1, $2, $3, 1)", row);
    await client.query(
      `insert into portico.account_version (account_id, number, profile, author, effective_at)
        values ($1, 1, $2, 'bench', to_timestamp(0))`,
      [row[0], row[2]],
    );
  }
  await client.query(
    `create table bench.ordered as
      select row_number() over (order by day, account, again) as n, 'major-' || account as account, day::date as day,
        (day + interval '8 hours' + (account * 37 + again * 61) % 480 * interval '1 minute') at time zone 'America/Chicago' as came
      from generate_series(date_trunc('month', now()) - $2 * interval '1 month',
          date_trunc('month', now()) - interval '1 day', interval '1 day') day
      cross join generate_series(1, $1::int) account
      cross join lateral generate_series(1, case when account <= ${largest} then ${ordersOfLargest} else 1 end) again
      where extract(isodow from day) in (1, 3, 5)`,
    [accounts, months],
  );
  // Of a hundred: one acknowledgment, two answers, three notices and four invoices are late, six orders leave late, one never.
  await client.query(
    `create table bench.life as select *, came + interval '2 seconds' + (n % 100 = 1)::int * interval '2 hours' as acknowledged,
        came + interval '4 seconds' + (n % 50 = 1)::int * interval '1 day' as answered,
        day + 2 + (n % 17 = 1)::int * 5 as shipped_on,
        (day + 2 + (n % 17 = 1)::int * 5 + interval '17 hours' + interval '20 minutes') at time zone 'America/Chicago'
          + (n % 33 = 1)::int * interval '1 day' as noticed,
        (day + 3 + (n % 17 = 1)::int * 5 + interval '10 hours') at time zone 'America/Chicago'
          + (n % 25 = 1)::int * interval '9 days' as billed
      from bench.ordered`,
  );
  await client.query(`create table bench.left as select * from bench.life where n % 100 <> 7`);
  for (const statement of statements) await client.query(statement);
  await client.query(othersSales, [others, months]);
  await client.query("set session_replication_role = origin");
  await client.query("vacuum analyze");
}

/** One interchange with its group, set and document for each order. */
const sent = (kind, [direction, from, at], group, set, more = "") => [
  `insert into portico.interchange (id, direction, status, account_id, usage, control, verdict, purpose, answers_id, received_at,
      sent_at, created_at)
    select bench.id('i${kind}', n), '${direction}', '${direction === "inbound" ? "processed" : "acknowledged"}', account,
      'production', lpad((n * 4 + ${["850", "997", "855", "856", "810"].indexOf(kind) % 4})::text, 9, '0'), 'A',
      ${direction === "inbound" ? "null" : kind === "997" ? "'acknowledgment'" : "'document'"},
      ${kind === "997" || kind === "855" ? "bench.id('i850', n)" : "null"},
      ${direction === "inbound" ? `${at}, null` : `null, ${at}`}, ${at} from ${from}`,
  `insert into portico.functional_group (id, interchange_id, ordinal, functional_id, control, sender_code, receiver_code, date, time,
      agency, version, verdict)
    select bench.id('g${kind}', n), bench.id('i${kind}', n), 0, '${group}', n::text, 'A', 'B', '20250310', '0900', 'X', '004010', 'A'
    from ${from}`,
  `insert into portico.transaction_set (id, interchange_id, group_id, ordinal, type, control, verdict, answer, document_id, document_number)
    select bench.id('s${kind}', n), bench.id('i${kind}', n), bench.id('g${kind}', n), 0, '${set}', '0001',
      case when ${direction === "inbound"} and n % 400 = 3 then 'R' else 'A' end,
      case when ${direction === "outbound"} and n % 500 = 9 then 'R' end,
      ${kind === "997" ? "null, null" : `bench.id('d${kind}', n), n::text`} from ${from}`,
  ...(direction === "inbound"
    ? []
    : [
        `insert into portico.delivery (id, channel, status, account_id, interchange_id, created_at, delivered_at)
          select bench.id('y${kind}', n), 'mailbox', 'delivered', account, bench.id('i${kind}', n), ${at}, ${at} from ${from}`,
      ]),
  ...(kind === "997"
    ? []
    : [
        `insert into portico.document (id, direction, type, number, account_id, usage, status, business_key, transaction_set_id,
            responds_to_id, rule_version, body, created_at)
          select bench.id('d${kind}', n), '${direction}', type, n::text, account, 'production', 'accepted', n::text,
            ${direction === "inbound" ? `bench.id('s${kind}', n)` : "null"}, ${kind === "855" ? "bench.id('d850', n)" : "null"}, 1,
            replace(replace(template.body, number, n::text), template.day, ${from}.day::text)::json, ${at}
          from ${from} join bench.template on type = '${more}'`,
      ]),
];

const statements = [
  ...sent("850", ["inbound", "bench.life", "came"], "PO", "850", "order"),
  ...sent("997", ["outbound", "bench.life", "acknowledged"], "FA", "997"),
  ...sent("855", ["outbound", "bench.life", "answered"], "PR", "855", "order-response"),
  ...sent("856", ["outbound", "bench.left", "noticed"], "SH", "856", "shipment"),
  ...sent("810", ["outbound", "bench.left", "billed"], "IN", "810", "invoice"),
  `insert into portico."order" (id, account_id, usage, number, state, version, ordered_on, currency, created_at, changed_at)
    select bench.id('o', n), account, 'production', n::text, 'invoiced', 1, day, 'USD', came, came from bench.life`,
  `insert into portico.order_version (order_id, version, document_id, body, summary, at)
    select bench.id('o', n), 1, id, body, 'The order.', came from bench.life
    join portico.document on document.id = bench.id('d850', n)`,
  `insert into portico.order_line (id, order_id, key, line, counts_on)
    select bench.id('l', n * 4 + line), bench.id('o', n), line::text, jsonb_build_object('key', line::text, 'position', line,
      'line', line::text, 'productIds', jsonb_build_array(jsonb_build_object('qualifier', 'UP', 'id', '61280040115' || line)),
      'unit', 'EA', 'price', '21.75', 'requested', day + 3), day + 3
    from bench.life cross join generate_series(1, 3) line`,
  ...[
    ["ordered", "850", "life", "null", "day", "null"],
    ["acknowledged", "855", "life", "'accepted'", "day", "day + 3"],
    ["shipped", "856", "left", "null", "shipped_on", "null"],
    ["invoiced", "810", "left", "null", "shipped_on + 1", "null"],
  ].map(
    ([kind, set, from, as, on, promised]) =>
      `insert into portico.ledger_entry (order_id, order_line_id, document_id, ordinal, kind, quantity, unit, amount, currency, price,
          acknowledged_as, reference, path, happened_on, promised_on)
        select bench.id('o', n), bench.id('l', n * 4 + line), bench.id('d${set}', n), line, '${kind}', 240, 'EA', 5220, 'USD', 21.75,
          ${as}, n::text, 'lines.' || line, ${on}, (${promised})::date
        from bench.${from} cross join generate_series(1, 3) line`,
  ),
  `insert into portico.shipment (document_id, account_id, usage, number, shipped_on)
    select bench.id('d856', n), account, 'production', n::text, shipped_on from bench.left`,
  `insert into portico.shipped_item (account_id, usage, product_ids, order_id, position, line, document_id, shipment, shipped_on,
      warranty, begins_on, ends_on)
    select account, 'production', '[]', bench.id('o', n), line, line::text, bench.id('d856', n), n::text, shipped_on,
      '{"terms": "HOUSE-12"}', shipped_on, shipped_on + 365 from bench.left cross join generate_series(1, 3) line`,
  `insert into portico.promise (id, account_id, usage, order_id, document_id, qualifier, promised_on, warn_at, due_at, state, shipped_on)
    select bench.id('p', n), account, 'production', bench.id('o', n), bench.id('d850', n), '079', day + 3,
      came + interval '2 days', came + interval '3 days', case when n % 17 = 1 then 'missed' else 'kept' end, shipped_on
    from bench.left where n % 5 = 0`,
  `insert into portico.invoice (id, account_id, usage, number, kind, document_id, issued_on, currency, created_at)
    select bench.id('v', n), account, 'production', n::text, 'invoice', bench.id('d810', n), shipped_on + 1, 'USD', billed
    from bench.left`,
  `insert into portico.invoice_entry (invoice_id, document_id, ordinal, kind, path, quantity, amount)
    select bench.id('v', n), bench.id('d810', n), line, 'billed', 'lines.' || line, 240, 5220
    from bench.left cross join generate_series(1, 3) line`,
  // A payment for all of a month; one in twenty is short.
  `create table bench.paid as select row_number() over () as n, account, date_trunc('month', day)::date as month
    from bench.left group by account, date_trunc('month', day)`,
  `insert into portico.document (id, direction, type, number, account_id, usage, status, business_key, body, created_at)
    select bench.id('d820', n), 'inbound', 'remittance', n::text, account, 'production', 'accepted', n::text,
      json_build_object('date', month + 27, 'currency', 'USD'), month + interval '27 days' from bench.paid`,
  `insert into portico.payment_difference (document_id, ordinal, code, amount, message, path)
    select bench.id('d820', n), 0, 'short-paid', -120.50, 'Less than claimed.', '' from bench.paid where n % 20 = 0`,
  `insert into portico.publication_plan (number, plan, author) values (1, '{}', 'bench')`,
  `insert into portico.publication (id, topic, usage, number, kind, keeps, content, plan_number, by, created_at)
    select bench.id('u', row_number() over (order by day)), 'inventory', 'production', row_number() over (order by day), 'inventory',
      'latest', '{}', 1, 'bench', day from (select distinct day from bench.life) days`,
  `insert into portico.publication_release (publication_id, tier, rank, at, state, released_at)
    select id, tier, rank, created_at + rank * interval '4 hours', 'released', created_at + rank * interval '4 hours'
    from portico.publication cross join (values ('major', 0), ('standard', 1)) tiers(tier, rank)`,
  `insert into portico.publication_receipt (publication_id, account_id, tier, state, edition, channel, reason, at, collected_at)
    select publication.id, account.id, 'major', 'served', number, 'feed', 'Told.', publication.created_at + interval '1 minute',
      publication.created_at + interval '5 minutes'
    from portico.publication cross join portico.account where account.id like 'major-%'`,
  `insert into portico.price_ladder (account_id, contract, item, qualifier, unit, price_basis, valid_from, steps)
    select account.id, 'MAIN', item, 'UP', 'EA', '', '2020-01-01',
      '[{"by": "quantity", "from": "0", "price": "40.00"}, {"by": "quantity", "from": "10", "price": "18.20"}]'
    from portico.account cross join unnest(array['612800401156', '612800401224', '612800401460']) item
    where account.id like 'major-%'`,
];

/** Two invoices a month for each other customer, as the supplier reports them; and their sums by month. */
const othersSales = `
  with customer as (
    insert into portico.customer (id, name, regions, since, locations, central_buying)
    select 'C-' || number, 'Customer ' || number, array['East', 'West'], '2019-01-01', number % 80, number % 3 = 0
    from generate_series(1, $1::int) number returning id
  ), sale as (
    insert into portico.customer_sale (customer_id, kind, reference, month, currency, amount)
    select customer.id, 'document', customer.id || '-' || month || '-' || again,
      to_char(date_trunc('month', now()) - month * interval '1 month', 'YYYY-MM'), 'USD',
      1000 + (hashtext(customer.id || month || again) & 65535)
    from customer cross join generate_series(1, $2::int) month cross join generate_series(1, 2) again
    returning customer_id, month, currency, amount
  )
  insert into portico.customer_month (customer_id, month, currency, amount, orders)
  select customer_id, month, currency, sum(amount), count(*) from sale group by customer_id, month, currency`;
