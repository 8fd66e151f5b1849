import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { combinations, freshGround, type Ground, startTestGateway, type TestGateway } from "../support/test-gateway.ts";

/** Debian's. Tests never download a browser. */
const executablePath = "/usr/bin/chromium";
/** The browser's own calls home would only fail, many at a time. */
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"];

/** Without a browser there is nothing to look at; CI has one, and fails without. */
const browserIsMissing = !existsSync(executablePath) && process.env.CI !== "true";

describe.skipIf(browserIsMissing)("the API's documentation, in a browser", () => {
  let ground: Ground;
  let gateway: TestGateway;
  const profile = mkdtempSync(join(tmpdir(), "portico-browser-"));

  beforeAll(async () => {
    const [embedded] = combinations();
    if (!embedded) throw new Error("there is always the embedded combination");
    ground = await freshGround(embedded);
    gateway = await startTestGateway(ground);
  });
  afterAll(async () => {
    await gateway?.close();
    await ground?.clear();
    rmSync(profile, { recursive: true, force: true });
  });

  test("shows every route, from this gateway alone and without an error", async () => {
    const browser = await chromium.launchPersistentContext(profile, { executablePath, args: quiet });
    try {
      const page = await browser.newPage();
      const complaints: string[] = [];
      const elsewhere: string[] = [];
      page.on("console", (line) => line.type() === "error" && complaints.push(line.text()));
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("request", (request) => {
        const url = request.url();
        if (!url.startsWith(gateway.url) && !url.startsWith("data:")) elsewhere.push(url);
      });
      await page.goto(gateway.url);
      await page.getByText("/api/v1/interchanges/{id}/replay").waitFor();
      await page.getByText("/api/v1/mailbox/{id}/collected").waitFor();
      expect(new URL(page.url()).pathname).toMatch(/^\/docs/);
      expect(complaints).toEqual([]);
      expect(elsewhere).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
