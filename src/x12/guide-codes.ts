/**
 * What a fault against a guide is called. The 997 has only the standard's codes (AK304, AK403); the 999 has some of its own (IK304,
 * IK403: elements 620 and 621), so that the sender knows the standard from the guide.
 */
export interface GuideCodes {
  readonly code: string;
  readonly guideCode: string;
}

/** Where element 620 or 621 has no code for guides ("I4" and so on), the 999 has the standard's own too. */
export const guideCodes = {
  segmentForbidden: { code: "2", guideCode: "I4" },
  segmentMissing: { code: "3", guideCode: "3" },
  /** There are some, and not as many as the guide asks for. */
  segmentTooSeldom: { code: "3", guideCode: "I8" },
  /** A condition asks for it. */
  segmentAskedFor: { code: "3", guideCode: "I6" },
  segmentTooOften: { code: "5", guideCode: "5" },
  loopTooSeldom: { code: "3", guideCode: "I7" },
  loopTooOften: { code: "4", guideCode: "4" },
  elementMissing: { code: "1", guideCode: "1" },
  elementForbidden: { code: "3", guideCode: "I10" },
  elementTooShort: { code: "4", guideCode: "4" },
  elementTooLong: { code: "5", guideCode: "5" },
  codeForbidden: { code: "7", guideCode: "I6" },
  formBroken: { code: "7", guideCode: "I12" },
  dateFormBroken: { code: "8", guideCode: "I12" },
  timeFormBroken: { code: "9", guideCode: "I12" },
  /** A condition asks for it. */
  elementAskedFor: { code: "2", guideCode: "I9" },
  /** A condition forbids it. */
  elementExcluded: { code: "10", guideCode: "I13" },
  /** A condition asks for the same value as elsewhere. */
  valueDiffers: { code: "7", guideCode: "I12" },
} as const satisfies Readonly<Record<string, GuideCodes>>;
