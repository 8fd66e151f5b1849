import type { Database } from "../store/database.ts";
import { mailboxChannel } from "../store/deliveries.ts";

/** Somebody who waits at a mailbox. */
export interface Watcher extends Disposable {
  /**
   * Resolves when something has been put into the mailbox since the last time, when the time is over, or when nobody is
   * to wait any more.
   */
  changed(longestMs: number): Promise<void>;
}

/** Who waits at which mailbox. One LISTEN of the process wakes them all. */
export interface MailboxWatch {
  /** Begins to listen at an account's mailbox. Look into it after this, not before: then nothing falls in between. */
  watch(accountId: string): Watcher;
  /** Whether nobody is to wait any more. */
  readonly closed: boolean;
  close(): Promise<void>;
}

/** Begins to listen for what is put into mailboxes, by whichever process. */
export async function openMailboxWatch(database: Database): Promise<MailboxWatch> {
  const waking = new Map<string, Set<() => void>>();
  let closed = false;
  const stopListening = await database.listen(mailboxChannel, (accountId) => {
    for (const wake of waking.get(accountId) ?? []) wake();
  });

  return {
    get closed() {
      return closed;
    },

    watch(accountId) {
      let heard = false;
      let wakeWaiter: (() => void) | undefined;
      const wake = (): void => {
        heard = true;
        wakeWaiter?.();
      };
      const others = waking.get(accountId) ?? new Set();
      waking.set(accountId, others.add(wake));
      return {
        async changed(longestMs) {
          if (!heard && !closed) {
            await new Promise<void>((resolve) => {
              const timer = setTimeout(resolve, longestMs);
              wakeWaiter = () => {
                clearTimeout(timer);
                resolve();
              };
            });
          }
          heard = false;
        },
        [Symbol.dispose]() {
          wakeWaiter?.();
          others.delete(wake);
          if (others.size === 0 && waking.get(accountId) === others) waking.delete(accountId);
        },
      };
    },

    async close() {
      closed = true;
      for (const all of waking.values()) for (const wake of all) wake();
      await stopListening();
    },
  };
}
