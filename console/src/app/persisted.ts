import { useSyncExternalStore } from 'react';

/** A value that stays in this browser; a full or forbidden storage only costs the memory of it. */
export interface Persisted<T> {
  get: () => T;
  set: (value: T) => void;
  subscribe: (listener: () => void) => () => void;
}

export function persisted<T extends object>(key: string, initial: T): Persisted<T> {
  const listeners = new Set<() => void>();
  let value = { ...initial, ...read(key) };
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  // Another tab chose, or read, something: one person, one desk.
  addEventListener('storage', (event) => {
    if (event.key !== key && event.key !== null) return;
    value = { ...initial, ...read(key) };
    tell();
  });
  return {
    get: () => value,
    set(next) {
      value = next;
      write(key, next);
      tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function usePersisted<T>(store: Persisted<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}

function read(key: string): object {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return typeof found === 'object' && found !== null ? found : {};
  } catch {
    return {};
  }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Private windows and full disks: the choice then lasts as long as the page.
  }
}
