import { subscribedStreams } from "../../store/publication-subscriptions.ts";
import type { Stream } from "../../store/publications.ts";
import type { AccountsNow } from "../account-directory.ts";
import { type WrittenJob, writeDown } from "../handover.ts";
import type { PipelineServices } from "../step.ts";
import { giveTurns } from "./turns.ts";

/**
 * Looks whose turn it is in every stream that an account is or was told of: rules may have changed, an account may be new.
 * @returns the jobs that follow in each, committed
 */
export async function enrolAll(services: PipelineServices, accounts: AccountsNow): Promise<(readonly WrittenJob[])[]> {
  const { database } = services;
  const streams = new Map<string, Stream>();
  const add = (stream: Stream) => streams.set(`${stream.topic} ${stream.usage}`, stream);
  for (const stream of await subscribedStreams(database.session)) add(stream);
  for (const { earlyInformation, identities } of accounts.all) {
    for (const { topic } of earlyInformation?.topics ?? []) for (const { usage } of identities) add({ topic, usage });
  }
  const next: (readonly WrittenJob[])[] = [];
  for (const stream of streams.values()) {
    next.push(
      await database.transaction(async (session) =>
        writeDown(session, await giveTurns({ ...services, session }, stream)),
      ),
    );
  }
  return next;
}
