import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ContactBody } from '../../api/contactsDesk';

/** Does it, and reads anew what shows customers. */
export function useChangeContact(work: () => Promise<ContactBody>, onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: work,
    onSuccess: async () => {
      onDone();
      await queries.invalidateQueries({ queryKey: ['contact'] });
    },
  });
}
