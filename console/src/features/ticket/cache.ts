import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { keys } from '../../api/queries';
import type {
  MessageAdded,
  OpenedTicket,
  ScheduledReply,
  Ticket,
  TicketPage,
} from '../../api/types';

/** The ticket as the server knows it now, put wherever it is shown; lists are asked again. */
export function replaceTicket(queries: QueryClient, ticket: Ticket): void {
  updateOpened(queries, ticket.number, (opened) => ({ ...opened, ticket }));
  patchRows(queries, ticket.number, ticket);
  refreshLists(queries);
  // The server has written events for the change; they come with the next reading.
  void queries.invalidateQueries({ queryKey: keys.ticket(ticket.number) });
}

export function withMessage(queries: QueryClient, number: number, added: MessageAdded): void {
  const { message, scheduled, ticket } = added;
  updateOpened(queries, number, (opened) => {
    const isKnown = opened.entries.some((entry) => entry.id === message?.id);
    const entries = isKnown || !message ? opened.entries : [...opened.entries, message];
    return withScheduled({ ...opened, ticket, entries }, scheduled ?? null);
  });
  replaceTicket(queries, added.ticket);
}

/** A waiting reply as it is now, or without the one that left or was taken back. */
export function replaceScheduled(
  queries: QueryClient,
  number: number,
  id: string,
  reply: ScheduledReply | null,
): void {
  updateOpened(queries, number, (opened) => {
    const others = opened.scheduled.filter((one) => one.id !== id);
    return withScheduled({ ...opened, scheduled: others }, reply);
  });
}

function withScheduled(opened: OpenedTicket, reply: ScheduledReply | null): OpenedTicket {
  if (!reply) return opened;
  const others = opened.scheduled.filter((one) => one.id !== reply.id);
  return { ...opened, scheduled: [...others, reply] };
}

/** Shows a change before the server has made it; the answer or the failure replaces it. */
export function patchTicket(queries: QueryClient, number: number, change: Partial<Ticket>): void {
  updateOpened(queries, number, (opened) => ({
    ...opened,
    ticket: { ...opened.ticket, ...change },
  }));
  patchRows(queries, number, change);
}

export function refreshLists(queries: QueryClient): void {
  void queries.invalidateQueries({ queryKey: keys.lists });
  void queries.invalidateQueries({ queryKey: keys.views });
}

function updateOpened(
  queries: QueryClient,
  number: number,
  update: (opened: OpenedTicket) => OpenedTicket,
): void {
  queries.setQueryData<OpenedTicket>(keys.ticket(number), (opened) => opened && update(opened));
}

function patchRows(queries: QueryClient, number: number, change: Partial<Ticket>): void {
  queries.setQueriesData<InfiniteData<TicketPage>>({ queryKey: keys.lists }, (data) => {
    if (!data) return data;
    const pages = data.pages.map((page) => ({
      ...page,
      tickets: page.tickets.map((row) => (row.number === number ? { ...row, ...change } : row)),
    }));
    return { ...data, pages };
  });
}
