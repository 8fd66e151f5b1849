import { describe, expect, it } from "vitest";
import { type MessageLine, messageText, plainText } from "../../src/documents/message.ts";

const line = (text: string, code?: string, advance?: number): MessageLine => ({
  text,
  ...(code !== undefined && { control: { code } }),
  ...(advance !== undefined && { advance }),
});

describe("the plain text of a message", () => {
  it.each<[string, MessageLine[], string]>([
    ["a line each, where nothing is said", [line("INVOICE 90417"), line("IS SHORT")], "INVOICE 90417\nIS SHORT"],
    ["in one line where a line goes on", [line("INVOICE "), line("90417", "LC")], "INVOICE 90417"],
    ["with empty lines between", [line("A"), line("B", "DS"), line("C", "AT")], "A\n\nB\n\n\nC"],
    ["as far down as is said", [line("A"), line("B", "AA", 4)], "A\n\n\n\nB"],
    ["with a new page as an empty line", [line("A"), line("B", "NP")], "A\n\nB"],
    ["with a line of its own under a control that we don't know", [line("A"), line("B", "??")], "A\nB"],
    ["without what stands before its first line", [line("A", "AA", 9)], "A"],
  ])("is put together %s", (_, lines, text) => {
    expect(plainText(messageText.parse({ number: "1", lines }))).toBe(text);
  });

  it("doesn't grow with a hostile count of lines", () => {
    expect(plainText({ number: "1", lines: [line("A"), line("B", "AA", 999_999_999)] }).length).toBeLessThan(200);
  });
});
