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

export const SLA_POLICIES: Setting<'sla-policies'>[] = [
  {
    id: 'gold',
    name: 'Gold customers',
    calendar_id: 'office',
    position: 10,
    minutes: {
      urgent: { first_response: 15, next_response: 30, resolution: 240 },
      high: { first_response: 30, next_response: 60, resolution: 480 },
      normal: { first_response: 90, next_response: 120, resolution: 960 },
    },
    at_risk_lead_minutes: 30,
    pause_on_answered: true,
    conditions: {
      all_of: [
        { field: 'requester_domain', operator: 'is', values: ['gold.example', 'partner.example'] },
        { field: 'priority', operator: 'at_least', values: ['normal'] },
      ],
      any_of: [],
    },
    breach_steps: [
      { kind: 'raise_priority', value: '', field: '', text: '' },
      { kind: 'notify_supervisor', value: '', field: '', text: '' },
      { kind: 'add_tag', value: 'late', field: '', text: '' },
    ],
  },
  {
    id: 'standard',
    name: 'Everybody',
    calendar_id: 'office',
    position: 20,
    minutes: {
      urgent: { first_response: 60, resolution: 480 },
      high: { first_response: 120, resolution: 960 },
      normal: { first_response: 240, resolution: 1440 },
      low: { first_response: 480 },
    },
    at_risk_lead_minutes: 15,
    pause_on_answered: false,
    conditions: { all_of: [], any_of: [] },
    breach_steps: [
      { kind: 'raise_priority', value: '', field: '', text: '' },
      { kind: 'notify_supervisor', value: '', field: '', text: '' },
    ],
  },
];

export const TIME_RULES: Setting<'time-rules'>[] = [
  {
    id: 'open-a-day',
    name: 'Somebody waits for a day',
    is_active: true,
    position: 10,
    since: 'customer_waits',
    after_minutes: 1440,
    after_days: 0,
    calendar_id: '',
    conditions: {
      all_of: [{ field: 'status', operator: 'is', values: ['new', 'open'] }],
      any_of: [],
    },
    steps: [
      { kind: 'notify_supervisor', value: '', field: '', text: '' },
      { kind: 'raise_priority', value: '', field: '', text: '' },
    ],
  },
  {
    id: 'resolve-silent',
    name: 'No answer for four days',
    is_active: false,
    position: 20,
    since: 'last_message',
    after_minutes: 0,
    after_days: 4,
    calendar_id: 'office',
    conditions: { all_of: [{ field: 'status', operator: 'is', values: ['answered'] }], any_of: [] },
    steps: [{ kind: 'resolve', value: '', field: '', text: '' }],
  },
];
