import type { z } from "zod";
import type { quantityByLocation, schedule } from "../documents/aggregate-components.ts";
import * as words from "../documents/code-words.ts";
import type { OutSegment } from "../x12/index.ts";
import {
  at,
  date,
  decimal,
  group,
  groups,
  inGroupsOf,
  must,
  orEmpty,
  type Part,
  segment,
  text,
  time,
  word,
} from "./notation/index.ts";
import { decimalFromReal, realFrom } from "./notation/x12-values.ts";

type QuantityByLocation = z.infer<typeof quantityByLocation>;

/** Pairs of location and quantity that one SDQ has room for. */
const pairsPerSDQ = 10;

/** SDQ: one unit and kind of location id, then pairs of location and quantity from SDQ03 on; as many SDQ as it takes. */
export function quantitiesFromSDQ<T extends { quantitiesByLocation?: QuantityByLocation[] | undefined }>(): Part<T> {
  return {
    read(loop, into) {
      const found = loop.untaken("SDQ").flatMap((sdq): QuantityByLocation[] => {
        const unit = sdq.take(1, 1, (value) => value);
        if (unit === undefined) return [];
        sdq.taken = true;
        const idQualifier = sdq.take(2, 1, (value) => value);
        const sublocation = sdq.take(23, 1, (value) => value);
        return Array.from({ length: pairsPerSDQ }, (_, pair) => 3 + 2 * pair).flatMap((n) => {
          if (sdq.peek(n) === undefined) return [];
          const quantity = sdq.take(n + 1, 1, decimalFromReal);
          if (quantity === undefined) return [];
          const location = sdq.take(n, 1, (value) => value) as string;
          return [
            {
              ...(idQualifier !== undefined && { idQualifier }),
              location,
              quantity,
              unit,
              ...(sublocation !== undefined && { sublocation }),
            },
          ];
        });
      });
      if (found.length > 0) into.quantitiesByLocation = found;
    },
    write({ quantitiesByLocation = [] }) {
      return alikeInARow(quantitiesByLocation)
        .flatMap((alike) => inGroupsOf(pairsPerSDQ, alike))
        .map((some): OutSegment => {
          const [{ unit, idQualifier = "", sublocation }] = some as [QuantityByLocation];
          const pairs = some.flatMap(({ location, quantity }) => [location, realFrom(quantity)]);
          const rest =
            sublocation === undefined ? [] : [...Array(2 * pairsPerSDQ - pairs.length).fill(""), sublocation];
          return ["SDQ", unit, idQualifier, ...pairs, ...rest];
        });
    },
    places: () =>
      (
        [
          ["unit", 1],
          ["idQualifier", 2],
          ["location", 3],
          ["quantity", 4],
          ["sublocation", 23],
        ] as const
      ).map(([field, element]) => ({
        path: `quantitiesByLocation[].${field}`,
        loop: "",
        segment: "SDQ",
        element,
        component: null,
        form: field === "quantity" ? "decimal" : "text",
        where: {},
      })),
  };
}

/** Runs of quantities that share what an SDQ says once. */
function alikeInARow(quantities: readonly QuantityByLocation[]): QuantityByLocation[][] {
  const runs: QuantityByLocation[][] = [];
  for (const quantity of quantities) {
    const last = runs.at(-1);
    const before = last?.[0];
    const alike =
      before?.unit === quantity.unit &&
      before.idQualifier === quantity.idQualifier &&
      before.sublocation === quantity.sublocation;
    if (last && alike) last.push(quantity);
    else runs.push([quantity]);
  }
  return runs;
}

/** SCH: SCH05 to 07 is the first date, SCH08 to 10 the second. */
export const SCH = segment<z.infer<typeof schedule>>("SCH", {
  quantity: must(1, decimal),
  unit: must(2, text),
  party: group({ role: must(3, text), word: word(3, words.partyRoles), name: at(4, text) }),
  dates: orEmpty(
    groups(5, 3, 2, {
      qualifier: must(1, text),
      word: word(1, words.dateQualifiers),
      date: at(2, date),
      time: at(3, time),
    }),
  ),
  reference: at(11, text),
  line: at(12, text),
});
