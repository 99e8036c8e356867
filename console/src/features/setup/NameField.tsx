import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  value: string;
  fault: ReactNode;
  onChange: (name: string) => void;
}

/** What an entry of the set-up is called; as long as the API takes it. */
export function NameField({ value, fault, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t('setup.name')}
      required
      maxLength={120}
      value={value}
      error={fault}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
