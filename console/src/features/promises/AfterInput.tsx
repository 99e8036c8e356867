import { NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Promises.module.css';
import type { Rule } from './ruleWords';

const UNITS = ['minutes', 'hours', 'days'] as const;
type Unit = (typeof UNITS)[number];
const IN_MINUTES = { minutes: 1, hours: 60 } as const;

interface Props {
  value: Pick<Rule, 'after_minutes' | 'after_days'>;
  fault: (field: string) => string | undefined;
  onChange: (patch: Pick<Rule, 'after_minutes' | 'after_days'>) => void;
}

/** How long: a number and its unit; days are days on the calendar, not 24 open hours. */
export function AfterInput({ value, fault, onChange }: Props) {
  const { t } = useTranslation();
  const [unit, setUnit] = useState<Unit>(() => unitOf(value));
  const count = unit === 'days' ? value.after_days : value.after_minutes / IN_MINUTES[unit] || 0;
  const set = (wanted: number, by: Unit): void =>
    onChange(
      by === 'days'
        ? { after_days: wanted, after_minutes: 0 }
        : { after_days: 0, after_minutes: wanted * IN_MINUTES[by] },
    );
  return (
    <>
      <NumberInput
        className={classes.count}
        label={t('promises.rule.after')}
        min={1}
        allowDecimal={false}
        allowNegative={false}
        value={count}
        error={fault('after_minutes') ?? fault('after_days')}
        onChange={(wanted) => set(Number(wanted), unit)}
      />
      <Select
        className={classes.unit}
        label={t('promises.rule.unit')}
        data={UNITS.map((one) => ({ value: one, label: t(`promises.rule.units.${one}`) }))}
        value={unit}
        allowDeselect={false}
        onChange={(wanted) => {
          if (!wanted) return;
          setUnit(wanted);
          set(count, wanted);
        }}
      />
    </>
  );
}

function unitOf({ after_minutes, after_days }: Props['value']): Unit {
  if (after_days) return 'days';
  return after_minutes % IN_MINUTES.hours ? 'minutes' : 'hours';
}
