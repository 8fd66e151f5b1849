import type { OutSegment } from "../x12/index.ts";
import type { Part } from "./notation/index.ts";

type ListOfTexts<T> = { [Key in keyof T]: T[Key] extends string[] | undefined ? Key : never }[keyof T] & string;

/** The numbers (REF02) of all REF with one qualifier as a list: lots, serial numbers. One without a number is left. */
export function listed<T extends object>(key: ListOfTexts<T>, qualifier: string): Part<T> {
  return {
    read(loop, into) {
      const numbers = loop
        .untaken("REF")
        .filter((reader) => reader.peek(1) === qualifier && reader.peek(2) !== undefined)
        .map((reader) => {
          reader.taken = true;
          reader.take(1, 1, (text) => text);
          return reader.take(2, 1, (text) => text);
        });
      if (numbers.length > 0) into[key] = numbers as T[typeof key];
    },
    write: (value) => ((value[key] ?? []) as string[]).map((number): OutSegment => ["REF", qualifier, number]),
    places: () => [
      {
        path: `${key}[]`,
        loop: "",
        segment: "REF",
        element: 2,
        component: null,
        form: "text",
        where: { 1: qualifier },
      },
    ],
  };
}
