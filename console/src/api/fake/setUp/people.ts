import type { Setting } from '../../settings';
import { COLLEAGUES, DEPARTMENTS, ME } from '../people';

const MAILBOX_OF: Record<string, string> = { technical: 'technical' };

export const SET_UP_DEPARTMENTS: Setting<'departments'>[] = DEPARTMENTS.map(({ id, name }) => ({
  id,
  name,
  mailbox_id: MAILBOX_OF[id] ?? id,
  sla_policy_id: '',
  push_assignment: true,
  escalates_to: '',
  confidential: false,
}));

export const AGENTS: Setting<'agents'>[] = COLLEAGUES.map(({ id, name, role, departments }) => ({
  id,
  name,
  email: `${id}@example.com`,
  role,
  departments,
  language: 'en',
  capacity: ME.capacity,
  is_active: true,
  subject: `subject-${id}`,
  notices: {},
}));

export const ORGANISATIONS: Setting<'organisations'>[] = [];

export const DESK: Setting<'desk'>[] = [
  { id: 'desk', name: ME.desk_name, accent: '#2f5bd0', languages: ['en'], logo_url: '' },
];
