import type { StepKind } from '../conditions/types';

/** What ready-made words can name; `_of_` stands for the point that keys of catalogues cannot have. */
export const VARIABLES = [
  'requester_of_name',
  'requester_of_first_name',
  'requester_of_email',
  'organisation_of_name',
  'ticket_of_number',
  'ticket_of_subject',
  'ticket_of_type',
  'department_of_name',
  'agent_of_name',
  'agent_of_first_name',
  'desk_of_name',
] as const;

/** What an agent can do by hand himself, so that a macro gives nobody a right. */
export const MACRO_STEPS: readonly StepKind[] = [
  'add_tag',
  'remove_tag',
  'set_priority',
  'raise_priority',
  'set_type',
  'set_field',
  'move_department',
  'assign',
  'unassign',
  'resolve',
];
