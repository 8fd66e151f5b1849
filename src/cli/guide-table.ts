import type { ConditionGuide, Demand, Where } from "../x12/index.ts";
import type { Deviations, ElementView, GuideView, SegmentView } from "./guide-view.ts";

/** An effective guide as Markdown: what the standard and the guides together ask for, and which guide asks for what. */
export function guideMarkdown(view: GuideView, of: string, isWhole: boolean): string {
  const lines = [`# ${view.set} ${view.name} in ${view.version}: ${of}`, ""];
  lines.push(
    view.guides.length === 0
      ? "No guide: the standard alone."
      : `Guides, the later over the earlier: ${view.guides.join("; ")}.`,
    'M mandatory, O optional, X bound by a syntax note of the standard; what a guide asks for is named under "by".',
    "",
    "## Segments",
    "",
    ...markdownTable(
      ["position", "loop", "segment", "name", "requirement", "max", "by"],
      view.segments.map(segmentRow),
    ),
  );
  const detailed = view.segments.filter(
    (segment) => isWhole || segment.elements.some(({ deviations }) => Object.keys(deviations).length > 0),
  );
  for (const segment of detailed) lines.push(...elementSection(segment));
  if (view.loops.length > 0) {
    const rows = view.loops.map(({ loop, where, requirement, min, max, deviations }) => [
      `${loop}${whereText(triggerIn(loop), where)}`,
      requirement,
      String(min),
      limitText(max),
      by(deviations),
    ]);
    lines.push("", "## Loops", "", ...markdownTable(["loop", "requirement", "min", "max", "by"], rows));
  }
  if (view.conditions.length > 0) {
    const rows = view.conditions.map((demand) => conditionRow(demand as Demand<ConditionGuide>));
    lines.push("", "## Conditions", "", ...markdownTable(["condition", "for each", "when", "then", "by"], rows));
  }
  return `${lines.join("\n")}\n`;
}

function segmentRow({ position, loop, segment, name, where, requirement, max, deviations }: SegmentView): string[] {
  const isPart = where !== null;
  return [
    position,
    loop,
    `${segment}${whereText(segment, where)}`,
    isPart ? "" : name,
    requirement,
    limitText(max),
    by(deviations),
  ];
}

function elementSection({ segment, position, loop, where, elements, name }: SegmentView): string[] {
  const place = [position === "" ? "" : `position ${position}`, loop === "" ? "" : `loop ${loop}`].filter(Boolean);
  const title = `${segment}${whereText(segment, where)} ${name}${place.length === 0 ? "" : ` (${place.join(", ")})`}`;
  const columns = ["element", "name", "requirement", "type", "length", "codes", "format", "by"];
  const words = elements.flatMap(({ reference, deviations }) =>
    [...new Set(Object.values(deviations).map(({ message }) => message))]
      .filter((message) => message !== null)
      .map((message) => `- ${reference}: ${message}`),
  );
  const said = words.length === 0 ? [] : ["", ...words];
  return ["", `## ${title}`, "", ...markdownTable(columns, elements.map(elementRow)), ...said];
}

function elementRow(element: ElementView): string[] {
  const { reference, name, requirement, type, min, max, codes, codeList, format, deviations } = element;
  return [
    reference,
    name,
    requirement,
    type,
    max === 0 ? "" : `${min}/${max}`,
    codes?.join(", ") ?? (codeList === null ? "" : `list ${codeList}`),
    format === null ? "" : code(format),
    by(deviations),
  ];
}

function conditionRow({ asks, guide, severity }: Demand<ConditionGuide>): string[] {
  const { name, each, when, then } = asks;
  const holds =
    when.exists === false ? "is not there" : when.values === undefined ? "is there" : `is ${when.values.join(" or ")}`;
  const demands = [
    then.requirement,
    then.codes === undefined ? undefined : `one of ${then.codes.join(", ")}`,
    then.equals === undefined ? undefined : `the same as ${code(then.equals)}`,
  ];
  const asked = demands.filter((demand) => demand !== undefined).join(", ");
  const warning = severity === "warning" ? " (warning)" : "";
  return [name, each ?? "", `${code(when.selector)} ${holds}`, `${code(then.selector)} ${asked}`, `${guide}${warning}`];
}

/** `Harbor Retail 850 (requirement, format); Mill Division (max, warning)`. */
function by(deviations: Deviations): string {
  const guides = new Map<string, string[]>();
  for (const [aspect, { guide, severity }] of Object.entries(deviations)) {
    const shown = `${aspects[aspect] ?? aspect}${severity === "warning" ? " as warning" : ""}`;
    guides.set(guide, [...(guides.get(guide) ?? []), shown]);
  }
  return [...guides].map(([guide, shown]) => `${guide} (${shown.join(", ")})`).join("; ");
}

/** Aspects that a column names otherwise. */
const aspects: Readonly<Record<string, string>> = {
  pattern: "format",
  minLength: "least length",
  maxLength: "most length",
};

/** ` with REF01 = DP`; "" for all. */
export function whereText(segment: string, where: Where | null): string {
  if (where === null) return "";
  return ` with ${segment}${String(where.element).padStart(2, "0")} = ${where.codes.join(" or ")}`;
}

/** Segment that begins a loop, by the loop's key: "N1" of "PO1/N1" and of "N1#2". */
export function triggerIn(loop: string): string {
  return loop.slice(loop.lastIndexOf("/") + 1).replace(/#\d+$/, "");
}

function limitText(max: number | null): string {
  return max === null ? ">1" : String(max);
}

function code(text: string): string {
  return `\`${text}\``;
}

/** Rows under a heading, the columns as wide as their widest cell. */
function markdownTable(heading: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const cells = [heading, ...rows].map((row) => row.map((cell) => cell.replaceAll("|", "\\|").replace(/\s+/g, " ")));
  const widths = heading.map((_, i) => Math.max(3, ...cells.map((row) => row[i]!.length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(" | ")} |`;
  const rule = `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`;
  return [line(cells[0]!), rule, ...cells.slice(1).map(line)];
}
