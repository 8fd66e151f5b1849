/** The same data without the properties that are `undefined`, at every depth: what was not said is not there. */
export function withoutAbsent<Data>(data: Data): Data {
  if (Array.isArray(data)) return data.map((item) => withoutAbsent(item)) as Data;
  if (typeof data !== "object" || data === null) return data;
  const said: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(data)) {
    if (value !== undefined) said[name] = withoutAbsent(value);
  }
  return said as Data;
}

/** The list, or nothing where it is empty. */
export function unlessEmpty<Item>(list: readonly Item[]): Item[] | undefined {
  return list.length > 0 ? [...list] : undefined;
}

/** The object, or nothing where all its properties are `undefined`. */
export function unlessBlank<Data extends object>(data: Data): Data | undefined {
  return Object.values(data).some((value) => value !== undefined) ? data : undefined;
}
