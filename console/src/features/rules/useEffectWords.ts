import { useTranslation } from 'react-i18next';
import type { Effect } from '../../api/answersDesk';
import { useChoices } from '../conditions/useChoices';

const FROM: Readonly<Record<string, string>> = {
  priority: 'priorities',
  status: 'statuses',
  department: 'departments',
  assignee: 'agents',
  type: 'ticket_types',
  set_policy: 'policies',
  call_webhook: 'webhooks',
};

/** Says what a rule would do: what it is called, and the names of what was there and will be. */
export function useEffectWords(): (effect: Effect) => Effect & { label: string } {
  const { t } = useTranslation();
  const choices = useChoices();
  const translate = t as (key: string, options: { defaultValue: string }) => string;
  const named = (from: string | undefined, id: string): string =>
    choices[from ?? '']?.find(({ value }) => value === id)?.label ?? id;
  const told = (name: string): string => {
    const [kind = '', id = ''] = name.split(':');
    if (kind === 'agent') return named('agents', id);
    if (kind === 'department') return named('departments', id);
    return translate(`rules.told.${kind}`, { defaultValue: name });
  };
  return ({ what, before, after }) => {
    const field = what.startsWith('field:') ? named('fields', what.slice('field:'.length)) : '';
    const label = field || translate(`rules.effects.${what}`, { defaultValue: what });
    if (what === 'notify') return { what, label, before: '', after: told(after) };
    return { what, label, before: named(FROM[what], before), after: named(FROM[what], after) };
  };
}
