import { MultiSelect, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './Conditions.module.css';
import { takesOneValue, type Choice, type Operator } from './types';
import type { Askable } from './useAskable';
import { useTagSuggestions } from './useTagSuggestions';

interface Props {
  /** Undefined for a field that is not there any more. */
  known: Askable | undefined;
  operator: Operator;
  values: string[];
  isWrong: boolean;
  onChange: (values: string[]) => void;
}

/** The values of a condition: chosen where the field has a known set of them, else written. */
export function ValuesInput({ known, operator, values, isWrong, onChange }: Props) {
  const { t } = useTranslation();
  const look = {
    className: classes.values,
    size: 'xs' as const,
    'aria-label': t('conditions.values'),
    error: isWrong,
  };
  const one = (value: string | number | bigint | null): void =>
    onChange(value === null || value === '' ? [] : [String(value)]);
  if (known?.choices) {
    const data = withUnknown(known.choices, values);
    if (takesOneValue(operator)) {
      return <Select {...look} data={data} value={values[0] ?? null} onChange={one} />;
    }
    return (
      <MultiSelect
        {...look}
        searchable
        selectFirstOptionOnChange
        hidePickedOptions
        data={data}
        value={values}
        nothingFoundMessage={t('conditions.nothingFound')}
        onChange={onChange}
      />
    );
  }
  if (known?.suggestsTags) return <TagValues look={look} values={values} onChange={onChange} />;
  if (known?.kind === 'number') {
    return <NumberInput {...look} value={values[0] ?? ''} onChange={one} />;
  }
  if (known?.kind === 'date') {
    return (
      <TextInput
        {...look}
        type="date"
        value={values[0] ?? ''}
        onChange={(event) => one(event.currentTarget.value)}
      />
    );
  }
  return (
    <TagsInput
      {...look}
      // A subject may have a comma: what was typed is one value until Enter is pressed.
      splitChars={[]}
      acceptValueOnBlur
      placeholder={values.length ? '' : t('conditions.typeValue')}
      value={values}
      onChange={onChange}
    />
  );
}

interface TagProps {
  look: { className: string | undefined; size: 'xs'; 'aria-label': string; error: boolean };
  values: string[];
  onChange: (values: string[]) => void;
}

function TagValues({ look, values, onChange }: TagProps) {
  const { t } = useTranslation();
  const { suggestions, search, setSearch } = useTagSuggestions();
  return (
    <TagsInput
      {...look}
      splitChars={[' ', ',']}
      acceptValueOnBlur
      placeholder={values.length ? '' : t('conditions.typeValue')}
      data={suggestions}
      searchValue={search}
      onSearchChange={setSearch}
      value={values}
      onChange={onChange}
    />
  );
}

/** A value that was removed from the set-up is shown by its id, so that it can be taken out. */
function withUnknown(choices: readonly Choice[], values: string[]): Choice[] {
  const strange = values.filter((value) => !choices.some((one) => one.value === value));
  return [...choices, ...strange.map((value) => ({ value, label: value }))];
}
