import { useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { keys } from '../../api/queries';
import type { TicketPage, TicketSummary } from '../../api/types';

/** Tickets of the lists that were loaded; any other one is opened by its number. */
export function useKnownTickets(wanted: string): TicketSummary[] {
  const queries = useQueryClient();
  if (!wanted) return [];
  const known = new Map<number, TicketSummary>();
  const lists = queries.getQueriesData<InfiniteData<TicketPage>>({ queryKey: keys.lists });
  for (const [, data] of lists) {
    for (const row of (data?.pages ?? []).flatMap((page) => page.tickets)) {
      known.set(row.number, row);
    }
  }
  const text = wanted.replace(/^#/, '');
  return [...known.values()].filter((row) =>
    `${row.number} ${row.subject} ${row.requester.name} ${row.requester.email}`
      .toLocaleLowerCase()
      .includes(text),
  );
}
