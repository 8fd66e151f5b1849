import { describe, expect, test } from "vitest";
import { harborOrder, sample, segmentsOf, summitOrder } from "../support/samples.ts";
import { runPortico } from "./run-portico.ts";

const oneBad = sample("orders/850-harbor-retail-two-orders-one-bad.edi");

describe("portico inspect", () => {
  test("shows the file as a tree with names, no colours in a pipe", async () => {
    const { code, stdout } = await runPortico(["inspect", "-"], { stdin: harborOrder(), environment: { CI: "true" } });
    expect(code).toBe(0);
    expect(stdout).not.toContain("\x1b");
    const lines = stdout.split("\n");
    expect(lines[0]).toBe("Interchange 000004417  from 12/3125550142 to ZZ/CEDARRIVER, production, accepted");
    expect(lines).toContain("  Group 4417  PO 004010 from HARBORPO to CEDARRIVER, accepted");
    expect(lines).toContain("    850 0001  Purchase Order, accepted");
    expect(lines).toContain("      BEG  Beginning Segment for Purchase Order  2");
    expect(lines).toContain("        03  Purchase Order Number         7741093");
    expect(lines).toContain("      Loop PO1");
    expect(lines).toContain("        Loop PID");
  });

  test("--brief gives each segment of the file one line, in its order", async () => {
    const { stdout } = await runPortico(["inspect", "-", "--brief"], { stdin: summitOrder() });
    const shown = stdout.split("\n").flatMap((line) => /^ +([A-Z0-9]{2,3}) +(\1\S.*?)(?: {2}|$)/.exec(line)?.[2] ?? []);
    expect(shown.filter((text) => !text.startsWith("ISA"))).toEqual(segmentsOf(summitOrder()).slice(1));
  });

  test("marks what is wrong beneath its segment, and ends with 1", async () => {
    const { code, stdout } = await runPortico(["inspect", "-", "-b"], { stdin: oneBad });
    expect(code).toBe(1);
    const lines = stdout.split("\n");
    const at = lines.findIndex((line) => line.includes("DTM*010*20250230"));
    expect(lines[at + 1]).toMatch(/^ +! DTM02 .* \(AK403 8\)$/);
    expect(lines.filter((line) => line.trim().startsWith("!"))).toHaveLength(2);
  });

  test("tells of what is missing at the end, and of bytes that belong to nothing", async () => {
    const cut = await runPortico(["inspect", "-"], { stdin: oneBad.slice(0, 400) });
    expect(cut.stdout).toMatch(/! .*no SE/);
    const stray = await runPortico(["inspect", "-"], { stdin: `${oneBad}and then some\n` });
    expect(stray.stdout).toMatch(/\n\d+ bytes that belong to no interchange\n +! .*trailing-data/);
    const none = await runPortico(["inspect", "-"], { stdin: "hello" });
    expect(none).toMatchObject({ code: 1, stdout: expect.stringContaining("not-x12") });
  });

  test("shows a file that was cut into lines of 80 as if it were not, with the places that its parts have in it", async () => {
    const wrapped = oneBad.replaceAll("\n", "").replace(/.{80}/g, "$&\r\n");
    const plain = await runPortico(["inspect", "-", "-b"], { stdin: oneBad.replaceAll("\n", "") });
    const { code, stdout } = await runPortico(["inspect", "-", "-b"], { stdin: wrapped });
    expect(code).toBe(1);
    const told = (text: string) => text.split("\n").filter((line) => !line.includes("wrapped-80"));
    expect(told(stdout)).toEqual(told(plain.stdout));
    expect(stdout).toMatch(/ISA.*\n +! warning: The file is cut into lines of 80 characters/);
    const right = await runPortico(["inspect", "-", "--json"], {
      stdin: harborOrder().replaceAll("\n", "").replace(/.{80}/g, "$&\n"),
    });
    expect(right.code).toBe(0);
    const [{ groups }] = JSON.parse(right.stdout).interchanges;
    const [st, beg] = groups[0].transactionSets[0].segments;
    const unwrapped = harborOrder().replaceAll("\n", "");
    expect(st).toMatchObject({
      id: "ST",
      offset: unwrapped.indexOf("ST*850") + Math.floor(unwrapped.indexOf("ST*850") / 80),
    });
    expect(beg).toMatchObject({ id: "BEG", position: 2, problems: [] });
  });

  test("--max-segments stops there and says so", async () => {
    const { stdout } = await runPortico(["inspect", "-", "-b", "--max-segments", "3"], { stdin: oneBad });
    expect(stdout.split("\n").slice(-2)[0]).toBe(
      "The file goes on; shown are its first 3 segments, with 2 problems further on.",
    );
    expect((await runPortico(["inspect", "-", "--max-segments", "none"])).code).toBe(2);
  });

  test("--json holds every segment with names, labels, places and problems", async () => {
    const { code, stdout } = await runPortico(["inspect", "-", "--json"], { stdin: oneBad });
    expect(code).toBe(1);
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({ file: "-", problems: [], truncated: false });
    const [interchange] = found.interchanges;
    const [group] = interchange.groups;
    const [first, second] = group.transactionSets;
    const ids = (part: { segments: { id: string }[] }) => part.segments.map(({ id }) => id);
    expect(ids(interchange)).toEqual(["ISA", "IEA"]);
    expect(ids(group)).toEqual(["GS", "GE"]);
    expect([...ids(first), ...ids(second)]).toEqual(
      segmentsOf(oneBad)
        .slice(2, -2)
        .map((segment) => segment.split("*")[0]),
    );
    const beg = first.segments[1];
    expect(beg).toMatchObject({
      id: "BEG",
      position: 2,
      loop: null,
      beginsLoop: false,
      offset: oneBad.indexOf("BEG*"),
    });
    expect(beg.elements[2]).toEqual({ reference: "03", name: "Purchase Order Number", value: "7741311", label: null });
    const dtm = second.segments[6];
    expect(dtm.problems).toHaveLength(1);
    expect(dtm.problems[0]).not.toHaveProperty("dataElement");
    expect(second.segments.find((segment: { id: string }) => segment.id === "N1")).toMatchObject({
      loop: "N1",
      beginsLoop: true,
    });
  });

  test("takes composites apart", async () => {
    const { stdout } = await runPortico(["inspect", "-", "--json"], { stdin: summitOrder() });
    const segments = JSON.parse(stdout).interchanges[0].groups[0].transactionSets[0].segments as {
      elements: { reference: string }[];
    }[];
    expect(segments.some(({ elements }) => elements.some(({ reference }) => /^\d\d-1$/.test(reference)))).toBe(true);
  });
});
