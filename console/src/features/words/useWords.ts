import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { vocabularyQuery } from '../../api/queries';
import type { Status } from '../../api/types';
import type { CustomField, StatusLabel, TicketType, Vocabulary } from '../../api/vocabulary';

type Names = Record<string, string>;

export interface Words {
  /** Null until the desk has told. */
  vocabulary: Vocabulary | null;
  /** What a status is called here, with the label that the ticket has. */
  status(status: Status, label?: string): string;
  label(id: string): StatusLabel | undefined;
  type(id: string): TicketType | undefined;
  field(id: string): CustomField | undefined;
  name(named: { id: string; names: Names }): string;
  hint(field: CustomField): string;
}

/** The desk's own words in the reader's language; without any, those of the console. */
export function useWords(): Words {
  const { t, i18n } = useTranslation();
  const { data } = useQuery(vocabularyQuery(useDesk()));
  const vocabulary = data ?? null;
  return useMemo(
    () => wordsOf(vocabulary, i18n.language, (status) => t(`status.${status}`)),
    [vocabulary, i18n.language, t],
  );
}

function wordsOf(
  vocabulary: Vocabulary | null,
  language: string,
  usual: (status: Status) => string,
): Words {
  const inWords = (names: Names) => nameIn(names, language);
  const label = (id: string) => vocabulary?.labels.find((one) => one.id === id);
  return {
    vocabulary,
    label,
    type: (id) => vocabulary?.types.find((one) => one.id === id),
    field: (id) => vocabulary?.fields.find((one) => one.id === id),
    name: ({ id, names }) => inWords(names) || id,
    hint: ({ hints }) => inWords(hints),
    status: (status, chosen) => {
      const own = chosen ? label(chosen) : undefined;
      const instead = vocabulary?.labels.find(
        (one) => one.is_name_of_status && one.status === status,
      );
      const named = own ?? instead;
      return (named && inWords(named.names)) || usual(status);
    },
  };
}

/** By the whole tag of the language, then by its first part, then whatever is there. */
export function nameIn(names: Names, language: string): string {
  const underscored = language.replace('-', '_');
  const [first = ''] = language.split('-');
  const known = [language, underscored, first].find((tag) => names[tag]);
  return (known && names[known]) || (Object.values(names)[0] ?? '');
}
