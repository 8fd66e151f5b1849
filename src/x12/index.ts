/**
 * Language one: X12. Bytes become a report ({@link readInterchanges}) and, set by set, loops ({@link readTransactionSet});
 * a report becomes acknowledgments; segments become sets and interchanges ({@link writeInterchange}). Everything here is pure: it
 * reads the schemas once and knows nothing of accounts, stores or transports.
 */

export { type AcceptVersions, acceptedVersion } from "./accepted-version.ts";
export { ta1Problems } from "./acknowledged-problem.ts";
export {
  type FunctionalAcknowledgmentOptions,
  fallbackAcknowledgmentVersion,
  functionalAcknowledgment997,
  version997,
} from "./acknowledgment/functional-997.ts";
export {
  type ImplementationAcknowledgmentOptions,
  implementation999,
  implementationAcknowledgment999,
  version999,
} from "./acknowledgment/implementation-999.ts";
export { interchangeAcknowledgment } from "./acknowledgment/interchange-ta1.ts";
export { FaultyInterchangeError, writeCheckedInterchange } from "./checked-writer.ts";
export { type Delimiters, defaultDelimiters } from "./delimiters.ts";
export { isInterchangeVersion } from "./envelope-check.ts";
export type {
  ConditionGuide,
  ElementGuide,
  Guide,
  GuideRequirement,
  LoopGuide,
  SegmentGuide,
  Where,
} from "./guide.ts";
export { faultsInEveryVersion, guideFaults, UnfitGuide } from "./guide-faults.ts";
export {
  type Demand,
  type Demands,
  type EffectiveElement,
  type EffectiveGuide,
  type EffectiveLoop,
  type EffectiveSegment,
  effectiveGuide,
  noGuide,
  stacked,
} from "./guide-stack.ts";
export {
  fromJsediNotation,
  JsediError,
  type JsediFunctionalGroup,
  type JsediNotation,
  type JsediOptions,
  type JsediSegment,
  type JsediTransaction,
  toJsediNotation,
} from "./jsedi-notation.ts";
export {
  type LosslessJson,
  LosslessJsonError,
} from "./lossless-json/form.ts";
export { fromLosslessJson, losslessBytes, losslessJsonText, toLosslessJson } from "./lossless-json/lossless-json.ts";
export type { Problem, ProblemLevel, Severity, Verdict } from "./problem.ts";
export {
  type ByteSource,
  type ReadLimits,
  type ReadOptions,
  readInterchanges,
  readInterchangesSync,
} from "./reader.ts";
export {
  type AcknowledgedSet,
  type ReceivedAcknowledgment,
  receivedAcknowledgment,
} from "./received-acknowledgment.ts";
export {
  acceptedSets,
  type FileReport,
  type GroupHeader,
  type GroupReport,
  type InterchangeHeader,
  type InterchangeReport,
  isAcknowledgment,
  owesInterchangeAcknowledgment,
  type SetReport,
  type Ta1Received,
} from "./report.ts";
export type {
  CodeList,
  ElementSchema,
  LoopNode,
  SegmentNode,
  SegmentSchema,
  SetSchema,
  VersionSchema,
} from "./schema.ts";
export { SchemaFolderError } from "./schema-folders.ts";
export { loadSchemaLibrary, type SchemaFolders, type SchemaLibrary } from "./schema-library.ts";
export type { SegmentCursor } from "./segment.ts";
export { compileSelector, type SelectedValue, type Selector, type ValuePlace } from "./selector/selector.ts";
export { SelectorError } from "./selector/selector-syntax.ts";
export type { Place, SetValidator } from "./set-validator.ts";
export { createSetValidator } from "./standard-validator.ts";
export type { ExternalListName, Strict, Strictness } from "./strictness.ts";
export {
  applyTransactionMap,
  type CompiledTransactionMap,
  compileTransactionMap,
  type MappedValue,
  TransactionMapError,
} from "./transaction-map.ts";
export {
  type ElementData,
  type Loop,
  type OutSegment,
  type SegmentData,
  type TransactionSet,
  textOf,
} from "./transaction-set.ts";
export { readTransactionSet } from "./transaction-set-reader.ts";
export {
  delimitersFor,
  type OutGroup,
  type OutInterchange,
  type OutTransactionSet,
  type StreamedInterchange,
  writeInterchange,
  writeInterchangeChunks,
  writeSegment,
  writeTransactionSet,
} from "./writer.ts";
export { DataHoldsDelimiterError, HeaderFieldError, UnwritableError } from "./writer-errors.ts";
