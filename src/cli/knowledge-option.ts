import { type Command, Option } from "commander";
import { type AccountGuide, type AccountProfile, GuideShelf, UnknownGuide } from "../accounts/index.ts";
import { messageOf } from "../errors.ts";
import { faultsInEveryVersion, loadSchemaLibrary, type SchemaLibrary } from "../x12/index.ts";
import { CannotDo, exitCodes } from "./exit.ts";

export interface SchemaOptions {
  readonly schemas?: string;
}

export interface GuideOptions extends SchemaOptions {
  readonly guides?: string;
}

/** Gives a command the option that names further versions and sets. */
export function withSchemaOption(command: Command): Command {
  const schemas = new Option("--schemas <folder>", "folder with versions and sets beyond the installed ones");
  return command.addOption(schemas.env("SCHEMAS_DIR"));
}

/** The same, and the option that names the guides that accounts refer to. */
export function withGuideOptions(command: Command): Command {
  const guides = new Option("--guides <folder>", "folder with the guides that accounts name");
  return withSchemaOption(command).addOption(guides.env("GUIDES_DIR"));
}

/** What is known of the standard. @throws CannotDo with file, line and mend where the folder can't be used */
export function chosenLibrary({ schemas }: SchemaOptions): SchemaLibrary {
  try {
    return loadSchemaLibrary({ folders: schemas === undefined ? [] : [schemas] });
  } catch (error) {
    throw new CannotDo(`The folder of schemas can't be used: ${messageOf(error)}`);
  }
}

/**
 * The guides that accounts may name. @throws AccountFileError, CannotDo with file and mend where one of them can't be
 * used
 */
export function chosenShelf({ guides }: GuideOptions, library: SchemaLibrary): GuideShelf {
  if (guides === undefined) return GuideShelf.empty;
  const shelf = openShelf(guides);
  for (const { file, guide } of shelf.guides) {
    const faults = faultsInEveryVersion(library, guide);
    if (faults.length > 0)
      throw new CannotDo(faults.map((fault) => `${file}: ${fault}`).join("\n"), exitCodes.badInput);
  }
  return shelf;
}

function openShelf(folder: string): GuideShelf {
  try {
    return GuideShelf.open(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new CannotDo(`The folder of guides can't be read: ${messageOf(error)}`);
  }
}

/**
 * An account's guides, those that it names among them; of one type of set where that is given. @throws CannotDo where
 * one is not there
 */
export function guidesOf(
  account: Pick<AccountProfile, "guides">,
  shelf: GuideShelf,
  set?: string,
): readonly AccountGuide[] {
  try {
    return shelf.guidesOf(account, set);
  } catch (error) {
    if (error instanceof UnknownGuide) throw new CannotDo(error.message, exitCodes.badInput);
    throw error;
  }
}
