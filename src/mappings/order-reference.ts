import { orderTypes } from "../documents/code-words.ts";
import type { OrderReference } from "../documents/order-reference.ts";
import { at, coded, date, must, segment, text } from "./notation/index.ts";

/** PRF: the order that a level of a hierarchy is about. */
export const PRF = segment<OrderReference>("PRF", {
  number: must(1, text),
  release: at(2, text),
  change: at(3, text),
  date: at(4, date),
  line: at(5, text),
  contract: at(6, text),
  orderType: at(7, coded(orderTypes)),
});
