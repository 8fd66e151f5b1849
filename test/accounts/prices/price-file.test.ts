import { describe, expect, it } from "vitest";
import { readPrices, writePrices } from "../../../src/accounts/prices/price-file.ts";
import { ladders, priceCsv } from "./pricing.ts";

const heading = "contract,item,unit,valid_from,by,from,price";
const read = (...rows: string[]) => readPrices([heading, ...rows].join("\n"), new Set(["C"]));

describe("a file of prices", () => {
  it("is read a ladder at a time, and written as it was", () => {
    expect(ladders.map(({ item, steps }) => [item, steps.length])).toEqual([
      ["612800401460", 1],
      ["612800401156", 4],
      ["612800401224", 1],
      ["612800401392", 1],
    ]);
    expect(writePrices(ladders)).toBe(priceCsv);
  });

  it("may have its columns in any order, leave some out, and come from a spreadsheet", () => {
    const csv = '\ufeffPRICE,Item,"unit",valid_from,Contract,note\r\n"1.50",A,EA,2025-01-01,C,x\r\n\r\n';
    expect(readPrices(csv, new Set(["C"]))).toEqual({
      faults: [],
      ladders: [
        {
          ...{ contract: "C", item: "A", qualifier: "", unit: "EA", priceBasis: "" },
          ...{ validFrom: "2025-01-01", validTo: null },
          steps: [{ by: "quantity", from: "0", price: "1.50" }],
        },
      ],
    });
  });

  it.each([
    [
      "a contract that the account doesn't have",
      "D,A,EA,2025-01-01,,,1",
      "The account has no contract D; add it to its pricing rules first, or correct the number.",
    ],
    [
      "a price below zero",
      "C,A,EA,2025-01-01,,,-1",
      'The price "-1" must be a number that is not below zero, at most 11 digits and 6 decimals.',
    ],
    [
      "a price with a thousands mark",
      'C,A,EA,2025-01-01,,,"1,000"',
      'The price "1,000" must be a number that is not below zero, at most 11 digits and 6 decimals.',
    ],
    [
      "no price",
      "C,A,EA,2025-01-01,,,",
      "The price is empty; it must be a number that is not below zero, at most 11 digits and 6 decimals.",
    ],
    ["a day that there is not", "C,A,EA,2025-02-30,,,1", "The valid_from 2025-02-30 is no day of the calendar."],
    ["another kind of step", "C,A,EA,2025-01-01,value,0,1", 'The by "value" must be quantity or volume.'],
    [
      "a unit that is none",
      "C,A,each,2025-01-01,,,1",
      'The unit "each" must be two characters (X12 element 355), for example EA.',
    ],
    [
      "a ladder that begins late",
      "C,A,EA,2025-01-01,,10,1",
      "The ladder of A by EA, which begins here, has no price from 0 on.",
    ],
  ])("with %s is refused on its line", (_, row, message) => {
    expect(read("C,B,EA,2025-01-01,,,1", row).faults).toEqual([{ line: 3, message }]);
  });

  it("whose ladder rises is refused where the ladder begins", () => {
    expect(read("C,A,EA,2025-01-01,volume,0,1", "C,A,EA,2025-01-01,volume,50,1.01").faults).toEqual([
      {
        line: 2,
        message: "The ladder of A by EA, which begins here, is dearer by volume from 50 on (1.01) than before (1).",
      },
    ]);
  });

  it("that is of another kind is refused with what it lacks", () => {
    expect(readPrices("sku;price\n1;2", new Set()).faults[0]?.message).toContain(
      "there is no contract, no item, no unit",
    );
    expect(readPrices(`${heading}\n"C`, new Set(["C"])).faults[0]?.message).toContain("It is no CSV");
    const many = Array.from({ length: 500 }, () => "x");
    expect(read(...many).faults).toHaveLength(50);
  });
});
