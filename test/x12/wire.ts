/** X12 on the wire, as tests put it together. */

/** The ISA of most tests: 106 bytes, version 00401, `*`, `:` and `~`. */
export const isa =
  "ISA*00*          *00*          *ZZ*ACME           *ZZ*HARBOR         *240115*1200*U*00401*000000001*0*P*:~";
export const gs = "GS*PO*ACME*HARBOR*20240115*1200*1*X*004010~";
/** An 850 that is right by 004010: seven segments. */
export const order =
  "ST*850*0001~BEG*00*SA*PO-1**20240115~REF*DP*038~N1*ST*Store 12*92*0012~PO1*1*4*EA*12.5*PE*UP*012345678905~CTT*1~SE*7*0001~";
export const trailers = "GE*1*1~IEA*1*000000001~";
/** A whole file that nothing is wrong with. */
export const rightFile = isa + gs + order + trailers;

export function bytes(text: string): Uint8Array {
  return Buffer.from(text, "latin1");
}

/** `data` in chunks of the given sizes, taken in turn. */
export function inChunks(data: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, i = 0; at < data.length; i++) {
    const size = Math.max(sizes[i % sizes.length] ?? 1, 1);
    chunks.push(data.subarray(at, at + size));
    at += size;
  }
  return chunks;
}
