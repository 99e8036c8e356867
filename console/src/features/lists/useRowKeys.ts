import { useNavigate } from '@tanstack/react-router';
import { useState, type RefObject } from 'react';
import type { TicketSummary } from '../../api/types';
import { useHere } from '../../app/here';
import { useShortcut } from '../keyboard/shortcuts';

/** j and k walk through the list; beside an open ticket they open the next one at once. */
export function useRowKeys(
  rows: readonly TicketSummary[],
  selected: number | null,
  box: RefObject<HTMLElement | null>,
): number | null {
  const navigate = useNavigate();
  const { beside } = useHere();
  const [cursor, setCursor] = useState<number | null>(null);
  const at = selected ?? cursor;
  const open = (number: number): void =>
    void navigate({ to: '/tickets/$number', params: { number }, search: beside });
  const move = (by: 1 | -1): void => {
    const index = rows.findIndex((row) => row.number === at);
    const next = rows[index < 0 ? (by > 0 ? 0 : rows.length - 1) : index + by];
    if (!next) return;
    setCursor(next.number);
    const shown = box.current?.querySelector<HTMLElement>(`[data-row="${next.number}"]`);
    shown?.scrollIntoView({ block: 'nearest' });
    if (selected === null) shown?.focus();
    else open(next.number);
  };
  useShortcut('next', () => move(1));
  useShortcut('previous', () => move(-1));
  useShortcut('open', () => at !== null && open(at), selected === null);
  return cursor;
}
