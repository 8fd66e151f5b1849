import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseAccountFile } from "../../src/accounts/account-file.ts";
import { contactsRule } from "../../src/accounts/rules/dedicated-contacts.ts";
import { applyProfile } from "../../src/store/account-versions.ts";
import { issueToken } from "../../src/store/accounts.ts";
import { openEmbeddedDatabase, openServerDatabase } from "../../src/store/database.ts";
import { openWorkItem } from "../../src/store/work-items.ts";
import { runPortico } from "../cli/run-portico.ts";
import { type Listener, listen } from "../support/listener.ts";
import { headerOf, listenForMail, type MailServer, type Verdict } from "../support/mail-server.ts";
import { GatewayProcess } from "../support/processes.ts";
import { anotherOrder, sample } from "../support/samples.ts";
import {
  Client,
  combinationsFor,
  eventually,
  freshGround,
  type Ground,
  type Json,
  readCredentials,
  startTestGateway,
  type TestGateway,
} from "../support/test-gateway.ts";

const rush = sample("orders/850-harbor-retail-rush.edi");
const webhookSecret = `whsec_${Buffer.from("a key of thirty-two bytes, to test").toString("base64")}`;
/** Minutes of so many seconds. */
const seconds = (count: number) => count / 60;
const always = {
  workingDays: ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
  hours: { from: "00:00", to: "24:00" },
};
/** Works one day of the week, some days from now: nobody is there before. */
const daysFromNow = (days: number) => {
  const name = new Date(Date.now() + days * 86_400_000).toLocaleDateString("en", { weekday: "long", timeZone: "UTC" });
  return { workingDays: [name.toLowerCase()], hours: { from: "08:00", to: "17:00" } };
};
const person = (id: string, roles: string[], more: object = {}) => ({
  ...{ id, name: `${id.toUpperCase()} OF SUPPLY`, roles, email: `${id}@cedar-river.example`, calendar: always },
  ...more,
});
const mailOf = (id: string) => `${id}@cedar-river.example`;

/** Contacts of an account, each test's own people, so that no test sees another's mails. */
function contactsOf(prefix: string, alert: object = {}, more: object = {}): Json {
  return {
    people: [
      person(`${prefix}-anna`, ["orders"], { deputy: `${prefix}-ben`, ...more }),
      person(`${prefix}-ben`, ["shipping"], more),
      person(`${prefix}-ruth`, ["sales"], more),
    ],
    alerts: [{ role: "orders", gatherMinutes: 0, everyMinutes: 0, ...alert }],
  };
}

describe.each(combinationsFor(import.meta.url))("alerts, on $name", (combination) => {
  let ground: Ground;
  let gateway: TestGateway;
  let supplier: Client;
  let harbor: Client;
  let server: MailServer;
  let systems: Listener;
  /** What the mail server answers to an address; others get 250. */
  const verdicts = new Map<string, Verdict[]>();
  let control = 91_000;

  beforeAll(async () => {
    ground = await freshGround(combination);
    server = await listenForMail((address, count) => {
      const all = verdicts.get(address) ?? [250];
      return all[Math.min(count, all.length - 1)] ?? 250;
    });
    systems = await listen(200);
    gateway = await startTestGateway(ground, {
      environment: {
        ...{ SMTP_URL: server.url, ALERT_FROM: "alerts@cedar-river.example", SWEEP_INTERVAL_MS: "200" },
        ...{ WEBHOOK_URL: systems.url, WEBHOOK_SECRET: webhookSecret },
      },
    });
    supplier = gateway.supplier;
    harbor = gateway.as("harbor-retail");
  });
  afterAll(async () => {
    await gateway?.close();
    await server?.close();
    await systems?.close();
    await ground?.clear();
  });

  async function setRules(more: object, who = supplier): Promise<void> {
    const { profile } = (await who.get("/api/v1/accounts/harbor-retail")).body;
    const priority = [{ name: "rush", level: "urgent", when: { orderType: ["RO"] }, effects: { callPerson: true } }];
    const { status, body } = await who.put("/api/v1/accounts/harbor-retail", {
      ...{ ...profile, guides: [], divisions: [], orderResponse: { send: false }, priority },
      ...more,
    });
    expect([status, body.errors]).toEqual([200, undefined]);
  }
  /** A rush order, which needs a person. @returns its work item */
  async function rushOrder(number: string, as = harbor, who = supplier): Promise<Json> {
    control += 1;
    await as.sendAndWait(anotherOrder(rush, control, number));
    return eventually(async () => {
      const { items } = (await who.get("/api/v1/work-items?account=harbor-retail&limit=200")).body;
      return items.find(({ message }: Json) => message.includes(`Order ${number} `));
    }, `the work item of ${number}`);
  }
  const alertOf = async (item: Json, who = supplier): Promise<Json | undefined> => {
    const { items } = (await who.get("/api/v1/work-items?account=harbor-retail&limit=200")).body;
    const { alert } = items.find(({ id }: Json) => id === item.id);
    return (await who.get("/api/v1/alerts?account=harbor-retail&limit=200")).body.items.find(
      ({ id }: Json) => id === alert,
    );
  };
  const alertThat = (item: Json, is: (alert: Json) => boolean, what: string, who = supplier): Promise<Json> =>
    eventually(async () => {
      const found = await alertOf(item, who);
      return found && is(found) ? found : undefined;
    }, what);
  const toldOf = (alert: Json): string[] =>
    alert.notices.map((one: Json) => `${one.step} ${one.channel} ${one.to?.id} ${one.state}`);

  test("whoever is on duty for the role gets a mail, and the supplier's systems a webhook", async () => {
    await setRules({ contacts: contactsOf("one") });
    const item = await rushOrder("ONE1");
    const [mail, ...more] = await server.has(1, mailOf("one-anna"));
    expect(more).toEqual([]);
    expect(mail?.recipients).toEqual([mailOf("one-anna")]);
    expect(headerOf(mail as never, "To")).toBe('"ONE-ANNA OF SUPPLY" <one-anna@cedar-river.example>');
    expect(headerOf(mail as never, "From")).toBe("Portico <alerts@cedar-river.example>");
    expect(headerOf(mail as never, "Auto-Submitted")).toBe("auto-generated");
    expect(headerOf(mail as never, "Subject")).toMatch(/^Harbor Retail Group: Order ONE1 is to be seen to at once/);
    const alert = await alertThat(item, ({ notices }) => notices.every(({ state }: Json) => state === "sent"), "sent");
    expect(alert).toMatchObject({ state: "told", urgent: false, roles: ["OC"], items: { total: 1, needing: 1 } });
    expect(toldOf(alert)).toEqual(["0 email one-anna sent", "0 webhook one-anna sent"]);
    const [email, webhook] = alert.notices;
    expect(headerOf(mail as never, "Message-ID")).toBe(`<${email.id}@cedar-river.example>`);
    expect(email.attempts).toMatchObject([{ outcome: "sent", error: null }]);
    expect(webhook.deliveries).toMatchObject([{ status: "delivered", attempts: [{ httpStatus: 200 }] }]);
    expect(mail?.text).toContain(`   /api/v1/documents/${item.document.id}`);
    expect(mail?.text).toContain(`portico alerts acknowledge ${alert.id}`);
    expect(mail?.text).toContain("You are told because: ONE-ANNA OF SUPPLY is OC (order contact).");

    const heard = systems.heard.map(({ body, headers }) => [JSON.parse(body), { body, headers }] as const);
    const [told, raw] = heard.find(([{ type }]) => type === "alert") ?? [];
    new Webhook(webhookSecret).verify(raw?.body ?? "", raw?.headers as Record<string, string>);
    expect(told.data).toMatchObject({
      ...{ id: alert.id, account: "harbor-retail", urgent: false, step: 0, total: 1, kinds: { "priority-order": 1 } },
      tell: { id: "one-anna", email: mailOf("one-anna") },
      items: [{ id: item.id, document: item.document.id }],
    });
  });

  test("while nobody answers the deputy is told, then the account manager; then somebody has it in hand", async () => {
    const escalate = [
      { afterMinutes: seconds(1), to: "deputy" },
      { afterWorkingMinutes: seconds(1), to: "account-manager" },
      { afterMinutes: seconds(2), to: { role: "orders" } },
    ];
    await setRules({ contacts: contactsOf("two", { escalate }), accountManager: "two-ruth" });
    const item = await rushOrder("TWO1");
    await server.has(1, mailOf("two-ruth"));
    const { status, body } = await supplier.post(`/api/v1/work-items/${item.id}/acknowledge`);
    expect([status, body]).toMatchObject([200, { acknowledgedBy: "demonstration" }]);
    const again = (await supplier.post(`/api/v1/work-items/${item.id}/acknowledge`)).body;
    expect(again.acknowledgedAt).toBe(body.acknowledgedAt);
    const alert = await alertThat(item, ({ state }) => state === "acknowledged", "acknowledged");
    expect(alert.next).toBeNull();
    const mails = ["two-anna", "two-ben", "two-ruth"].map((id) => server.to(mailOf(id)));
    expect(mails.map(({ length }) => length)).toEqual([1, 1, 1]);
    const [[first], [second]] = mails as [Json[], Json[]];
    expect(headerOf(second as never, "Subject")).toMatch(/^Not answered yet: Harbor/);
    expect(headerOf(second as never, "In-Reply-To")).toBe(headerOf(first as never, "Message-ID"));
    // The last step's time comes and goes.
    await new Promise((over) => setTimeout(over, 3_500));
    expect(server.to(mailOf("two-anna"))).toHaveLength(1);
    // The account sees that it is in hand, and not in whose.
    const seen = (await harbor.get("/api/v1/work-items?limit=200")).body.items.find(({ id }: Json) => id === item.id);
    expect(seen).toMatchObject({ acknowledgedAt: body.acknowledgedAt, acknowledgedBy: null, alert: null, roles: [] });
    expect((await harbor.post(`/api/v1/work-items/${item.id}/acknowledge`)).status).toBe(403);
    expect((await harbor.get("/api/v1/alerts")).status).toBe(403);
  });

  test("what is resolved is told to nobody any more", async () => {
    const escalate = [{ afterMinutes: seconds(4), to: "deputy" }];
    await setRules({ contacts: contactsOf("res", { escalate }) });
    const { body } = await supplier.submit({
      ...{ documentType: "invoice", account: "harbor-retail", usage: "production", number: "RES1" },
      ...{ date: "2025-03-25", order: { number: "NEVER-ORDERED" }, currency: "USD", currencyParty: "SE" },
      lines: [
        {
          ...{ line: "1", quantity: "10", unit: "EA", price: "21.75" },
          productIds: [{ qualifier: "UP", id: "612800401156" }],
        },
      ],
    });
    await supplier.documentThat(body.id, ({ status }) => status === "held");
    const [mail] = await server.has(1, mailOf("res-anna"));
    expect(mail?.text).toContain("document-held");
    const withdrawn = await supplier.post(`/api/v1/documents/${body.id}/withdraw`, { reason: "never ordered" });
    expect(withdrawn.status).toBe(202);
    await new Promise((over) => setTimeout(over, 5_500));
    expect(server.to(mailOf("res-ben"))).toEqual([]);
    const [alert] = (await supplier.get("/api/v1/alerts?state=resolved")).body.items;
    expect(alert).toMatchObject({ items: { total: 1, open: 0 }, next: null });
  });

  test("the roles that a rule of priority tells are told, whatever the rule of alerts says", async () => {
    const priority = [{ name: "rush", level: "urgent", when: { orderType: ["RO"] }, effects: { tell: ["SD", "SR"] } }];
    await setRules({ contacts: contactsOf("tell"), priority });
    const item = await rushOrder("TELL1");
    expect(item.roles).toEqual(["SD", "SR"]);
    await server.has(1, mailOf("tell-ben"));
    await server.has(1, mailOf("tell-ruth"));
    expect(server.to(mailOf("tell-anna"))).toEqual([]);
  });

  test("a mail server that says not now is tried again, with the same Message-ID", async () => {
    verdicts.set(mailOf("slow-anna"), [451, 250]);
    await setRules({ contacts: contactsOf("slow") });
    const item = await rushOrder("SLOW1");
    const mails = await server.has(2, mailOf("slow-anna"));
    expect(new Set(mails.map((mail) => headerOf(mail, "Message-ID"))).size).toBe(1);
    const alert = await alertThat(item, ({ notices }) => notices[0]?.state === "sent", "sent at last");
    expect(alert.notices[0].attempts.map(({ outcome }: Json) => outcome)).toEqual(["failed", "sent"]);
    expect(alert.notices[0].attempts[0].error).toContain("451");
  });

  test("where a mail can't be delivered at all, whoever comes next is told at once", async () => {
    verdicts.set(mailOf("gone-anna"), [550]);
    const escalate = [{ afterMinutes: 600, to: "deputy" }];
    await setRules({ contacts: contactsOf("gone", { escalate }) });
    const item = await rushOrder("GONE1");
    await server.has(1, mailOf("gone-ben"));
    const alert = await alertThat(item, ({ notices }) => notices[0]?.state === "failed", "failed");
    expect(alert.notices[0].trouble).toContain("550");
    const { items } = (await supplier.get("/api/v1/work-items?open=true")).body;
    const failed = items.find(({ kind }: Json) => kind === "alert-failed");
    expect([failed.account, failed.message]).toEqual([null, expect.stringContaining("GONE-ANNA OF SUPPLY")]);
  });

  test("where nobody is there, what is urgent goes to who is on call, and all else waits for the first who comes", async () => {
    const contacts = contactsOf("off", {}, { calendar: daysFromNow(3) });
    contacts.people.push(person("off-night", ["emergency"], { calendar: daysFromNow(3) }));
    await setRules({ contacts });
    const waiting = await rushOrder("OFF1");
    const alert = await alertThat(
      waiting,
      ({ next }) => next !== null && Date.parse(next.at) > Date.now() + 86_400_000,
      "it waits",
    );
    expect(alert).toMatchObject({ state: "gathering", toldAt: null, next: { step: 0 }, notices: [] });
    const duty = (await supplier.get("/api/v1/accounts/harbor-retail/contacts")).body.roles[0];
    expect(alert.next.at).toBe(duty.next.at);
    // Another one comes with it, in the same message.
    const later = await rushOrder("OFF2");
    expect((await alertThat(later, () => true, "gathered")).id).toBe(alert.id);

    await setRules({ contacts: { ...contacts, alerts: [{ ...contacts.alerts[0], urgent: true }] } });
    await rushOrder("OFF3");
    const [mail] = await server.has(1, mailOf("off-night"));
    expect(headerOf(mail as never, "Subject")).toMatch(/^URGENT Harbor/);
    expect(mail?.text).not.toContain("OFF1");
    expect(server.to(mailOf("off-anna"))).toEqual([]);
  });

  test("no header grows out of what people wrote, and no mail has anything of another account", async () => {
    const { profile: summit } = (await supplier.get("/api/v1/accounts/summit-industrial")).body;
    await supplier.put("/api/v1/accounts/summit-industrial", { ...summit, contacts: contactsOf("sum") });
    const name = "Harbor\r\nBcc: everybody@elsewhere.example\r\n\r\nDear all";
    await setRules({ name, contacts: contactsOf("inj") });
    const plant = sample("orders/850-summit-industrial.edi").replace("BEG|00|RL|", "BEG|00|EO|");
    await gateway.as("summit-industrial").sendAndWait(anotherOrder(plant, 77_001, "SUM1"));
    await rushOrder("INJ1");
    const [mail] = await server.has(1, mailOf("inj-anna"));
    expect(mail?.recipients).toEqual([mailOf("inj-anna")]);
    expect(
      mail?.headers.filter((line) => /^(bcc|cc|to|subject):/i.test(line)).map((line) => line.split(":")[0]),
    ).toEqual(["To", "Subject"]);
    expect(mail?.text).not.toMatch(/SUM1|summit/i);
    for (const { text, recipients } of server.taken) {
      const isSummits = recipients.some((address) => address.startsWith("sum-"));
      expect(/INJ1|harbor/i.test(text), recipients.join()).toBe(!isSummits);
    }
    await setRules({ name: "Harbor Retail Group", contacts: undefined });
  });

  test("what a division's documents need is told to the division's own people", async () => {
    const divisions = [
      {
        ...{ id: "stores-west", name: "Stores West" },
        recognisedBy: { references: [{ qualifier: "DP", values: ["777"] }] },
        rules: { contacts: contactsOf("west") },
      },
    ];
    await setRules({ contacts: contactsOf("group"), divisions });
    const west = rush.replace("REF*DP*014", "REF*DP*777");
    control += 1;
    await harbor.sendAndWait(anotherOrder(west, control, "WEST1"));
    await rushOrder("GROUP1");
    const [mail] = await server.has(1, mailOf("west-anna"));
    expect(mail?.text).toContain("WEST1");
    const [other] = await server.has(1, mailOf("group-anna"));
    expect(other?.text).not.toContain("WEST1");
    const duty = await supplier.get("/api/v1/accounts/harbor-retail/contacts?division=stores-west");
    expect(duty.body).toMatchObject({
      division: "stores-west",
      roles: [{ role: "OC", onDuty: { id: "west-anna" } }, {}, {}],
    });
    expect((await supplier.get("/api/v1/accounts/harbor-retail/contacts?division=nowhere")).status).toBe(400);
  });

  test("the command line lists alerts and takes them in hand", async () => {
    await setRules({ contacts: contactsOf("cli") });
    const item = await rushOrder("CLI1");
    const alert = await alertThat(item, ({ notices }) => notices[0]?.state === "sent", "sent");
    const portico = (...args: string[]) =>
      runPortico(["alerts", ...args], { environment: { PORTICO_URL: gateway.url, DATA_DIR: ground.folder } });
    const listed = await portico("list", "--account", "harbor-retail", "--state", "told");
    expect([listed.code, listed.stderr]).toEqual([0, ""]);
    expect(listed.stdout).toMatch(
      new RegExp(`${alert.id}  harbor-retail  told  1 work item\n  told  CLI-ANNA OF SUPPLY  email +sent  \\d{4}-`),
    );
    expect((await portico("acknowledge", alert.id)).stdout).toBe(
      "You have 1 work item in hand; nobody else is told.\n",
    );
    expect((await portico("acknowledge", alert.id)).stdout).toBe("Nothing of it was in nobody's hands.\n");
    expect((await portico("list", "--state", "told", "--json")).stdout).not.toContain(alert.id);
    expect((await portico("acknowledge", "nothing")).code).toBe(2);
    const page = (await supplier.get("/api/v1/alerts?limit=1")).body;
    expect((await supplier.get(`/api/v1/alerts?limit=1&after=${page.next}`)).body.items[0].id).not.toBe(
      page.items[0].id,
    );
  });

  test("tests, and an account without contacts, alert nobody", async () => {
    await setRules({ contacts: contactsOf("quiet") });
    const before = (await supplier.get("/api/v1/alerts?limit=200")).body.items.length;
    control += 1;
    const test = anotherOrder(rush, control, "QUIET1").replace(/\*P\*>/, "*T*>");
    await harbor.sendAndWait(test);
    await setRules({ contacts: undefined });
    await rushOrder("QUIET2");
    await new Promise((over) => setTimeout(over, 2_000));
    expect((await supplier.get("/api/v1/alerts?limit=200")).body.items).toHaveLength(before);
    expect(server.to(mailOf("quiet-anna"))).toEqual([]);
  });
});

describe.each(combinationsFor(import.meta.url))("a storm, on $name", (combination) => {
  test("of 500 work items is one message, and what comes after it waits for the next", {
    timeout: 180_000,
  }, async () => {
    const ground = await freshGround(combination);
    const server = await listenForMail();
    const url = ground.environment.DATABASE_URL;
    const database = url ? await openServerDatabase(url, 4, () => {}) : await openEmbeddedDatabase(ground.folder);
    await database.migrate();
    const account = parseAccountFile(sample("accounts/summit-industrial.yaml"), "summit-industrial.yaml");
    await applyProfile(database.session, {
      ...account,
      contacts: contactsRule.parse(contactsOf("storm", { everyMinutes: 600 })),
    });
    const flood = (count: number, kind: string) =>
      database.transaction(async (session) => {
        for (let number = 1; number <= count; number++) {
          const message = `Trouble number ${number} of many, with a text as long as such messages are. Look at it.`;
          await openWorkItem(session, { kind, message, accountId: account.id, documentId: randomUUID() });
        }
      });
    await flood(470, "document-held");
    await flood(30, "message");
    const credentials = { accounts: {}, supplier: await issueToken(database.session, null, "storm") };
    writeFileSync(join(ground.folder, "demo-credentials.json"), JSON.stringify(credentials));
    await database.close();
    const gateway = await startTestGateway(ground, {
      environment: {
        ...{ SMTP_URL: server.url, ALERT_FROM: "alerts@cedar-river.example", SWEEP_INTERVAL_MS: "200" },
      },
    });
    try {
      const { supplier } = gateway;
      const [mail] = await server.has(1, mailOf("storm-anna"));
      expect(headerOf(mail as never, "Subject")).toBe("Summit Industrial Inc: 500 work items");
      expect(mail?.text.match(/^\d+\. /gm)).toHaveLength(20);
      expect(mail?.text).toContain("And 480 more. By kind: 470 document-held, 30 message.");
      const [alert, ...more] = (await supplier.get("/api/v1/alerts")).body.items;
      expect([more, alert.items]).toEqual([[], { total: 500, open: 500, needing: 500 }]);
      expect((await supplier.post(`/api/v1/alerts/${alert.id}/acknowledge`)).body.acknowledged).toBe(500);

      // What comes after the message waits for the next one.
      await supplier.submit({
        ...{ documentType: "invoice", account: account.id, usage: "production", number: "STORM1", date: "2025-03-25" },
        ...{ order: { number: "NEVER-ORDERED" }, currency: "USD", currencyParty: "SE" },
        lines: [
          { ...{ line: "1", quantity: "1", unit: "EA", price: "1" }, productIds: [{ qualifier: "VP", id: "X" }] },
        ],
      });
      const next = await eventually(async () => {
        const [latest] = (await supplier.get("/api/v1/alerts")).body.items;
        return latest.id === alert.id ? undefined : latest;
      }, "the next alert");
      expect(next).toMatchObject({ state: "gathering", items: { total: 1 } });
      expect(Date.parse(next.next.at) - Date.parse(alert.toldAt)).toBe(600 * 60_000);
      expect(server.to(mailOf("storm-anna"))).toHaveLength(1);
    } finally {
      await gateway.close();
      await server.close();
      await ground.clear();
    }
  });
});

describe.each(combinationsFor(import.meta.url).slice(0, 1))(
  "a gateway without a mail server, on $name",
  (combination) => {
    test("says so, writes its alerts down, and tells whoever subscribed", async () => {
      const ground = await freshGround(combination);
      const systems = await listen(200);
      const gateway = await startTestGateway(ground, { environment: { SWEEP_INTERVAL_MS: "200" } });
      try {
        const ready = await (await fetch(`${gateway.url}/health/ready`)).json();
        expect(ready).toMatchObject({
          status: "ready",
          remarks: ["Alerts are not sent by mail: set SMTP_URL and ALERT_FROM."],
        });
        const { body } = await gateway.supplier.post("/api/v1/webhooks", { url: systems.url, types: ["alert"] });
        expect(body.types).toEqual(["alert"]);
        const { profile } = (await gateway.supplier.get("/api/v1/accounts/harbor-retail")).body;
        const priority = [
          { name: "rush", level: "urgent", when: { orderType: ["RO"] }, effects: { callPerson: true } },
        ];
        await gateway.supplier.put("/api/v1/accounts/harbor-retail", {
          ...{ ...profile, guides: [], divisions: [], priority, contacts: contactsOf("none") },
        });
        await gateway.as("harbor-retail").sendAndWait(rush);
        const [heard] = await systems.hears(1);
        expect(JSON.parse(heard?.body ?? "")).toMatchObject({ type: "alert", data: { account: "harbor-retail" } });
        const [alert] = (await gateway.supplier.get("/api/v1/alerts")).body.items;
        expect(alert.notices[0]).toMatchObject({
          ...{ channel: "email", state: "not-sent", attempts: [] },
          trouble: "Mails are not sent: set SMTP_URL and ALERT_FROM.",
        });
      } finally {
        await gateway.close();
        await systems.close();
        await ground.clear();
      }
    });
  },
);

describe.each(combinationsFor(import.meta.url))(
  "a process that is killed while it sends an alert, on $name",
  (combination) => {
    test("sends it again after its restart, with the same Message-ID, and logs no password", {
      timeout: 180_000,
    }, async () => {
      const ground = await freshGround(combination);
      const password = "s3cret-of-the-mail-server";
      const server = await listenForMail((_, count) => (count === 0 ? "never" : 250), password);
      const settings = (word: string) => ({
        ...ground.environment,
        ...{ LOG_LEVEL: "trace", SWEEP_INTERVAL_MS: "200", ALERT_FROM: "alerts@cedar-river.example" },
        SMTP_URL: `smtp://portico:${word}@127.0.0.1:${server.port}`,
      });
      const running: GatewayProcess[] = [];
      const start = async (word: string) => {
        const process = new GatewayProcess(["start"], settings(word));
        running.push(process);
        const url = (await process.prints(/(http:\/\/localhost:\d+)/))[1] as string;
        return { process, supplier: new Client(url, readCredentials(ground.folder).supplier), url };
      };
      try {
        // The wrong password first: it is tried again, and not told to anybody.
        const wrong = await start("wr0ng-password");
        const { profile } = (await wrong.supplier.get("/api/v1/accounts/harbor-retail")).body;
        const priority = [
          { name: "rush", level: "urgent", when: { orderType: ["RO"] }, effects: { callPerson: true } },
        ];
        const applied = await wrong.supplier.put("/api/v1/accounts/harbor-retail", {
          ...{ ...profile, guides: [], divisions: [], priority, contacts: contactsOf("kill") },
        });
        expect(applied.status).toBe(200);
        const harbor = new Client(wrong.url, readCredentials(ground.folder).accounts["harbor-retail"] as string);
        await harbor.sendAndWait(rush);
        await wrong.process.prints(/job failed, will be tried again/);
        await wrong.process.end("SIGKILL");

        const victim = await start(password);
        const [first] = await server.has(1, mailOf("kill-anna"));
        await victim.process.end("SIGKILL");

        const { supplier } = await start(password);
        const mails = await server.has(2, mailOf("kill-anna"));
        expect(mails).toHaveLength(2);
        expect(headerOf(mails[1] as never, "Message-ID")).toBe(headerOf(first as never, "Message-ID"));
        const alert = await eventually(async () => {
          const [found] = (await supplier.get("/api/v1/alerts")).body.items;
          return found?.notices[0]?.state === "sent" ? found : undefined;
        }, "sent");
        const outcomes = alert.notices[0].attempts.map(({ outcome }: Json) => outcome);
        expect(outcomes.slice(-2)).toEqual(["started", "sent"]);
        expect(outcomes.slice(0, -2).every((outcome: string) => outcome !== "sent")).toBe(true);
        for (const { output } of running) {
          expect(output).not.toContain(password);
          expect(output).not.toContain("wr0ng-password");
        }
      } finally {
        for (const process of running) await process.end("SIGKILL");
        await server.close();
        await ground.clear();
      }
    });
  },
);
