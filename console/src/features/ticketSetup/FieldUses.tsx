import { ActionIcon, Button, Checkbox, Group, Select } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FieldGroup } from '../setup/FieldGroup';
import { textIn } from '../setup/languages';
import { moved, OrderButtons } from '../setup/OrderButtons';
import classes from './FieldUses.module.css';
import { KIND_ICONS, REQUIRED_AT, type FieldUse, type TicketField } from './kinds';

interface Props {
  uses: readonly FieldUse[];
  fields: readonly TicketField[];
  onChange: (uses: FieldUse[]) => void;
  onNewField: () => void;
  fault: string | undefined;
}

/** The fields of a type, in order: when each is needed, and whether requesters fill it in. */
export function FieldUses({ uses, fields, onChange, onNewField, fault }: Props) {
  const { t, i18n } = useTranslation();
  const nameOf = (id: string): string => {
    const field = fields.find((one) => one.id === id);
    return (field && textIn(field.names, i18n.language)) || id;
  };
  const free = fields
    .filter((field) => !uses.some((use) => use.field_id === field.id))
    .map(({ id }) => ({ value: id, label: nameOf(id) }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const set = (id: string, part: Partial<FieldUse>): void =>
    onChange(uses.map((use) => (use.field_id === id ? { ...use, ...part } : use)));
  return (
    <FieldGroup legend={t('ticketSetup.type.fields')} fault={fault}>
      {uses.length === 0 && <p className={classes.none}>{t('ticketSetup.type.noFields')}</p>}
      {uses.length > 0 && (
        <ol className={classes.rows}>
          {uses.map((use, place) => {
            const name = nameOf(use.field_id);
            const Icon = KIND_ICONS[fields.find((one) => one.id === use.field_id)?.kind ?? 'text'];
            return (
              <li key={use.field_id} className={classes.row}>
                <div className={classes.top}>
                  <Icon size={16} aria-hidden />
                  <span className={classes.name}>{name}</span>
                  <OrderButtons
                    name={name}
                    place={place}
                    count={uses.length}
                    onMove={(to) => onChange(moved(uses, place, to))}
                  />
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size={26}
                    aria-label={t('ticketSetup.type.leaveOut', { name })}
                    onClick={() => onChange(uses.filter((one) => one.field_id !== use.field_id))}
                  >
                    <IconX size={15} aria-hidden />
                  </ActionIcon>
                </div>
                <div className={classes.choices}>
                  <Select
                    size="xs"
                    className={classes.required}
                    aria-label={t('ticketSetup.type.whenNeeded', { name })}
                    data={REQUIRED_AT.map((value) => ({
                      value,
                      label: t(`ticketSetup.required.${value}`),
                    }))}
                    value={use.required}
                    allowDeselect={false}
                    onChange={(value) => value && set(use.field_id, { required: value })}
                  />
                  <Checkbox
                    size="xs"
                    label={t('ticketSetup.type.onForm')}
                    aria-label={t('ticketSetup.type.onFormOf', { name })}
                    checked={use.on_form}
                    onChange={(event) =>
                      set(use.field_id, { on_form: event.currentTarget.checked })
                    }
                  />
                </div>
                {use.required === 'creation' && !use.on_form && (
                  <p className={classes.dim}>{t('ticketSetup.type.agentsAsked')}</p>
                )}
              </li>
            );
          })}
        </ol>
      )}
      <Group gap={8} align="flex-end">
        {free.length > 0 && (
          <Select
            size="xs"
            searchable
            className={classes.add}
            aria-label={t('ticketSetup.type.addField')}
            placeholder={t('ticketSetup.type.addField')}
            data={free}
            value={null}
            onChange={(id) =>
              id && onChange([...uses, { field_id: id, required: 'never', on_form: true }])
            }
          />
        )}
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={onNewField}
        >
          {t('ticketSetup.type.newField')}
        </Button>
      </Group>
    </FieldGroup>
  );
}
