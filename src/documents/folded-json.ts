/** The longest line. */
const width = 118;

/** JSON to be read by people: whatever fits into a line stands on one, and every X12 segment on one, however long. */
export function foldedJson(value: unknown, indent = "", before = 0): string {
  const flat = onOneLine(value);
  if (typeof value !== "object" || value === null || "elements" in value) return flat;
  if (indent !== "" && indent.length + before + flat.length <= width) return flat;
  const inner = `${indent}  `;
  const [open, close, parts] = Array.isArray(value)
    ? (["[", "]", value.map((item) => foldedJson(item, inner))] as const)
    : ([
        "{",
        "}",
        Object.entries(value).map(([key, item]) => `"${key}": ${foldedJson(item, inner, key.length + 4)}`),
      ] as const);
  return `${open}\n${parts.map((part) => inner + part).join(",\n")}\n${indent}${close}`;
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const properties = Object.entries(value).map(([key, item]) => `"${key}": ${onOneLine(item)}`);
  return `{ ${properties.join(", ")} }`;
}
