import { Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeChange } from '../../api/types';
import { useMe } from '../people/useNames';
import classes from './SettingsDialog.module.css';
import { useChangeMe } from './useChangeMe';

type Hours = NonNullable<MeChange['quiet_hours']>;

const NIGHT = { starts: '20:00', ends: '07:00' };
/** The server's times have seconds, the field's have none. */
const SHOWN = 'HH:MM'.length;

/** When one is not mailed; by the clock on this machine's wall. */
export function QuietHours() {
  const { t } = useTranslation();
  const known = useMe().quiet_hours;
  const changeMe = useChangeMe();
  const [typed, setTyped] = useState<Partial<Hours>>({});
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const hours: Hours | null = known ? { ...known, ...typed } : null;
  const save = (change: Partial<Hours>): void => {
    if (!hours) return;
    setTyped(change);
    const next = { ...hours, ...change, time_zone: zone };
    const isWhole = Boolean(next.starts && next.ends) && shown(next.starts) !== shown(next.ends);
    if (isWhole) changeMe({ quiet_hours: next });
  };
  return (
    <fieldset className={classes.quiet}>
      <legend className={classes.name}>{t('settings.quiet.title')}</legend>
      <p className={classes.hint}>{t('settings.quiet.hint')}</p>
      <Switch
        label={t('settings.quiet.on')}
        checked={known !== null}
        onChange={(event) => {
          setTyped({});
          changeMe({
            quiet_hours: event.currentTarget.checked
              ? { ...NIGHT, time_zone: zone, urgent_passes: true }
              : null,
          });
        }}
      />
      {hours && (
        <div className={classes.quietTimes}>
          <TextInput
            type="time"
            label={t('settings.quiet.starts')}
            value={shown(hours.starts)}
            onChange={(event) => save({ starts: event.currentTarget.value })}
          />
          <TextInput
            type="time"
            label={t('settings.quiet.ends')}
            value={shown(hours.ends)}
            onChange={(event) => save({ ends: event.currentTarget.value })}
          />
          <Switch
            label={t('settings.quiet.urgent')}
            checked={hours.urgent_passes}
            onChange={(event) => save({ urgent_passes: event.currentTarget.checked })}
          />
        </div>
      )}
    </fieldset>
  );
}

function shown(time: string): string {
  return time.slice(0, SHOWN);
}
