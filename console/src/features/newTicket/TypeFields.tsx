import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { NewTicket } from '../../api/types';
import { FieldInput } from '../fields/FieldInput';
import { typeChoices } from '../fields/typeChoices';
import { useWords } from '../words/useWords';
import classes from './NewTicketDialog.module.css';

interface Props {
  ticket: NewTicket;
  faultOf: (field: string) => string | undefined;
  onChange: (change: Partial<NewTicket>) => void;
}

/** The kind of request and its form; nothing where the desk has no types. */
export function TypeFields({ ticket, faultOf, onChange }: Props) {
  const { t } = useTranslation();
  const words = useWords();
  const type = ticket.type_id ?? '';
  const choices = typeChoices(words, ticket.department_id ?? '', type);
  const uses = words.type(type)?.fields ?? [];
  const values = ticket.fields ?? {};
  if (!choices.length) return null;
  return (
    <>
      <Select
        label={t('fields.type')}
        placeholder={t('fields.noType')}
        data={choices}
        value={type || null}
        clearable
        error={faultOf('type_id')}
        onChange={(type_id) => onChange({ type_id })}
      />
      {uses.length > 0 && (
        <div className={classes.pair}>
          {uses.map(({ field_id: id, required }) => {
            const field = words.field(id);
            return (
              field && (
                <FieldInput
                  key={id}
                  field={field}
                  value={values[id] ?? undefined}
                  needed={required === 'creation' ? t('fields.needed') : ''}
                  error={faultOf(`fields.${id}`)}
                  onChange={(value) => onChange({ fields: { ...values, [id]: value } })}
                />
              )
            );
          })}
        </div>
      )}
    </>
  );
}
