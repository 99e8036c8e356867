import type { Setting } from '../../settings';

const OFFICE = [{ opens: '09:00:00', closes: '18:00:00' }];

/** Business hours of the demo desk. */
export const CALENDARS: Setting<'calendars'>[] = [
  {
    id: 'office',
    name: 'Office hours, Lisbon',
    time_zone: 'Europe/Lisbon',
    hours: {
      mon: OFFICE,
      tue: OFFICE,
      wed: OFFICE,
      thu: OFFICE,
      fri: [
        { opens: '09:00:00', closes: '12:30:00' },
        { opens: '14:00:00', closes: '17:00:00' },
      ],
    },
    public_holidays: [{ country: 'PT', subdivision: '11' }],
    public_days: [],
    holidays: ['2026-12-24', '2026-12-31'],
    working_days: [],
  },
  {
    id: 'night',
    name: 'Night watch, São Paulo',
    time_zone: 'America/Sao_Paulo',
    hours: {
      fri: [{ opens: '22:00:00', closes: '06:00:00' }],
      sat: [{ opens: '22:00:00', closes: '06:00:00' }],
    },
    public_holidays: [],
    public_days: [],
    holidays: [],
    working_days: [],
  },
];
export const SLA_POLICIES: Setting<'sla-policies'>[] = [];
export const TIME_RULES: Setting<'time-rules'>[] = [];
