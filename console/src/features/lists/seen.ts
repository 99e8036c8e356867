import { persisted, usePersisted } from '../../app/persisted';

/** Until when each ticket was read, on this device; the oldest ones are forgotten. */
type Seen = Record<string, string>;
const MOST = 1500;

const store = persisted<Seen>('chamado.seen', {});

export function useSeen(): Seen {
  return usePersisted(store);
}

export function seenUntil(number: number): string {
  return store.get()[number] ?? '';
}

export function markSeen(number: number, at: string): void {
  const seen = store.get();
  if ((seen[number] ?? '') >= at) return;
  const rest = Object.entries<string>({ ...seen, [number]: at });
  const kept = rest.length > MOST ? rest.sort((a, b) => b[1].localeCompare(a[1])) : rest;
  store.set(Object.fromEntries(kept.slice(0, MOST)));
}
