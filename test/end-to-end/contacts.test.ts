import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { runPortico } from "../cli/run-portico.ts";
import { anotherOrder, harborOrder, segmentsOf } from "../support/samples.ts";
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

const page = readFileSync(new URL("../../docs/rules/contacts.md", import.meta.url), "utf8");
const { contacts } = parse(/```yaml\n(contacts:[\s\S]*?)```/.exec(page)?.[1] ?? "");
const path = "/api/v1/accounts/harbor-retail/contacts";
const kettle = "612800401156";

/** The page's rule, with Anna away for some days round today. */
function annaIsAway(): Json {
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const people = contacts.people.map((one: Json) =>
    one.id === "anna" ? { ...one, absences: [{ from: day(-2), to: day(4), reason: "surgery" }] } : one,
  );
  return { ...contacts, people };
}

describe.each(combinationsFor(import.meta.url))("dedicated contacts, on $name", (combination) => {
  let ground: Ground;
  let gateway: TestGateway;
  let supplier: Client;
  let harbor: Client;

  beforeAll(async () => {
    ground = await freshGround(combination);
    gateway = await startTestGateway(ground, { environment: { SWEEP_INTERVAL_MS: "200" } });
    supplier = gateway.supplier;
    harbor = gateway.as("harbor-retail");
  });
  afterAll(async () => {
    await gateway?.close();
    await ground?.clear();
  });

  async function setRules(more: object): Promise<void> {
    const { profile } = (await supplier.get("/api/v1/accounts/harbor-retail")).body;
    // What else the account wants in ship notices and invoices is no matter here.
    const guides = profile.guides.filter(({ set }: Json) => set === "850" || set === "855");
    const calendar = { holidays: ["2026-12-25"] };
    const { status, body } = await supplier.put("/api/v1/accounts/harbor-retail", {
      ...{ ...profile, guides, calendar },
      ...more,
    });
    expect([status, body.errors]).toEqual([200, undefined]);
  }
  const fileWith = (text: string): Promise<string[]> =>
    eventually(
      async () => (await harbor.mailbox()).map(({ x12 }) => x12).find((x12) => x12.includes(text)),
      `a file with ${text}`,
    ).then(segmentsOf);
  const contactsIn = (segments: readonly string[]) => segments.filter((segment) => segment.startsWith("PER*"));
  /** What the page says of a set, on the day on which Anna is away. */
  const onPage = (set: string): string =>
    new RegExp(`^\\| ${set} \\| 2026-12-22 \\|.*\`(PER[^\`]*)\``, "m").exec(page)?.[1] ?? "nothing on the page";
  const invoice = (number: string, more: object = {}) => ({
    ...{ documentType: "invoice", account: "harbor-retail", usage: "production", number },
    ...{ date: "2025-03-25", order: { number: "7741093" }, currency: "USD", currencyParty: "SE" },
    lines: [
      {
        ...{ line: "1", quantity: "10", unit: "EA", price: "21.75" },
        productIds: [{ qualifier: "UP", id: kettle }],
      },
    ],
    ...more,
  });
  const x12Of = async (document: object): Promise<string[]> => {
    const { status, body } = await supplier.submit(document, {}, "?dryRun=true");
    expect([status, body.errors]).toEqual([200, undefined]);
    return segmentsOf(body.x12);
  };

  test("the 855 names who stands in for the order contact, and its story says why", async () => {
    await setRules({ contacts: annaIsAway() });
    await harbor.sendAndWait(harborOrder());
    expect(contactsIn(await fileWith("BAK*00*AD*7741093"))).toEqual([onPage("855")]);
    const [order] = await supplier.documents("order");
    const { timeline } = (await supplier.get(`/api/v1/documents/${order.id}`)).body;
    const [reason, ...more] = timeline
      .filter(({ kind }: Json) => kind === "contact")
      .map(({ message }: Json) => message);
    expect(more).toEqual([]);
    expect(reason).toMatch(
      /^ANNA LINDQVIST is away from .*BEN OKAFOR (works from .*)?.*stands in for ANNA LINDQVIST as OC \(order contact\)\.$/,
    );
  });

  test("the 810 names the desk for receivables, unless the invoice names somebody itself", async () => {
    const { status, body } = await supplier.submit(invoice("90601"));
    expect([status, body.errors]).toEqual([202, undefined]);
    await supplier
      .documentThat(body.id, (one) => one.status === "accepted" || one.status === "held")
      .then((one) => {
        if (one.status === "held") return supplier.post(`/api/v1/documents/${body.id}/release`, { reason: "a test" });
        return one;
      });
    expect(contactsIn(await fileWith("*90601*"))).toEqual([onPage("810")]);
    const own = { contacts: [{ role: "BI", name: "OWN CONTACT" }] };
    expect(contactsIn(await x12Of(invoice("90602", own)))).toEqual(["PER*BI*OWN CONTACT"]);
  });

  test("the 846 names whom the rule asks for first", async () => {
    await setRules({ contacts: annaIsAway(), earlyInformation: { tier: "major", topics: [{ topic: "inventory" }] } });
    await supplier.put("/api/v1/publication-plan?reason=first", { tiers: [{ name: "major" }] });
    const { status, body } = await supplier.post("/api/v1/publications", {
      ...{ topic: "inventory", kind: "inventory" },
      content: {
        lines: [
          {
            productIds: [{ qualifier: "UP", id: kettle }],
            quantities: [{ qualifier: "33", quantity: "1840", unit: "EA" }],
          },
        ],
      },
    });
    expect([status, body.errors]).toEqual([202, undefined]);
    expect(contactsIn(await fileWith("BIA*00*SI*INVENTORY-1"))).toEqual([onPage("846")]);
  });

  test("the 856 names who ships", async () => {
    const shipment = {
      ...{ documentType: "shipment", account: "harbor-retail", usage: "production", number: "SHP-7101" },
      ...{ purpose: { code: "00" }, date: "2025-03-24", time: "0930" },
      parties: [{ role: "ST", name: "HARBOR RETAIL DC 0318", idQualifier: "92", id: "0318" }],
      orders: [
        {
          order: { number: "7741093" },
          items: [{ line: "1", quantity: "10", unit: "EA", productIds: [{ qualifier: "UP", id: kettle }] }],
        },
      ],
    };
    expect(contactsIn(await x12Of(shipment))).toEqual([onPage("856")]);
  });

  test("where a guide takes other roles only, those are asked; where it forbids PER, nobody is named", async () => {
    const { profile } = (await supplier.get("/api/v1/accounts/harbor-retail")).body;
    const guideOf810 = (rule: object) => ({
      guides: [
        ...profile.guides,
        { name: "PER of the 810", set: "810", segments: [{ segment: "PER", loop: "", ...rule }] },
      ],
    });
    await setRules({ contacts: annaIsAway() });
    const { body } = await supplier.put("/api/v1/accounts/harbor-retail", {
      ...profile,
      ...guideOf810({ elements: [{ element: 1, codes: ["BI"] }] }),
    });
    expect(body.errors).toBeUndefined();
    expect(contactsIn(await x12Of(invoice("90603")))).toEqual([]);
    await supplier.put("/api/v1/accounts/harbor-retail", { ...profile, ...guideOf810({ requirement: "forbidden" }) });
    expect(contactsIn(await x12Of(invoice("90604")))).toEqual([]);
  });

  test("who is on duty is told for any moment, to the supplier in full and to the account what is published", async () => {
    await setRules({ contacts });
    const at = "at=2026-12-22T15:00:00Z";
    const roleOf = async (who: Client, query: string, role: string): Promise<Json> =>
      (await who.get(`${path}?${query}`)).body.roles.find((one: Json) => one.role === role);
    expect(await roleOf(supplier, at, "OC")).toEqual({
      ...{ role: "OC", word: "order contact" },
      onDuty: { id: "ben", name: "BEN OKAFOR", phone: "5635550135", email: "ben@cedar-river.example" },
      insteadOf: { id: "anna", name: "ANNA LINDQVIST" },
      reason:
        "ANNA LINDQVIST is away from 2026-12-21 to 2027-01-02. BEN OKAFOR stands in for ANNA LINDQVIST as OC (order contact).",
      deputies: [],
      next: { at: "2026-12-22T23:00:00.000Z", onDuty: null },
      afterHours: { id: "night", name: "NIGHT PHONE", mobile: "5635550177" },
      documents: ["order-response", "order-change-response", "order-status-report"],
    });
    expect(await roleOf(harbor, at, "OC")).toMatchObject({ onDuty: { id: "ben", phone: "5635550135" } });
    expect((await roleOf(harbor, at, "OC")).onDuty).not.toHaveProperty("email");
    expect(await roleOf(supplier, "at=2026-12-10T09:00:00-06:00", "OC")).toMatchObject({
      onDuty: { id: "anna", mobile: "5635550199" },
      deputies: [{ id: "ben", name: "BEN OKAFOR" }],
      next: { at: "2026-12-10T23:00:00.000Z" },
    });
    expect(JSON.stringify((await harbor.get(`${path}?at=2026-12-10T15:00:00Z`)).body)).not.toContain("5635550199");
    // Christmas, a Friday: everybody is back on Monday.
    expect(await roleOf(supplier, "at=2026-12-25T15:00:00Z", "AR")).toMatchObject({
      onDuty: null,
      next: { at: "2026-12-28T14:00:00.000Z", onDuty: { id: "receivables" } },
    });
    expect((await supplier.get(`${path}?at=yesterday`)).status).toBe(400);
    expect((await supplier.get(`${path}?at=2026-12-22`)).status).toBe(400);
    expect((await gateway.as("summit-industrial").get(path)).status).toBe(404);
    const simple = (await supplier.get("/api/v1/accounts/summit-industrial/contacts")).body;
    expect([simple.roles, simple.contact.name]).toEqual([[], "PETER OYELARAN"]);
  });

  test("the command line shows who is on duty", async () => {
    const portico = (...args: string[]) =>
      runPortico(["contacts", "on-duty", ...args], {
        environment: { PORTICO_URL: gateway.url, DATA_DIR: ground.folder },
      });
    const shown = await portico("--account", "harbor-retail", "--at", "2026-12-22T15:00:00Z");
    expect([shown.code, shown.stderr]).toEqual([0, ""]);
    expect(page).toContain(`--at 2026-12-22T15:00:00Z\n${shown.stdout}\`\`\``);
    const without = await portico("--account", "summit-industrial");
    expect([without.code, without.stdout]).toEqual([
      1,
      "summit-industrial has no contacts by role. Its one contact is PETER OYELARAN.\n",
    ]);
    expect((await portico("--account", "harbor-retail", "--at", "noon")).code).toBe(1);
    const sample = await portico("--account", "lakeshore-clinics", "--at", "2026-12-22T03:00:00Z", "--json");
    expect(JSON.parse(sample.stdout).roles[0]).toMatchObject({
      role: "OC",
      onDuty: null,
      afterHours: { id: "emergency-phone" },
    });
  });

  test("a rule that can't hold is refused with its place", async () => {
    const { profile } = (await supplier.get("/api/v1/accounts/harbor-retail")).body;
    const people = [{ id: "anna", name: "ANNA\r\nBcc: everybody@example.com", roles: ["orders"], deputy: "zoe" }];
    const refused = await supplier.put("/api/v1/accounts/harbor-retail", { ...profile, contacts: { people } });
    expect([refused.status, refused.body.errors]).toEqual([
      400,
      [
        { path: "body.contacts.people[0].name", message: "must be one line, without control characters" },
        { path: "body.contacts.people[0].deputy", message: 'there is no person "zoe"' },
      ],
    ]);
  });

  test("an account without contacts by role is answered as before", async () => {
    await setRules({ contacts: undefined });
    await harbor.sendAndWait(anotherOrder(harborOrder(), 9101, "7741401"));
    expect(contactsIn(await fileWith("BAK*00*AD*7741401"))).toEqual([
      "PER*OC*ANNA LINDQVIST*TE*5635550134*EM*harbor-team@cedar-river.example",
    ]);
    expect(contactsIn(await x12Of(invoice("90605")))).toEqual([]);
  });
});
