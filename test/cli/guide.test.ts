import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { onlyLine, runPortico } from "./run-portico.ts";

const folder = mkdtempSync(join(tmpdir(), "portico-guide-"));
afterAll(() => rmSync(folder, { recursive: true }));
const harbor = "samples/accounts/harbor-retail.yaml";
const summit = "samples/accounts/summit-industrial.yaml";
const order = "samples/orders/850-harbor-retail.edi";

function write(name: string, text: string): string {
  const file = join(folder, name);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const stores = `name: Stores 850
set: "850"
segments:
  - segment: REF
    loop: ""
    where: { element: 1, codes: [DP] }
    max: 2
    severity: warning
    elements:
      - { element: 2, pattern: "\\\\d{3}", message: "Three digits." }
loops:
  - { loop: PO1, max: 3, severity: warning }
conditions:
  - name: price tag
    each: PO1
    when: { selector: PO103, values: [EA] }
    then: { selector: PO104, requirement: required }
`;
const guideFile = write("guides/industry/stores-850.yaml", stores);
const guides = join(folder, "guides");
const accountFile = write(
  "north.yaml",
  `id: north
name: North
timeZone: America/Chicago
identities:
  - usage: production
    theirs: { qualifier: "12", id: "3125550142" }
    ours: { qualifier: ZZ, id: CEDARRIVER }
guides:
  - industry/stores-850
  - name: North 850
    set: "850"
    segments:
      - { segment: REF, loop: "", where: { element: 1, codes: [DP] }, requirement: required }
`,
);

describe("portico guide show", () => {
  test("shows an account's set in its order, and by which guide it deviates", async () => {
    const { code, stdout } = await runPortico(["guide", "show", harbor, "--set", "850"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# 850 Purchase Order in 004010: Harbor Retail Group\n/);
    expect(stdout).toMatch(
      /^\| 050 +\| +\| REF with REF01 = DP +\| +\| required +\| 1 +\| Harbor Retail 850 \(requirement, max\) \|$/m,
    );
    expect(stdout).toMatch(
      /^\| PO107 +\| Product\/Service ID +\| required +\| AN +\| 1\/48 +\| +\| `\\d\{12\}` +\| Harbor Retail 850 \(requirement, format\) \|$/m,
    );
    expect(stdout).toContain("- PO107: PO107 is the U.P.C., 12 digits.\n");
    const positions = [...stdout.matchAll(/^\| (\d{3}) /gm)].map(([, position]) => position);
    expect(positions.slice(0, 4)).toEqual(["010", "020", "040", "050"]);
  });

  test("shows every set of an account, and with --all every segment's elements", async () => {
    const { stdout } = await runPortico(["guide", "show", harbor]);
    expect(stdout.match(/^# .*/gm)).toEqual([
      "# 810 Invoice in 004010: Harbor Retail Group",
      "# 850 Purchase Order in 004010: Harbor Retail Group",
      "# 855 Purchase Order Acknowledgment in 004010: Harbor Retail Group",
      "# 856 Ship Notice/Manifest in 004010: Harbor Retail Group",
      "# 860 Purchase Order Change Request - Buyer Initiated in 004010: Harbor Retail Group",
    ]);
    expect(stdout).not.toMatch(/^## CTT /m);
    expect((await runPortico(["guide", "show", harbor, "--all"])).stdout).toMatch(/^## CTT /m);
  });

  test("shows a guide's file, and a version of its own, with loops and conditions", async () => {
    const { code, stdout } = await runPortico(["guide", "show", guideFile, "--version", "005010"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# 850 Purchase Order in 005010: Stores 850\n/);
    expect(stdout).toMatch(/^\| PO1 +\| M? ?O? *\| 0 +\| 3 +\| Stores 850 \(max as warning\) \|$/m);
    expect(stdout).toMatch(/^\| price tag +\| PO1 +\| `PO103` is EA +\| `PO104` required +\| Stores 850 \|$/m);
  });

  test("stacks a guide that the account names with the account's own", async () => {
    const { code, stdout } = await runPortico(["guide", "show", accountFile, "--guides", guides, "--json"]);
    expect(code).toBe(0);
    const { of, sets } = JSON.parse(stdout);
    expect([of, sets.length, sets[0].guides]).toEqual(["North", 1, ["Stores 850", "North 850"]]);
    const [department] = sets[0].segments.filter((segment: { where: unknown }) => segment.where !== null);
    expect(department).toMatchObject({
      position: "050",
      segment: "REF",
      requirement: "required",
      max: 2,
      deviations: {
        requirement: { asks: "required", guide: "North 850", severity: "error", message: null },
        max: { asks: 2, guide: "Stores 850", severity: "warning", message: null },
      },
      elements: [{ reference: "REF02", format: "\\d{3}", deviations: { pattern: { message: "Three digits." } } }],
    });
    const byName = await runPortico(["guide", "show", "industry/stores-850", "--json"], {
      environment: { GUIDES_DIR: guides },
    });
    expect(JSON.parse(byName.stdout).of).toBe("Stores 850");
  });

  test.each([
    [["show", "nowhere.yaml"], 2, "portico: There is no file nowhere.yaml."],
    [["show", harbor, "--set", "111"], 2, "portico: There is no set 111 in 004010. No version has it."],
    [
      ["show", accountFile],
      1,
      'portico: There is no guide "industry/stores-850" in the folder of guides (GUIDES_DIR, --guides): there are none.',
    ],
    [
      ["diff", harbor, accountFile],
      2,
      'portico: There is no guide "industry/stores-850" in the folder of guides (GUIDES_DIR, --guides): there are none.',
    ],
    [
      ["show", harbor, "--guides", "/nowhere"],
      2,
      "portico: The folder of guides can't be read: ENOENT: no such file or directory, scandir '/nowhere'",
    ],
  ])("%j ends with %i and one clear line", async (args, exitCode, line) => {
    const { code, stdout, stderr } = await runPortico(["guide", ...args]);
    expect(onlyLine(stderr)).toBe(line);
    expect([code, stdout]).toEqual([exitCode, ""]);
  });
});

describe("portico guide diff", () => {
  test("says what two accounts ask for differently, and ends with 1", async () => {
    const { code, stdout } = await runPortico(["guide", "diff", harbor, summit, "--set", "850"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^what +Harbor Retail Group +Summit Industrial/);
    expect(stdout).toMatch(/^850 PO1, loop PO1: PO106 codes +UP +VP$/m);
    expect(stdout).not.toContain("PO101");
    expect(stdout).toMatch(/\n18 differences\.\n$/);
  });

  test("--json gives both sides", async () => {
    const { code, stdout } = await runPortico(["guide", "diff", harbor, summit, "--json"]);
    expect(code).toBe(1);
    const { a, differences } = JSON.parse(stdout);
    expect(a).toBe("Harbor Retail Group");
    expect(differences).toContainEqual({
      set: "850",
      about: "PO1, loop PO1: PO106 codes",
      a: { asks: ["UP"], guide: "Harbor Retail 850", severity: "error", message: null },
      b: { asks: ["VP"], guide: "Summit Industrial 850", severity: "error", message: null },
    });
  });

  test("ends with 0 where they ask for the same, whatever the guides are called", async () => {
    const renamed = write("renamed.yaml", stores.replace("Stores 850", "Shops 850"));
    expect(await runPortico(["guide", "diff", guideFile, renamed])).toEqual({
      code: 0,
      stdout: "Stores 850 and Shops 850 ask for the same.\n",
      stderr: "",
    });
  });
});

describe("the other commands", () => {
  test("validate with a named guide: warnings are told and do no harm", async () => {
    const { code, stdout } = await runPortico(["validate", order, "--account", accountFile, "--guides", guides]);
    expect(stdout).toContain("warning: PO1 occurs too often".replace("PO1", "Loop PO1"));
    expect(stdout).toMatch(/no problems, 2 warnings in 1 interchange, 1 group, 1 transaction set, all accepted\.\n$/);
    expect(code).toBe(0);
  });

  test("validate --json marks a warning by its message, and the set by E", async () => {
    const args = ["validate", order, "--account", accountFile, "--guides", guides, "--json"];
    const [group] = JSON.parse((await runPortico(args)).stdout).interchanges[0].groups;
    const [set] = group.transactionSets;
    expect([group.verdict, set.verdict]).toEqual(["E", "E"]);
    expect(set.problems.map(({ message }: { message: string }) => message.slice(0, 9))).toEqual([
      "warning: ",
      "warning: ",
    ]);
    expect(Object.keys(set.problems[0])).not.toContain("severity");
  });

  test("validate --schemas knows a set that a folder brings", async () => {
    const set = "111 PO House Notice\nheading\n010  ST M 1\n020  BEG M 1\n030  SE M 1\n";
    write("schemas/004010/sets/111.txt", set);
    const file = write(
      "house.edi",
      "ISA*00*          *00*          *ZZ*ACME           *ZZ*HARBOR         *240115*1200*U*00401*000000001*0*P*:~GS*PO*ACME*HARBOR*20240115*1200*1*X*004010~ST*111*0001~BEG*00*SA*PO-1**20240115~SE*3*0001~GE*1*1~IEA*1*000000001~",
    );
    expect((await runPortico(["validate", file])).code).toBe(1);
    expect((await runPortico(["validate", file, "--schemas", join(folder, "schemas")])).code).toBe(0);
    expect((await runPortico(["inspect", file], { environment: { SCHEMAS_DIR: join(folder, "schemas") } })).code).toBe(
      0,
    );
    write("wrong/004010/sets/111.txt", set.replace("BEG M 1", "BEG M one"));
    const { code, stderr } = await runPortico(["validate", file, "--schemas", join(folder, "wrong")]);
    expect(onlyLine(stderr)).toContain("/wrong/004010/sets/111.txt:4: is no line of a set");
    expect(code).toBe(2);
  });

  test("start ends with one clear line where a folder can't be used", async () => {
    write("bad-guides/x.yaml", "name: X\nset: 850\n");
    const run = await runPortico(["start"], {
      environment: {
        GUIDES_DIR: join(folder, "bad-guides"),
        DATA_DIR: join(folder, "data"),
        PORT: "0",
        LOG_LEVEL: "silent",
      },
    });
    expect(run.stderr).toContain("x.yaml:2: set: must be a text; put it in quotes");
    expect(run.stderr).toContain("portico: GUIDES_DIR can't be used: ");
    expect(run.code).toBe(2);
  });
});
