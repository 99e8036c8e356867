import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '../../api/queries';
import type { LinkedTickets } from '../../api/relationsDesk';
import type { Ticket } from '../../api/types';
import { sayProblem } from '../../app/say';
import { useOutbox } from '../outbox/context';

type Work = () => Promise<LinkedTickets | Ticket>;

/**
 * Does it, says why not, and reads both tickets again: the server has told both sides.
 *
 * It moves both on. So a change of status that can still be taken back, on either, is made first.
 */
export function useChange(ticket: Ticket): (other: number, work: Work) => void {
  const queries = useQueryClient();
  const outbox = useOutbox();
  const { t } = useTranslation();
  const { mutate } = useMutation({
    mutationFn: async ({ other, work }: { other: number; work: Work }) => {
      await outbox.settle(ticket.number, other);
      return work();
    },
    onSuccess: async (_answer, { other }) => {
      await queries.invalidateQueries({ queryKey: ['links'] });
      await queries.invalidateQueries({ queryKey: keys.ticket(ticket.number) });
      await queries.invalidateQueries({ queryKey: keys.ticket(other) });
      await queries.invalidateQueries({ queryKey: keys.lists });
    },
    onError: (error) => sayProblem(error, t),
  });
  return (other, work) => mutate({ other, work });
}
