import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fault } from '../setup/faults';
import { FieldGroup } from '../setup/FieldGroup';
import { ConditionRow } from './ConditionRow';
import classes from './Conditions.module.css';
import { usePredicateWords } from './conditionWords';
import type { Condition, Predicate } from './types';
import { useAskable, type Askable } from './useAskable';

const MOST_CONDITIONS = 20;

interface Props {
  value: Predicate;
  onChange: (value: Predicate) => void;
  /** What the desk refused, by field. */
  faults: Fault[];
  /** What it means when nothing is asked. */
  without: string;
  legend: string;
  /** Whether what is known only while something happens can be asked too. */
  ofAMoment?: boolean;
  /** Where the predicate stands in its setting. */
  at?: string;
  /** Off where the conditions are part of a sentence that stands elsewhere. */
  isSaid?: boolean;
}

type Group = keyof Predicate;

/** Conditions that are all asked, alternatives of which one is enough, and both as a sentence. */
export function PredicateEditor(props: Props) {
  const { value, onChange, faults, without, legend } = props;
  const { ofAMoment = false, at = 'conditions', isSaid = true } = props;
  const { t } = useTranslation();
  const askable = useAskable({ ofAMoment });
  const say = usePredicateWords(askable);
  const [hasAny, setAny] = useState(value.any_of.length > 0);
  const isFull = value.all_of.length + value.any_of.length >= MOST_CONDITIONS;
  const whole = faults.find(({ field }) => field === at);
  const group = (name: Group) => ({
    askable,
    isFull,
    conditions: value[name],
    faultOf: (place: number) =>
      faults.find(({ field }) => field.startsWith(`${at}.${name}.${place}.`))?.message,
    onChange: (conditions: Condition[]) => onChange({ ...value, [name]: conditions }),
  });
  return (
    <FieldGroup legend={legend} fault={whole?.message}>
      <Rows {...group('all_of')} label={t('conditions.allOf')} addLabel={t('conditions.add')} />
      {hasAny || value.any_of.length > 0 ? (
        <>
          <p className={classes.between}>{t('conditions.anyOf')}</p>
          <Rows
            {...group('any_of')}
            label={t('conditions.anyOf')}
            addLabel={t('conditions.addAlternative')}
          />
        </>
      ) : (
        <div>
          <Button size="compact-sm" variant="subtle" onClick={() => setAny(true)}>
            {t('conditions.withAlternatives')}
          </Button>
        </div>
      )}
      {(isSaid || !say(value)) && (
        <p className={isSaid ? classes.sentence : classes.hint} role="status">
          {say(value) || without}
        </p>
      )}
    </FieldGroup>
  );
}

interface RowsProps {
  askable: readonly Askable[];
  conditions: Condition[];
  label: string;
  addLabel: string;
  isFull: boolean;
  faultOf: (place: number) => string | undefined;
  onChange: (conditions: Condition[]) => void;
}

function Rows({ askable, conditions, label, addLabel, isFull, faultOf, onChange }: RowsProps) {
  const { t } = useTranslation();
  const adder = useRef<HTMLButtonElement>(null);
  const [added, setAdded] = useState(-1);
  const add = (): void => {
    const [first] = askable;
    const [operator] = first?.operators ?? [];
    if (!first || !operator) return;
    setAdded(conditions.length);
    onChange([...conditions, { field: first.field, operator, values: [] }]);
  };
  return (
    <>
      {conditions.length > 0 && (
        <ul className={classes.rows} aria-label={label}>
          {conditions.map((condition, place) => (
            <li key={place}>
              <ConditionRow
                askable={askable}
                condition={condition}
                count={place + 1}
                fault={faultOf(place)}
                isNew={place === added}
                onChange={(wanted) => onChange(conditions.with(place, wanted))}
                onRemove={() => {
                  setAdded(-1);
                  onChange(conditions.toSpliced(place, 1));
                  adder.current?.focus();
                }}
              />
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button
          ref={adder}
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabled={isFull || !askable.length}
          onClick={add}
        >
          {addLabel}
        </Button>
        {isFull && (
          <span className={classes.hint}> {t('conditions.full', { count: MOST_CONDITIONS })}</span>
        )}
      </div>
    </>
  );
}
