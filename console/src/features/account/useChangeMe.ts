import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { keys } from '../../api/queries';
import type { Me, MeChange } from '../../api/types';
import { sayProblem } from '../../app/say';

/** Changes one's own profile: shown at once, put back when the server refuses. */
export function useChangeMe(): (change: MeChange) => void {
  const desk = useDesk();
  const queries = useQueryClient();
  const { t } = useTranslation();
  const { mutate } = useMutation({
    scope: { id: 'me' },
    mutationFn: (change: MeChange) => desk.changeMe(change),
    onMutate: async ({ available, notices, language, quiet_hours: quiet }) => {
      await queries.cancelQueries({ queryKey: keys.me });
      const before = queries.getQueryData<Me>(keys.me);
      const shown = {
        ...(available == null ? {} : { available }),
        ...(notices ? { notices } : {}),
        ...(language ? { language } : {}),
        ...(quiet === undefined ? {} : { quiet_hours: quiet && { urgent_passes: true, ...quiet } }),
      };
      queries.setQueryData<Me>(keys.me, (me) => me && { ...me, ...shown });
      return { before };
    },
    onSuccess: (me) => queries.setQueryData(keys.me, me),
    onError: (error, _change, context) => {
      queries.setQueryData(keys.me, context?.before);
      sayProblem(error, t);
    },
  });
  return mutate;
}
