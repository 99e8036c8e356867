import { ActionIcon, Button, Checkbox, Menu, TextInput } from '@mantine/core';
import { IconCopy, IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FieldGroup } from '../setup/FieldGroup';
import classes from './Promises.module.css';
import {
  dayName,
  isOvernight,
  isWholeDay,
  rangesOf,
  WEEK,
  type Hours,
  type Range,
  type Weekday,
} from './week';

const OFFICE: Range = { opens: '09:00', closes: '18:00' };
const WORKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];

interface Props {
  hours: Hours;
  onChange: (hours: Hours) => void;
  fault: (field: string) => string | undefined;
  /** What is wrong with the week as a whole. */
  wrong: string | undefined;
}

/** The open hours of each day: any number of ranges, also across midnight. */
export function WeekEditor({ hours, onChange, fault, wrong }: Props) {
  const { t } = useTranslation();
  const set = (days: readonly Weekday[], ranges: Range[]): void =>
    onChange({ ...hours, ...Object.fromEntries(days.map((day) => [day, ranges])) });
  return (
    <FieldGroup
      legend={t('promises.calendar.week')}
      hint={t('promises.calendar.weekHint')}
      fault={wrong}
    >
      <ul className={classes.week}>
        {WEEK.map((day) => (
          <Day
            key={day}
            day={day}
            ranges={rangesOf(hours, day)}
            fault={fault(`hours.${day}`)}
            onChange={(ranges) => set([day], ranges)}
            onCopy={(days) => set(days, rangesOf(hours, day))}
          />
        ))}
      </ul>
    </FieldGroup>
  );
}

interface DayProps {
  day: Weekday;
  ranges: Range[];
  fault: string | undefined;
  onChange: (ranges: Range[]) => void;
  onCopy: (days: readonly Weekday[]) => void;
}

function Day({ day, ranges, fault, onChange, onCopy }: DayProps) {
  const { t, i18n } = useTranslation();
  const name = dayName(day, i18n.language);
  const isOpen = ranges.length > 0;
  const replace = (at: number, patch: Partial<Range>): void =>
    onChange(ranges.map((range, index) => (index === at ? { ...range, ...patch } : range)));
  return (
    <li className={classes.day}>
      <Checkbox
        className={classes.dayName}
        label={name}
        checked={isOpen}
        onChange={(event) => onChange(event.currentTarget.checked ? [OFFICE] : [])}
      />
      <div className={classes.ranges}>
        {!isOpen && <span className={classes.hint}>{t('promises.calendar.closed')}</span>}
        {ranges.map((range, at) => (
          <div key={at} className={classes.range}>
            <TextInput
              type="time"
              size="xs"
              aria-label={t('promises.calendar.opens', { day: name, count: at + 1 })}
              value={range.opens}
              onChange={(event) => replace(at, { opens: event.currentTarget.value })}
            />
            <span aria-hidden>–</span>
            <TextInput
              type="time"
              size="xs"
              aria-label={t('promises.calendar.closes', { day: name, count: at + 1 })}
              value={range.closes}
              onChange={(event) => replace(at, { closes: event.currentTarget.value })}
            />
            <span className={classes.hint}>
              {isWholeDay(range)
                ? t('promises.calendar.wholeDay')
                : isOvernight(range)
                  ? t('promises.calendar.nextDay')
                  : ''}
            </span>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('promises.calendar.removeRange', { day: name, count: at + 1 })}
              onClick={() => onChange(ranges.filter((_, index) => index !== at))}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </div>
        ))}
        {fault && <p className={classes.fault}>{fault}</p>}
      </div>
      {isOpen && (
        <div className={classes.dayTools}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('promises.calendar.addRange', { day: name })}
            onClick={() => onChange([...ranges, { opens: '', closes: '' }])}
          >
            <IconPlus size={16} aria-hidden />
          </ActionIcon>
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('promises.calendar.copy', { day: name })}
              >
                <IconCopy size={16} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => onCopy(WORKDAYS)}>
                {t('promises.calendar.toWorkdays')}
              </Menu.Item>
              <Menu.Item onClick={() => onCopy(WEEK)}>{t('promises.calendar.toWeek')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </div>
      )}
    </li>
  );
}

/** Whole weeks that are common, to begin with. */
export function WeekPresets({ onChoose }: { onChoose: (hours: Hours) => void }) {
  const { t } = useTranslation();
  const week = (days: readonly Weekday[], range: Range): Hours =>
    Object.fromEntries(WEEK.map((day) => [day, days.includes(day) ? [range] : []]));
  const button = (label: string, hours: Hours) => (
    <Button size="compact-sm" variant="default" onClick={() => onChoose(hours)}>
      {label}
    </Button>
  );
  return (
    <div className={classes.bar}>
      {button(t('promises.calendar.office'), week(WORKDAYS, OFFICE))}
      {button(t('promises.calendar.always'), week(WEEK, { opens: '00:00', closes: '00:00' }))}
    </div>
  );
}
