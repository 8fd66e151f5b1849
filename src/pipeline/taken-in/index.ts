import type { DocumentType } from "../../documents/index.ts";
import { takenInOrder } from "./order.ts";
import type { TakenIn } from "./taken-in.ts";

export type { TakenIn, Taking } from "./taken-in.ts";

/** How documents that accounts send are taken in, by type. What is missing is offered, and nothing else is done with it. */
export const takenIn: { readonly [Type in DocumentType]?: TakenIn<Type> } = {
  order: takenInOrder,
};
