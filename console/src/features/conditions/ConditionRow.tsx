import { ActionIcon, Select } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './Conditions.module.css';
import { operatorWords } from './conditionWords';
import { takesOneValue, takesValue, type Condition, type Operator } from './types';
import type { Askable } from './useAskable';
import { ValuesInput } from './ValuesInput';

interface Props {
  askable: readonly Askable[];
  condition: Condition;
  count: number;
  fault: string | undefined;
  /** Just added: it takes the focus. */
  isNew: boolean;
  onChange: (condition: Condition) => void;
  onRemove: () => void;
}

/** One question: a field, how it is asked, and the values. */
export function ConditionRow(props: Props) {
  const { askable, condition, count, fault, isNew, onChange, onRemove } = props;
  const { t } = useTranslation();
  const known = askable.find(({ field }) => field === condition.field);
  const kind = known?.kind ?? 'text';
  const operators = known?.operators ?? [condition.operator];
  const chooseField = (field: string | null): void => {
    const next = askable.find((one) => one.field === field);
    const [operator] = next?.operators ?? [];
    if (next && operator && next.field !== condition.field) {
      onChange({ field: next.field, operator, values: [] });
    }
  };
  const chooseOperator = (operator: Operator): void => {
    const kept = takesOneValue(operator) ? condition.values.slice(0, 1) : condition.values;
    onChange({ ...condition, operator, values: takesValue(operator) ? kept : [] });
  };
  return (
    <>
      <div className={classes.row} role="group" aria-label={t('conditions.one', { count })}>
        <Select
          className={classes.field}
          size="xs"
          searchable
          autoFocus={isNew}
          aria-label={t('conditions.field')}
          data={[
            ...askable.map(({ field, label }) => ({ value: field, label })),
            // What was taken out of the set-up meanwhile still stands here, by its id.
            ...(known ? [] : [{ value: condition.field, label: condition.field }]),
          ]}
          value={condition.field}
          allowDeselect={false}
          onChange={chooseField}
        />
        <Select
          className={classes.operator}
          size="xs"
          aria-label={t('conditions.operator')}
          data={operators.map((value) => ({ value, label: operatorWords(value, kind, t) }))}
          value={condition.operator}
          allowDeselect={false}
          onChange={(operator) => {
            if (operator) chooseOperator(operator);
          }}
        />
        {takesValue(condition.operator) ? (
          <ValuesInput
            key={`${condition.field} ${condition.operator}`}
            known={known}
            operator={condition.operator}
            values={condition.values}
            isWrong={fault !== undefined}
            onChange={(values) => onChange({ ...condition, values })}
          />
        ) : (
          <span className={classes.values} />
        )}
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('conditions.remove', { count })}
          onClick={onRemove}
        >
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      </div>
      {fault && <p className={classes.fault}>{fault}</p>}
    </>
  );
}
