import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useDesk } from '../../api/desk';
import { meQuery } from '../../api/queries';
import type { Me, Status } from '../../api/types';
import { useWords } from '../words/useWords';

/** The signed-in agent. The shell shows nothing before this is known, so it is always there. */
export function useMe(): Me {
  const { data } = useQuery(meQuery(useDesk()));
  if (!data) throw new Error('useMe is for what stands inside the shell.');
  return data;
}

export interface Names {
  agent(id: string): string;
  department(id: string): string;
  /** The desk's own word for a type, a label or a field. */
  own(kind: 'type' | 'label' | 'field', id: string): string;
  /** What a status is called here, with the label that the ticket has. */
  status(status: Status, label: string): string;
}

/**
 * Names for the ids that tickets and events carry; an id nobody knows is shown as it is. The same
 * object until a name changes: rows are drawn anew for nothing else.
 */
export function useNames(): Names {
  const me = useMe();
  const words = useWords();
  return useMemo(
    () => ({
      agent: (id) =>
        id === me.id ? me.name : (me.colleagues.find((one) => one.id === id)?.name ?? id),
      own: (kind, id) => {
        const known = words[kind](id);
        return known ? words.name(known) : id;
      },
      status: (status, label) => words.status(status, label),
      department: (id) => me.all_departments.find((one) => one.id === id)?.name ?? id,
    }),
    [me, words],
  );
}
