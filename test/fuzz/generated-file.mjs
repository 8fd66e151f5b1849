const isaVersions = { "004010": "00401", "004030": "00403", "005010": "00501" };

/**
 * One interchange with one set of any type and version that the library has. It keeps the structure of its schema and fills elements by
 * their types; notes between elements are left to chance.
 */
export function generatedFile(library, dice) {
  const version = dice.pick(library.versions);
  const dictionary = library.version(version);
  const schema = dictionary.set(dice.pick(dictionary.sets));
  const lines = segmentsOf(schema, dice);
  const isaVersion = isaVersions[version] ?? "00501";
  const repetition = isaVersion === "00401" ? "U" : "^";
  return Buffer.from(
    [
      `ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *240115*0930*${repetition}*${isaVersion}*000000001*0*P*:`,
      `GS*${schema.functionalId}*SENDER*RECEIVER*20240115*0930*1*X*${version}`,
      `ST*${schema.type}*0001`,
      ...lines,
      `SE*${lines.length + 2}*0001`,
      "GE*1*1",
      "IEA*1*000000001",
    ]
      .map((line) => `${line}~\n`)
      .join(""),
  );
}

/** Everything between ST and SE. */
function segmentsOf(schema, dice) {
  const lines = [];
  const richness = dice.pick([0.02, 0.1, 0.3]);
  const walk = (loop) => {
    for (const [i, item] of loop.items.entries()) {
      if (item.kind === "segment" && ["ST", "SE"].includes(item.segment)) continue;
      const begins = item.kind === "segment" && loop.parent !== null && i === 0;
      if (!begins && !item.mandatory && !dice.chance(richness)) continue;
      const times = begins ? 1 : dice.between(1, Math.min(item.max, 2));
      for (let n = 0; n < times && lines.length < 400; n++) {
        if (item.kind === "loop") walk(item);
        else lines.push(lineOf(schema.segment(item.segment), dice, richness));
      }
    }
  };
  walk(schema.root);
  return lines;
}

function lineOf({ id, elements }, dice, richness) {
  const values = elements.map((element) =>
    element.requirement === "M" || dice.chance(richness) ? textFor(element, dice, richness) : "",
  );
  return [id, ...values].join("*").replace(/\*+$/, "");
}

function textFor(element, dice, richness) {
  if (element.components.length > 0) {
    const parts = element.components.map((component) =>
      component.requirement === "M" || dice.chance(richness) ? textFor(component, dice, richness) : "",
    );
    return parts.join(":").replace(/:+$/, "");
  }
  if (element.codes !== null) return dice.pick(element.codes.values);
  const length = dice.between(element.min, Math.min(element.max, element.min + 12));
  if (element.type === "DT") return element.max === 6 ? "240229" : "20240229";
  if (element.type === "TM") return "2359";
  if (element.type === "R" || element.type.startsWith("N")) return "1".repeat(length);
  return Array.from({ length }, () => dice.pick(text)).join("");
}

const text = [..."ABCDEFGHIJ KLMNOPQRSTUVWXYZ0123456789.,-/&'()éß漢😀"];
