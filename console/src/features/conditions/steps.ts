import { useTranslation } from 'react-i18next';
import type { Choice, Step, StepKind } from './types';
import { useChoices } from './useChoices';

/** Where the value of a step comes from; `text` is words, `field` one of the desk's own fields. */
type From =
  | 'priorities'
  | 'departments'
  | 'tags'
  | 'agents'
  | 'ticket_types'
  | 'policies'
  | 'macros'
  | 'webhooks'
  | 'text'
  | 'field'
  | null;

/** What a step needs to know besides its kind; a new kind is one line here. */
export const STEP_VALUES: Record<StepKind, From> = {
  notify_assignee: null,
  notify_supervisor: null,
  raise_priority: null,
  set_priority: 'priorities',
  add_tag: 'tags',
  escalate: null,
  move_department: 'departments',
  unassign: null,
  resolve: null,
  close: null,
  remove_tag: 'tags',
  set_type: 'ticket_types',
  set_field: 'field',
  assign: 'agents',
  assign_best: null,
  set_policy: 'policies',
  apply_macro: 'macros',
  reply: 'text',
  add_note: 'text',
  notify_agent: 'agents',
  notify_department: 'departments',
  call_webhook: 'webhooks',
  mark_spam: null,
  stop: null,
};

export const ALL_STEPS = Object.keys(STEP_VALUES) as StepKind[];
/** No further rule is asked: only rules that are tried in a row can stop. */
export const STEPS_BY_TIME = ALL_STEPS.filter((kind) => kind !== 'stop');
/** A missed promise is no reason to call the work done, and none to write to the customer. */
export const STEPS_AT_BREACH: readonly StepKind[] = [
  'notify_assignee',
  'notify_supervisor',
  'raise_priority',
  'set_priority',
  'add_tag',
  'escalate',
  'move_department',
  'unassign',
];

export const stepOf = (kind: StepKind, value = ''): Step => ({ kind, value, field: '', text: '' });

/** Says steps in their order as part of a sentence. */
export function useStepWords(): (steps: readonly Step[]) => string {
  const { t, i18n } = useTranslation();
  const choices = useChoices();
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' });
  const labelOf = ({ kind, value, field }: Step): string => {
    const from = STEP_VALUES[kind];
    const known: readonly Choice[] = choices[from === 'field' ? 'fields' : (from ?? '')] ?? [];
    const named = from === 'field' ? field : value;
    return known.find((one) => one.value === named)?.label ?? named;
  };
  return (steps) =>
    list.format(steps.map((step) => t(`steps.said.${step.kind}`, { value: labelOf(step) })));
}
