import { type ElementPart, valueMessage } from "./element-check.ts";
import { type GuideCodes, guideCodes } from "./guide-codes.ts";
import { elementAt, wholly } from "./guide-faults.ts";
import type { Demand, Demands, EffectiveElement, ElementAsks } from "./guide-stack.ts";
import { nameOf } from "./messages.ts";
import type { Problem } from "./problem.ts";
import type { ElementSchema, SetSchema } from "./schema.ts";
import type { SegmentCursor } from "./segment.ts";
import { type ValueRule, valueFault, valueRuleOf } from "./value-check.ts";

/** A guide's rule about one element or component, made ready. */
export interface ElementRule {
  /** 1-based; component 0 for the whole element. */
  readonly element: number;
  readonly component: number;
  /** As the standard has it, or with the guide's own type and lengths. */
  readonly schema: ElementSchema;
  /** The check of the guide's own type; null where the standard's counts. */
  readonly value: ValueRule | null;
  readonly demands: Demands<ElementAsks>;
  readonly codes: ReadonlySet<string> | null;
  readonly pattern: RegExp | null;
}

/** Told of each fault: where, by which codes, against which demand, and in which words where the guide has none. */
export type ElementFault = (part: ElementPart, codes: GuideCodes, demand: Demand<unknown>, words: string) => void;

export function elementRuleOf(set: SetSchema, segment: string, rule: EffectiveElement): ElementRule {
  const { element, component, demands } = rule;
  const standard = elementAt(set, segment, element, component)!;
  const { type, codes, minLength, maxLength, pattern } = demands;
  const schema =
    type === undefined
      ? standard
      : {
          ...standard,
          type: type.asks,
          min: minLength?.asks ?? standard.min,
          max: maxLength?.asks ?? standard.max,
          codes: null,
        };
  return {
    element,
    component: component ?? 0,
    schema,
    value: type === undefined ? null : valueRuleOf(schema),
    demands,
    codes: codes === undefined ? null : new Set(codes.asks),
    pattern: pattern === undefined ? null : wholly(pattern.asks),
  };
}

/** Checks what the segment under the cursor holds at the place that the rule is about. */
export function checkElement(rule: ElementRule, version: string, cursor: SegmentCursor, report: ElementFault): void {
  const { element: n, component: c, demands } = rule;
  const repetitions = cursor.repetitionCount(n);
  let given = false;
  for (let r = 1; r <= repetitions; r++) {
    const whole = c === 0 && repetitions === 1;
    const value = whole ? cursor.element(n) : cursor.component(n, r, c || 1);
    if (value === "" || !cursor.has(n)) continue;
    given = true;
    const part = { element: n, repetition: repetitions > 1 ? r : 0, component: c };
    if (rule.value !== null && (c !== 0 || cursor.componentCount(n, r) === 1)) {
      const start = (whole ? cursor.offsetOf(n) : cursor.offsetOf(n, r, c || 1)) - cursor.base;
      const length = whole ? cursor.lengthOf(n) : cursor.lengthOf(n, r, c || 1);
      const fault = valueFault(rule.value, cursor.bytes, start, start + length);
      if (fault !== 0) {
        const { type, min, max } = rule.schema;
        const by = (fault === 4 ? demands.minLength : fault === 5 ? demands.maxLength : undefined) ?? demands.type!;
        const own = `${demands.type!.guide} has it as ${type} ${min}/${max}.`;
        const words = `${valueMessage(fault, rule.schema, version, value)} ${own}`;
        report(part, { code: String(fault), guideCode: String(fault) }, by, words);
        continue;
      }
    }
    checkValue(rule, value, (codes, demand, words) => report(part, codes, demand, words));
  }
  if (!given && demands.requirement?.asks === "required") {
    const words = `${nameOf(rule.schema)} is missing: ${demands.requirement.guide} asks for it. Fill it.`;
    report({ element: n, repetition: 0, component: c }, guideCodes.elementMissing, demands.requirement, words);
  }
}

/** Whether what the standard says of a value no longer counts, for the rule gives the element a type of its own. */
export function overrules(rule: ElementRule, problem: Problem, cursor: SegmentCursor): boolean {
  if (rule.value === null || problem.level !== "element" || !valueCodes.has(problem.code)) return false;
  if (problem.element !== rule.element || (problem.component ?? 0) !== rule.component) return false;
  // A component separator in a simple element is none of the type's business.
  return rule.component !== 0 || cursor.componentCount(rule.element, problem.repetition ?? 1) === 1;
}

/** AK403 codes about the value itself: length, characters, code list, date, time. */
const valueCodes = new Set(["4", "5", "6", "7", "8", "9"]);

function checkValue(
  rule: ElementRule,
  value: string,
  report: (codes: GuideCodes, demand: Demand<unknown>, words: string) => void,
): void {
  const { requirement, codes, minLength, maxLength, pattern } = rule.demands;
  const holds = `${nameOf(rule.schema)} holds "${value}"`;
  if (requirement?.asks === "forbidden") {
    const words = `${nameOf(rule.schema)} can't be used: ${requirement.guide} forbids it. Leave it empty.`;
    report(guideCodes.elementForbidden, requirement, words);
    return;
  }
  if (codes !== undefined && !rule.codes!.has(value)) {
    const words = `${holds}, which ${codes.guide} does not take. Use one of: ${codes.asks.join(", ")}.`;
    report(guideCodes.codeForbidden, codes, words);
    return;
  }
  // With a type of the guide's own its check has looked at the length already, as the type counts it.
  const length = rule.value === null ? Array.from(value).length : Number.NaN;
  if (minLength !== undefined && length < minLength.asks) {
    const words = `${holds}, which is too short: ${minLength.guide} asks for at least ${minLength.asks} characters.`;
    report(guideCodes.elementTooShort, minLength, words);
  } else if (maxLength !== undefined && length > maxLength.asks) {
    const words = `${holds}, which is too long: ${maxLength.guide} allows at most ${maxLength.asks} characters.`;
    report(guideCodes.elementTooLong, maxLength, words);
  } else if (pattern !== undefined && !rule.pattern!.test(value)) {
    const { type } = rule.schema;
    const { dateFormBroken, timeFormBroken, formBroken } = guideCodes;
    const words = `${holds}, which is not in the form that ${pattern.guide} asks for (${pattern.asks}).`;
    report(type === "DT" ? dateFormBroken : type === "TM" ? timeFormBroken : formBroken, pattern, words);
  }
}
