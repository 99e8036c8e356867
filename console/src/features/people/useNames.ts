import { useQuery } from '@tanstack/react-query';
import { useDesk } from '../../api/desk';
import { meQuery } from '../../api/queries';
import type { Me } from '../../api/types';
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
}

/** Names for the ids that tickets and events carry; an id nobody knows is shown as it is. */
export function useNames(): Names {
  const me = useMe();
  const words = useWords();
  return {
    agent: (id) =>
      id === me.id ? me.name : (me.colleagues.find((one) => one.id === id)?.name ?? id),
    own: (kind, id) => {
      const known = words[kind](id);
      return known ? words.name(known) : id;
    },
    department: (id) => me.all_departments.find((one) => one.id === id)?.name ?? id,
  };
}
