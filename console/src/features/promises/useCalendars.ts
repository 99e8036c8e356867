import { useQuery } from '@tanstack/react-query';
import { useDesk } from '../../api/desk';
import { settingsQuery } from '../../api/queries';

/** Business hours to choose from, by name, and what one of them is called. */
export function useCalendars() {
  const { data } = useQuery(settingsQuery(useDesk(), 'calendars'));
  const choices = (data ?? [])
    .map(({ setting }) => ({ value: setting.id, label: setting.name }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
  return {
    choices,
    isNone: data?.length === 0,
    nameOf: (id: string) => choices.find(({ value }) => value === id)?.label ?? id,
  };
}
