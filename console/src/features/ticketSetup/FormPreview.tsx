import {
  Checkbox,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverLanguage, type Language } from '../../i18n';
import { isServerLanguage, LANGUAGE_NAMES, textIn, type ServerLanguage } from '../setup/languages';
import classes from './FormPreview.module.css';
import type { FieldUse, TicketField } from './kinds';

interface Props {
  uses: readonly FieldUse[];
  fields: readonly TicketField[];
  languages: readonly ServerLanguage[];
}

type Reader = 'requester' | 'agent';

/** The form as its readers will see it; what is typed here goes nowhere. */
export function FormPreview({ uses, fields, languages }: Props) {
  const { t, i18n } = useTranslation();
  const own = serverLanguage(i18n.language as Language);
  const [first = 'en'] = languages;
  const [reader, setReader] = useState<Reader>('requester');
  const [language, setLanguage] = useState(languages.includes(own) ? own : first);
  const shown = uses.filter((use) => reader === 'agent' || use.on_form);
  return (
    <section className={classes.preview} aria-label={t('ticketSetup.preview.title')}>
      <header className={classes.bar}>
        <SegmentedControl
          size="xs"
          aria-label={t('ticketSetup.preview.reader')}
          data={(['requester', 'agent'] as const).map((value) => ({
            value,
            label: t(`ticketSetup.preview.readers.${value}`),
          }))}
          value={reader}
          onChange={setReader}
        />
        {languages.length > 1 && (
          <Select
            size="xs"
            className={classes.language}
            aria-label={t('ticketSetup.preview.language')}
            data={languages.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
            value={language}
            allowDeselect={false}
            onChange={(value) => isServerLanguage(value) && setLanguage(value)}
          />
        )}
      </header>
      <div className={classes.form} lang={language.replace('_', '-')}>
        {shown.length === 0 && (
          <p className={classes.none}>{t(`ticketSetup.preview.none.${reader}`)}</p>
        )}
        {shown.map((use) => {
          const field = fields.find((one) => one.id === use.field_id);
          const isAsked = use.required === 'creation';
          return (
            field && (
              <div key={`${field.id} ${field.kind}`}>
                <FieldPreview field={field} language={language} isRequired={isAsked} />
                {reader === 'agent' && use.required === 'resolve' && (
                  <p className={classes.note}>{t('ticketSetup.required.resolve')}</p>
                )}
              </div>
            )
          );
        })}
      </div>
    </section>
  );
}

interface FieldProps {
  field: TicketField;
  language: ServerLanguage;
  isRequired: boolean;
}

function FieldPreview({ field, language, isRequired }: FieldProps) {
  const { t } = useTranslation();
  const label = textIn(field.names, language) || t('ticketSetup.preview.unnamed');
  const hint = field.hints[language] ?? '';
  const data = field.choices.map(({ id, names }) => ({
    value: id,
    label: textIn(names, language) || t('ticketSetup.choices.unnamed'),
  }));
  const look = { label, description: hint || undefined, withAsterisk: isRequired };
  switch (field.kind) {
    case 'number':
      return <NumberInput {...look} hideControls />;
    case 'date':
      return <TextInput {...look} type="date" />;
    case 'checkbox':
      return <Checkbox label={label} description={hint || undefined} />;
    case 'multi_choice':
      return <MultiSelect {...look} data={data} />;
    case 'text':
      return <Textarea {...look} autosize minRows={2} />;
    default:
      return data.length || field.kind === 'choice' ? (
        <Select {...look} data={data} />
      ) : (
        <TextInput {...look} />
      );
  }
}
