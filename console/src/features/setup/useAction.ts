import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { say, sayProblem } from '../../app/say';

interface Wanted<V> {
  act: (value: V) => Promise<unknown>;
  /** What is asked anew when it is done. */
  changes: readonly QueryKey[];
  /** What is said then. */
  done?: (value: V) => string;
}

/** Something that an administrator does; says that it was done, or why not. */
export function useAction<V>({ act, changes, done }: Wanted<V>) {
  const queries = useQueryClient();
  const { t } = useTranslation();
  return useMutation({
    mutationFn: act,
    onSuccess: (_, value) => {
      if (done) say(done(value));
    },
    onError: (error) => sayProblem(error, t),
    onSettled: () =>
      Promise.all(changes.map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}
