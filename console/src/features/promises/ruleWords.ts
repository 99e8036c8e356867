import { useTranslation } from 'react-i18next';
import type { Setting } from '../../api/settings';
import { usePredicateWords } from '../conditions/conditionWords';
import { useStepWords } from '../conditions/steps';
import { useAskable } from '../conditions/useAskable';
import { durationInWords } from './duration';
import { useCalendars } from './useCalendars';

export type Rule = Setting<'time-rules'>;

/** Says a rule as one sentence. */
export function useRuleWords(): (rule: Rule) => string {
  const { t } = useTranslation();
  const sayConditions = usePredicateWords(useAskable({ ofAMoment: false }));
  const saySteps = useStepWords();
  const { nameOf } = useCalendars();
  const spanOf = ({ after_days, after_minutes, calendar_id }: Rule): string => {
    const calendar = nameOf(calendar_id);
    if (after_days && calendar_id) {
      return t('promises.rule.workDays', { count: after_days, calendar });
    }
    if (after_days) return t('promises.rule.days', { count: after_days });
    const span = durationInWords(after_minutes, t);
    return calendar_id ? t('promises.rule.openTime', { span, calendar }) : span;
  };
  return (rule) => {
    const said = {
      span: spanOf(rule),
      since: t(`promises.rule.sinceSaid.${rule.since}`),
      steps: saySteps(rule.steps) || t('promises.rule.nothing'),
    };
    const conditions = sayConditions(rule.conditions);
    return conditions
      ? t('promises.rule.saidIf', { ...said, conditions })
      : t('promises.rule.said', said);
  };
}
