import { ActionIcon, Button, Select } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fault } from '../setup/faults';
import { FieldGroup } from '../setup/FieldGroup';
import classes from './Conditions.module.css';
import { STEPS_BY_TIME, stepOf } from './steps';
import { StepValue } from './StepValue';
import type { Step, StepKind } from './types';

const MOST_STEPS = 10;

interface Props {
  value: Step[];
  onChange: (steps: Step[]) => void;
  legend: string;
  /** What it means when nothing is done. */
  without: string;
  faults: Fault[];
  /** Where the steps stand in their setting. */
  at: string;
  allowed?: readonly StepKind[];
}

/** What is done, one after the other. */
export function StepsEditor(props: Props) {
  const { value, onChange, legend, without, faults, at, allowed = STEPS_BY_TIME } = props;
  const { t } = useTranslation();
  const adder = useRef<HTMLButtonElement>(null);
  const [added, setAdded] = useState(-1);
  const whole = faults.find(({ field }) => field === at);
  const add = (): void => {
    const kind = allowed.find((one) => value.every((step) => step.kind !== one)) ?? allowed[0];
    if (!kind) return;
    setAdded(value.length);
    onChange([...value, stepOf(kind)]);
  };
  const swap = (from: number, to: number): void => {
    const [one, other] = [value[from], value[to]];
    if (one && other) onChange(value.with(from, other).with(to, one));
  };
  return (
    <FieldGroup legend={legend} fault={whole?.message}>
      {value.length === 0 ? (
        <p className={classes.hint}>{without}</p>
      ) : (
        <ol className={classes.rows} aria-label={legend}>
          {value.map((step, place) => (
            <li key={place}>
              <StepRow
                step={step}
                count={place + 1}
                isNew={place === added}
                allowed={allowed}
                fault={faults.find(({ field }) => field.startsWith(`${at}.${place}.`))?.message}
                onChange={(wanted) => onChange(value.with(place, wanted))}
                onUp={place > 0 ? () => swap(place, place - 1) : undefined}
                onDown={place < value.length - 1 ? () => swap(place, place + 1) : undefined}
                onRemove={() => {
                  setAdded(-1);
                  onChange(value.toSpliced(place, 1));
                  adder.current?.focus();
                }}
              />
            </li>
          ))}
        </ol>
      )}
      <div>
        <Button
          ref={adder}
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabled={value.length >= MOST_STEPS}
          onClick={add}
        >
          {t('steps.add')}
        </Button>
      </div>
    </FieldGroup>
  );
}

interface RowProps {
  step: Step;
  count: number;
  isNew: boolean;
  allowed: readonly StepKind[];
  fault: string | undefined;
  onChange: (step: Step) => void;
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
  onRemove: () => void;
}

function StepRow(props: RowProps) {
  const { step, count, isNew, allowed, fault, onChange, onUp, onDown, onRemove } = props;
  const { t } = useTranslation();
  return (
    <>
      <div className={classes.row} role="group" aria-label={t('steps.one', { count })}>
        <Select
          className={classes.field}
          size="xs"
          autoFocus={isNew}
          aria-label={t('steps.kind')}
          data={allowed.map((kind) => ({ value: kind, label: t(`steps.kinds.${kind}`) }))}
          value={step.kind}
          allowDeselect={false}
          onChange={(kind) => {
            if (kind && kind !== step.kind) onChange(stepOf(kind));
          }}
        />
        <StepValue step={step} isWrong={fault !== undefined} onChange={onChange} />
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('steps.up', { count })}
          aria-disabled={!onUp || undefined}
          onClick={onUp}
        >
          <IconArrowUp size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('steps.down', { count })}
          aria-disabled={!onDown || undefined}
          onClick={onDown}
        >
          <IconArrowDown size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('steps.remove', { count })}
          onClick={onRemove}
        >
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      </div>
      {fault && <p className={classes.fault}>{fault}</p>}
    </>
  );
}
