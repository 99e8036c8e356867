import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Setting } from '../../api/settings';
import type { SetupPageProps } from '../setup/page';
import { NameField } from '../setup/NameField';
import { SettingFormFrame } from '../setup/SettingFormFrame';
import { SettingPage, type EditorProps } from '../setup/SettingPage';
import { useSettingForm } from '../setup/useSettingForm';
import { OwnDays, PublicHolidays } from './DaysEditor';
import { timeZones } from './timeZones';
import { weekInWords } from './week';
import { WeekEditor, WeekPresets } from './WeekEditor';

const blank = (): Setting<'calendars'> => ({
  id: '',
  name: '',
  time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  hours: {},
  holidays: [],
  public_holidays: [],
  public_days: [],
  working_days: [],
});

/** When the desk works: the hours that promises and rules count in. */
export function Calendars({ entry }: SetupPageProps) {
  const { t, i18n } = useTranslation();
  return (
    <SettingPage
      page="calendars"
      kind="calendars"
      entry={entry}
      words={{
        list: t('promises.pages.calendars.title'),
        none: t('promises.calendar.none'),
        noneAdvice: t('promises.calendar.noneAdvice'),
        add: t('promises.calendar.add'),
      }}
      rowOf={({ name, time_zone, hours }) => ({
        title: name,
        detail: [time_zone, weekInWords(hours, i18n.language)].filter(Boolean).join(' · '),
      })}
      blank={blank}
      editor={Editor}
    />
  );
}

function Editor({ stored, onDone }: EditorProps<'calendars'>) {
  const { t, i18n } = useTranslation();
  const form = useSettingForm({ kind: 'calendars', stored, onDone });
  const { value, change, fault } = form;
  return (
    <SettingFormFrame
      form={form}
      removeQuestion={t('setup.sure', { name: stored.setting.name })}
      onCancel={onDone}
    >
      <NameField value={value.name} fault={fault('name')} onChange={(name) => change({ name })} />
      <Select
        searchable
        label={t('promises.calendar.timeZone')}
        description={t('promises.calendar.timeZoneHint')}
        data={timeZones(i18n.language)}
        value={value.time_zone}
        error={fault('time_zone')}
        allowDeselect={false}
        limit={200}
        onChange={(zone) => change({ time_zone: zone ?? '' })}
      />
      {Object.values(value.hours).every((ranges) => !ranges.length) && (
        <WeekPresets onChoose={(hours) => change({ hours })} />
      )}
      <WeekEditor
        hours={value.hours}
        onChange={(hours) => change({ hours })}
        fault={fault}
        wrong={form.ownFault('hours')}
      />
      <PublicHolidays value={value} onChange={change} fault={fault} />
      <OwnDays value={value} onChange={change} fault={fault} />
    </SettingFormFrame>
  );
}
