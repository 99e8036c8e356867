import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { say, sayProblem } from '../../app/say';
import { leadToFault } from '../fields/refusals';
import { useMe } from '../people/useNames';
import { refreshLists, replaceScheduled, replaceTicket, withMessage } from '../ticket/cache';
import { OutboxContext } from './context';
import { Outbox } from './Outbox';
import type { Outcomes } from './outgoing';

/** One outbox for the whole console: what waits in it goes on while other tickets are read. */
export function OutboxProvider({ children }: { children: ReactNode }) {
  const desk = useDesk();
  const me = useMe();
  const queries = useQueryClient();
  const router = useRouter();
  const { t } = useTranslation();
  const [outbox] = useState(() => {
    const outcomes: Outcomes = {
      said: (number, added) => withMessage(queries, number, added),
      changed: (ticket) => replaceTicket(queries, ticket),
      failed: (outgoing, error) => {
        leadToFault(outgoing.number, error);
        sayProblem(error, t, t('outbox.putBack', { number: outgoing.number }));
        void queries.invalidateQueries({ queryKey: ['ticket', outgoing.number] });
      },
      waitsNoMore: (number, scheduled) => replaceScheduled(queries, number, scheduled, null),
      left: (number, isTooLate) => {
        if (isTooLate) say(t('outbox.tooLate', { number }));
        void queries.invalidateQueries({ queryKey: ['ticket', number] });
        refreshLists(queries);
      },
      notUndone: ({ number }, error) => sayProblem(error, t, t('outbox.notUndone', { number })),
      refused: (conflict) => {
        const { number } = conflict;
        replaceTicket(queries, conflict.current.ticket);
        void queries.invalidateQueries({ queryKey: ['ticket', number] });
        void router.navigate({ to: '/tickets/$number', params: { number }, search: true });
      },
    };
    return new Outbox(desk, me.id, outcomes);
  });
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if (outbox.isGiving) event.preventDefault();
    };
    const part = (): void => outbox.part();
    window.addEventListener('beforeunload', warn);
    window.addEventListener('pagehide', part);
    return () => {
      window.removeEventListener('beforeunload', warn);
      window.removeEventListener('pagehide', part);
    };
  }, [outbox]);
  return <OutboxContext value={outbox}>{children}</OutboxContext>;
}
