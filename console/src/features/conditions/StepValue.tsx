import { Autocomplete, Select, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWords } from '../words/useWords';
import classes from './Conditions.module.css';
import { STEP_VALUES } from './steps';
import type { Step } from './types';
import { useChoices } from './useChoices';
import { useTagSuggestions } from './useTagSuggestions';

const MOST_CHARACTERS = 10_000;

interface Props {
  step: Step;
  isWrong: boolean;
  onChange: (step: Step) => void;
}

/** What a step needs to know: chosen where there is a list, else written. */
export function StepValue({ step, isWrong, onChange }: Props) {
  const { t } = useTranslation();
  const choices = useChoices();
  const { suggestions } = useTagSuggestions();
  const from = STEP_VALUES[step.kind];
  const look = {
    className: classes.values,
    size: 'xs' as const,
    'aria-label': t('steps.value'),
    error: isWrong,
  };
  if (from === null) return <span className={classes.values} />;
  if (from === 'field') return <FieldStep step={step} isWrong={isWrong} onChange={onChange} />;
  if (from === 'text') {
    return (
      <>
        <span className={classes.values} />
        <Textarea
          {...look}
          className={classes.words}
          aria-label={t('steps.words')}
          placeholder={t('steps.variables', { variable: '{{requester.first_name}}' })}
          autosize
          minRows={2}
          maxRows={10}
          maxLength={MOST_CHARACTERS}
          value={step.text}
          onChange={(event) => onChange({ ...step, text: event.currentTarget.value })}
        />
      </>
    );
  }
  if (from === 'tags') {
    return (
      <Autocomplete
        {...look}
        maxLength={63}
        placeholder={t('steps.tag')}
        data={suggestions}
        value={step.value}
        onChange={(value) => onChange({ ...step, value: value.trim() })}
      />
    );
  }
  return (
    <Select
      {...look}
      searchable={from !== 'priorities'}
      placeholder={t('steps.choose')}
      data={withKept(choices[from] ?? [], step.value)}
      value={step.value || null}
      allowDeselect={false}
      onChange={(value) => onChange({ ...step, value: value ?? '' })}
    />
  );
}

/** One of the desk's own fields, and what stands in it afterwards; nothing empties it. */
function FieldStep({ step, isWrong, onChange }: Props) {
  const { t } = useTranslation();
  const words = useWords();
  const choices = useChoices();
  const known = words.vocabulary?.fields.find(({ id }) => id === step.field);
  const look = { className: classes.values, size: 'xs' as const, error: isWrong };
  const offered =
    known?.kind === 'checkbox'
      ? ['yes', 'no'].map((value) => ({ value, label: t(`steps.${value as 'yes' | 'no'}`) }))
      : known?.choices.map((one) => ({ value: one.id, label: words.name(one) }));
  const write = (value: string | null): void => onChange({ ...step, value: value ?? '' });
  return (
    <>
      <Select
        {...look}
        searchable
        aria-label={t('steps.field')}
        placeholder={t('steps.choose')}
        data={withKept(choices.fields ?? [], step.field)}
        value={step.field || null}
        allowDeselect={false}
        onChange={(field) => onChange({ ...step, field: field ?? '', value: '' })}
      />
      {offered?.length && known?.kind !== 'multi_choice' ? (
        <Select
          {...look}
          clearable
          aria-label={t('steps.value')}
          placeholder={t('steps.empties')}
          data={withKept(offered, step.value)}
          value={step.value || null}
          onChange={write}
        />
      ) : (
        <TextInput
          {...look}
          type={known?.kind === 'date' ? 'date' : 'text'}
          aria-label={t('steps.value')}
          placeholder={t('steps.empties')}
          value={step.value}
          onChange={(event) => write(event.currentTarget.value)}
        />
      )}
    </>
  );
}

/** What was taken out of the set-up meanwhile still stands here, by its id. */
function withKept(known: readonly { value: string; label: string }[], kept: string) {
  const isKnown = !kept || known.some(({ value }) => value === kept);
  return isKnown ? [...known] : [...known, { value: kept, label: kept }];
}
