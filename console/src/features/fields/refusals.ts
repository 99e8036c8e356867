import { useSyncExternalStore } from 'react';
import { ApiProblem } from '../../api/problems';
import type { Refusal } from './missing';

/** Why a ticket was not resolved, by its number: the panel shows it and takes the focus there. */
const known = new Map<number, readonly Refusal[]>();
const listeners = new Set<() => void>();
const NONE: readonly Refusal[] = [];

export function leadTo(number: number, refusals: readonly Refusal[]): void {
  known.set(number, refusals);
  for (const listener of listeners) listener();
}

export function forgetRefusal(number: number, field: string): void {
  const left = (known.get(number) ?? NONE).filter((one) => one.field !== field);
  if (left.length !== (known.get(number) ?? NONE).length) leadTo(number, left);
}

/** Whether the desk refused for the sake of a field of the form, which is then led to. */
export function leadToFault(number: number, error: unknown): boolean {
  if (!(error instanceof ApiProblem)) return false;
  const faults = (error.problem.errors ?? []).filter(
    ({ field }) => field === 'type_id' || field.startsWith('fields.'),
  );
  if (faults.length) leadTo(number, faults);
  return faults.length > 0;
}

export function useRefusals(number: number): readonly Refusal[] {
  return useSyncExternalStore(subscribe, () => known.get(number) ?? NONE);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
