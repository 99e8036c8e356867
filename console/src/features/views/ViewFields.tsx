import { Checkbox, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { COLUMNS, SORTS, SPLITS, type OwnView } from '../../api/savedViews';
import { PredicateEditor } from '../conditions/PredicateEditor';
import type { Fault } from '../setup/faults';
import classes from './Views.module.css';

type Parts = Pick<OwnView, 'name' | 'conditions' | 'sort' | 'split' | 'columns'>;

interface Props {
  value: Parts;
  onChange: (patch: Partial<Parts>) => void;
  faults: Fault[];
}

/** What every view says of itself, shared or one's own. */
export function ViewFields({ value, onChange, faults }: Props) {
  const { t } = useTranslation();
  const fault = (field: string): string | undefined =>
    faults.find((one) => one.field === field)?.message;
  return (
    <>
      <TextInput
        label={t('setup.name')}
        required
        maxLength={120}
        value={value.name}
        error={fault('name')}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <PredicateEditor
        legend={t('savedViews.conditions')}
        without={t('savedViews.everything')}
        value={value.conditions}
        faults={faults}
        onChange={(conditions) => onChange({ conditions })}
      />
      <div className={classes.bar}>
        <Select
          label={t('savedViews.sort')}
          data={SORTS.map((one) => ({ value: one, label: t(`savedViews.sorts.${one}`) }))}
          value={value.sort}
          error={fault('sort')}
          allowDeselect={false}
          onChange={(sort) => {
            if (sort) onChange({ sort });
          }}
        />
        <Select
          label={t('savedViews.split')}
          data={SPLITS.map((one) => ({ value: one, label: t(`savedViews.splits.${one}`) }))}
          value={value.split}
          error={fault('split')}
          allowDeselect={false}
          onChange={(split) => {
            if (split) onChange({ split });
          }}
        />
      </div>
      <Checkbox.Group
        label={t('savedViews.shows')}
        value={value.columns}
        error={fault('columns')}
        onChange={(columns) => onChange({ columns: columns })}
      >
        <div className={classes.columns}>
          {COLUMNS.map((column) => (
            <Checkbox key={column} value={column} label={t(`savedViews.columns.${column}`)} />
          ))}
        </div>
      </Checkbox.Group>
    </>
  );
}
