import type { Setting } from '../../settings';
import { COLLEAGUES, DEPARTMENTS, ME } from '../people';

const POLICY_OF: Record<string, string> = { billing: 'standard', technical: 'gold' };
const ESCALATES: Record<string, string> = { shipping: 'billing' };

/** What agents choose from stands in `people.ts`; the last one shows what a new team looks like. */
export const SET_UP_DEPARTMENTS: Setting<'departments'>[] = [
  ...DEPARTMENTS.map(({ id, name }) => ({
    id,
    name,
    mailbox_id: id,
    sla_policy_id: POLICY_OF[id] ?? '',
    escalates_to: ESCALATES[id] ?? '',
    confidential: false,
    calendar_id: '',
    strategy: id === 'billing' ? ('manual' as const) : ('round_robin' as const),
    skill_fallback: 'queue' as const,
    keep_with_last_agent: false,
  })),
  {
    id: 'spare-parts',
    name: 'Spare parts',
    mailbox_id: 'shipping',
    sla_policy_id: '',
    escalates_to: 'shipping',
    confidential: false,
    calendar_id: '',
    strategy: 'round_robin' as const,
    skill_fallback: 'queue' as const,
    keep_with_last_agent: false,
  },
];

const DIFFERENT: Record<string, Partial<Setting<'agents'>>> = {
  carla: { capacity: 0 },
  diego: { language: 'pt_PT' },
};

export const AGENTS: Setting<'agents'>[] = [
  ...COLLEAGUES.map(({ id, name, role, departments }) => ({
    id,
    name,
    email: `${id}@example.com`,
    role,
    departments,
    language: 'en' as const,
    capacity: ME.capacity,
    is_active: true,
    subject: `subject-${id}`,
    notices: {},
    quiet_hours: null,
    languages: [],
    skills: [],
    calendar_id: '',
    ...DIFFERENT[id],
  })),
  {
    id: 'fred',
    name: 'Fred Demo',
    email: 'fred@example.com',
    role: 'agent',
    departments: ['billing'],
    language: 'en',
    capacity: ME.capacity,
    is_active: false,
    subject: 'subject-fred',
    notices: {},
    quiet_hours: null,
    languages: [],
    skills: [],
    calendar_id: '',
  },
];

export const ORGANISATIONS: Setting<'organisations'>[] = [
  { id: 'sample-works', name: 'Sample Works', domains: ['works.example', 'works.test'] },
  { id: 'example-school', name: 'Example School', domains: ['school.example'] },
];

export const ASSIGNMENT_RULES: Setting<'assignment-rules'>[] = [
  {
    id: 'assignment',
    weights_by_priority: { urgent: 3 },
    weights_by_type: {},
    release_after_minutes: 120,
  },
];

export const DESK: Setting<'desk'>[] = [
  { id: 'desk', name: ME.desk_name, accent: '#2f5bd0', languages: ['en', 'pt_PT'], logo_url: '' },
];
