import jsonata from "jsonata";

/** Steps that one expression may take: a thousand lines with a hundred steps each, and some to spare. */
const mostSteps = 1_000_000;
/** Depth of calls, so that an expression that calls itself for ever ends before our stack does. */
const mostDepth = 300;
/** Milliseconds after which an expression is stopped, whatever it does. */
const mostMs = 5_000;

/** An expression of an account that can't be read, or failed on what it was given. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
}

/** What expressions may ask beside their input. */
export type ExpressionFunctions = Readonly<Record<string, (...given: string[]) => Promise<string | undefined>>>;

/** What is wrong with an expression before it runs; null where it can be read. */
export function expressionFault(source: string): string | null {
  try {
    jsonata(source);
    return null;
  } catch (error) {
    return told(error);
  }
}

/**
 * Evaluates a JSONata expression. It is stopped where it takes too many steps, goes too deep or takes too long; it can't
 * reach anything but its input and the functions it is given.
 *
 * @throws ExpressionError
 */
export async function evaluate(source: string, input: unknown, functions: ExpressionFunctions = {}): Promise<unknown> {
  try {
    const expression = jsonata(source);
    guard(expression);
    for (const [name, implementation] of Object.entries(functions)) {
      expression.registerFunction(name, implementation, `<${"s".repeat(implementation.length)}:s>`);
    }
    // JSON there and back: an expression's sequences carry marks that are no data, and its input stays untouched.
    const result: unknown = await expression.evaluate(structuredClone(input));
    return result === undefined ? undefined : JSON.parse(JSON.stringify(result));
  } catch (error) {
    throw error instanceof ExpressionError ? error : new ExpressionError(told(error), { cause: error });
  }
}

/** JSONata calls these two for every step: the documented way to bound an expression. */
function guard(expression: jsonata.Expression): void {
  let depth = 0;
  let steps = 0;
  const until = performance.now() + mostMs;
  const assign = expression.assign as (name: string | symbol, value: unknown) => void;
  assign(Symbol.for("jsonata.__evaluate_entry"), () => {
    depth += 1;
    steps += 1;
    if (depth > mostDepth) throw new ExpressionError("The expression calls itself too deep, perhaps for ever.");
    if (steps > mostSteps || performance.now() > until) throw new ExpressionError("The expression takes too long.");
  });
  assign(Symbol.for("jsonata.__evaluate_exit"), () => {
    depth -= 1;
  });
}

function told(error: unknown): string {
  const { message, position } = error as { message?: string; position?: number };
  return `${message ?? "The expression failed."}${position === undefined ? "" : ` (at character ${position})`}`;
}
