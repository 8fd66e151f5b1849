import { z } from "zod";

/** A shape of which every field may be left out, at any depth; lists are whole. */
type InPart<Value> = Value extends readonly unknown[]
  ? Value
  : Value extends object
    ? { [Field in keyof Value]?: InPart<Value[Field]> | undefined }
    : Value;

/** Shapes of groups that are one value: a span in minutes or in working days, never both. */
const single = new WeakSet<z.ZodType>();

/** Marks a group of settings as one value, which is overridden as a whole. */
export function asOneValue<Shape extends z.ZodType>(shape: Shape): Shape {
  single.add(shape);
  return shape;
}

const known = new WeakMap<z.ZodType, z.ZodType>();

/**
 * The shape of what overrides a value of another shape: each field of its groups of settings may be said or left out, and none
 * gets a default, for what is not said is inherited. Lists are said whole.
 */
export function overrideOf<Shape extends z.ZodType>(shape: Shape): z.ZodType<InPart<z.input<Shape>>> {
  const made = known.get(shape) ?? inPart(shape);
  known.set(shape, made);
  return made as z.ZodType<InPart<z.input<Shape>>>;
}

function inPart(shape: z.ZodType): z.ZodType {
  const inner = within(shape);
  let made: z.ZodType = inner;
  if (inner instanceof z.ZodObject && !single.has(inner)) {
    const fields = Object.entries(inner.shape as Record<string, z.ZodType>);
    made = z.strictObject(Object.fromEntries(fields.map(([name, field]) => [name, overrideOf(field).optional()])));
  } else if (inner instanceof z.ZodUnion) {
    made = z.union((inner.options as z.ZodType[]).map((form) => overrideOf(form)));
  }
  const { description } = shape;
  return description === undefined || made.description === description ? made : made.describe(description);
}

/**
 * What stands where one value lies over another of the same shape: groups of settings are merged field by field, everything else
 * is replaced. So is a group that can have several forms, where the upper one is of another form than the lower.
 */
export function mergedOver(shape: z.ZodType, lower: unknown, upper: unknown): unknown {
  if (upper === undefined) return lower;
  if (!isGroup(lower) || !isGroup(upper)) return upper;
  const inner = within(shape);
  if (inner instanceof z.ZodUnion) {
    const form = (inner.options as z.ZodType[]).find((one) => one.safeParse(lower).success);
    return form && overrideOf(form).safeParse(upper).success ? mergedOver(form, lower, upper) : upper;
  }
  if (single.has(inner)) return upper;
  if (!(inner instanceof z.ZodObject)) return inner instanceof z.ZodRecord ? { ...lower, ...upper } : upper;
  const shapes = inner.shape as Record<string, z.ZodType>;
  const over = Object.entries(upper).map(([name, value]) => {
    const field = shapes[name];
    return [name, field ? mergedOver(field, lower[name], value) : value];
  });
  return { ...lower, ...Object.fromEntries(over) };
}

/** The shape that a value has, whatever stands for it where it is left out. */
export function within(shape: z.ZodType): z.ZodType {
  if (
    shape instanceof z.ZodDefault ||
    shape instanceof z.ZodPrefault ||
    shape instanceof z.ZodOptional ||
    shape instanceof z.ZodReadonly
  ) {
    return within(shape.unwrap() as z.ZodType);
  }
  return shape instanceof z.ZodPipe ? within(shape.in as z.ZodType) : shape;
}

/** Whether a value is a group of settings, and no list or single value. */
export function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
