/**
 * The notation in which mappings are written: each says once, in the order of the standard, which field of a document stands
 * in which element, and is then read both ways.
 *
 *   value     an element's text ↔ a value            text, decimal, money, date, coded(words)
 *   slot      a field's place in a segment           at(2, text), must(1, date), group({...}), groups(...)
 *   segment   a segment ↔ an object, or fields       segment("REF", {...}), fields("BIG", {...}, { 1: "BM" })
 *   loop      a loop ↔ an object                     loop(trigger, [parts])
 *   part      what stands in a loop, under a name    one, many, inside, spread, from, derived, hierarchy
 *   set       a transaction set ↔ a document         setMapping("810", "invoice", [parts])
 */
export { hierarchies, hierarchy, type Level, level } from "./hierarchy.ts";
export { type LoopMapping, loop } from "./loop.ts";
export type { Part, WriteContext } from "./part.ts";
export { type Place, placeName } from "./place.ts";
export { derived, from, inGroupsOf, inside, many, manyOrNone, one, spread } from "./property.ts";
export { fields, type SegmentMapping, segment } from "./segment.ts";
export { type SetFacts, type SetMapping, setMapping } from "./set-mapping.ts";
export { since, sinceVersion } from "./since.ts";
export { at, group, groups, groupsAt, must, orEmpty, requiredGroup, several, word } from "./slot.ts";
export { UnmappableError } from "./unmappable.ts";
export { coded, count, date, decimal, decimalOf, implied, money, text, time, type Value } from "./value.ts";
