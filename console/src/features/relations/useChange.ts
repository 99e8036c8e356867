import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '../../api/queries';
import type { LinkedTickets } from '../../api/relationsDesk';
import type { Ticket } from '../../api/types';
import { sayProblem } from '../../app/say';

/** Does it, says why not, and reads the ticket again: the server has told both sides. */
export function useChange(ticket: Ticket): (work: () => Promise<LinkedTickets | Ticket>) => void {
  const queries = useQueryClient();
  const { t } = useTranslation();
  const { mutate } = useMutation({
    mutationFn: (work: () => Promise<LinkedTickets | Ticket>) => work(),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['links'] });
      await queries.invalidateQueries({ queryKey: keys.ticket(ticket.number) });
      await queries.invalidateQueries({ queryKey: keys.lists });
    },
    onError: (error) => sayProblem(error, t),
  });
  return mutate;
}
