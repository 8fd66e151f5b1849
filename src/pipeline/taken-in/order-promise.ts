import { randomUUID } from "node:crypto";
import { calendarOf } from "../../accounts/calendar.ts";
import type { PriorityRule } from "../../accounts/rules/priority.ts";
import type { Order } from "../../documents/index.ts";
import { findOrdersOfVersion } from "../../store/orders.ts";
import { keepPromise } from "../../store/promises.ts";
import type { NextJob } from "../step.ts";
import type { Taking } from "./taken-in.ts";

const millisecondsPerHour = 3_600_000;
/** Hours before the cut-off of its day at which people are warned, where the rule says nothing else. */
const defaultWarning = 4;

/** Writes down what was promised on an order that is in the books. @returns the jobs that look after it in time */
export async function followPromise({ context, row, profile }: Taking, order: Order): Promise<NextJob[]> {
  const promise = order.priority?.promise;
  if (promise?.date === undefined) return [];
  const [book] = await findOrdersOfVersion(context.session, row.id);
  if (!book) return [];
  const dueAt = calendarOf(profile).cutOffOf(promise.date);
  const warnAt = new Date(dueAt.getTime() - warningOf(profile.priority, order) * millisecondsPerHour);
  const id = randomUUID();
  const isNew = await keepPromise(context.session, {
    id,
    accountId: row.accountId,
    usage: row.usage,
    orderId: book.id,
    documentId: row.id,
    qualifier: promise.qualifier,
    promisedOn: promise.date,
    warnAt,
    dueAt,
  });
  if (!isNew) return [];
  return [
    { name: "watch-promise", ids: { promise: id, look: "ahead" }, at: warnAt },
    { name: "watch-promise", ids: { promise: id, look: "due" }, at: dueAt },
  ];
}

function warningOf(rules: readonly PriorityRule[], { priority }: Order): number {
  const rule = rules.find(({ name }) => name === priority?.rule);
  return rule?.effects?.shipWithin?.warnHoursBefore ?? defaultWarning;
}
