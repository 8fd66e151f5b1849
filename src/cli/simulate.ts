import { type Command, InvalidArgumentError, Option } from "commander";
import type { AccountProfile } from "../accounts/index.ts";
import {
  Customer,
  catalogue,
  type FileToSend,
  type WayToAcknowledge,
  type WayToPay,
  waysToAcknowledge,
  waysToPay,
} from "../simulator/index.ts";
import { FaultyInterchangeError } from "../x12/index.ts";
import { chosenAccount, withAccountOption } from "./account-option.ts";
import { demonstrationTokenOf } from "./credentials.ts";
import { CannotDo, exitCodes } from "./exit.ts";
import { GatewayClient, type GatewayOptions } from "./gateway-client.ts";
import { chosenLibrary, chosenShelf, type GuideOptions, guidesOf, withGuideOptions } from "./knowledge-option.ts";
import { type Observer, type Outcome, type Plan, type ReceivedFile, simulate } from "./simulation.ts";
import { colour, counted, print, printable, printJson } from "./terminal.ts";

interface Options extends GatewayOptions, GuideOptions {
  readonly account: string;
  readonly orders: number;
  readonly lines: number;
  readonly stores: number;
  readonly urgent: number;
  readonly changes: number;
  readonly acknowledge: WayToAcknowledge;
  readonly pay: WayToPay;
  readonly await: readonly string[];
  readonly within: number;
  readonly seed: number;
  readonly first?: number;
  readonly test?: true;
  readonly json?: true;
}

const mostOrders = 10_000;
const mostStores = 200;
const longestSeconds = 24 * 60 * 60;
/** Sets that an order may be answered by. */
const answers = ["855", "865", "856", "810"];

/** `portico simulate`: the customer's side, for trying things. */
export function addSimulate(program: Command): void {
  const command = program
    .command("simulate")
    .summary("play a customer of a running gateway")
    .description(
      "Plays an account over the API of a running gateway: sends orders and changes, collects what comes for it, acknowledges and pays, and checks everything against the standard, the account's guides and its own books.",
    )
    .option("--orders <count>", "orders to send", wholeNumber(0, mostOrders), 1)
    .option("--lines <count>", "lines of each", wholeNumber(1, catalogue.length), 3)
    .option(
      "--stores <count>",
      "stores that each line is for (SDQ); 0: orders to one place",
      wholeNumber(0, mostStores),
      0,
    )
    .option("--urgent <share>", "share of orders that are urgent by the account's rules, 0 to 1", share, 0.1)
    .option("--changes <share>", "share of orders that are changed by an 860, 0 to 1", share, 0)
    .addOption(
      new Option("--acknowledge <how>", "how it acknowledges what it receives: late is when all else is done")
        .choices(waysToAcknowledge)
        .default("accept"),
    )
    .addOption(new Option("--pay <how>", "how it pays the invoices that have come").choices(waysToPay).default("none"))
    .option(
      "--await <sets>",
      `what has to come for each order beside what the account's profile sends by itself, of ${answers.join(", ")}`,
      setList,
      [],
    )
    .option("--within <seconds>", "time for all of it", wholeNumber(1, longestSeconds), 60)
    .option("--seed <number>", "the same seed makes the same orders", wholeNumber(0, 2 ** 32 - 1), 1)
    .option(
      "--first <number>",
      "first control number; orders are numbered by it too (default: from the clock)",
      wholeNumber(1, 999_999_999),
    )
    .option("--test", "as a test (ISA15 T) and not as business")
    .option("--json", "what came of it, for machines");
  withAccountOption(withGuideOptions(command), "an account file, or the id of an account of the gateway")
    .addHelpText(
      "after",
      `
It speaks with the account's own token: --token, PORTICO_TOKEN, or the one that the demonstration left in DATA_DIR. Files that
wait for the account when it begins are left where they are.

Exit codes: 0 everything came and nothing is wrong, 1 something is wrong or missing, 2 it could not be done.

Examples:
  $ portico simulate --account samples/accounts/harbor-retail.yaml
  $ portico simulate --account harbor-retail --orders 20 --lines 3 --stores 4 --changes 0.2 --seed 7
  $ portico simulate --account harbor-retail --acknowledge reject
  $ portico simulate --account harbor-retail --await 856,810 --pay short --within 600`,
    )
    .action((options: Options) => run(options));
}

async function run(options: Options): Promise<void> {
  const profile = await accountOf(options);
  const library = chosenLibrary(options);
  const firstNumber = options.first ?? numberFromClock();
  const usage = options.test ? "test" : "production";
  if (!profile.identities.some((identity) => identity.usage === usage)) {
    throw new CannotDo(`${profile.id} has no identity for ${usage}; add one to its profile.`, exitCodes.badInput);
  }
  const shelf = chosenShelf(options, library);
  // Names a guide that is missing before anything is sent.
  guidesOf(profile, shelf);
  const customer = new Customer({
    profile,
    library,
    shelf,
    usage,
    seed: options.seed,
    firstNumber,
    acknowledge: options.acknowledge,
  });
  const plan: Plan = {
    orders: options.orders,
    shape: { lines: options.lines, stores: options.stores, urgent: options.urgent },
    changes: options.changes,
    pay: options.pay,
    sets: options.await,
    usage,
    patienceMs: options.within * 1_000,
  };
  const client = new GatewayClient(withTokenOf(profile.id, options));
  const outcome = await orGuideRefuses(() => simulate(customer, client, plan, options.json ? silent : telling));
  const faults = outcome.received.flatMap((file) => file.faults);
  if (options.json) await printJson(jsonOf(profile.id, options.seed, firstNumber, outcome));
  else await summarise(outcome, faults.length);
  process.exitCode = faults.length + outcome.missing.length > 0 ? exitCodes.badInput : exitCodes.good;
}

/** The account, read with its own token where the gateway has to be asked. */
async function accountOf(options: Options): Promise<AccountProfile> {
  if (options.account === undefined) {
    throw new CannotDo("Say whom to play: --account samples/accounts/harbor-retail.yaml, or an account's id.");
  }
  const found = await chosenAccount(withTokenOf(options.account, options));
  return found as AccountProfile;
}

function withTokenOf<Given extends GatewayOptions>(account: string, options: Given): Given {
  const token = options.token ?? (process.env.PORTICO_TOKEN || demonstrationTokenOf(account));
  return token ? { ...options, token } : options;
}

/** Nine digits that rise by the hundredth of a second, so that two runs have different ones; they come round after 115 days. */
function numberFromClock(): number {
  return (Math.floor(Date.now() / 10) % 999_000_000) + 1;
}

async function orGuideRefuses<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FaultyInterchangeError)) throw error;
    const faults = error.problems.map(({ message }) => `  ${message}`);
    throw new CannotDo(
      ["The account's guide asks for something that the simulator can't make up:", ...faults].join("\n"),
      exitCodes.badInput,
    );
  }
}

const silent: Observer = { sent: async () => {}, received: async () => {} };

const telling: Observer = {
  sent: ({ name, control }: FileToSend) => print(`${colour.cyan("sent")}      ${name} (interchange ${control})\n`),
  async received({ contents, faults }: ReceivedFile) {
    for (const content of contents) await print(`${colour.green("received")}  ${printable(content)}\n`);
    for (const { message } of faults) await print(`${colour.red("wrong")}     ${printable(message)}\n`);
  },
};

async function summarise({ sent, received, missing }: Outcome, faults: number): Promise<void> {
  for (const one of missing) await print(`${colour.red("missing")}   ${one}\n`);
  const wrong = [
    ...(faults > 0 ? [`${counted(faults, "thing")} wrong`] : []),
    ...(missing.length > 0 ? [`${missing.length} missing`] : []),
  ];
  const verdict = wrong.length === 0 ? "nothing wrong, nothing missing" : wrong.join(", ");
  await print(`${counted(sent.length, "file")} sent, ${received.length} received; ${verdict}\n`);
}

function jsonOf(account: string, seed: number, first: number, { sent, received, missing }: Outcome) {
  return {
    account,
    seed,
    first,
    sent: sent.map(({ name, control }) => ({ name, control })),
    received,
    missing,
    good: missing.length === 0 && received.every(({ faults }) => faults.length === 0),
  };
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

function share(text: string): number {
  const number = Number(text);
  if (text.trim() !== "" && number >= 0 && number <= 1) return number;
  throw new InvalidArgumentError("It must be a number from 0 to 1.");
}

function setList(text: string): string[] {
  const sets = text.split(",").map((set) => set.trim());
  if (sets.every((set) => answers.includes(set))) return sets;
  throw new InvalidArgumentError(`It must be a list of ${answers.join(", ")}.`);
}
