import type { Contact } from "../documents/aggregate-components.ts";
import * as warehouse from "../documents/code-words/warehouse.ts";
import { channelQualifiers, contactRoles, productIdQualifiers } from "../documents/code-words.ts";
import type { WarehouseDate } from "../documents/warehouse-components.ts";
import { at, date, decimal, group, groups, groupsAt, must, segment, text, time, word } from "./notation/index.ts";

/* Segments that the sets of warehouses have in common, each as the part of a document that it stands for, both ways. */

/** A contact of a warehouse always has a name. */
type NamedContact = Contact & { name: string };

/** G61 has room for one way to reach somebody. */
export const G61 = segment<NamedContact>("G61", {
  role: must(1, text),
  word: word(1, contactRoles),
  name: must(2, text),
  channels: groups(3, 2, 1, { qualifier: must(1, text), word: word(1, channelQualifiers), value: must(2, text) }),
  reference: at(5, text),
});

export const G62 = segment<WarehouseDate>("G62", {
  qualifier: at(1, text),
  word: word(1, warehouse.warehouseDateQualifiers),
  date: at(2, date),
  timeQualifier: at(3, text),
  time: at(4, time),
  zone: at(5, text),
});

/** Pairs of product id qualifier and product id in W01 and W12, which stand apart: the first element of each. */
export const productIdsAt = (...starts: number[]) =>
  groupsAt(starts, { qualifier: must(1, text), word: word(1, productIdQualifiers), id: must(2, text) });

/** A number in element `n` and its unit in the next. */
export const measured = (n: number) => group({ value: must(n, decimal), unit: must(n + 1, text) });

/** A weight in three elements: the number, what weight it is, and its unit (element 188). */
export const weightOf = { value: must(1, decimal), qualifier: must(2, text), unit: must(3, text) };

/** A weight that begins in element `n`. */
export const weightAt = (n: number) =>
  group({ value: must(n, decimal), qualifier: must(n + 1, text), unit: must(n + 2, text) });

/** From how cold to how warm: the first of two measures begins in element `n`. */
export const temperaturesAt = (n: number) => group({ from: measured(n), to: measured(n + 2) });
