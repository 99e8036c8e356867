import { NumberInput, Radio, Select, Stack, Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormProps } from '../setup/formProps';
import { SinglePage } from '../setup/SinglePage';
import { TICKET_RULES } from './blank';
import classes from './TicketRulesPage.module.css';

const HOURS = { hours: 1, days: 24 } as const;
type Unit = keyof typeof HOURS;
const MOST_HOURS = 10 * 366 * 24;
/** How long the desk keeps what was thrown away; the same for every desk. */
const RESTORE_DAYS = 30;

export function TicketRulesPage() {
  return <SinglePage kind="ticket-rules" fallback={TICKET_RULES} fields={RulesFields} />;
}

function RulesFields({ form }: FormProps<'ticket-rules'>) {
  const { t } = useTranslation();
  const { value, change, fault } = form;
  return (
    <>
      <ReopenWindow
        hours={value.reopen_hours}
        fault={fault('reopen_hours')}
        onChange={(hours) => change({ reopen_hours: hours })}
      />
      <Switch
        label={t('ticketSetup.rules.type')}
        description={t('ticketSetup.rules.typeHint')}
        checked={value.type_to_resolve}
        onChange={(event) => change({ type_to_resolve: event.currentTarget.checked })}
      />
      <div>
        <div className={classes.label}>{t('ticketSetup.rules.restore')}</div>
        <p className={classes.dim}>
          {t('ticketSetup.rules.restoreWords', { count: RESTORE_DAYS })}
        </p>
      </div>
    </>
  );
}

interface WindowProps {
  /** Null is for ever. */
  hours: number | null;
  fault: string | undefined;
  onChange: (hours: number | null) => void;
}

/** For how long a customer's message opens a closed ticket again. */
function ReopenWindow({ hours, fault, onChange }: WindowProps) {
  const { t } = useTranslation();
  const [last, setLast] = useState(hours ?? 14 * HOURS.days);
  const [unit, setUnit] = useState<Unit>(last % HOURS.days ? 'hours' : 'days');
  const set = (wanted: number): void => {
    setLast(wanted);
    onChange(wanted);
  };
  const shown = Math.round(last / HOURS[unit]);
  return (
    <Radio.Group
      label={t('ticketSetup.rules.reopen')}
      description={t('ticketSetup.rules.reopenHint')}
      value={hours === null ? 'ever' : 'window'}
      error={fault}
      onChange={(value) => onChange(value === 'ever' ? null : last)}
    >
      <Stack gap={10} mt={8}>
        <Radio value="window" label={t('ticketSetup.rules.forSome')} />
        {hours !== null && (
          <div className={classes.span}>
            <NumberInput
              className={classes.number}
              aria-label={t('ticketSetup.rules.howLong')}
              value={shown}
              min={0}
              max={Math.floor(MOST_HOURS / HOURS[unit])}
              allowDecimal={false}
              clampBehavior="strict"
              onChange={(typed) => set(Number(typed) * HOURS[unit])}
            />
            <Select
              className={classes.unit}
              aria-label={t('ticketSetup.rules.unit')}
              data={(['hours', 'days'] as const).map((value) => ({
                value,
                label: t(`ticketSetup.rules.units.${value}`),
              }))}
              value={unit}
              allowDeselect={false}
              onChange={(value) => {
                if (value !== 'hours' && value !== 'days') return;
                setUnit(value);
                set(shown * HOURS[value]);
              }}
            />
          </div>
        )}
        {hours === 0 && <p className={classes.dim}>{t('ticketSetup.rules.never')}</p>}
        <Radio value="ever" label={t('ticketSetup.rules.forEver')} />
      </Stack>
    </Radio.Group>
  );
}
