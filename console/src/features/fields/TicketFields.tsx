import { Select } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ticket } from '../../api/types';
import type { FieldValue } from '../../api/vocabulary';
import { useShortcut } from '../keyboard/shortcuts';
import { useMe } from '../people/useNames';
import { useTicketActions } from '../ticket/useTicketActions';
import { useWords } from '../words/useWords';
import { FieldInput } from './FieldInput';
import classes from './Fields.module.css';
import { missingToResolve } from './missing';
import { forgetRefusal, useRefusals } from './refusals';
import { typeChoices } from './typeChoices';

/** The kind of request and its form; each field is kept when it is left. */
export function TicketFields({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const words = useWords();
  const { number } = ticket;
  const { change } = useTicketActions(number);
  const canChange = useMe().role !== 'collaborator' && !ticket.merged_into;
  const refusals = useRefusals(number);
  const box = useRef<HTMLDivElement>(null);
  const sought = refusals[0]?.field;
  useEffect(() => {
    if (!sought) return;
    box.current?.querySelector<HTMLElement>(`[data-field="${sought}"]`)?.focus();
  }, [refusals, sought]);
  useShortcut('fields', () => box.current?.querySelector('input')?.focus());
  if (!words.vocabulary) return <div className={classes.skeleton} aria-hidden />;
  const uses = words.type(ticket.type_id)?.fields ?? [];
  const missing = missingToResolve(words.vocabulary, ticket);
  const told = (field: string) => refusals.find((one) => one.field === field)?.message;
  const fill = (id: string, value: FieldValue | null): void => {
    forgetRefusal(number, `fields.${id}`);
    change({ fields: { [id]: value } });
  };
  const neededFor = (id: string): string =>
    missing.some((use) => use.field_id === id) ? t('fields.neededToResolve') : '';
  return (
    <div ref={box} className={classes.fields}>
      <Select
        size="xs"
        label={t('fields.type')}
        placeholder={t('fields.noType')}
        data={typeChoices(words, ticket.department_id, ticket.type_id)}
        value={ticket.type_id || null}
        clearable
        disabled={!canChange}
        data-field="type_id"
        data-autofocus={sought === 'type_id' || undefined}
        error={told('type_id')}
        onChange={(type_id) => {
          forgetRefusal(number, 'type_id');
          change({ type_id: type_id ?? '' });
        }}
      />
      {uses.map(({ field_id: id }) => {
        const field = words.field(id);
        return (
          field && (
            <FieldInput
              key={`${number} ${id}`}
              size="xs"
              field={field}
              value={ticket.fields[id]}
              needed={neededFor(id)}
              disabled={!canChange}
              error={told(`fields.${id}`)}
              isSought={sought === `fields.${id}`}
              onChange={(value) => fill(id, value)}
            />
          )
        );
      })}
    </div>
  );
}
