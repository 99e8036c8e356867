import { useCallback, useSyncExternalStore } from 'react';
import type { Contact } from '../../api/types';

export interface DraftFile {
  upload: string;
  name: string;
  size: number;
}

export interface Draft {
  kind: 'public_reply' | 'internal_note';
  text: string;
  files: DraftFile[];
  /** By which way something was said outside the desk, for a note that tells of it. */
  contact?: Contact | null;
  /** Of a note: what can be ticked off. */
  items?: string[];
  /** Of a note: when its author is told of it again. */
  remindAt?: string | null;
}

export const EMPTY: Draft = { kind: 'public_reply', text: '', files: [] };

/** Unsent text by ticket. It stays in this browser until it is sent, across reloads. */
const loaded = new Map<string, Draft>();
const listeners = new Set<() => void>();

export function draftOf(agent: string, number: number): Draft {
  const key = keyOf(agent, number);
  const known = loaded.get(key);
  if (known) return known;
  const found = read(key);
  loaded.set(key, found);
  return found;
}

export function keepDraft(agent: string, number: number, draft: Draft): void {
  const key = keyOf(agent, number);
  loaded.set(key, draft);
  try {
    if (draft.text || draft.files.length) localStorage.setItem(key, JSON.stringify(draft));
    else localStorage.removeItem(key);
  } catch {
    // Without storage the draft lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

export function useDraft(agent: string, number: number): [Draft, (draft: Draft) => void] {
  const draft = useSyncExternalStore(subscribe, () => draftOf(agent, number));
  const keep = useCallback((next: Draft) => keepDraft(agent, number, next), [agent, number]);
  return [draft, keep];
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function keyOf(agent: string, number: number): string {
  return `chamado.draft.${agent}.${number}`;
}

function read(key: string): Draft {
  try {
    const found = JSON.parse(localStorage.getItem(key) ?? 'null') as Partial<Draft> | null;
    return found && typeof found.text === 'string' ? { ...EMPTY, ...found } : EMPTY;
  } catch {
    return EMPTY;
  }
}

/** A text that was begun meanwhile is kept below the one that comes back. */
export function keepDraftBelow(agent: string, number: number, draft: Draft): void {
  const begun = draftOf(agent, number);
  const text = [draft.text, begun.text].filter(Boolean).join('\n\n');
  const files = [...draft.files, ...begun.files];
  keepDraft(agent, number, { ...draft, text, files });
}
