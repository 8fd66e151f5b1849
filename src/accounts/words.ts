import type { IssueWords } from "../documents/plain-issues.ts";

/** What is said of an account file that is wrong, for somebody who knows accounts and not schemas. */
export const words: IssueWords = {
  kinds: {
    string: "a text",
    number: "a number",
    int: "a whole number",
    boolean: "true or false",
    array: "a list",
    object: "a group of settings",
    record: "a group of settings",
  },
  unknownField: "there is no such setting here; check its spelling and its indentation",
};
