import { persisted, usePersisted } from '../../app/persisted';

/** What was read on this device. */
export interface Seen {
  /** When the console was first used here: nothing older counts as unread. */
  since: string;
  /** Until when each ticket was read; the oldest ones are forgotten. */
  tickets: Record<string, string>;
}

const MOST = 1500;
const store = persisted<Seen>('chamado.seen', { since: new Date().toISOString(), tickets: {} });
// Kept from the first use on, or each load would begin anew.
store.set(store.get());

export function useSeen(): Seen {
  return usePersisted(store);
}

/** Counts as unread what came after this moment, on tickets that were never opened here. */
export function countUnreadFrom(since: string): void {
  store.set({ ...store.get(), since });
}

/** Until when a ticket was read here; empty when it never was. */
export function seenUntil(number: number): string {
  return store.get().tickets[number] ?? '';
}

export function markSeen(number: number, at: string): void {
  const seen = store.get();
  if ((seen.tickets[number] ?? '') >= at) return;
  const all = Object.entries<string>({ ...seen.tickets, [number]: at });
  const kept = all.length > MOST ? all.sort((a, b) => b[1].localeCompare(a[1])) : all;
  store.set({ ...seen, tickets: Object.fromEntries(kept.slice(0, MOST)) });
}
