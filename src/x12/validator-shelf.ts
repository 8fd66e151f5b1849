import type { Guide } from "./guide.ts";
import type { GroupHeader, InterchangeHeader } from "./report.ts";
import type { SetSchema } from "./schema.ts";
import type { SetValidator } from "./set-validator.ts";
import { createSetValidator } from "./standard-validator.ts";

type GuidesOf = (header: InterchangeHeader, group: GroupHeader, setType: string) => readonly Guide[];

/** The validators of one file, each made once: many sets of a file share schema and guides. */
export class ValidatorShelf {
  readonly #guidesOf: GuidesOf | undefined;
  readonly #plain = new Map<SetSchema, SetValidator>();
  /** By the array of guides that the caller gave; what it lets go of, we let go of. */
  readonly #guided = new Map<SetSchema, WeakMap<readonly Guide[], SetValidator>>();

  constructor(guidesOf: GuidesOf | undefined) {
    this.#guidesOf = guidesOf;
  }

  /** The validator for a set of `schema` in this interchange and group. */
  validatorFor(schema: SetSchema, header: InterchangeHeader, group: GroupHeader): SetValidator {
    const guides = this.#guidesOf?.(header, group, schema.type) ?? [];
    if (guides.length === 0) return kept(this.#plain, schema, () => createSetValidator(schema, []));
    const ofSchema = kept(this.#guided, schema, () => new WeakMap<readonly Guide[], SetValidator>());
    return kept(ofSchema, guides, () => createSetValidator(schema, guides));
  }
}

function kept<K, V>(map: { get(key: K): V | undefined; set(key: K, value: V): unknown }, key: K, make: () => V): V {
  const held = map.get(key);
  if (held !== undefined) return held;
  const made = make();
  map.set(key, made);
  return made;
}
