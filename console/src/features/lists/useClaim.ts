import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { ApiProblem } from '../../api/problems';
import { useHere } from '../../app/here';
import { say, sayProblem } from '../../app/say';
import { useShortcut } from '../keyboard/shortcuts';
import { useOutboxState } from '../outbox/context';
import { useMe } from '../people/useNames';
import { refreshLists } from '../ticket/cache';

/** The *To solve* button: the desk deals the ticket that is due next. */
export function useClaim() {
  const desk = useDesk();
  const me = useMe();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { beside } = useHere();
  const { waiting } = useOutboxState();
  const { t } = useTranslation();
  const { mutate, isPending } = useMutation({
    // What is answered and has not left yet must not be dealt again.
    mutationFn: () => desk.claim(waiting.map((one) => one.number).slice(0, 20)),
    onSuccess: ({ ticket, newly_assigned }) => {
      const { number } = ticket;
      if (newly_assigned) say(t('lists.dealt', { number }));
      refreshLists(queries);
      void navigate({ to: '/tickets/$number', params: { number }, search: beside });
    },
    onError: (error) => {
      if (error instanceof ApiProblem && error.kind === 'nothing-to-solve') {
        say(t('problem.nothingToSolve'));
      } else sayProblem(error, t);
    },
  });
  const mayClaim = me.role === 'agent' || me.role === 'supervisor';
  useShortcut('solveNext', () => mutate(), mayClaim);
  return { claim: mutate, isClaiming: isPending, mayClaim };
}
