/** The codes of one answer, by where they stand in it ("TA105", "AK905", "AK502", "AK304", "AK403", "IK502", "IK304", "IK403"). */
export type AnswerCodes = ReadonlyMap<string, readonly string[]>;

/** Where the codes stand in each segment: the name of the place, and its first and last element. */
const places: Readonly<Record<string, readonly [place: string, first: number, last: number]>> = {
  TA1: ["TA105", 5, 5],
  AK9: ["AK905", 5, 9],
  AK5: ["AK502", 2, 6],
  AK3: ["AK304", 4, 4],
  AK4: ["AK403", 3, 3],
  IK5: ["IK502", 2, 6],
  IK3: ["IK304", 4, 4],
  IK4: ["IK403", 3, 3],
};

/** The codes in an answer as the conformance files hold it: elements divided by `*`, a segment on each line. */
export function codesIn(answer: string): AnswerCodes {
  const found = new Map<string, string[]>();
  for (const [id, ...elements] of segmentsOf(answer)) {
    const at = places[id!];
    if (at === undefined) continue;
    const [place, first, last] = at;
    const codes = found.get(place) ?? [];
    for (const code of elements.slice(first - 1, last)) {
      if (code !== "" && !codes.includes(code)) codes.push(code);
    }
    found.set(place, codes);
  }
  return found;
}

/** What a TA1 and a 997 say, in one line: `TA1 A 000, AK9 R, AK502 5, AK304 8, AK403 7`. */
export function summaryOf(ta1: string | null, functional: string | null): string {
  const parts = segmentsOf(ta1 ?? "").map(([, , , , verdict, note]) => `TA1 ${verdict} ${note}`);
  for (const [, verdict] of segmentsOf(functional ?? "").filter(([id]) => id === "AK9")) parts.push(`AK9 ${verdict}`);
  for (const [place, codes] of codesIn(functional ?? "")) {
    if (codes.length > 0) parts.push(`${place} ${codes.join(" ")}`);
  }
  return parts.length === 0 ? "nothing" : parts.join(", ");
}

function segmentsOf(answer: string): string[][] {
  return answer
    .split("~\n")
    .filter((line) => line !== "")
    .map((line) => line.split("*"));
}
