import { parse } from "yaml";
import { type AccountGuide, type GuideShelf, parseAccountFile, parseGuideFile } from "../accounts/index.ts";
import { guideFaults, type SchemaLibrary, type SetSchema } from "../x12/index.ts";
import { chosenAccount, isFile } from "./account-option.ts";
import { CannotDo, exitCodes } from "./exit.ts";
import type { GatewayOptions } from "./gateway-client.ts";
import { readText } from "./input.ts";
import { guidesOf } from "./knowledge-option.ts";

/** Guides and whose they are. */
export interface GuideSource {
  /** The account's or the guide's name. */
  readonly name: string;
  /** Version that the account trades in; null for a guide by itself, which has none. */
  readonly version: string | null;
  readonly guides: readonly AccountGuide[];
}

/**
 * The guides that a word on the command line means: those of an account file or of a gateway's account by its id, a
 * guide's own file, or a guide of the folder of guides by its name.
 *
 * @throws CannotDo, AccountFileError
 */
export async function guideSource(named: string, shelf: GuideShelf, gateway: GatewayOptions): Promise<GuideSource> {
  const shelved = shelf.guides.find(({ name }) => name === named);
  if (shelved !== undefined) return alone(shelved.guide);
  if (await isFile(named)) {
    const text = await readText(named);
    if (isGuide(text)) return alone(parseGuideFile(text, named));
    const account = parseAccountFile(text, named);
    return { name: account.name, version: account.x12.version, guides: guidesOf(account, shelf) };
  }
  const account = (await chosenAccount({ ...gateway, account: named }))!;
  return { name: account.name, version: account.x12.version, guides: guidesOf(account, shelf) };
}

function alone(guide: AccountGuide): GuideSource {
  return { name: guide.name, version: null, guides: [guide] };
}

/** Whether a file is to be read as a guide: it says which set it is about, as no account does. */
function isGuide(text: string): boolean {
  try {
    const content: unknown = parse(text);
    return typeof content === "object" && content !== null && "set" in content;
  } catch {
    return false;
  }
}

/** Types of sets that the guides are about, in order. */
export function setsOf({ guides }: GuideSource): readonly string[] {
  return [...new Set(guides.map(({ set }) => set))].sort();
}

/**
 * The schema that a source's guides for a type of set are read by: of the version asked for, else of the account's,
 * else of the first that they fit.
 *
 * @throws CannotDo where there is none
 */
export function schemaFor(
  source: GuideSource,
  set: string,
  asked: string | undefined,
  library: SchemaLibrary,
): SetSchema {
  const version = asked ?? source.version;
  if (version !== null) {
    const schema = library.set(version, set);
    if (schema !== null) return schema;
    const known = library.versions.filter((name) => library.set(name, set) !== null);
    const mend = known.length === 0 ? "No version has it." : `Try --version ${known.join(" or ")}.`;
    throw new CannotDo(`There is no set ${set} in ${version}. ${mend}`);
  }
  const schemas = library.versions.map((name) => library.set(name, set)).filter((schema) => schema !== null);
  const guides = source.guides.filter((guide) => guide.set === set);
  const fitting = schemas.find((schema) => guides.every((guide) => guideFaults(schema, guide).length === 0));
  const schema = fitting ?? schemas[0];
  if (schema === undefined) throw new CannotDo(`There is no set ${set} in any version.`, exitCodes.badInput);
  return schema;
}
