import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { writeInvoices, writeOrders, writeShipNotice, writeSmallInterchanges, writeWrongOrders } from "./x12-files.mjs";

const run = promisify(execFile);
const measurement = fileURLToPath(new URL("./engine-case.mjs", import.meta.url));
const rounds = 9;
const smallInterchanges = 10_000;
const operations = ["delimiters", "scan", "cursor", "strings", "validate", "tree", "acknowledgment", "write"];

/**
 * The engine on files of its own making, each operation in a process of its own; beside it, on the same five megabytes of orders,
 * node-x12's parser (which checks nothing; the fastest of three processes) and a search for every terminator with
 * `Buffer.indexOf`. The ratios are to those two.
 *
 * @param asked.file a file to measure instead of those.
 * @param asked.quick leave out the files of 50 and 500 MB.
 */
export async function* measure({ file, quick = false } = {}) {
  if (file !== undefined) {
    for (const operation of operations.slice(0, 5)) yield figures(operation, "given", await time(operation, file));
    yield memoryOf("given", await once("memory", file));
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), "portico-bench-"));
  try {
    yield* measureOwnFiles((name) => join(folder, name), quick);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* measureOwnFiles(pathOf, quick) {
  const orders = pathOf("orders-5.edi");
  const { segments, sets } = writeOrders(orders, 5);
  const peer = await fastestOf(3, () => time("node-x12", orders, 5));
  const search = await time("Buffer.indexOf", orders);
  yield figures("node-x12", "850, 5 MB", peer, { segments });
  yield figures("Buffer.indexOf", "850, 5 MB", search, { segments });
  for (const operation of operations) {
    const measured = await time(operation, orders);
    const ratio = { timesNodeX12: ratioOf(measured, peer), ofBufferIndexOf: ratioOf(measured, search) };
    if (operation === "acknowledgment") yield acknowledged("850, 5 MB", measured, sets);
    else yield figures(operation, "850, 5 MB", measured, { segments, ...ratio });
  }

  const others = [
    ["small interchanges", (path) => writeSmallInterchanges(path, smallInterchanges)],
    ["856, one set five levels deep", (path) => writeShipNotice(path, 2_000)],
    ["810, 3,000 sets", (path) => writeInvoices(path, 3_000)],
    ["850, half of the segments wrong", (path) => writeWrongOrders(path, 5)],
  ];
  for (const [name, write] of others) {
    const path = pathOf("other.edi");
    const { segments, sets } = write(path);
    for (const operation of ["scan", "validate"]) {
      const measured = await time(operation, path);
      const perSecond = name === "small interchanges" ? { interchangesPerSecond: perSecondOf(measured) } : {};
      yield figures(operation, name, measured, { segments, timesNodeX12: ratioOf(measured, peer), ...perSecond });
    }
    yield acknowledged(name, await time("acknowledgment", path), sets);
  }

  let first = null;
  for (const megabytes of quick ? [5] : [5, 50, 500]) {
    const path = pathOf("memory.edi");
    writeOrders(path, megabytes);
    const measured = await once("memory", path);
    first ??= measured.peakMB;
    const moreThanFirstMB = round(measured.peakMB - first);
    yield { ...memoryOf(`850, ${megabytes} MB`, measured), moreThanFirstMB };
  }
}

const time = (operation, path, times = rounds) => once(operation, path, times);

async function fastestOf(times, measureOnce) {
  let fastest = await measureOnce();
  for (let n = 1; n < times; n++) {
    const other = await measureOnce();
    if (other.best < fastest.best) fastest = other;
  }
  return fastest;
}

async function once(operation, path, times = 1) {
  const { stdout } = await run(process.execPath, [measurement, operation, path, String(times)]);
  return JSON.parse(stdout);
}

function figures(operation, file, { seconds, best, bytes }, { segments, ...more } = {}) {
  const line = { operation, file, MBps: round(bytes / 1e6 / seconds), bestMBps: round(bytes / 1e6 / best) };
  if (segments !== undefined) line.segmentsPerSecond = Math.round(segments / seconds);
  return { ...line, ...more };
}

/** A 997 is made of the report, whatever the size of the file was. */
const acknowledged = (file, { seconds }, sets) => ({
  operation: "acknowledgment",
  file,
  sets,
  setsPerSecond: Math.round(sets / seconds),
});

const memoryOf = (file, { seconds, bytes, sets, accepted, peakMB }) => ({
  operation: "validate from disk",
  file,
  MBps: round(bytes / 1e6 / seconds),
  sets,
  accepted,
  peakMB,
});

/** Ratios are of the best rounds: what else runs on the machine can only make a round slower. */
const speed = ({ bytes, best }) => bytes / best;
const ratioOf = (one, other) => Number((speed(one) / speed(other)).toFixed(2));
const perSecondOf = ({ best }) => Math.round(smallInterchanges / best);
const round = (number) => Number(number.toFixed(1));
