import { useQuery } from '@tanstack/react-query';
import { useDesk } from '../../api/desk';
import { meQuery } from '../../api/queries';
import type { Me } from '../../api/types';

/** The signed-in agent. The shell shows nothing before this is known, so it is always there. */
export function useMe(): Me {
  const { data } = useQuery(meQuery(useDesk()));
  if (!data) throw new Error('useMe is for what stands inside the shell.');
  return data;
}

export interface Names {
  agent(id: string): string;
  department(id: string): string;
}

/** Names for the ids that tickets and events carry; an id nobody knows is shown as it is. */
export function useNames(): Names {
  const me = useMe();
  return {
    agent: (id) =>
      id === me.id ? me.name : (me.colleagues.find((one) => one.id === id)?.name ?? id),
    department: (id) => me.all_departments.find((one) => one.id === id)?.name ?? id,
  };
}
