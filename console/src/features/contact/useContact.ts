import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useDesk } from '../../api/desk';
import type { ContactBody } from '../../api/contactsDesk';
import { contactQuery } from '../../api/queries';

const ADDRESS = /^[^\s@,]+@[^\s@,]+\.[^\s@,]+$/;
const TYPING_MS = 250;

export function isAddress(text: string): boolean {
  return ADDRESS.test(text.trim());
}

/** The customer, or the one who stands for him since they were merged. */
export function useContact(id: string): ContactBody | undefined {
  const desk = useDesk();
  const { data } = useQuery(contactQuery(desk, id));
  const into = data?.merged_into ?? '';
  const { data: other } = useQuery({ ...contactQuery(desk, into), enabled: into !== '' });
  return into ? other : data;
}

/** Whose a whole address is: null when the desk does not know it, undefined until it has said. */
export function useContactOf(address: string): ContactBody | null | undefined {
  const desk = useDesk();
  const [settled] = useDebouncedValue(address.trim().toLowerCase(), TYPING_MS);
  const { data } = useQuery({
    queryKey: ['contact', 'address', settled],
    queryFn: () => desk.contacts.find(settled),
    enabled: isAddress(settled),
  });
  return isAddress(settled) && settled === address.trim().toLowerCase() ? data : undefined;
}
