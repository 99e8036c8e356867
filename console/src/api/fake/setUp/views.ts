import type { Setting } from '../../settings';

const COLUMNS: Setting<'shared-views'>['columns'] = [
  'time_left',
  'status',
  'department',
  'assignee',
];

/** The shared views of the demo desk. */
export const SHARED_VIEWS: Setting<'shared-views'>[] = [
  {
    id: 'triage',
    name: 'Triage',
    conditions: {
      all_of: [
        { field: 'status', operator: 'is', values: ['new'] },
        { field: 'assignee', operator: 'is_empty', values: [] },
      ],
      any_of: [],
    },
    sort: 'waiting',
    split: 'none',
    columns: ['time_left', 'department', 'channel', 'created'],
    departments: [],
    roles: [],
    position: 10,
  },
  {
    id: 'urgent',
    name: 'Urgent',
    conditions: {
      all_of: [
        { field: 'priority', operator: 'is', values: ['high', 'urgent'] },
        { field: 'status', operator: 'is_not', values: ['resolved', 'closed'] },
      ],
      any_of: [],
    },
    sort: 'time_left',
    split: 'department',
    columns: COLUMNS,
    departments: [],
    roles: [],
    position: 20,
  },
  {
    id: 'all-tickets',
    name: 'All tickets',
    conditions: { all_of: [], any_of: [] },
    sort: 'updated',
    split: 'none',
    columns: ['status', 'department', 'assignee', 'updated'],
    departments: [],
    roles: [],
    position: 30,
  },
];
