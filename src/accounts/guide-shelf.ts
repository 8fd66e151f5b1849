import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AccountProfile } from "./account.ts";
import { parseGuideFile } from "./account-file.ts";
import type { AccountGuide } from "./rules/guide.ts";

/** A guide that an account names and that is not in the folder of guides. */
export class UnknownGuide extends Error {
  override readonly name = "UnknownGuide";
}

/** A guide that is a file of its own. */
export interface ShelvedGuide {
  /** Path in the folder, without the ending: "industry/vics-850". */
  readonly name: string;
  readonly file: string;
  readonly guide: AccountGuide;
}

const ending = /\.(ya?ml|json)$/;

/** The guides of a folder, by their names: what accounts have in common is written once. */
export class GuideShelf {
  readonly #guides: ReadonlyMap<string, ShelvedGuide>;

  constructor(guides: readonly ShelvedGuide[]) {
    this.#guides = new Map(guides.map((guide) => [guide.name, guide]));
  }

  /** No folder, no guides. */
  static readonly empty = new GuideShelf([]);

  /**
   * Reads every .yaml, .yml and .json file of a folder and of the folders in it, one guide each.
   *
   * @throws AccountFileError with file, line and mend where one can't be used; the file system's own error where the
   * folder can't be read
   */
  static open(folder: string): GuideShelf {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => ending.test(path));
    return new GuideShelf(
      files.sort().map((path) => {
        const file = join(folder, path);
        return {
          name: path.replace(ending, "").replaceAll("\\", "/"),
          file,
          guide: parseGuideFile(readFileSync(file, "utf8"), file),
        };
      }),
    );
  }

  get guides(): readonly ShelvedGuide[] {
    return [...this.#guides.values()];
  }

  /** @throws UnknownGuide that names those that there are */
  guide(name: string): AccountGuide {
    const found = this.#guides.get(name);
    if (found !== undefined) return found.guide;
    const known = this.#guides.size === 0 ? "there are none" : `there are ${[...this.#guides.keys()].join(", ")}`;
    throw new UnknownGuide(`There is no guide "${name}" in the folder of guides (GUIDES_DIR, --guides): ${known}.`);
  }

  /**
   * The guides of an account in their order, those that it names among them; of one type of set where that is given.
   * @throws UnknownGuide
   */
  guidesOf({ guides }: Pick<AccountProfile, "guides">, set?: string): readonly AccountGuide[] {
    const all = guides.map((guide) => (typeof guide === "string" ? this.guide(guide) : guide));
    return set === undefined ? all : all.filter((guide) => guide.set === set);
  }
}
