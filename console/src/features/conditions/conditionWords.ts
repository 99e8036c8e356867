import { useTranslation } from 'react-i18next';
import type { Translate } from '../../i18n';
import { takesValue, type Condition, type Operator, type Predicate, type ValueKind } from './types';
import type { Askable } from './useAskable';

/** What an operator is called: of words and of dates some have names of their own. */
export function operatorWords(operator: Operator, kind: ValueKind, t: Translate): string {
  if (kind === 'words' && (operator === 'has' || operator === 'has_not')) {
    return t(`conditions.operators.word_${operator}`);
  }
  if (kind === 'date' && (operator === 'at_least' || operator === 'at_most')) {
    return t(`conditions.operators.date_${operator}`);
  }
  return t(`conditions.operators.${operator}`);
}

/** Says a predicate as a sentence without a full stop; empty where nothing is asked. */
export function usePredicateWords(askable: readonly Askable[]): (asked: Predicate) => string {
  const { t, i18n } = useTranslation();
  const every = new Intl.ListFormat(i18n.language, { type: 'conjunction' });
  const either = new Intl.ListFormat(i18n.language, { type: 'disjunction' });
  const say = (condition: Condition): string => {
    const known = askable.find(({ field }) => field === condition.field);
    const label = known?.inSentence ?? condition.field;
    const operator = operatorWords(condition.operator, known?.kind ?? 'text', t);
    const values = condition.values.map(
      (value) => known?.choices?.find((one) => one.value === value)?.label ?? value,
    );
    if (known?.kind === 'flag') return t('conditions.saidFlag', { field: label, operator });
    if (!takesValue(condition.operator)) {
      return t('conditions.saidAlone', { field: label, operator });
    }
    return t('conditions.said', { field: label, operator, values: either.format(values) });
  };
  return ({ all_of, any_of }) => {
    const all = every.format(all_of.map(say));
    const any = either.format(any_of.map(say));
    if (all && any) return t('conditions.both', { all, any });
    return all || any;
  };
}

/** With the first letter large, where words begin a line. */
export function asSentence(words: string, language: string): string {
  return words.charAt(0).toLocaleUpperCase(language) + words.slice(1);
}
