import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useDesk } from '../../api/desk';
import { keys } from '../../api/queries';

const PAUSE_MS = 200;

/** Tags that begin as typed, those that were given most often first. */
export function useTagSuggestions() {
  const { vocabulary } = useDesk();
  const [search, setSearch] = useState('');
  const [prefix] = useDebouncedValue(search.trim().toLowerCase(), PAUSE_MS);
  const { data } = useQuery({
    queryKey: keys.tags(prefix),
    queryFn: () => vocabulary.tags(prefix),
    placeholderData: keepPreviousData,
  });
  return { suggestions: data ?? [], search, setSearch };
}
