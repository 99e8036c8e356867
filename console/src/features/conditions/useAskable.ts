import { useTranslation } from 'react-i18next';
import { nameIn, useWords } from '../words/useWords';
import type { Choice, Operator, ValueKind } from './types';
import { useChoices } from './useChoices';

export interface Askable {
  /** As conditions name it. */
  field: string;
  label: string;
  /** The same where it stands within a sentence; the names that a desk gave stay as they are. */
  inSentence: string;
  kind: ValueKind;
  /** In the order in which they are offered. */
  operators: readonly Operator[];
  /** Undefined where any text may stand. */
  choices: readonly Choice[] | undefined;
  suggestsTags: boolean;
}

const CUSTOM = 'field:';

/**
 * What conditions can ask about, as the desk tells it: the fields of every ticket, and its own.
 * `ofAMoment` adds what is known only while something happens.
 */
export function useAskable({ ofAMoment }: { ofAMoment: boolean }): Askable[] {
  const { t, i18n } = useTranslation();
  const words = useWords();
  const choices = useChoices();
  const translate = t as (key: string, options: { defaultValue: string }) => string;
  return (words.vocabulary?.conditions ?? [])
    .filter((known) => ofAMoment || !known.of_a_moment)
    .map(({ field, kind, operators, values_from }) => {
      const own = field.startsWith(CUSTOM) ? words.field(field.slice(CUSTOM.length)) : undefined;
      const label = own
        ? nameIn(own.names, i18n.language) || own.id
        : translate(`conditions.fields.${field}`, { defaultValue: field });
      return {
        field,
        kind,
        operators,
        label,
        inSentence: own ? label : label.charAt(0).toLocaleLowerCase(i18n.language) + label.slice(1),
        choices:
          own && values_from === 'fields'
            ? own.choices.map(({ id, names }) => ({
                value: id,
                label: nameIn(names, i18n.language) || id,
              }))
            : choices[values_from],
        suggestsTags: values_from === 'tags',
      };
    });
}
