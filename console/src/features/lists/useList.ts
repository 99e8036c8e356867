import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useDesk } from '../../api/desk';
import { listQuery } from '../../api/queries';
import type { ListFilter, TicketSummary, ViewId } from '../../api/types';
import { useOutboxState } from '../outbox/context';
import { pendingStatus } from '../outbox/outgoing';

/** The rows of a list as far as they were loaded, without what is about to leave it. */
export function useList(view: ViewId, filter: ListFilter) {
  const query = useInfiniteQuery(listQuery(useDesk(), view, filter));
  const outbox = useOutboxState();
  const rows = useMemo(() => {
    const seen = new Set<number>();
    const all = (query.data?.pages ?? []).flatMap((page) => page.tickets);
    return all.filter((row) => {
      const isNew = !seen.has(row.number);
      seen.add(row.number);
      return isNew && staysIn(view, row, pendingStatus(outbox, row.number));
    });
  }, [query.data, outbox, view]);
  return { ...query, rows };
}

function staysIn(view: ViewId, row: TicketSummary, pending: TicketSummary['status'] | undefined) {
  if (!pending || pending === row.status) return true;
  if (pending === 'answered' || pending === 'postponed')
    return view !== 'to_solve' && view !== 'unassigned';
  return false;
}
