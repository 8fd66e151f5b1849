import { closeSync, openSync, writeSync } from "node:fs";

/**
 * Writes the files that the engine is measured with, the same ones at every run. All are valid by the whole standard but those
 * that are meant not to be.
 */

/** Words, codes and numbers as they come in orders, drawn from a sequence that is the same at every run. */
class Draw {
  #state;

  constructor(seed) {
    this.#state = seed;
  }

  /** A whole number from `least` to `most`. */
  number(least, most) {
    this.#state = (Math.imul(this.#state, 1103515245) + 12345) & 0x7fffffff;
    return least + Math.floor((this.#state / 0x80000000) * (most - least + 1));
  }

  digits(count) {
    return String(this.number(0, 10 ** count - 1)).padStart(count, "0");
  }

  one(words) {
    return words[this.number(0, words.length - 1)];
  }

  words(count) {
    return Array.from({ length: count }, () => this.one(goods)).join(" ");
  }

  date() {
    const [month, day] = [this.number(1, 12), this.number(1, 28)].map((n) => String(n).padStart(2, "0"));
    return `${this.number(2020, 2026)}${month}${day}`;
  }

  price() {
    return `${this.number(1, 999)}.${this.digits(2)}`;
  }
}

const goods = "WIDGET BRACKET BOLT PANEL GASKET VALVE SPRING BEARING HOUSING CABLE STEEL BLACK LARGE SMALL ZINC".split(
  " ",
);
const cities = ["DALLAS*TX*75201", "ALBANY*NY*12207", "COLUMBUS*OH*43004", "SEATTLE*WA*98101", "ATLANTA*GA*30303"];

function order(draw, lines) {
  const segments = [
    `BEG*${draw.one(["00", "05", "06"])}*${draw.one(["SA", "NE", "BK"])}*PO${draw.digits(8)}**${draw.date()}`,
    "CUR*BY*USD",
    `REF*DP*${draw.digits(3)}`,
    `REF*IA*${draw.digits(8)}`,
    `PER*BD*${draw.words(2)}*TE*${draw.digits(10)}*EM*buyer${draw.number(1, 999)}@example.com`,
    `DTM*002*${draw.date()}`,
    `DTM*010*${draw.date()}*${draw.number(10, 23)}${draw.number(10, 59)}`,
    `TD5**2*UPSN*M*GROUND SERVICE ${draw.number(1, 99)}`,
  ];
  for (const party of ["BT", "ST", "VN"]) segments.push(...address(draw, party));
  let quantities = 0;
  for (let line = 1; line <= lines; line++) {
    const quantity = draw.number(1, 500);
    quantities += quantity;
    const vendorItem = `${draw.one(["A", "B", "C"])}${draw.digits(4)}-${draw.digits(2)}`;
    segments.push(
      `PO1*${line}*${quantity}*EA*${draw.price()}*PE*UP*${draw.digits(12)}*VP*${vendorItem}*IN*${draw.digits(7)}`,
      `PID*F*08***${draw.words(4)}`,
    );
    if (line % 3 === 0) segments.push(`SCH*${quantity}*EA***002*${draw.date()}`);
  }
  segments.push(`CTT*${lines}*${quantities}`, `AMT*TT*${draw.price()}`);
  return segments;
}

function address(draw, party) {
  return [
    `N1*${party}*${draw.words(3)}*92*${draw.digits(5)}`,
    `N3*${draw.number(1, 9999)} MAIN STREET*SUITE ${draw.number(1, 400)}`,
    `N4*${draw.one(cities)}*US`,
  ];
}

/** Half of its segments are wrong, each in one way. */
function wrongOrder(draw, lines) {
  const segments = order(draw, lines);
  return segments.map((segment, i) => {
    if (i % 2 === 0) return segment;
    if (segment.startsWith("PO1")) return segment.replace("*EA*", "*QQ*");
    if (segment.startsWith("PID")) return "PID*F*08";
    if (segment.startsWith("N4")) return "ZZZ*1";
    return `${segment}*******TOO MANY`;
  });
}

/** A shipment of `orders` orders, each packed on pallets with cartons of items. */
function shipNotice(draw, orders) {
  const segments = [`BSN*00*${draw.digits(8)}*${draw.date()}*${draw.number(10, 23)}${draw.number(10, 59)}*0001`];
  let level = 0;
  const begin = (parent, code) => {
    level += 1;
    segments.push(`HL*${level}*${parent}*${code}`);
    return level;
  };
  const shipment = begin("", "S");
  segments.push(
    `TD1*CTN25*${orders * 6}****G*${draw.number(100, 9999)}*LB`,
    "TD5**2*UPSN*M",
    `REF*BM*${draw.digits(9)}`,
  );
  segments.push(`DTM*011*${draw.date()}`, ...address(draw, "SF"), ...address(draw, "ST"));
  for (let n = 0; n < orders; n++) {
    const inOrder = begin(shipment, "O");
    segments.push(`PRF*PO${draw.digits(8)}***${draw.date()}`);
    for (let pallet = 0; pallet < 2; pallet++) {
      const onPallet = begin(inOrder, "T");
      segments.push(`MAN*GM*00${draw.digits(9)}${draw.digits(9)}`);
      for (let carton = 0; carton < 3; carton++) {
        const inCarton = begin(onPallet, "P");
        segments.push(`MAN*GM*00${draw.digits(9)}${draw.digits(9)}`);
        for (let item = 0; item < 2; item++) {
          begin(inCarton, "I");
          segments.push(`LIN**UP*${draw.digits(12)}*VN*A${draw.digits(5)}`, `SN1**${draw.number(1, 50)}*EA`);
        }
      }
    }
  }
  segments.push(`CTT*${level}`);
  return segments;
}

function invoice(draw, lines) {
  const segments = [
    `BIG*${draw.date()}*INV${draw.digits(7)}*${draw.date()}*PO${draw.digits(8)}`,
    `REF*IA*${draw.digits(8)}`,
    ...address(draw, "RE"),
    ...address(draw, "ST"),
    `ITD*01*3*2**10**30`,
  ];
  for (let line = 1; line <= lines; line++) {
    segments.push(
      `IT1*${line}*${draw.number(1, 500)}*EA*${draw.price()}**UP*${draw.digits(12)}`,
      `PID*F****${draw.words(3)}`,
    );
  }
  segments.push(`TDS*${draw.number(1000, 999999)}`, `CAD*M***UPSN`, `CTT*${lines}`);
  return segments;
}

/** One interchange of one group; `sets` gives the segments between ST and SE of one set after the other. */
class FileInWriting {
  #file;
  #text = "";
  size = 0;
  segments = 0;
  sets = 0;

  constructor(path) {
    this.#file = openSync(path, "w");
  }

  add(...segments) {
    this.segments += segments.length;
    for (const segment of segments) this.#text += `${segment}~\n`;
    if (this.#text.length > 1 << 18) this.#write();
  }

  begin(control, group) {
    const number = String(control).padStart(9, "0");
    this.add(
      `ISA*00*          *00*          *ZZ*PORTICOBENCH   *ZZ*RECEIVER       *260115*1200*U*00401*${number}*0*P*>`,
      `GS*${group}*PORTICOBENCH*RECEIVER*20260115*1200*${control}*X*004010`,
    );
  }

  set(type, number, segments) {
    const control = String(number).padStart(4, "0");
    this.sets += 1;
    this.add(`ST*${type}*${control}`, ...segments, `SE*${segments.length + 2}*${control}`);
  }

  end(control, sets) {
    this.add(`GE*${sets}*${control}`, `IEA*1*${String(control).padStart(9, "0")}`);
  }

  #write() {
    this.size += writeSync(this.#file, this.#text);
    this.#text = "";
  }

  close() {
    this.#write();
    closeSync(this.#file);
    return { size: this.size, segments: this.segments, sets: this.sets };
  }
}

/** One interchange of orders of 20 to 400 lines, about as long as asked for. */
export function writeOrders(path, megabytes, make = order) {
  const file = new FileInWriting(path);
  const draw = new Draw(12345);
  file.begin(1, "PO");
  while (file.size < megabytes * 1e6) file.set("850", file.sets + 1, make(draw, draw.number(20, 400)));
  file.end(1, file.sets);
  return file.close();
}

/** The same with half of the segments wrong. */
export const writeWrongOrders = (path, megabytes) => writeOrders(path, megabytes, wrongOrder);

/** Interchanges of one order of about 2 KB each. */
export function writeSmallInterchanges(path, count) {
  const file = new FileInWriting(path);
  const draw = new Draw(999);
  for (let control = 1; control <= count; control++) {
    file.begin(control, "PO");
    file.set("850", 1, order(draw, 9));
    file.end(control, 1);
  }
  return file.close();
}

/** One ship notice with this many orders in it, five levels deep. */
export function writeShipNotice(path, orders) {
  const file = new FileInWriting(path);
  file.begin(1, "SH");
  file.set("856", 1, shipNotice(new Draw(77), orders));
  file.end(1, 1);
  return file.close();
}

/** One interchange with this many invoices of 2 to 30 lines. */
export function writeInvoices(path, count) {
  const file = new FileInWriting(path);
  const draw = new Draw(4711);
  file.begin(1, "IN");
  for (let n = 1; n <= count; n++) file.set("810", n, invoice(draw, draw.number(2, 30)));
  file.end(1, count);
  return file.close();
}
