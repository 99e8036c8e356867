import { Checkbox, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomField, FieldValue } from '../../api/vocabulary';
import { useWords } from '../words/useWords';

interface Props {
  field: CustomField;
  value: FieldValue | undefined;
  /** When it must be filled in, in words; empty when nobody asks for it. */
  needed: string;
  error?: string | undefined;
  disabled?: boolean;
  /** Whether a refusal leads here. */
  isSought?: boolean;
  size?: 'xs' | 'sm';
  /** Null empties the field. Texts are told when they are left, so that each is one change. */
  onChange: (value: FieldValue | null) => void;
}

const MAX_TEXT = 2000;

/** One field of the desk's own, by its kind. Places and things are chosen where they have a list. */
export function FieldInput({ field, value, needed, isSought, onChange, ...rest }: Props) {
  const words = useWords();
  const { t } = useTranslation();
  const shared = {
    size: 'sm' as const,
    ...rest,
    label: words.name(field),
    description: [words.hint(field), needed].filter(Boolean).join(' · ') || undefined,
    'data-field': `fields.${field.id}`,
    'data-autofocus': isSought || undefined,
  };
  const data = field.choices.map((one) => ({ value: one.id, label: words.name(one) }));
  switch (field.kind) {
    case 'number':
      return (
        <WhenLeft
          value={typeof value === 'number' ? String(value) : ''}
          onLeft={(text) => onChange(text === '' ? null : Number(text))}
        >
          {(text, change, leave) => (
            <NumberInput
              {...shared}
              hideControls
              value={text}
              onChange={(next) => change(String(next))}
              onBlur={leave}
              onKeyDown={(event) => event.key === 'Enter' && leave()}
            />
          )}
        </WhenLeft>
      );
    case 'checkbox':
      return (
        <Checkbox
          {...shared}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'multi_choice':
      return (
        <MultiSelect
          {...shared}
          data={data}
          value={Array.isArray(value) ? value : []}
          comboboxProps={{ withinPortal: true }}
          onChange={(chosen) => onChange(chosen.length ? chosen : null)}
        />
      );
    default:
  }
  if (data.length) {
    return (
      <Select
        {...shared}
        data={data}
        value={typeof value === 'string' ? value : null}
        placeholder={t('fields.choose')}
        clearable
        searchable={data.length > 8}
        onChange={onChange}
      />
    );
  }
  return (
    <WhenLeft
      value={typeof value === 'string' ? value : ''}
      onLeft={(text) => onChange(text.trim() || null)}
    >
      {(text, change, leave) => (
        <TextInput
          {...shared}
          type={field.kind === 'date' ? 'date' : 'text'}
          maxLength={MAX_TEXT}
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
          onBlur={leave}
          onKeyDown={(event) => event.key === 'Enter' && leave()}
        />
      )}
    </WhenLeft>
  );
}

interface WhenLeftProps {
  value: string;
  onLeft: (text: string) => void;
  children: (text: string, change: (text: string) => void, leave: () => void) => React.ReactNode;
}

/** Keeps what is typed until the field is left, and follows what others write meanwhile. */
function WhenLeft({ value, onLeft, children }: WhenLeftProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const leave = (): void => {
    if (typed !== null && typed !== value) onLeft(typed);
    setTyped(null);
  };
  return children(typed ?? value, setTyped, leave);
}
