import { useEffect, useRef, useSyncExternalStore } from 'react';
import { preferences } from '../account/preferences';

/** Every key of the console in one table: the listener, the help page and the palette read it. */
export const SHORTCUTS = {
  next: { keys: ['j'], group: 'lists' },
  previous: { keys: ['k'], group: 'lists' },
  open: { keys: ['Enter'], group: 'lists' },
  back: { keys: ['Escape', 'u'], group: 'lists' },
  solveNext: { keys: ['s'], group: 'lists' },
  newTicket: { keys: ['c'], group: 'lists' },
  reply: { keys: ['r'], group: 'ticket' },
  note: { keys: ['n'], group: 'ticket' },
  contact: { keys: ['o'], group: 'ticket' },
  resolve: { keys: ['e'], group: 'ticket' },
  postpone: { keys: ['h'], group: 'ticket' },
  takeIt: { keys: ['i'], group: 'ticket' },
  escalate: { keys: ['x'], group: 'ticket' },
  fields: { keys: ['f'], group: 'ticket' },
  requester: { keys: ['w'], group: 'ticket' },
  details: { keys: ['d'], group: 'ticket' },
  goToSolve: { keys: ['g t'], group: 'go' },
  goMine: { keys: ['g m'], group: 'go' },
  goUnassigned: { keys: ['g u'], group: 'go' },
  goAllOpen: { keys: ['g a'], group: 'go' },
  help: { keys: ['?'], group: 'general' },
} as const satisfies Record<string, { keys: readonly string[]; group: string }>;

export type ShortcutId = keyof typeof SHORTCUTS;

const handlers = new Map<ShortcutId, (() => void)[]>();
const SEQUENCE_MS = 900;

/** Answers a key while the component is shown; the one shown last goes first. */
export function useShortcut(id: ShortcutId, handler: () => void, enabled = true): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    if (!enabled) return undefined;
    const call = (): void => latest.current();
    handlers.set(id, [...(handlers.get(id) ?? []), call]);
    tellAll();
    return () => {
      handlers.set(
        id,
        (handlers.get(id) ?? []).filter((one) => one !== call),
      );
      tellAll();
    };
  }, [id, enabled]);
}

const watchers = new Set<() => void>();
function tellAll(): void {
  for (const watcher of watchers) watcher();
}

/** Actions on what is shown that can be done now, for the palette. */
export function useRunnable(): ShortcutId[] {
  const ids = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () =>
      idsOf('ticket')
        .filter((id) => handlers.get(id)?.length)
        .join(' '),
  );
  return idsOf('ticket').filter((id) => ids.split(' ').includes(id));
}

export function runShortcut(id: ShortcutId): void {
  handlers.get(id)?.at(-1)?.();
}

function idsOf(group: string): ShortcutId[] {
  const ids = Object.keys(SHORTCUTS) as ShortcutId[];
  return ids.filter((id) => SHORTCUTS[id].group === group);
}

/** The console's one key listener; the shell starts it. */
export function listenForShortcuts(): () => void {
  let first = '';
  let since = 0;
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || isElsewhere(event) || !preferences.get().singleKeys) return;
    const inTime = Date.now() - since < SEQUENCE_MS;
    const typed = inTime && first ? `${first} ${event.key}` : event.key;
    first = '';
    const id = shortcutFor(typed);
    const handler = id && handlers.get(id)?.at(-1);
    if (handler) {
      event.preventDefault();
      handler();
    } else if (event.key === 'g') {
      first = 'g';
      since = Date.now();
    }
  };
  document.addEventListener('keydown', onKey);
  return () => document.removeEventListener('keydown', onKey);
}

function shortcutFor(typed: string): ShortcutId | undefined {
  const ids = Object.keys(SHORTCUTS) as ShortcutId[];
  return ids.find((id) => (SHORTCUTS[id].keys as readonly string[]).includes(typed));
}

/** Keys belong to fields, to open dialogs and menus, and to the browser. */
function isElsewhere(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  const target = event.target as HTMLElement;
  if (target.closest('input, textarea, select, [contenteditable="true"]')) return true;
  if (event.key === 'Enter' && target.closest('a, button, [role="menuitem"]')) return true;
  return (
    document.querySelector('[aria-modal="true"], [aria-haspopup][aria-expanded="true"]') !== null
  );
}
