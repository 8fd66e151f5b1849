import { Dice } from "./dice.mjs";
import { generatedFile } from "./generated-file.mjs";
import { spoiled } from "./mutations.mjs";

/** Case `number` of the run with this seed: the same bytes whenever it is asked for. The dice go on to the checks. */
export function caseOf(seed, number, seeds, library) {
  const dice = Dice.ofCase(seed, number);
  const isGenerated = dice.chance(0.3);
  const { name, bytes } = isGenerated ? { name: "generated", bytes: generatedFile(library, dice) } : dice.pick(seeds);
  if (isGenerated && dice.chance(0.3)) return { name, bytes, how: [], dice };
  return { name, ...spoiled(bytes, dice.pick(seeds).bytes, dice), dice };
}
