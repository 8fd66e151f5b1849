import { AccountFileError } from "../accounts/account-file.ts";
import { GuideShelf } from "../accounts/guide-shelf.ts";
import { CannotStart, messageOf } from "../errors.ts";
import type { Database } from "../store/database.ts";
import type { HttpTransport, MailTransport } from "../transports/transport.ts";
import { faultsInEveryVersion, loadSchemaLibrary, type SchemaLibrary } from "../x12/index.ts";
import { AccountDirectory } from "./account-directory.ts";
import type { PipelineLog, PipelineServices, PipelineSettings } from "./step.ts";

/** Folders in which the operator has added to the standard; null: none. */
export interface KnowledgeFolders {
  /** Further versions and sets (SCHEMAS_DIR). */
  readonly schemas: string | null;
  /** Guides that accounts name (GUIDES_DIR). */
  readonly guides: string | null;
}

/**
 * What every step may use, from what the gateway opened and what the pipeline brings itself: the schemas, the guides
 * and the accounts.
 * @throws CannotStart with file, line and mend where a file of the folders can't be used
 */
export function openServices({
  folders,
  ...opened
}: {
  database: Database;
  http: HttpTransport;
  mail: MailTransport | null;
  settings: PipelineSettings;
  folders: KnowledgeFolders;
  log: PipelineLog;
}): PipelineServices {
  const library = openLibrary(folders.schemas);
  const guides = openGuides(folders.guides, library);
  return { ...opened, library, guides, directory: new AccountDirectory(guides) };
}

function openLibrary(folder: string | null): SchemaLibrary {
  try {
    return loadSchemaLibrary({ folders: folder === null ? [] : [folder] });
  } catch (error) {
    throw new CannotStart(`SCHEMAS_DIR can't be used: ${messageOf(error)}`, { cause: error });
  }
}

function openGuides(folder: string | null, library: SchemaLibrary): GuideShelf {
  if (folder === null) return GuideShelf.empty;
  let shelf: GuideShelf;
  try {
    shelf = GuideShelf.open(folder);
  } catch (error) {
    // The first of what is wrong with a file makes the one clear line.
    const because = error instanceof AccountFileError ? error.message.split("\n")[0] : messageOf(error);
    throw new CannotStart(`GUIDES_DIR can't be used: ${because}`, { cause: error });
  }
  for (const { file, guide } of shelf.guides) {
    const [fault] = faultsInEveryVersion(library, guide);
    if (fault !== undefined) throw new CannotStart(`GUIDES_DIR can't be used: ${file}: ${fault}`);
  }
  return shelf;
}
