import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runPortico } from "../cli/run-portico.ts";
import { harborOrder, segmentsOf } from "../support/samples.ts";
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

/** Hours of so many seconds. */
const seconds = (count: number) => count / 3_600;
const page = readFileSync(new URL("../../docs/rules/early-information.md", import.meta.url), "utf8");
const kettle = "612800401156";
const lamp = "612800401224";

const item = (id: string, available: number, warehouse?: string) => ({
  productIds: [{ qualifier: "UP", id }],
  quantities: [
    { qualifier: "33", quantity: String(available), unit: "EA" },
    { qualifier: "17", quantity: "9999", unit: "EA" },
  ],
  ...(warehouse !== undefined && { parties: [{ role: "WH", idQualifier: "92", id: warehouse }] }),
});

describe.each(combinationsFor(import.meta.url))("early information, on $name", (combination) => {
  let ground: Ground;
  let gateway: TestGateway;
  let supplier: Client;
  let harbor: Client;
  let summit: Client;

  beforeAll(async () => {
    ground = await freshGround(combination);
    gateway = await startTestGateway(ground, { environment: { SWEEP_INTERVAL_MS: "200" } });
    supplier = gateway.supplier;
    harbor = gateway.as("harbor-retail");
    summit = gateway.as("summit-industrial");
  });
  afterAll(async () => {
    await gateway?.close();
    await ground?.clear();
  });

  async function setRule(account: string, earlyInformation: object | undefined, more: object = {}): Promise<void> {
    const { profile } = (await supplier.get(`/api/v1/accounts/${account}`)).body;
    const { earlyInformation: _, ...others } = profile;
    const { status, body } = await supplier.put(`/api/v1/accounts/${account}`, {
      ...others,
      ...(earlyInformation && { earlyInformation }),
      ...more,
    });
    expect([status, body.errors]).toEqual([200, undefined]);
  }
  const plan = (leads: object, more: object = {}) => ({
    tiers: [{ name: "major", leads }, { name: "standard" }],
    ...more,
  });
  const handIn = (content: object, more: object = {}, headers: Record<string, string> = {}) =>
    supplier.request("POST", "/api/v1/publications", {
      body: JSON.stringify({ topic: "inventory", kind: "inventory", content, ...more }),
      headers: { "content-type": "application/json", ...headers },
    });
  const publication = async (id: string): Promise<Json> => (await supplier.get(`/api/v1/publications/${id}`)).body;
  const released = (id: string) =>
    eventually(async () => {
      const found = await publication(id);
      return found.state === "released" && found.accounts.every(({ state }: Json) => state !== "waiting")
        ? found
        : undefined;
    }, `publication ${id} released`);

  test("nothing is taken in before there is a plan, and a plan says what is wrong with it", async () => {
    expect((await handIn({ lines: [] })).body).toMatchObject({ status: 409, code: "publication.no-plan" });
    const wrong = await supplier.put("/api/v1/publication-plan", { tiers: [{ name: "major" }, { name: "standard" }] });
    expect([wrong.status, wrong.body.errors]).toEqual([
      400,
      [{ path: "body.tiers[0].leads", message: "must say how long before the next tier" }],
    ]);
    expect((await supplier.get("/api/v1/publication-plan")).status).toBe(404);
  });

  test("the first tier is told first, the next after its lead, and the proof says so", async () => {
    await setRule("harbor-retail", { tier: "major", topics: [{ topic: "inventory" }] });
    await setRule("summit-industrial", { tier: "standard", topics: [{ topic: "inventory" }] });
    const applied = await supplier.put("/api/v1/publication-plan?reason=first", plan({ hours: seconds(2) }));
    expect([applied.status, applied.body.outcome, applied.body.version]).toEqual([200, "applied", 1]);

    const { status, body } = await handIn({ lines: [item(kettle, 1840), item(lamp, 0)] });
    expect([status, body.errors]).toEqual([202, undefined]);
    const at = (tier: string) => Date.parse(body.releases.find((one: Json) => one.tier === tier).at);
    expect(at("standard") - at("major")).toBe(2_000);

    const [first] = await harbor.mailbox(1);
    expect(segmentsOf(first?.x12 ?? "").filter((segment) => /^(BIA|LIN|QTY)/.test(segment))).toEqual([
      expect.stringMatching(/^BIA\*00\*SI\*INVENTORY-1\*\d{8}\*\d{4}$/),
      `LIN*1*UP*${kettle}`,
      "QTY*33*1840*EA",
      "QTY*17*9999*EA",
      `LIN*2*UP*${lamp}`,
      "QTY*33*0*EA",
      "QTY*17*9999*EA",
    ]);
    expect((await summit.mailbox(0)).length).toBe(0);
    expect((await summit.get(`/api/v1/publications/${body.id}`)).status).toBe(404);
    await summit.mailbox(1);
    await released(body.id);
    const proof = (await supplier.get(`/api/v1/publications/${body.id}/proof`)).body.items;
    expect(proof.map(({ account, tier, state, channel }: Json) => [account, tier, state, channel])).toEqual([
      ["harbor-retail", "major", "served", "mailbox"],
      ["summit-industrial", "standard", "served", "mailbox"],
    ]);
    expect(Date.parse(proof[1].at)).toBeGreaterThanOrEqual(at("standard"));
    const mine = (await summit.get("/api/v1/publications")).body.items;
    expect(mine).toHaveLength(1);
    expect(Object.keys(mine[0]).sort()).not.toContain("releases");
  });

  /** Puts a plan with one topic of its own into force, and both accounts into their tiers for it. */
  async function streamOf(name: string, more: { kind?: string; keeps?: string; lead?: number } = {}) {
    const { kind = "inventory", keeps = "latest", lead = 0 } = more;
    const topics = [
      { name: "inventory", kind: "inventory" },
      { name, kind, keeps },
    ];
    const { body } = await supplier.put("/api/v1/publication-plan", plan({ hours: seconds(lead) }, { topics }));
    expect(body.outcome).toBe("applied");
    return (content: object, extra: object = {}) => handIn(content, { topic: name, kind, ...extra });
  }
  const tell = async (account: string, tier: string, ...topics: object[]) =>
    setRule(account, { tier, topics }, account === "harbor-retail" ? { guides: [] } : {});
  /** The 846s of a topic in a mailbox, their BIA03 and what is available, in the order of the mailbox. */
  const stockOf = async (account: Client, topic: string): Promise<string[][]> =>
    (await account.mailbox(0))
      .map(({ x12 }) => x12.replaceAll("|", "*"))
      .filter((x12) => x12.includes(`*${topic.toUpperCase()}-`))
      .map((x12) => segmentsOf(x12).filter((segment) => /^(BIA|LIN|QTY\*33)/.test(segment)))
      .map((segments) => segments.map((segment) => segment.replace(/^(BIA\*.*-\d+)\*.*/, "$1")));
  const stateAt = (found: Json, account: string) => found.accounts.find((one: Json) => one.account === account)?.state;
  const strictGuide = {
    name: "846 with an action",
    set: "846",
    segments: [{ segment: "BIA", elements: [{ element: 6, requirement: "required", message: "BIA06 is wanted." }] }],
  };

  test("the same key gets the same answer, and what is wrong is told with its place", async () => {
    const publish = await streamOf("keyed");
    const key = { "idempotency-key": "stock-of-monday" };
    const content = { lines: [item(kettle, 5)] };
    const more = { topic: "keyed" };
    const first = await handIn(content, more, key);
    const again = await handIn(content, more, key);
    expect([again.status, again.body.id, again.headers.get("idempotent-replayed")]).toEqual([
      202,
      first.body.id,
      "true",
    ]);
    expect((await handIn({ lines: [] }, more, key)).body.code).toBe("idempotency.key-reused");
    expect((await publish({ account: "harbor-retail", lines: [] })).body.errors[0].path).toBe("body.content.account");
    const wrong = await publish({ lines: [{ productIds: [] }] });
    expect([wrong.status, wrong.body.errors[0].path]).toEqual([400, "body.content.lines[0].productIds"]);
    expect((await publish({ lines: [] }, { topic: "nothing" })).body.errors[0].path).toBe("body.topic");
    expect((await publish({ lines: [] }, { kind: "prices" })).body.errors[0].path).toBe("body.kind");
  });

  test("each sees what is available less what is kept for others, and an account only its items and changes", async () => {
    const publish = await streamOf("kept");
    const csv = `account,item,quantity,unit,until\nsummit-industrial,${kettle},30,EA,\nharbor-retail,${lamp},500,,2001-01-01\n`;
    const imported = await supplier.request("POST", "/api/v1/stock-reservations", {
      body: csv,
      headers: { "content-type": "text/csv" },
    });
    expect(imported.body).toEqual({ imported: 2, removed: 0, total: 2 });
    await tell("harbor-retail", "major", { topic: "kept", content: "changes", threshold: { quantity: "10" } });
    await tell("summit-industrial", "standard", { topic: "kept", items: [kettle] });
    await released((await publish({ lines: [item(kettle, 40), item(lamp, 7)] })).body.id);
    expect(await stockOf(harbor, "kept")).toEqual([
      ["BIA*00*SI*KEPT-1", `LIN*1*UP*${kettle}`, "QTY*33*10*EA", `LIN*2*UP*${lamp}`, "QTY*33*7*EA"],
    ]);
    expect(await stockOf(summit, "kept")).toEqual([["BIA*00*SI*KEPT-1", `LIN*1*UP*${kettle}`, "QTY*33*40*EA"]]);

    // Five fewer are not worth telling; ten fewer than what was told are, though they went in two steps.
    const small = await released((await publish({ lines: [item(kettle, 40), item(lamp, 2)] })).body.id);
    expect([stateAt(small, "harbor-retail"), stateAt(small, "summit-industrial")]).toEqual(["unchanged", "served"]);
    await released((await publish({ lines: [item(kettle, 20), item(lamp, 2)] })).body.id);
    expect((await stockOf(harbor, "kept")).at(-1)).toEqual(["BIA*04*SI*KEPT-2", `LIN*1*UP*${kettle}`, "QTY*33*0*EA"]);
    expect((await stockOf(summit, "kept")).map(([bia]) => bia)).toEqual([1, 2, 3].map((n) => `BIA*00*SI*KEPT-${n}`));
    for (const edition of [...(await stockOf(harbor, "kept")), ...(await stockOf(summit, "kept"))])
      expect(page).toContain(edition.map((segment) => `\`${segment}\``).join(" "));
    const file = await supplier.request("GET", "/api/v1/stock-reservations", { headers: { accept: "text/csv" } });
    expect(file.body).toContain(`summit-industrial,${kettle},,30,EA,`);
    for (const text of [
      "account,item\n",
      "account,item,quantity\nnobody,1,1\n",
      "account,item,quantity\nharbor-retail,1,-1\n",
    ])
      expect(
        (
          await supplier.request("POST", "/api/v1/stock-reservations", {
            body: text,
            headers: { "content-type": "text/csv" },
          })
        ).status,
      ).toBe(400);
  });

  test("what is held above keeps the tiers below waiting until it is mended, or a person decides", async () => {
    const publish = await streamOf("held");
    await setRule("harbor-retail", { tier: "major", topics: [{ topic: "held" }] }, { guides: [strictGuide] });
    await tell("summit-industrial", "standard", { topic: "held" });
    const { id } = (await publish({ lines: [item(kettle, 1)] })).body;
    const held = await eventually(async () => {
      const found = await publication(id);
      return stateAt(found, "harbor-retail") === "held" ? found : undefined;
    }, "held");
    expect(held.releases.map(({ state, waitsFor }: Json) => [state, waitsFor])).toEqual([
      ["released", []],
      ["due", ["harbor-retail"]],
    ]);
    const open = async (who: Client) => (await who.get("/api/v1/work-items?open=true")).body.items;
    const [called] = (await open(supplier)).filter(({ kind }: Json) => kind === "publication-held");
    expect(called.message).toContain("tiers below major wait");
    expect(JSON.stringify(await open(harbor))).not.toContain("tier");
    expect(JSON.stringify(await open(summit))).not.toContain("held");
    expect((await supplier.post(`/api/v1/publications/${id}/retry`, { account: "summit-industrial" })).status).toBe(
      409,
    );
    expect((await supplier.post(`/api/v1/interchanges/${held.accounts[0].interchange?.id}/replay`)).status).toBe(404);

    await setRule("harbor-retail", { tier: "major", topics: [{ topic: "held" }] }, { guides: [] });
    expect((await supplier.post(`/api/v1/publications/${id}/retry`, { account: "harbor-retail" })).status).toBe(202);
    const mended = await released(id);
    expect(mended.accounts.map(({ state }: Json) => state)).toEqual(["served", "served"]);
    expect((await open(supplier)).filter(({ kind }: Json) => /held/.test(kind))).toEqual([]);

    await setRule("harbor-retail", { tier: "major", topics: [{ topic: "held" }] }, { guides: [strictGuide] });
    const second = (await publish({ lines: [item(kettle, 2)] })).body.id;
    await eventually(
      async () => (stateAt(await publication(second), "harbor-retail") === "held" ? true : undefined),
      "held again",
    );
    expect(await stockOf(summit, "held")).toHaveLength(1);
    const why = { account: "harbor-retail", reason: "They know by telephone." };
    expect((await supplier.post(`/api/v1/publications/${second}/skip`, why)).status).toBe(202);
    expect((await supplier.post(`/api/v1/publications/${second}/skip`, why)).body.code).toBe("publication.settled");
    await released(second);
    const proof = (await supplier.get(`/api/v1/publications/${second}/proof`)).body.items;
    expect(proof.map(({ state }: Json) => state)).toEqual(["skipped", "served"]);
    expect(proof[0].reason).toContain("They know by telephone.");
    expect((await stockOf(harbor, "held")).map(([bia]) => bia)).toEqual(["BIA*00*SI*HELD-1"]);
    await setRule("harbor-retail", { tier: "major", topics: [{ topic: "inventory" }] }, { guides: [] });
  });

  test("a correction keeps the order, and goes in the original's place where that is not released", async () => {
    // Time enough on a busy machine to correct it before the lower tier has its turn.
    const publish = await streamOf("corrected", { lead: 12 });
    await tell("harbor-retail", "major", { topic: "corrected" });
    await tell("summit-industrial", "standard", { topic: "corrected" });
    const original = (await publish({ lines: [item(lamp, 100)] })).body;
    await eventually(async () => ((await stockOf(harbor, "corrected")).length > 0 ? true : undefined), "the original");
    const corrected = await supplier.post(`/api/v1/publications/${original.id}/correct`, {
      content: { lines: [item(lamp, 10)] },
      reason: "A nought too many.",
    });
    expect([corrected.status, corrected.body.corrects]).toEqual([202, original.id]);
    const timeOf = (one: Json) => Date.parse(one.releases[1].at);
    expect(timeOf(corrected.body)).toBe(timeOf(original));
    expect((await publication(original.id)).releases.map(({ state }: Json) => state)).toEqual([
      "released",
      "superseded",
    ]);
    const again = await supplier.post(`/api/v1/publications/${original.id}/correct`, {
      content: { lines: [] },
      reason: "x",
    });
    expect(again.body.code).toBe("publication.corrected");
    await released(corrected.body.id);
    expect((await stockOf(harbor, "corrected")).map((lines) => [lines[0], lines.at(-1)])).toEqual([
      ["BIA*00*SI*CORRECTED-1", "QTY*33*100*EA"],
      ["BIA*05*SI*CORRECTED-2", "QTY*33*10*EA"],
    ]);
    expect(await stockOf(summit, "corrected")).toEqual([["BIA*05*SI*CORRECTED-1", `LIN*1*UP*${lamp}`, "QTY*33*10*EA"]]);
    // To whoever was not told the original, the correction is no correction of anything.
    const [told] = (await summit.get("/api/v1/publications?topic=corrected")).body.items;
    expect(told.corrects).toBeNull();

    const next = (await publish({ lines: [item(lamp, 9)] })).body.id;
    const withdrawn = await supplier.post(`/api/v1/publications/${next}/withdraw`, { reason: "Counted wrongly." });
    expect(withdrawn.body.releases[1].state).toBe("withdrawn");
    expect((await supplier.post(`/api/v1/publications/${next}/withdraw`, { reason: "x" })).status).toBe(409);
    expect((await summit.get(`/api/v1/publications/${next}`)).status).toBe(404);
  });

  test("an account that comes late is told what its tier has, and not what is embargoed to it", async () => {
    const publish = await streamOf("late", { lead: 3_000 });
    await tell("harbor-retail", "major", { topic: "late" });
    const { id } = (await publish({ lines: [item(kettle, 77)] })).body;
    await eventually(async () => ((await stockOf(harbor, "late")).length > 0 ? true : undefined), "the first");
    await tell("summit-industrial", "standard", { topic: "late" });
    const view = await eventually(async () => {
      const found = await publication(id);
      return stateAt(found, "summit-industrial") ? found : undefined;
    }, "summit in the stream");
    expect(stateAt(view, "summit-industrial")).toBe("waiting");
    expect(await stockOf(summit, "late")).toEqual([]);

    // Past the publications, the same is held, and nobody can let it go before its time.
    const advice = {
      ...{ documentType: "inventory-advice", account: "summit-industrial", usage: "production", number: "BY-HAND-1" },
      ...{ purpose: { code: "00" }, reportType: { code: "SI" }, date: "2025-03-10", lines: [item(kettle, 77)] },
    };
    expect((await supplier.submit(advice, {}, "?dryRun=true")).body.problems[0].code).toBe("embargoed");
    const byHand = (await supplier.submit(advice)).body.id;
    await supplier.documentThat(byHand, ({ status }) => status === "held");
    await supplier.post(`/api/v1/documents/${byHand}/release`, { reason: "please" });
    const still = await supplier.documentThat(
      byHand,
      ({ status, timeline }) => status === "held" && timeline.filter(({ kind }: Json) => kind === "held").length === 2,
    );
    expect(still.findings[0].code).toBe("embargoed");
    expect(await summit.mailbox(0).then((all) => all.filter(({ x12 }) => x12.includes("BY-HAND")))).toEqual([]);

    await tell("summit-industrial", "major", { topic: "late" });
    await eventually(async () => ((await stockOf(summit, "late")).length > 0 ? true : undefined), "moved up");
    expect(await stockOf(summit, "late")).toEqual([["BIA*00*SI*LATE-1", `LIN*1*UP*${kettle}`, "QTY*33*77*EA"]]);
    const direct = await supplier.submit(
      { ...advice, account: "harbor-retail", number: "BY-HAND-2" },
      {},
      "?dryRun=true",
    );
    expect(direct.body.problems.map(({ code }: Json) => code)).toContain("told-by-publication");
  });

  test("announcements stay JSON, each is told, and the account says that it has them", async () => {
    const publish = await streamOf("news", { kind: "announcement", keeps: "every" });
    await tell("harbor-retail", "major", { topic: "news" });
    await tell("summit-industrial", "standard", { topic: "news" });
    expect((await publish({ title: "x" })).body.errors[0].path).toBe("body.content.text");
    const ids: string[] = [];
    for (const title of ["Kettles in green", "Lamps in blue"])
      ids.push((await publish({ title, text: "From April on." }, { title })).body.id);
    for (const id of ids) await released(id);
    const mine = (await summit.get("/api/v1/publications?topic=news")).body.items;
    expect(mine.map(({ title, channel, edition }: Json) => [title, channel, edition])).toEqual([
      ["Lamps in blue", "feed", 2],
      ["Kettles in green", "feed", 1],
    ]);
    expect((await summit.get(`/api/v1/publications/${ids[0]}`)).body.content).toEqual({
      title: "Kettles in green",
      text: "From April on.",
    });
    const first = await summit.post(`/api/v1/publications/${ids[0]}/collected`);
    expect((await summit.post(`/api/v1/publications/${ids[0]}/collected`)).body).toEqual(first.body);
    const csv = await supplier.request("GET", `/api/v1/publications/${ids[0]}/proof`, {
      headers: { accept: "text/csv" },
    });
    const [heading, ...lines] = (csv.body as string).trim().split("\n");
    expect(heading).toBe(
      "publication,topic,number,account,tier,rank,state,releaseAt,releasedAt,at,channel,edition,document,interchange,control,arrivedAt,answer,answeredAt,reason",
    );
    expect(lines.map((line) => line.split(",").slice(3, 7))).toEqual([
      ["harbor-retail", "major", "0", "served"],
      ["summit-industrial", "standard", "1", "served"],
    ]);
    expect(lines[1]).toContain(first.body.collectedAt);
  });

  test("prices are told as an 832 under their own number, and the account's 997 is in the proof", async () => {
    const publish = await streamOf("list", { kind: "prices", keeps: "every" });
    await tell("harbor-retail", "major", { topic: "list", content: "changes" });
    const line = (id: string, price: string) => ({
      productIds: [{ qualifier: "UP", id }],
      prices: [{ kind: { code: "CON" }, price, quantity: "1", unit: "EA" }],
    });
    const catalog = {
      catalogType: { code: "PC" },
      number: "CR-2025",
      dates: [{ qualifier: "007", date: "2025-04-01" }],
    };
    await released((await publish({ ...catalog, lines: [line(kettle, "22.50"), line(lamp, "33.90")] })).body.id);
    const { id } = (await publish({ ...catalog, lines: [line(kettle, "21.75")] })).body;
    await released(id);
    const found = (await harbor.mailbox(0)).filter(({ x12 }) => x12.includes("ST*832*"));
    expect(found.map(({ x12 }) => segmentsOf(x12).filter((segment) => /^(BCT|LIN|G53|CTP)/.test(segment)))).toEqual([
      ["BCT*PC*CR-2025", `LIN*1*UP*${kettle}`, "CTP**CON*22.50*1*EA", `LIN*2*UP*${lamp}`, "CTP**CON*33.90*1*EA"],
      ["BCT*PC*CR-2025********04", ...[`LIN*1*UP*${kettle}`, "CTP**CON*21.75*1*EA", `LIN*2*UP*${lamp}`, "G53*002"]],
    ]);
    const group = segmentsOf(found.at(-1)?.x12 ?? "")
      .find((segment) => segment.startsWith("GS*"))
      ?.split("*")[6];
    const answer = [
      "ISA*00*          *00*          *12*3125550142     *ZZ*CEDARRIVER     *250313*0710*U*00401*000008801*0*P*>",
      "GS*FA*HARBORPO*CEDARRIVER*20250313*0710*8801*X*004010",
      ...["ST*997*0001", `AK1*SC*${group}`, "AK2*832*0001", "AK5*A", "AK9*A*1*1*1", "SE*6*0001", "GE*1*8801"],
      "IEA*1*000008801",
      "",
    ].join("~\n");
    await harbor.sendAndWait(answer);
    await harbor.post(`/api/v1/mailbox/${found.at(-1)?.id}/collected`);
    const proof = await eventually(async () => {
      const [one] = (await supplier.get(`/api/v1/publications/${id}/proof`)).body.items;
      return one.answer === null ? undefined : one;
    }, "the 997");
    expect([proof.answer, proof.channel, proof.edition]).toEqual(["A", "mailbox", 2]);
    expect(Date.parse(proof.arrivedAt)).toBeGreaterThan(Date.parse(proof.at));
  });

  test("an account's open orders are reported on its schedule, from the ledger", { timeout: 150_000 }, async () => {
    await tell("harbor-retail", "major", { topic: "order-status", schedule: { everyMinutes: 1 }, content: "changes" });
    await harbor.sendAndWait(harborOrder());
    const report = await eventually(
      async () => (await harbor.mailbox(0)).find(({ x12 }) => x12.includes("ST*870*"))?.x12,
      "the 870",
      120_000,
    );
    const segments = segmentsOf(report);
    expect(segments.find((segment) => segment.startsWith("BSR"))).toMatch(/^BSR\*2\*CO\*1\*\d{8}/);
    expect(segments).toContainEqual(expect.stringMatching(/^PRF\*7741093\*/));
    expect(segments.filter((segment) => segment.startsWith("ISR")).length).toBeGreaterThan(4);
    await setRule("harbor-retail", undefined);
  });

  test("the command line applies a plan, hands in, shows and proves", async () => {
    const portico = (args: string[], stdin = "") =>
      runPortico(["publications", ...args], {
        stdin,
        environment: { PORTICO_URL: gateway.url, DATA_DIR: ground.folder },
      });
    const sample = (name: string) => fileURLToPath(new URL(`../../samples/publications/${name}`, import.meta.url));
    const applied = await portico(["tiers", "apply", sample("plan.yaml"), "--reason", "as agreed"]);
    expect([applied.code, applied.stdout]).toEqual([
      0,
      expect.stringMatching(/^publication plan: applied \(version \d+\)\n$/),
    ]);
    const published = await portico(["publish", sample("announcement.json"), "--json"]);
    expect([published.code, published.stderr]).toEqual([0, ""]);
    const { id } = JSON.parse(published.stdout);
    expect(JSON.parse((await portico(["publish", sample("announcement.json"), "--json"])).stdout).id).toBe(id);
    expect((await portico(["list"])).stdout).toContain(id);
    expect((await portico(["show", id])).stdout).toMatch(
      /^announcement 1 of the topic announcements, Kettles in green: releasing/,
    );
    expect((await portico(["proof", id])).stdout).toBe("Nobody has it yet.\n");
    expect((await portico(["proof", id, "--csv"])).stdout).toMatch(/^publication,topic,number,account,/);
    expect((await portico(["withdraw", id, "--reason", "not yet"])).stdout).toBe(`${id}: withdrawn\n`);
    expect((await portico(["tiers", "apply", "-"], "tiers: []")).code).toBe(1);
  });
});
