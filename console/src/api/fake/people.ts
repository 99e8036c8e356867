import type { Colleague, Me, NamedSetting } from '../types';

/** Plainly demo: nobody and nothing here exists; example.com belongs to nobody. */
export const DEPARTMENTS: NamedSetting[] = [
  { id: 'billing', name: 'Billing' },
  { id: 'technical', name: 'Technical support' },
  { id: 'shipping', name: 'Orders and shipping' },
];

/** Which department comes next when a ticket is escalated. */
export const NEXT_TIER: Record<string, string> = { shipping: 'technical' };

export const COLLEAGUES: Colleague[] = [
  { id: 'ana', name: 'Ana Demo', role: 'supervisor', departments: ['billing', 'technical'] },
  { id: 'ben', name: 'Ben Demo', role: 'agent', departments: ['billing', 'technical'] },
  { id: 'carla', name: 'Carla Demo', role: 'agent', departments: ['technical', 'shipping'] },
  { id: 'diego', name: 'Diego Demo', role: 'agent', departments: ['billing', 'shipping'] },
  { id: 'eve', name: 'Eve Demo', role: 'administrator', departments: [] },
];

export const ME: Me = {
  id: 'ana',
  name: 'Ana Demo',
  email: 'ana@example.com',
  role: 'supervisor',
  language: 'en',
  departments: ['billing', 'technical', 'shipping'],
  available: true,
  open_tickets: 0,
  skipped_tickets: 0,
  capacity: 16,
  desk_name: 'Demo desk',
  colleagues: COLLEAGUES,
  all_departments: DEPARTMENTS,
  notices: {
    assigned: ['in_app', 'mail'],
    at_risk: ['in_app', 'mail'],
    breached: ['in_app', 'mail'],
    time_rule: ['in_app', 'mail'],
    customer_wrote: ['in_app'],
    not_delivered: ['in_app', 'mail'],
    answer_kept: ['in_app', 'mail'],
    scheduled_held: ['in_app', 'mail'],
  },
  quiet_hours: null,
  undo_seconds: 10,
};

export const REQUESTERS = [
  'Marta Sample',
  'Jonas Sample',
  'Priya Sample',
  'Luís Sample',
  'Hannah Sample',
  'Tomás Sample',
  'Yuki Sample',
  'Omar Sample',
  'Ingrid Sample',
  'Paulo Sample',
  'Clara Sample',
  'Noah Sample',
].map((name, index) => ({
  id: `contact-${index + 1}`,
  name,
  email: `${(name.split(' ')[0] ?? 'someone')
    .normalize('NFD')
    .replace(/[^a-z]/gi, '')
    .toLowerCase()}@example.com`,
}));
