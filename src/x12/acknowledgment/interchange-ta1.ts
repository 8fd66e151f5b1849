import { isDate, isTime } from "../envelope-check.ts";
import type { InterchangeHeader, InterchangeReport } from "../report.ts";
import type { OutSegment } from "../transaction-set.ts";

/** TA105 where nothing is wrong. */
const noError = "000";
/** Stand-ins where the ISA's own date and time are none, and TA102 and TA103 must still be. */
const unreadableDate = "000101";
const unreadableTime = "0000";

/** What a TA1 says of an interchange, and so needs to know. */
export interface AnsweredInterchange extends Pick<InterchangeReport, "verdict" | "problems"> {
  readonly header: Pick<InterchangeHeader, "control" | "date" | "time">;
}

/** The TA1 Interchange Acknowledgment of an interchange that came in: its ISA13, ISA09 and ISA10, the verdict, and the first cause. */
export function interchangeAcknowledgment(interchange: AnsweredInterchange): OutSegment {
  const { control, date, time } = interchange.header;
  return [
    "TA1",
    control.replace(/\D/g, "").slice(0, 9).padStart(9, "0"),
    isDate(date, 6) ? date : unreadableDate,
    isTime(time, 4, 4) ? time : unreadableTime,
    interchange.verdict,
    interchange.verdict === "A" ? noError : (interchange.problems[0]?.code ?? noError),
  ];
}
