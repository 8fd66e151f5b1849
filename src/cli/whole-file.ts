import { messageOf } from "../errors.ts";
import { CannotDo, exitCodes } from "./exit.ts";
import { type Input, withInput } from "./input.ts";

/** The most bytes of a file that is held in memory as a whole. */
const mostBytes = 256 * 1024 * 1024;

/** All bytes of a file. @throws CannotDo where they are too many */
export async function wholeFile(input: Input): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of input.chunks()) {
    size += chunk.length;
    if (size > mostBytes) {
      throw new CannotDo(`${input.name} is larger than the ${mostBytes / 1024 / 1024} MiB that are read as a whole.`);
    }
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks);
}

/** What a JSON file holds. @throws CannotDo where it is no JSON */
export async function readJson(name: string): Promise<unknown> {
  return withInput(name, async (input) => {
    const text = (await wholeFile(input)).toString("utf8").replace(/^\ufeff/, "");
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new CannotDo(
        `${name === "-" ? "Standard input" : name} is no JSON: ${messageOf(error)}`,
        exitCodes.badInput,
      );
    }
  });
}
