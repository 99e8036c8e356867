import { ActionIcon, Button, Checkbox, Select, TextInput } from '@mantine/core';
import { IconPlus, IconTrash, IconX } from '@tabler/icons-react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { keys } from '../../api/queries';
import type { HolidayRegion, PublicDay, Setting } from '../../api/settings';
import { FieldGroup } from '../setup/FieldGroup';
import classes from './Promises.module.css';

type Calendar = Setting<'calendars'>;
type Region = Calendar['public_holidays'][number];

const MOST_REGIONS = 5;
const NEVER_OLD = Infinity;

interface Props {
  value: Pick<Calendar, 'public_holidays' | 'holidays' | 'working_days'>;
  onChange: (patch: Partial<Calendar>) => void;
  fault: (field: string) => string | undefined;
}

/** Whose public holidays are kept; each of the days can be made a working day. */
export function PublicHolidays({ value, onChange, fault }: Props) {
  const { t } = useTranslation();
  const desk = useDesk();
  const { data: known = [] } = useQuery({
    queryKey: keys.holidayRegions,
    queryFn: () => desk.settings.holidayRegions(),
    staleTime: NEVER_OLD,
  });
  const regions = value.public_holidays;
  const set = (at: number, region: Region): void =>
    onChange({ public_holidays: regions.map((one, index) => (index === at ? region : one)) });
  return (
    <FieldGroup
      legend={t('promises.calendar.publicHolidays')}
      hint={t('promises.calendar.publicHint')}
    >
      {regions.map((region, at) => (
        <RegionRow
          key={at}
          region={region}
          known={known}
          count={at + 1}
          fault={fault(`public_holidays.${at}`)}
          onChange={(wanted) => set(at, wanted)}
          onRemove={() => onChange({ public_holidays: regions.filter((_, index) => index !== at) })}
        />
      ))}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabled={regions.length >= MOST_REGIONS}
          onClick={() =>
            onChange({ public_holidays: [...regions, { country: '', subdivision: '' }] })
          }
        >
          {t('promises.calendar.addRegion')}
        </Button>
      </div>
      <KeptDays regions={regions} value={value} onChange={onChange} />
    </FieldGroup>
  );
}

interface RegionProps {
  region: Region;
  known: HolidayRegion[];
  count: number;
  fault: string | undefined;
  onChange: (region: Region) => void;
  onRemove: () => void;
}

function RegionRow({ region, known, count, fault, onChange, onRemove }: RegionProps) {
  const { t, i18n } = useTranslation();
  const names = new Intl.DisplayNames(i18n.language, { type: 'region' });
  const countries = known
    .map(({ country }) => ({ value: country, label: names.of(country) ?? country }))
    .toSorted((a, b) => a.label.localeCompare(b.label, i18n.language));
  const parts = known.find(({ country }) => country === region.country)?.subdivisions ?? [];
  return (
    <div className={classes.bar}>
      <Select
        className={classes.grows}
        searchable
        label={t('promises.calendar.country', { count })}
        data={countries}
        value={region.country || null}
        error={fault}
        allowDeselect={false}
        onChange={(country) => onChange({ country: country ?? '', subdivision: '' })}
      />
      <Select
        className={classes.grows}
        searchable
        label={t('promises.calendar.part', { count })}
        data={[
          { value: '', label: t('promises.calendar.wholeCountry') },
          ...parts.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={region.subdivision}
        disabled={!parts.length}
        allowDeselect={false}
        onChange={(subdivision) => onChange({ ...region, subdivision: subdivision ?? '' })}
      />
      <ActionIcon
        size="lg"
        variant="subtle"
        color="gray"
        aria-label={t('promises.calendar.removeRegion', { count })}
        onClick={onRemove}
      >
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </div>
  );
}

/** The days of the chosen regions by name; what is ticked is a day off. */
function KeptDays({ regions, value, onChange }: Omit<Props, 'fault'> & { regions: Region[] }) {
  const { t, i18n } = useTranslation();
  const desk = useDesk();
  const days = useQueries({
    queries: regions
      .filter(({ country }) => country)
      .map(({ country, subdivision }) => ({
        queryKey: keys.publicDays(country, subdivision),
        queryFn: () => desk.settings.publicDays(country, subdivision),
        staleTime: NEVER_OLD,
      })),
    combine: (answers) => joined(answers.flatMap(({ data }) => data ?? [])),
  });
  if (!days.length) return null;
  const toggle = (date: string, isOff: boolean): void => {
    const others = value.working_days.filter((one) => one !== date);
    onChange({ working_days: isOff ? others : [...others, date].toSorted() });
  };
  return (
    <div role="group" aria-label={t('promises.calendar.daysLabel')}>
      <p className={classes.hint}>{t('promises.calendar.daysHint')}</p>
      <ul className={classes.days}>
        {days.map(({ date, name }) => (
          <li key={date}>
            <Checkbox
              size="xs"
              label={
                <>
                  <span className="tabular">{dayInWords(date, i18n.language)}</span> {name}
                </>
              }
              checked={!value.working_days.includes(date)}
              onChange={(event) => toggle(date, event.currentTarget.checked)}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Days off of the desk's own. */
export function OwnDays({ value, onChange, fault }: Props) {
  const { t, i18n } = useTranslation();
  const [date, setDate] = useState('');
  const add = (): void => {
    if (!date) return;
    onChange({ holidays: [...new Set([...value.holidays, date])].toSorted() });
    setDate('');
  };
  return (
    <FieldGroup legend={t('promises.calendar.ownDays')}>
      {value.holidays.length === 0 ? (
        <p className={classes.hint}>{t('promises.calendar.noOwnDays')}</p>
      ) : (
        <ul className={classes.chips} aria-label={t('promises.calendar.ownDays')}>
          {value.holidays.map((day) => (
            <li key={day} className={classes.chip}>
              {dayInWords(day, i18n.language)}
              <ActionIcon
                size="xs"
                variant="subtle"
                color="gray"
                aria-label={t('promises.calendar.removeDay', {
                  day: dayInWords(day, i18n.language),
                })}
                onClick={() => onChange({ holidays: value.holidays.filter((one) => one !== day) })}
              >
                <IconX size={12} aria-hidden />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <div className={classes.bar}>
        <TextInput
          type="date"
          label={t('promises.calendar.newDay')}
          value={date}
          error={fault('holidays')}
          onChange={(event) => setDate(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
        />
        <Button variant="default" disabled={!date} onClick={add}>
          {t('promises.calendar.addDay')}
        </Button>
      </div>
    </FieldGroup>
  );
}

function joined(days: PublicDay[]): PublicDay[] {
  const byDate = new Map<string, string>();
  for (const { date, name } of days) if (!byDate.has(date)) byDate.set(date, name);
  return [...byDate]
    .map(([date, name]) => ({ date, name }))
    .toSorted((a, b) => (a.date < b.date ? -1 : 1));
}

function dayInWords(date: string, language: string): string {
  const options = { dateStyle: 'medium', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(language, options).format(new Date(`${date}T00:00:00Z`));
}
