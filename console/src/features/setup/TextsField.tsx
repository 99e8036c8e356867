import { TextInput } from '@mantine/core';
import { useId } from 'react';
import { FieldGroup } from './FieldGroup';
import { askedIn, LANGUAGE_NAMES, withText, type ServerLanguage, type Texts } from './languages';
import classes from './TextsField.module.css';

interface Props {
  label: string;
  hint?: string;
  /** The field's name in the setting, under which the desk names its faults. */
  name: string;
  texts: Texts;
  languages: readonly ServerLanguage[];
  onChange: (texts: Texts) => void;
  faultOf: (field: string) => string | undefined;
  isFirst?: boolean;
}

const LONGEST = 120;

/** A name or a hint, once for each language of the desk; one plain field where it has one. */
export function TextsField({
  label,
  hint,
  name,
  texts,
  languages,
  onChange,
  faultOf,
  isFirst = false,
}: Props) {
  const id = useId();
  const asked = askedIn(languages, texts);
  const hasOwn = asked.some((language) => faultOf(`${name}.${language}`));
  const whole = hasOwn ? undefined : faultOf(name);
  const input = (language: ServerLanguage, place: number) => ({
    value: texts[language] ?? '',
    maxLength: LONGEST,
    error: faultOf(`${name}.${language}`) ?? (place === 0 ? whole : undefined),
    onChange: (event: { currentTarget: HTMLInputElement }) =>
      onChange(withText(texts, language, event.currentTarget.value)),
    ...(isFirst && place === 0 ? { 'data-autofocus': true } : {}),
  });
  const [only] = asked;
  if (asked.length === 1 && only) {
    return <TextInput label={label} description={hint} {...input(only, 0)} />;
  }
  return (
    <FieldGroup legend={label} hint={hint}>
      {asked.map((language, place) => (
        <div key={language} className={classes.line}>
          <label htmlFor={`${id}-${language}`}>{LANGUAGE_NAMES[language]}</label>
          <TextInput
            id={`${id}-${language}`}
            aria-label={`${label}, ${LANGUAGE_NAMES[language]}`}
            {...input(language, place)}
          />
        </div>
      ))}
    </FieldGroup>
  );
}
