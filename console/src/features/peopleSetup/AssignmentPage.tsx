import { NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Setting } from '../../api/settings';
import { PRIORITIES } from '../../api/types';
import { DurationInput } from '../promises/DurationInput';
import { FieldGroup } from '../setup/FieldGroup';
import type { FormProps } from '../setup/formProps';
import classes from '../setup/Setup.module.css';
import { SinglePage } from '../setup/SinglePage';
import { useChoices } from '../setup/useChoices';
import own from './AssignmentPage.module.css';

type Rules = Setting<'assignment-rules'>;

const UNTOLD: Rules = {
  id: 'assignment',
  weights_by_priority: {},
  weights_by_type: {},
  release_after_minutes: null,
};
const HEAVIEST = 100;

export function AssignmentPage() {
  return <SinglePage kind="assignment-rules" fallback={UNTOLD} fields={RulesFields} />;
}

/** What a ticket weighs on its agent, and when it leaves one who is away. */
function RulesFields({ form }: FormProps<'assignment-rules'>) {
  const { t } = useTranslation();
  const { value: rules, change, fault } = form;
  const types = useChoices('ticket-types');
  const priorities = PRIORITIES.map((value) => ({ value, label: t(`priority.${value}`) }));
  return (
    <div className={classes.short}>
      <DurationInput
        label={t('peopleSetup.dealing.release')}
        description={t('peopleSetup.dealing.releaseHint')}
        placeholder={t('peopleSetup.dealing.never')}
        minutes={rules.release_after_minutes ?? undefined}
        error={fault('release_after_minutes')}
        onChange={(minutes) => change({ release_after_minutes: minutes ?? null })}
      />
      <Weights
        legend={t('peopleSetup.weights.byPriority')}
        hint={t('peopleSetup.weights.byPriorityHint')}
        empty="1"
        choices={priorities}
        weights={rules.weights_by_priority}
        fault={fault('weights_by_priority')}
        onChange={(weights_by_priority) => change({ weights_by_priority })}
      />
      {types.length > 0 && (
        <Weights
          legend={t('peopleSetup.weights.byType')}
          hint={t('peopleSetup.weights.byTypeHint')}
          empty={t('peopleSetup.weights.asPriority')}
          choices={types}
          weights={rules.weights_by_type}
          fault={fault('weights_by_type')}
          onChange={(weights_by_type) => change({ weights_by_type })}
        />
      )}
    </div>
  );
}

interface WeightsProps {
  legend: string;
  hint: string;
  /** What an empty field stands for. */
  empty: string;
  choices: readonly { value: string; label: string }[];
  weights: Record<string, number>;
  fault: string | undefined;
  onChange: (weights: Record<string, number>) => void;
}

function Weights({ legend, hint, empty, choices, weights, fault, onChange }: WeightsProps) {
  const set = (id: string, typed: number | string): void => {
    const others = Object.entries(weights).filter(([one]) => one !== id);
    const weight = Number(typed);
    onChange(Object.fromEntries(weight ? [...others, [id, weight]] : others));
  };
  return (
    <FieldGroup legend={legend} hint={hint} fault={fault}>
      {choices.map(({ value, label }) => (
        <NumberInput
          key={value}
          classNames={{ root: own.line ?? '', label: own.name ?? '' }}
          label={label}
          placeholder={empty}
          value={weights[value] ?? ''}
          min={1}
          max={HEAVIEST}
          allowDecimal={false}
          allowNegative={false}
          clampBehavior="strict"
          onChange={(typed) => set(value, typed)}
        />
      ))}
    </FieldGroup>
  );
}
