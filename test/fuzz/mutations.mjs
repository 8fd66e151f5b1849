/**
 * Ways to spoil a file, as networks, editors and programs do. Each takes bytes and dice and gives other bytes; none changes what it
 * was given.
 */
const mutations = {
  "flip a bit": (bytes, dice) => change(bytes, dice, (byte) => byte ^ (1 << dice.between(0, 7))),
  "set a byte": (bytes, dice) => change(bytes, dice, () => dice.pick(telling)),
  "cut the end": (bytes, dice) => bytes.subarray(0, dice.between(0, bytes.length)),
  "cut the beginning": (bytes, dice) => bytes.subarray(dice.between(0, bytes.length)),
  "cut a piece": (bytes, dice) => {
    const [from, to] = span(bytes, dice);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  "repeat a piece": (bytes, dice) => {
    const [from, to] = span(bytes, dice);
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
  },
  "insert bytes": (bytes, dice) => {
    const at = dice.between(0, bytes.length);
    const piece = Buffer.from(Array.from({ length: dice.between(1, 20) }, () => dice.pick(telling)));
    return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
  },
  "swap two segments": (bytes, dice) =>
    bySegments(bytes, (segments) => {
      const [a, b] = [dice.between(0, segments.length - 1), dice.between(0, segments.length - 1)];
      [segments[a], segments[b]] = [segments[b], segments[a]];
    }),
  "repeat a segment": (bytes, dice) =>
    bySegments(bytes, (segments) => {
      const at = dice.between(0, segments.length - 1);
      segments.splice(at, 0, ...Array(dice.pick([1, 2, 300])).fill(segments[at]));
    }),
  "leave out a segment": (bytes, dice) =>
    bySegments(bytes, (segments) => segments.splice(dice.between(0, segments.length - 1), 1)),
  "move a segment": (bytes, dice) =>
    bySegments(bytes, (segments) => {
      const [moved] = segments.splice(dice.between(0, segments.length - 1), 1);
      segments.splice(dice.between(0, segments.length), 0, moved);
    }),
  "change a delimiter everywhere": (bytes, dice) => {
    const from = dice.pick([elementOf(bytes), terminatorOf(bytes), 0x3a, 0x5e]);
    const to = dice.pick(telling);
    return bytes.map((byte) => (byte === from ? to : byte));
  },
  "change a delimiter in the ISA": (bytes, dice) => {
    const changed = Buffer.from(bytes);
    const at = dice.pick([3, 82, 104, 105]);
    if (at < changed.length) changed[at] = dice.pick(telling);
    return changed;
  },
  "a huge element": (bytes, dice) =>
    insertAtElement(bytes, dice, Buffer.alloc(dice.pick([300, 70_000, 1_100_000]), 0x41)),
  "many elements": (bytes, dice) =>
    insertAtElement(bytes, dice, Buffer.alloc(dice.pick([40, 5_000, 60_000]), elementOf(bytes))),
  "many components or repetitions": (bytes, dice) =>
    insertAtElement(bytes, dice, Buffer.alloc(dice.pick([20, 5_000]), dice.pick([0x3a, 0x5e]))),
  "many segments of nothing": (bytes, dice) =>
    insertAtElement(bytes, dice, Buffer.alloc(dice.pick([5, 5_000]), terminatorOf(bytes))),
  "break into lines": (bytes, dice) => {
    const width = dice.pick([60, 80, 128]);
    const lines = [];
    for (let at = 0; at < bytes.length; at += width) lines.push(bytes.subarray(at, at + width), Buffer.from("\r\n"));
    return Buffer.concat(lines);
  },
  "all of it twice": (bytes) => Buffer.concat([bytes, bytes]),
  "blanks trimmed": (bytes) => Buffer.from(bytes.toString("latin1").replace(/ +/g, " "), "latin1"),
};

const names = Object.keys(mutations);

/** A file spoiled in one to four ways, and in which. `other` is pasted in now and then. */
export function spoiled(bytes, other, dice) {
  let result = Buffer.from(bytes);
  const how = [];
  for (let n = dice.between(1, 4); n > 0; n--) {
    if (dice.chance(0.05)) {
      const at = dice.between(0, result.length);
      result = Buffer.concat([result.subarray(0, at), other, result.subarray(at)]);
      how.push("paste another file");
      continue;
    }
    const name = dice.pick(names);
    if (result.length > mostBytes || result.length === 0) break;
    result = Buffer.from(mutations[name](result, dice));
    how.push(name);
  }
  return { bytes: result, how };
}

/** Files that have grown beyond this are not spoiled further. */
const mostBytes = 3_000_000;

/** Bytes that mean something to a reader, and some that don't. */
const telling = Buffer.from("*~:^|>!'\n\r\t \0\x1a\x1c\x1d\x1f\x7f\x80\xc3\xe9\xefIEASTGN0919AZ", "latin1");

function change(bytes, dice, how) {
  const changed = Buffer.from(bytes);
  for (let n = dice.pick([1, 1, 2, 10]); n > 0; n--) {
    const at = dice.between(0, changed.length - 1);
    changed[at] = how(changed[at]);
  }
  return changed;
}

function span(bytes, dice) {
  const from = dice.between(0, bytes.length);
  return [from, Math.min(bytes.length, from + dice.pick([1, 3, 50, 400]))];
}

function elementOf(bytes) {
  return bytes[3] ?? 0x2a;
}

function terminatorOf(bytes) {
  return bytes[105] ?? 0x7e;
}

function bySegments(bytes, edit) {
  const terminator = String.fromCharCode(terminatorOf(bytes));
  const segments = bytes.toString("latin1").split(terminator);
  edit(segments);
  return Buffer.from(segments.join(terminator), "latin1");
}

/** Puts a piece right after an element separator. */
function insertAtElement(bytes, dice, piece) {
  const found = bytes.indexOf(elementOf(bytes), dice.between(0, bytes.length - 1));
  const at = found < 0 ? bytes.length : found + 1;
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
}
