import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { durationInWords, readDuration } from './duration';

interface Props extends Omit<TextInputProps, 'value' | 'onChange' | 'error'> {
  /** Undefined where nothing is promised. */
  minutes: number | undefined;
  error?: string | undefined;
  onChange: (minutes: number | undefined) => void;
}

/** A number of minutes, written and read as "1 h 30 min". */
export function DurationInput({ minutes, error, onChange, ...look }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (minutes === undefined ? '' : durationInWords(minutes, t));
  const isWrong = typed !== null && typed.trim() !== '' && readDuration(typed) === undefined;
  return (
    <TextInput
      {...look}
      value={shown}
      data-wrong={isWrong || undefined}
      error={isWrong ? t('promises.duration.wrong') : error}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        onChange(readDuration(text));
      }}
      onBlur={() => {
        if (!isWrong) setTyped(null);
      }}
    />
  );
}
