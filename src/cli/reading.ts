import { type AccountProfile, GuideShelf } from "../accounts/index.ts";
import { acceptedVersion, type FileReport, type Guide, readInterchanges, type SchemaLibrary } from "../x12/index.ts";
import type { Input } from "./input.ts";
import { guidesOf } from "./knowledge-option.ts";

/** What the engine finds in a file, by the standard and, where an account is given, by its guides. */
export function readReport(
  input: Input,
  library: SchemaLibrary,
  account: AccountProfile | null,
  shelf: GuideShelf = GuideShelf.empty,
): Promise<FileReport> {
  // One array for each type of set, always the same: the engine keeps a compiled validator for it.
  const guides = new Map<string, readonly Guide[]>();
  const guidesFor = (setType: string): readonly Guide[] => {
    const known = guides.get(setType);
    if (known !== undefined) return known;
    const found = account === null ? [] : guidesOf(account, shelf, setType);
    guides.set(setType, found);
    return found;
  };
  return readInterchanges(input.chunks(), {
    library,
    guides: (_header, _group, setType) => guidesFor(setType),
    acceptVersion: (gs08) => acceptedVersion(library, gs08, account?.acceptVersions),
    strictness: () => account?.strictness ?? null,
  });
}
