import { useTranslation } from 'react-i18next';
import type { Setting } from '../../api/settings';
import { usePredicateWords } from '../conditions/conditionWords';
import { useStepWords } from '../conditions/steps';
import { useAskable } from '../conditions/useAskable';

export type EventRule = Setting<'event-rules'>;
export type Trigger = EventRule['on'][number];

export const TRIGGERS: readonly Trigger[] = ['created', 'customer_wrote', 'agent_wrote', 'changed'];

/** Says a rule as one sentence. */
export function useEventRuleWords(): (rule: EventRule) => string {
  const { t, i18n } = useTranslation();
  const sayConditions = usePredicateWords(useAskable({ ofAMoment: true }));
  const saySteps = useStepWords();
  const either = new Intl.ListFormat(i18n.language, { type: 'disjunction' });
  return (rule) => {
    const said = {
      on: either.format(rule.on.map((one) => t(`rules.onSaid.${one}`))) || t('rules.never'),
      steps: saySteps(rule.steps) || t('rules.nothing'),
    };
    const conditions = sayConditions(rule.conditions);
    return conditions ? t('rules.saidIf', { ...said, conditions }) : t('rules.said', said);
  };
}
