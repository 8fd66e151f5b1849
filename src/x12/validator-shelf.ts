import type { Guide } from "./guide.ts";
import type { GroupHeader, InterchangeHeader } from "./report.ts";
import type { SetSchema } from "./schema.ts";
import type { SetValidator } from "./set-validator.ts";
import { createSetValidator } from "./standard-validator.ts";
import type { Strictness } from "./strictness.ts";

type GuidesOf = (header: InterchangeHeader, group: GroupHeader, setType: string) => readonly Guide[];

/** Stands for no guides, however often they are given anew. */
const noGuides: readonly Guide[] = [];

/** The validators of one file, each made once: many sets of a file share schema, guides and strictness. */
export class ValidatorShelf {
  readonly #guidesOf: GuidesOf | undefined;
  /** By the array of guides and the strictness that the caller gave; what it lets go of, we let go of. */
  readonly #validators = new Map<SetSchema, WeakMap<readonly Guide[], WeakMap<Strictness, SetValidator>>>();

  constructor(guidesOf: GuidesOf | undefined) {
    this.#guidesOf = guidesOf;
  }

  /** The validator for a set of `schema` in this interchange and group. */
  validatorFor(schema: SetSchema, header: InterchangeHeader, group: GroupHeader, strictness: Strictness): SetValidator {
    const given = this.#guidesOf?.(header, group, schema.type) ?? noGuides;
    const guides = given.length === 0 ? noGuides : given;
    const ofSchema = kept(this.#validators, schema, () => new WeakMap());
    const ofGuides = kept(ofSchema, guides, () => new WeakMap());
    return kept(ofGuides, strictness, () => createSetValidator(schema, guides, strictness));
  }
}

function kept<K, V>(map: { get(key: K): V | undefined; set(key: K, value: V): unknown }, key: K, make: () => V): V {
  const held = map.get(key);
  if (held !== undefined) return held;
  const made = make();
  map.set(key, made);
  return made;
}
