import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runPortico } from "../cli/run-portico.ts";
import { anotherOrder, harborOrder, sample, segmentsOf } from "../support/samples.ts";
import {
  type Client,
  combinationsFor,
  eventually,
  freshGround,
  type Ground,
  type Json,
  startTestGateway,
  type TestGateway,
} from "../support/test-gateway.ts";

const page = readFileSync(new URL("../../docs/rules/accounts.md", import.meta.url), "utf8");
const path = "/api/v1/accounts/harbor-retail";

/** The sample order from a department, to a place, and where it says so from the garden centers' own system. */
function orderOf(number: number, department: string, shipTo: string, sender: "shared" | "garden" = "shared"): string {
  const order = anotherOrder(harborOrder(), number, `PO${number}`)
    .replace("REF*DP*014*HOUSEWARES", `REF*DP*${department}`)
    .replace(/(N1\*ST\*[^*~]*\*92\*)\d{4}/, `$1${shipTo}`);
  if (sender === "shared") return order;
  return order.replace("*12*3125550142     *", "*12*3125550199     *").replace("GS*PO*HARBORPO*", "GS*PO*HARBORGDN*");
}

describe.each(combinationsFor(import.meta.url))("the divisions of an account, on $name", (combination) => {
  let ground: Ground;
  let gateway: TestGateway;
  let harbor: Client;

  beforeAll(async () => {
    ground = await freshGround(combination);
    gateway = await startTestGateway(ground);
    harbor = gateway.as("harbor-retail");
    for (const x12 of [
      orderOf(900001, "014", "0318"),
      orderOf(900002, "042", "0611"),
      orderOf(900003, "090", "0702"),
      orderOf(900004, "014", "0612", "garden"),
    ])
      await harbor.sendAndWait(x12);
  });
  afterAll(async () => {
    await gateway?.close();
    await ground?.clear();
  });

  const documentOf = (type: string, number: number): Promise<Json> =>
    eventually(async () => {
      const found = (await gateway.supplier.documents(type)).find((one: Json) => one.number === `PO${number}`);
      return found && (await gateway.supplier.get(`/api/v1/documents/${found.id}`)).body;
    }, `${type} PO${number}`);
  const answerTo = (number: number): Promise<string[]> =>
    eventually(
      async () => (await harbor.mailbox()).map(({ x12 }) => x12).find((x12) => x12.includes(`*PO${number}*`)),
      `the answer to PO${number}`,
    ).then(segmentsOf);
  const effective = async (query: string) => (await gateway.supplier.get(`${path}/effective?${query}`)).body;
  const said = ({ values }: Json, rule: string) => values.find((one: Json) => one.path === rule);

  test("each order is of the division and location that it says, by one sender or by the division's own", async () => {
    const places: (string | null)[][] = [];
    for (const number of [900001, 900002, 900003, 900004]) {
      const { division, location, timeline } = await documentOf("order", number);
      places.push([division, location, timeline.find(({ kind }: Json) => kind === "ruled").message]);
    }
    for (const reason of [/garden.*/, /outlet.*/].flatMap((id) =>
      places.filter(([division]) => id.test(division ?? "")),
    ))
      expect(page).toContain(reason[2]?.replace("Version 1 of the account's rules decides on it. ", ""));
    const ruled = "Version 1 of the account's rules decides on it.";
    expect(places).toEqual([
      [null, null, `${ruled} None of its signs is of a division: the rules of the account as a whole decide.`],
      [
        "garden",
        "dc-0611",
        `${ruled} It is of division Garden Centers (REF*DP 042), location Garden DC 0611 (N1*ST 0611).`,
      ],
      [
        "outlet",
        "store-0702",
        `${ruled} It is of division Outlet Stores (REF*DP 090), location Outlet 0702 (N1*ST 0702).`,
      ],
      [
        "garden",
        "dc-0612",
        `${ruled} It is of division Garden Centers (sent by 12/3125550199, GS02 HARBORGDN), location Garden DC 0612 (N1*ST 0612).`,
      ],
    ]);
  });

  test("each is ruled by its own priorities, contact and response", async () => {
    const facts = [];
    const { document: order, timeline } = await documentOf("order", 900003);
    expect(order.contact.name).toBe("OUTLET DESK");
    expect(timeline.find(({ kind }: Json) => kind === "order-response").message).toBe(
      "The account takes no 855 from the gateway.",
    );
    for (const number of [900001, 900002, 900004]) {
      const { document } = await documentOf("order", number);
      const answer = await answerTo(number);
      const told = answer.filter((segment) => segment.startsWith("PER*"));
      for (const segment of told) expect(page).toContain(segment);
      const lines = new Set(answer.filter((one) => one.startsWith("ACK")).map((one) => one.split("*")[1]));
      facts.push([document.priority.level, document.contact.name, ...told, [...lines].join()]);
    }
    expect(facts).toEqual([
      ["normal", "ANNA LINDQVIST", "PER*OC*ANNA LINDQVIST*TE*5635550134*EM*harbor-team@cedar-river.example", "IA"],
      ["urgent", "GARDEN DESK", "PER*OC*GARDEN DESK*TE*5635550153*EM*harbor-team@cedar-river.example", "IE"],
      ["normal", "GARDEN DESK", "PER*OC*GARDEN DESK*TE*5635550152*EM*harbor-team@cedar-river.example", "IE"],
    ]);
  });

  test("what is sent to a division goes to its own identity, to all others to the account's", async () => {
    const receiver = async (number: number) => (await answerTo(number))[0]?.split("*")[8]?.trim();
    expect([await receiver(900001), await receiver(900004)]).toEqual(["3125550142", "3125550199"]);
  });

  test("an answer has the place of its order; the feed and the orders can be asked for one division", async () => {
    await answerTo(900002);
    expect(await documentOf("order-response", 900002)).toMatchObject({ division: "garden", location: "dc-0611" });
    const numbers = async (url: string) =>
      (await gateway.supplier.get(url)).body.items.map(({ number }: Json) => number).sort();
    expect(await numbers("/api/v1/documents?type=order&account=harbor-retail&division=garden")).toEqual([
      "PO900002",
      "PO900004",
    ]);
    expect(await numbers("/api/v1/orders?account=harbor-retail&division=garden&location=dc-0612")).toEqual([
      "PO900004",
    ]);
    expect(await numbers("/api/v1/orders?division=none-such")).toEqual([]);
  });

  test("a ship notice that names an order is checked by the rules of that order's place", async () => {
    // 252 of 240: 5 percent are let pass at Garden DC 0611 only.
    const over = async (number: number) => {
      const order = (await documentOf("order", number)).document;
      const [line] = order.lines;
      const item = { line: line.line, quantity: "252", unit: line.unit, productIds: line.productIds };
      const { totals: _, lading: __, ...notice } = JSON.parse(sample("shipments/856-harbor-retail.json"));
      const shipTo = order.parties.find(({ role }: Json) => role === "ST");
      const shipment = {
        ...notice,
        number: `S${number}`,
        parties: [...notice.parties.filter(({ role }: Json) => role !== "ST"), shipTo],
        orders: [{ order: { number: order.number, date: order.date }, items: [item] }],
      };
      const { body, status } = await gateway.supplier.submit(shipment);
      expect([status, body]).toMatchObject([202, {}]);
      return gateway.supplier.documentThat(body.id, (one) => one.status !== "submitted");
    };
    const garden = await over(900002);
    const outlet = await over(900003);
    expect([garden.division, garden.location, outlet.division]).toEqual(["garden", "dc-0611", "outlet"]);
    const codes = (one: Json) => one.findings.map(({ code }: Json) => code);
    expect(codes(outlet)).toContain("quantity-over-order");
    expect(codes(garden)).not.toContain("quantity-over-order");
  });

  test("the rules in force at a place are told with who says them, by API and by command line", async () => {
    const there = await effective("division=garden&location=dc-0611");
    expect([there.account, there.division, there.location, there.version]).toEqual([
      "harbor-retail",
      "garden",
      "dc-0611",
      1,
    ]);
    expect(said(there, "contact.phone")).toEqual({
      path: "contact.phone",
      value: "5635550153",
      from: { kind: "location", id: "dc-0611", name: "Garden DC 0611" },
    });
    expect(said(there, "contact.name").from).toEqual({ kind: "division", id: "garden", name: "Garden Centers" });
    expect(said(there, "contact.email").from).toEqual({ kind: "group" });
    expect(said(there, "orderResponse.purposes").from).toEqual({ kind: "default" });

    const options = { environment: { PORTICO_URL: gateway.url, DATA_DIR: ground.folder } };
    const asked = ["accounts", "effective", "--account", "harbor-retail"];
    const { code, stdout } = await runPortico([...asked, "--division", "garden", "--location", "dc-0611"], options);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^harbor-retail, version 1 of its rules\n\nrule +from +value\n/);
    for (const line of stdout.split("\n").filter((one) => one.startsWith("contact."))) expect(page).toContain(line);
    expect(stdout).toMatch(/^contact\.phone +location dc-0611 +5635550153$/m);
    expect(stdout).toMatch(/^contact\.name +division garden +GARDEN DESK$/m);
    const json = await runPortico([...asked, "--format", "json"], options);
    expect(JSON.parse(json.stdout)).toMatchObject({ division: null, location: null });
    const wrong = await runPortico([...asked, "--division", "toys"], options);
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining("garden, outlet")]);
  });

  test("are the supplier's to see, and asked for by what there is", async () => {
    expect((await harbor.get(`${path}/effective`)).status).toBe(403);
    const status = async (query: string) => (await gateway.supplier.get(`${path}/effective?${query}`)).status;
    for (const query of ["division=toys", "division=garden&location=x", "location=dc-0611", "at=soon", "at=9999-12-31"])
      expect([query, await status(query)]).toEqual([query, 400]);
    expect((await gateway.supplier.get("/api/v1/accounts/nobody/effective")).status).toBe(404);
  });

  test("accounts are listed by who looks after them", async () => {
    const listed = async (who: Client, manager: string) =>
      (await who.get(`/api/v1/accounts?manager=${encodeURIComponent(manager)}`)).body.items.map(({ id }: Json) => id);
    expect(await listed(gateway.supplier, "Ines Albrecht")).toEqual(["harbor-retail"]);
    expect(await listed(gateway.supplier, "nobody")).toEqual([]);
    expect(await listed(harbor, "Ines Albrecht")).toEqual(["harbor-retail"]);
    expect(await listed(harbor, "nobody")).toEqual([]);
    for (const partly of ["Lena Fox", "Omar Reyes"]) {
      expect(await listed(gateway.supplier, partly)).toEqual(["harbor-retail"]);
      expect(await listed(harbor, partly)).toEqual(["harbor-retail"]);
    }
  });

  test("a future version can change one division only", async () => {
    const { profile } = (await gateway.supplier.get(path)).body;
    const [garden, outlet] = profile.divisions;
    const changed = { ...garden, rules: { ...garden.rules, contact: { name: "GARDEN TEAM" } } };
    const day = "2090-01-01";
    const { status, body } = await gateway.supplier.put(`${path}?from=${day}&reason=new+team`, {
      ...profile,
      divisions: [changed, outlet],
    });
    expect([status, body.outcome]).toEqual([200, "scheduled"]);
    const names = async (at: string) => [
      said(await effective(`division=garden${at}`), "contact.name").value,
      said(await effective(`division=outlet${at}`), "contact.name").value,
      said(await effective(at.slice(1)), "contact.name").value,
    ];
    expect(await names("")).toEqual(["GARDEN DESK", "OUTLET DESK", "ANNA LINDQVIST"]);
    expect(await names("&at=2089-12-31")).toEqual(["GARDEN DESK", "OUTLET DESK", "ANNA LINDQVIST"]);
    expect(await names(`&at=${day}`)).toEqual(["GARDEN TEAM", "OUTLET DESK", "ANNA LINDQVIST"]);
  });

  test("tests are written in the version that their identity has, beside business in the account's", async () => {
    const { profile } = (await gateway.supplier.get(path)).body;
    const identities = profile.identities.map((identity: Json) =>
      identity.usage === "test" ? { ...identity, x12: { version: "005010", delimiters: { element: "|" } } } : identity,
    );
    expect((await gateway.supplier.put(path, { ...profile, identities, guides: [] })).status).toBe(200);
    const test = orderOf(900005, "014", "0318").replace("*0*P*>", "*0*T*>");
    await harbor.sendAndWait(test);
    const find = async (has: (x12: string) => boolean) =>
      eventually(async () => (await harbor.mailbox()).map(({ x12 }) => x12).find(has), "an answer to the test");
    const answer = await find((x12) => x12.includes("|PO900005|"));
    expect(segmentsOf(answer)[0]).toMatch(/^ISA\|.*\|00501\|\d{9}\|0\|T\|>$/);
    expect(segmentsOf(answer)[1]).toMatch(/\|X\|005010$/);
    const acknowledgment = await find((x12) => x12.includes("AK1|PO|900005"));
    expect(segmentsOf(acknowledgment)[0]).toMatch(/\|00501\|/);
    await harbor.sendAndWait(orderOf(900006, "014", "0318"));
    expect((await answerTo(900006))[0]).toMatch(/^ISA\*.*\*00401\*/);
    const wrong = identities.map((identity: Json) =>
      identity.x12 ? { ...identity, x12: { version: "007010" } } : identity,
    );
    const refused = await gateway.supplier.put(path, { ...profile, identities: wrong, guides: [] });
    expect([refused.status, refused.body.errors[0].path]).toEqual([400, "body.identities[2].x12.version"]);
  });
});
