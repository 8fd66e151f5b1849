import type { Step } from "../step.ts";
import { giveTurns } from "./turns.ts";

/** A stream of publications → the tiers whose turn has come, and the turns of their accounts. */
export const release: Step<"release"> = {
  name: "release",
  run: (context, { topic, usage }) => giveTurns(context, { topic, usage }),
};
