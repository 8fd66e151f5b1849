import type { DocumentType } from "../../documents/index.ts";
import { takenInApplicationAdvice } from "./application-advice.ts";
import { takenInMessage } from "./message.ts";
import { takenInOrder } from "./order.ts";
import { takenInOrderChange } from "./order-change.ts";
import { takenInPlanningSchedule, takenInShippingSchedule } from "./schedule.ts";
import { takenInStatusInquiry } from "./status-inquiry.ts";
import type { TakenIn } from "./taken-in.ts";
import { takenInWarehouseShippingAdvice } from "./warehouse-shipping-advice.ts";

export type { Offer, TakenIn, Taking } from "./taken-in.ts";

/**
 * How documents that accounts send are taken in, by type. What is missing (a remittance, what an account has in stock or has
 * sold) is offered to the supplier's systems and posted, and nothing more is done with it.
 */
export const takenIn: { readonly [Type in DocumentType]?: TakenIn<Type> } = {
  order: takenInOrder,
  "order-change": takenInOrderChange,
  "application-advice": takenInApplicationAdvice,
  message: takenInMessage,
  "planning-schedule": takenInPlanningSchedule,
  "shipping-schedule": takenInShippingSchedule,
  "status-inquiry": takenInStatusInquiry,
  "warehouse-shipping-advice": takenInWarehouseShippingAdvice,
};
