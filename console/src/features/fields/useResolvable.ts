import { useTranslation } from 'react-i18next';
import type { Ticket } from '../../api/types';
import { useWords } from '../words/useWords';
import { missingToResolve } from './missing';
import { leadTo } from './refusals';

/** Asks before a ticket is resolved: leads to what is missing, so that nobody waits for a refusal. */
export function useResolvable(ticket: Ticket): () => boolean {
  const { t } = useTranslation();
  const words = useWords();
  return () => {
    const missing = missingToResolve(words.vocabulary, ticket);
    leadTo(
      ticket.number,
      missing.map(({ field_id }) => {
        const field = words.field(field_id);
        const name = field ? words.name(field) : field_id;
        return { field: `fields.${field_id}`, message: t('fields.fillIn', { name }) };
      }),
    );
    return missing.length === 0;
  };
}
