import type { Translate } from '../../i18n';
import type { Rule } from './ruleWords';

const BASE: Omit<Rule, 'name' | 'since' | 'steps'> = {
  id: '',
  is_active: false,
  position: 0,
  conditions: { all_of: [], any_of: [] },
  after_minutes: 0,
  after_days: 0,
  calendar_id: '',
};

/** Rules that many desks want; they are off until somebody looks at them and switches them on. */
export const READY_RULES = {
  'close-resolved': (t: Translate): Rule => ({
    ...BASE,
    name: t('promises.rule.ready.close-resolved'),
    since: 'status',
    after_days: 5,
    conditions: { all_of: [{ field: 'status', operator: 'is', values: ['resolved'] }], any_of: [] },
    steps: [{ kind: 'close', value: '', field: '', text: '' }],
  }),
  'resolve-silent': (t: Translate): Rule => ({
    ...BASE,
    name: t('promises.rule.ready.resolve-silent'),
    since: 'last_message',
    after_days: 4,
    conditions: { all_of: [{ field: 'status', operator: 'is', values: ['answered'] }], any_of: [] },
    steps: [{ kind: 'resolve', value: '', field: '', text: '' }],
  }),
  'open-a-day': (t: Translate): Rule => ({
    ...BASE,
    name: t('promises.rule.ready.open-a-day'),
    since: 'customer_waits',
    after_minutes: 24 * 60,
    conditions: {
      all_of: [{ field: 'status', operator: 'is', values: ['new', 'open'] }],
      any_of: [],
    },
    steps: [
      { kind: 'notify_supervisor', value: '', field: '', text: '' },
      { kind: 'raise_priority', value: '', field: '', text: '' },
    ],
  }),
} as const;

export type ReadyRule = keyof typeof READY_RULES;
export const READY = Object.keys(READY_RULES) as ReadyRule[];

export const isReady = (name: string): name is ReadyRule => name in READY_RULES;

export function emptyRule(): Rule {
  return { ...BASE, name: '', since: 'customer_waits', after_minutes: 60, steps: [] };
}
