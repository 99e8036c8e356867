import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useDesk } from '../../api/desk';
import type { ContactBody } from '../../api/contactsDesk';

const TYPING_MS = 250;
const FEWEST_LETTERS = 2;

export interface Suggestion {
  label: string;
  name: string;
  email: string;
}

/** Customers who have what was typed in their name, address or organisation; those before stay. */
export function useContactsLike(text: string): Suggestion[] {
  const desk = useDesk();
  const [settled] = useDebouncedValue(text.trim(), TYPING_MS);
  const isEnough = settled.length >= FEWEST_LETTERS;
  const { data } = useQuery({
    queryKey: ['contact', 'like', settled.toLowerCase()],
    queryFn: () => desk.contacts.search(settled),
    enabled: isEnough,
    placeholderData: (before) => before,
    retry: false,
  });
  return isEnough ? (data?.contacts ?? []).map(suggestionOf) : [];
}

function suggestionOf({ name, addresses, organisation_name }: ContactBody): Suggestion {
  const email = addresses[0] ?? '';
  return { label: [name, email, organisation_name].filter(Boolean).join(' · '), name, email };
}
