import { useQuery } from '@tanstack/react-query';
import { useDesk } from '../../api/desk';
import type { LinkedTickets } from '../../api/relationsDesk';
import type { Ticket } from '../../api/types';

/** What hangs together with a ticket; undefined until the desk has told. */
export function useLinks(ticket: Ticket): LinkedTickets | undefined {
  const { relations } = useDesk();
  const { data } = useQuery({
    queryKey: ['links', ticket.number, ticket.version],
    queryFn: () => relations.links(ticket.number),
    placeholderData: (before, query) => (query?.queryKey[1] === ticket.number ? before : undefined),
  });
  return data;
}

/** How many parts of a ticket are not solved yet, as far as the agent may see them. */
export function useOpenParts(ticket: Ticket): number {
  const links = useLinks(ticket);
  return links ? links.children - links.done : 0;
}
