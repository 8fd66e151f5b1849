import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runPortico } from "../cli/run-portico.ts";
import {
  type Client,
  combinationsFor,
  freshGround,
  type Ground,
  type Json,
  startTestGateway,
  type TestGateway,
} from "../support/test-gateway.ts";

const path = "/api/v1/customers";
const sample = (name: string) => readFileSync(new URL(`../../samples/customers/${name}.csv`, import.meta.url), "utf8");
const year = "from=2025-01&to=2025-12";

describe.each(combinationsFor(import.meta.url))("customers, on $name", (combination) => {
  let ground: Ground;
  let gateway: TestGateway;
  let supplier: Client;

  beforeAll(async () => {
    ground = await freshGround(combination);
    gateway = await startTestGateway(ground);
    supplier = gateway.supplier;
  });
  afterAll(async () => {
    await gateway?.close();
    await ground?.clear();
  });

  const send = (method: string, url: string, body: string, who = supplier) =>
    who.request(method, url, { body, headers: { "content-type": "text/csv" } });
  const rank = async (query = year): Promise<Json> => (await supplier.get(`${path}/ranking?${query}`)).body;
  const portico = (args: string[], stdin = "") =>
    runPortico(["customers", ...args], {
      stdin,
      environment: { PORTICO_URL: gateway.url, DATA_DIR: ground.folder },
    });

  test("and their sales are imported as CSV, and a file that comes twice changes nothing", async () => {
    expect((await send("POST", path, sample("customers"))).body).toEqual({ imported: 20, removed: 0, total: 20 });
    const sales = await send("POST", `${path}/sales`, sample("sales"));
    expect([sales.status, sales.body]).toEqual([200, { imported: 232 }]);
    const before = await rank();
    expect(before.items).toHaveLength(23);
    await send("POST", path, sample("customers"));
    await send("POST", `${path}/sales`, sample("sales"));
    expect(await rank()).toEqual(before);
    const file = await supplier.request("GET", path, { headers: { accept: "text/csv" } });
    const sorted = (text: string) => text.trimEnd().split("\n").sort();
    expect(sorted(file.body)).toEqual(sorted(sample("customers")));
  });

  test.each<[string, string, string, object[]]>([
    ["no columns that are known", path, "a,b\n1,2\n", [{ path: "line 1" }]],
    ["a column that is misspelt", path, "id,name,regoins\n1,A,x\n", [{ path: "line 1", message: /"regoins"/ }]],
    ["a column twice", path, "id,name,name\n1,A,B\n", [{ message: "The column name stands there twice." }]],
    ["a quote without end", path, 'id,name\n1,"A\n', [{ message: /^It is no CSV/ }]],
    ["more cells than columns", path, "id,name\n1,A,B\n", [{ path: "line 2" }]],
    ["no name", path, "id,name\n1,\n", [{ path: "line 2", message: /^The name / }]],
    ["an id that is none", path, "id,name\n../etc,A\n", [{ path: "line 2", message: /^The id must be/ }]],
    ["a control character", path, 'id,name\n1,"A\u0000B"\n', [{ path: "line 2", message: /control characters/ }]],
    ["a customer twice", path, "id,name\n1,A\n1,B\n", [{ path: "line 3", message: /stands at line 2/ }]],
    ["an account that is none", path, "id,name,account\n1,A,nobody\n", [{ message: /There is no account nobody/ }]],
    ["another's name", path, "id,name\nharbor-retail,A\n", [{ message: /is the name of an account/ }]],
    ["a share above 100", path, "id,name,profitable_share\n1,A,101\n", [{ message: /^The profitable_share/ }]],
    ["no number", `${path}/sales`, "customer,month,amount\nC-1001,2025-01,1e9\n", [{ message: /^The amount/ }]],
    ["no month", `${path}/sales`, "customer,month,amount\nC-1001,2025-13,1\n", [{ message: /^The month/ }]],
    ["a sale of nobody", `${path}/sales`, "customer,month,amount\nC-9,2025-01,1\n", [{ message: /no customer C-9/ }]],
    [
      "a month twice",
      `${path}/sales`,
      "customer,month,amount\nC-1001,2024-01,1\nC-1001,2024-01,2\n",
      [{ path: "line 3" }],
    ],
    [
      "a month as a whole and by documents",
      `${path}/sales`,
      "customer,date,number,amount\nC-1001,2025-03-02,77,1\n",
      [{ path: "C-1001 2025-03", message: /would count twice/ }],
    ],
  ])("are refused as a whole where a file has %s", async (_, url, csv, faults) => {
    const before = await rank();
    const { status, body } = await send("POST", url, csv);
    expect([status, body.errors]).toEqual([
      400,
      faults.map((fault) =>
        expect.objectContaining(
          Object.fromEntries(
            Object.entries(fault).map(([key, value]) => [
              key,
              value instanceof RegExp ? expect.stringMatching(value) : value,
            ]),
          ),
        ),
      ),
    ]);
    expect(await rank()).toEqual(before);
  });

  test("come as JSON too, and with PUT these are all there are", async () => {
    const wrong = await supplier.post(path, { customers: [{ id: "1", name: "A", locations: -1, colour: "red" }] });
    expect([wrong.status, wrong.body.errors.map((one: Json) => one.path)]).toEqual([
      400,
      ["body.customers.0.locations", "body.customers.0"],
    ]);
    const more = {
      customers: [{ id: "N-1", name: "New one", regions: ["West", "East", "West"], centralBuying: true }],
    };
    expect((await supplier.post(path, more)).body).toEqual({ imported: 1, removed: 0, total: 21 });
    const sales = { sales: [{ customer: "N-1", date: "2025-05-02", number: "1", amount: "10.50" }] };
    expect((await supplier.post(`${path}/sales`, sales)).body).toEqual({ imported: 1 });
    expect((await send("PUT", path, sample("customers"))).body).toEqual({ imported: 20, removed: 1, total: 20 });
    expect((await rank()).items.map(({ customer }: Json) => customer)).not.toContain("N-1");
  });

  test("a memo counts, and a document that comes again with another amount takes its own place", async () => {
    const salesOf = async () => (await rank()).items.find(({ customer }: Json) => customer === "C-1006").sales;
    const before = Number(await salesOf());
    const memo = (amount: string) => `customer,date,number,amount\nC-1006,2025-11-20,CM-1,${amount}\n`;
    await send("POST", `${path}/sales`, memo("-500.00"));
    await send("POST", `${path}/sales`, memo("-300.00"));
    expect(Number(await salesOf())).toBeCloseTo(before - 300, 2);
  });

  test("are ranked with every component, a page at a time or as a file", async () => {
    const whole = await rank();
    expect(whole).toMatchObject({ from: "2025-01", to: "2025-12", currency: "USD", settings: 0, next: null });
    expect(whole.pareto).toMatchObject({ asked: "80", ofCustomers: 23 });
    expect(whole.items[0]).toMatchObject({ rank: 1, customer: "C-1001", account: null });
    const shares = whole.items.reduce((sum: number, { pareto }: Json) => sum + Number(pareto.share), 0);
    expect(shares).toBeCloseTo(100, 0);
    const first = await rank(`${year}&limit=10`);
    const second = await rank(`${year}&limit=100&after=${first.next}`);
    expect([...first.items, ...second.items]).toEqual(whole.items);
    const file = await supplier.request("GET", `${path}/ranking?${year}`, { headers: { accept: "text/csv" } });
    expect(file.body.split("\n")).toHaveLength(25);
    expect((await supplier.get(`${path}/ranking?${year}&format=csv`)).body).toBe(file.body);
    expect((await supplier.get(`${path}/ranking?from=2025-12&to=2025-01`)).status).toBe(400);
    expect((await supplier.get(`${path}/ranking?from=2025-1`)).status).toBe(400);
  });

  test("what a file would make a spreadsheet run is taken out of its power", async () => {
    const name = '=cmd|"/c calc"!A1';
    await supplier.post(path, { customers: [{ id: "EVIL", name, note: "+1-555" }] });
    const ranking = (await supplier.get(`${path}/ranking?${year}&format=csv`)).body;
    expect(ranking).toContain(`"'=cmd|""/c calc""!A1"`);
    const list = await supplier.request("GET", path, { headers: { accept: "text/csv" } });
    expect(list.body).toContain("'+1-555");
    expect((await supplier.get(path)).body.items.find(({ id }: Json) => id === "EVIL").name).toBe(name);
    await send("PUT", path, sample("customers"));
  });

  test("who should be an account, and who not, is by thresholds that the company sets", async () => {
    const before = (await supplier.get(`${path}/candidates?${year}`)).body;
    expect(before.promote.map(({ customer }: Json) => customer.customer).slice(0, 2)).toEqual(["C-1001", "C-1003"]);
    for (const { customer } of before.promote)
      expect([customer.account, Number(customer.score) >= 60]).toEqual([null, true]);
    expect(before.demote.map(({ customer }: Json) => customer.customer)).toContain("keystone-warehouse");
    const settings = { promote: { score: "50", rank: 1 }, demote: { score: "0", rank: 500 } };
    const put = await supplier.put(`${path}/weights`, { settings, reason: "wider" });
    expect(put.body).toEqual({ outcome: "updated", number: 1 });
    expect((await supplier.put(`${path}/weights`, { settings })).body).toEqual({ outcome: "unchanged", number: 1 });
    const after = (await supplier.get(`${path}/candidates?${year}`)).body;
    expect(after.promote.map(({ customer }: Json) => customer.customer)).toEqual(["C-1001"]);
    expect(after.demote).toEqual([]);
    const file = (await supplier.get(`${path}/candidates?${year}&format=csv`)).body;
    expect(file.split("\n")[1]).toMatch(/^promote,/);
    expect((await supplier.get(`${path}/weights/versions`)).body.items).toMatchObject([
      { number: 1, reason: "wider", settings: { promote: { score: "50", rank: 1 } } },
    ]);
    const wrong = await supplier.put(`${path}/weights`, { settings: { weights: { volume: "-1" } } });
    expect([wrong.status, wrong.body.errors[0].path]).toEqual([400, "body.settings.weights.volume"]);
  });

  test("no account sees any of it, of itself or of others", async () => {
    const harbor = gateway.as("harbor-retail");
    for (const url of ["", "/ranking", "/candidates", "/weights", "/weights/versions"]) {
      const { status, body } = await harbor.get(path + url);
      expect([url, status, JSON.stringify(body)]).toEqual([url, 403, expect.not.stringContaining("Lakeside")]);
    }
    expect((await send("POST", path, sample("customers"), harbor)).status).toBe(403);
    expect((await send("POST", `${path}/sales`, sample("sales"), harbor)).status).toBe(403);
    expect((await harbor.put(`${path}/weights`, { settings: {} })).status).toBe(403);
  });

  test("the command line imports, ranks, explains and sets weights", async () => {
    expect((await portico(["import", "-", "--replace"], sample("customers"))).stdout).toEqual(
      expect.stringMatching(/^20 customers imported(, 1 others taken away)?; there are 20 now\n$/),
    );
    expect((await portico(["import", "-", "--sales"], sample("sales"))).stdout).toBe("232 sales imported\n");
    const wrong = await portico(["import", "-"], "id,nam\n1,A\n");
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining("must name the columns name")]);
    const settings = await portico(["weights"]);
    expect(settings.stdout).toContain('volume: "35"');
    const edited = settings.stdout.replace('volume: "35"', 'volume: "70"');
    const applied = await portico(["weights", "--apply", "-", "--reason", "sales first"], edited);
    expect([applied.stdout, applied.code]).toEqual(["scoring: updated (version 2)\n", 0]);
    const refused = await portico(["weights", "--apply", "-"], "weights: { charm: 1 }\n");
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("charm")]);
    expect((await portico(["weights", "--versions"])).stdout).toContain("sales first");
    const period = ["--from", "2025-01", "--to", "2025-12"];
    const ranked = await portico(["rank", ...period, "--limit", "3"]);
    expect(ranked.stdout).toContain("23 customers");
    expect(ranked.stdout.split("\n").filter((line) => /^\d/.test(line)).length).toBeGreaterThanOrEqual(3);
    expect((await portico(["rank", ...period, "--csv"])).stdout.split("\n")).toHaveLength(25);
    expect((await portico(["rank", ...period, "--why", "C-1003"])).stdout).toContain("FARMCOOP for 45 locations");
    expect((await portico(["candidates", ...period])).stdout).toContain("To promote");
  });
});
