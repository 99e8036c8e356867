import { useTranslation } from 'react-i18next';
import type { Choice, Step, StepKind } from './types';
import { useChoices } from './useChoices';

/** What a step needs to know besides its kind; a new kind is one line here. */
export const STEP_VALUES: Record<StepKind, 'priorities' | 'departments' | 'tags' | null> = {
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
};

export const ALL_STEPS = Object.keys(STEP_VALUES) as StepKind[];
/** A missed promise is no reason to call the work done. */
export const STEPS_AT_BREACH = ALL_STEPS.filter((kind) => kind !== 'resolve' && kind !== 'close');

/** Says steps in their order as part of a sentence. */
export function useStepWords(): (steps: readonly Step[]) => string {
  const { t, i18n } = useTranslation();
  const choices = useChoices();
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' });
  const labelOf = ({ kind, value }: Step): string => {
    const known: readonly Choice[] = choices[STEP_VALUES[kind] ?? ''] ?? [];
    return known.find((one) => one.value === value)?.label ?? value;
  };
  return (steps) =>
    list.format(steps.map((step) => t(`steps.said.${step.kind}`, { value: labelOf(step) })));
}
